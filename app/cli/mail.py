"""`parley mail list|show|replay|counts`: mails that wait for a person to look, without a browser."""

import argparse
import sys

from app.runtime import Runtime, opened
from app.settings import Settings
from channels.contract import WITH_A_REASON, Intake, Taken, TakenState
from channels.email.fetching.intake import MailIntake

_SHOWN_BYTES = 4000


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    mail = commands.add_parser("mail", help="list, show and take up mails that became no message")
    what = mail.add_subparsers(dest="what", required=True)
    listed = what.add_parser("list", help="the newest first")
    states = [state.value for state in WITH_A_REASON]
    listed.add_argument("--state", choices=states, default=TakenState.QUARANTINED.value)
    listed.add_argument("--most", type=int, default=50)
    shown = what.add_parser("show", help="one mail: what is known of it, and the start of its source")
    shown.add_argument("id")
    shown.add_argument(
        "--raw", action="store_true", help="its whole source, as it was received, and nothing else"
    )
    again = what.add_parser("replay", help="take mails up again, now whatever the rules say")
    again.add_argument("id", nargs="+")
    what.add_parser("counts", help="how many wait, by state")


async def mail(settings: Settings, options: argparse.Namespace) -> int:
    """Works beside a running server."""
    async with opened(settings, migrating=False) as runtime:
        intake = MailIntake(runtime.db, runtime.bus, lambda: None)
        match options.what:
            case "list":
                return await _list(runtime, intake, TakenState(options.state), options.most)
            case "show":
                return await _show(runtime, intake, options.id, raw=options.raw)
            case "replay":
                for id in options.id:
                    await intake.replay(id)
                print("The running server takes them up within seconds, what was too large at its next look.")
                return 0
            case _:
                for state, count in (await runtime.db.read(intake.counts)).items():
                    print(f"{count:>7}  {state}")
                return 0


async def _list(runtime: Runtime, intake: Intake, state: TakenState, most: int) -> int:
    found, more = await runtime.db.read(intake.list, state, None, max(1, most))
    for each in found:
        print(_line(each))
    print(f"There are more; --most {most * 2} shows them." if more else f"{len(found)} {state.value}.")
    return 0


def _line(each: Taken) -> str:
    said = f"{each.id}  {each.received_at:%Y-%m-%d %H:%M}  {each.inbox}  {each.sender or '-'}  {each.subject or '-'}"
    return f"{said}\n    {each.reason_code}: {each.reason}"


async def _show(runtime: Runtime, intake: Intake, id: str, *, raw: bool) -> int:
    known = await runtime.db.read(intake.get, id)
    source = await runtime.db.read(intake.raw, id)
    if raw:
        sys.stdout.buffer.write(source)
        return 0
    print(_line(known))
    print(f"    {known.state.value}, {known.size:,} bytes\n")
    text = source[:_SHOWN_BYTES].decode("utf-8", "replace")
    # What a stranger wrote must not steer the terminal.
    print("".join(c if c.isprintable() or c in "\n\t" else "·" for c in text.replace("\r\n", "\n")))
    return 0
