"""Tries a bot's configuration before it is saved: is Telegram there, does it know the bot, may the bot do what is wanted."""

from collections.abc import Callable, Sequence
from typing import Literal

from telegram import Bot, User
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from channels.contract import ProbeStep
from channels.telegram.transport import NotSent
from channels.telegram.wire import TelegramConfig

REACH, TOKEN, GROUPS, WEBHOOK = "telegram.reach", "telegram.token", "telegram.groups", "telegram.webhook"

State = Literal["ok", "failed", "not_tried"]


async def probe(config: TelegramConfig, bot: Callable[[str], Bot], address: str) -> Sequence[ProbeStep]:
    """One call of ``getMe``; changes nothing there. ``address`` is our own public one."""
    try:
        me = await bot(config.token).get_me()
    except (InvalidToken, EndPointNotFound):
        return [_ok(REACH), ProbeStep(TOKEN, "failed", "bot_unknown"), *_rest(config, None, address)]
    except TelegramError as error:
        code = "unreachable" if isinstance(error, NotSent) else "try_later"
        reached = ProbeStep(REACH, "failed", code, error.message)
        return [reached, ProbeStep(TOKEN, "not_tried"), *_rest(config, None, address)]
    known = ProbeStep(TOKEN, "ok", detail=f"@{me.username}")
    return [_ok(REACH), known, *_rest(config, me, address)]


def _rest(config: TelegramConfig, me: User | None, address: str) -> Sequence[ProbeStep]:
    steps = []
    if config.groups:
        steps.append(_groups(me))
    if config.mode == "webhook":
        # Telegram calls nobody without TLS.
        public = address.startswith("https://")
        steps.append(_ok(WEBHOOK) if public else ProbeStep(WEBHOOK, "failed", "no_https", address))
    return steps


def _groups(me: User | None) -> ProbeStep:
    if me is None:
        return ProbeStep(GROUPS, "not_tried")
    return _ok(GROUPS) if me.can_join_groups else ProbeStep(GROUPS, "failed", "no_groups")


def _ok(name: str) -> ProbeStep:
    return ProbeStep(name, "ok")
