"""`parley routing replay`: decide stored decisions once more, and say which would be otherwise today."""

import argparse
import re
from datetime import UTC, datetime, timedelta

from app.runtime import opened
from app.settings import Settings
from core.clock import SystemClock
from core.errors import Invalid, NotFound
from core.ids import ConversationId
from core.store.tx import Tx
from routing.decided import Chosen, Replayed, replay

_SHOWN = 100
_UNITS = {"m": 60, "h": 3600, "d": 86_400}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    routing = commands.add_parser("routing", help="look at decisions of routing")
    what = routing.add_subparsers(dest="what", required=True)
    again = what.add_parser("replay", help="decide stored decisions once more; 1 when any would be otherwise")
    which = again.add_mutually_exclusive_group()
    which.add_argument("--conversation", help="its id")
    which.add_argument(
        "--since", help="30m, 24h, 7d, or a time such as 2026-01-31T09:00:00Z; 24h if not given"
    )


async def routing(settings: Settings, options: argparse.Namespace) -> int:
    """Reads only, also beside a running server. Raises NotFound for a conversation that nobody was offered."""
    chosen = _chosen(options)
    async with opened(settings, migrating=False) as runtime:
        found = await runtime.db.large.read(_all, chosen)
    if chosen.conversation is not None and not found:
        raise NotFound(f"nobody was ever offered a conversation {chosen.conversation}")
    return _tell(found)


def _all(tx: Tx, chosen: Chosen) -> list[Replayed]:
    return list(replay(tx, chosen))


def _chosen(options: argparse.Namespace) -> Chosen:
    if options.conversation is not None:
        return Chosen(conversation=ConversationId(options.conversation))
    return Chosen(since=_time(options.since or "24h"))


def _time(text: str) -> datetime:
    if re.fullmatch(r"\d{1,6}[mhd]", text):
        return SystemClock().now() - timedelta(seconds=int(text[:-1]) * _UNITS[text[-1]])
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(
            "--since", f"30m, 24h, 7d or a time such as 2026-01-31T09:00:00Z, not {text!r}"
        ) from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _tell(found: list[Replayed]) -> int:
    decided = [each for each in found if each.differences is not None]
    others = [each for each in decided if each.differences]
    for each in others[:_SHOWN]:
        print(f"{each.at:%Y-%m-%d %H:%M:%S}Z  conversation {each.conversation} to agent {each.agent}")
        for difference in each.differences or ():
            print(f"    {difference}")
    if len(others) > _SHOWN:
        print(f"... and {len(others) - _SHOWN} more")
    by_hand = len(found) - len(decided)
    print(
        f"{len(decided)} decisions decided once more: {len(decided) - len(others)} the same, {len(others)} otherwise; "
        f"{by_hand} offers were not decided (by hand, a second agent, or an older form)."
    )
    return 1 if others else 0
