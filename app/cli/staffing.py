"""`parley staffing`: how many agents each half hour needs for a promised service level."""

import argparse
from pathlib import Path
from typing import Any

import msgspec

from app.cli.multiskill import multiskill
from console.queries.staffing import asked_of, staffing_of
from console.wire.planning import Staffing, StaffingAsk
from core.errors import Invalid
from core.web import invalid
from routing.staffing import plan

_NUMBERS = {
    "handle": ("handle_s", "mean seconds an agent is taken by one conversation"),
    "patience": (
        "patience_s",
        "mean seconds until a customer gives up (Erlang A); never if not given (Erlang C)",
    ),
    "share": ("share", "the share to answer in the target, 0.8 if not given"),
    "target": ("target_s", "seconds within which to answer, 20 if not given"),
    "most-occupancy": ("most_occupancy", "agents are busy at most so large a share of their time"),
    "most-abandoned": ("most_abandoned", "at most so large a share gives up"),
    "shrinkage": ("shrinkage", "the share of paid time in which an agent is not at work"),
}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    parser = commands.add_parser("staffing", help="how many agents a service level needs, per half hour")
    parser.add_argument(
        "file", nargs="?", type=Path, help="JSON as for POST /api/routing/staffing; options go before it"
    )
    parser.add_argument("--arrivals", help="how many come in each half hour: 12,15,30.5")
    parser.add_argument("--from", dest="starts", metavar="HH:MM", help="when the first half hour begins")
    for option, (name, words) in _NUMBERS.items():
        parser.add_argument(f"--{option}", dest=name, type=float, help=words)
    parser.add_argument(
        "--at-once", type=int, help="conversations that an agent holds at a time, 1 if not given"
    )
    parser.add_argument("--json", action="store_true", help="all of it, as the API answers")
    several = parser.add_argument_group("where skills differ: by simulation (docs/simulation.md)")
    several.add_argument(
        "--scenario", type=Path, help="its agents are the teams; each type with a target counts"
    )
    several.add_argument(
        "--half-hours", metavar="09:00-17:00", help="one after the other, by the types' profiles"
    )
    several.add_argument("--processes", type=int, default=1, help="share the seeds among so many")


def staffing(options: argparse.Namespace) -> int:
    """Needs neither database nor server. Raises Invalid with the field that is wrong."""
    if options.scenario is not None:
        return multiskill(options)
    try:
        ask = msgspec.convert(_given(options), StaffingAsk)
    except msgspec.ValidationError as error:
        raise invalid(error, StaffingAsk) from None
    found = staffing_of(ask, plan(ask.arrivals, *asked_of(ask)))
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        _print_table(found, ask)
    return 0


def _given(options: argparse.Namespace) -> dict[str, Any]:
    given = {} if options.file is None else _read(options.file)
    if options.arrivals is not None:
        given["arrivals"] = [_number(each, at) for at, each in enumerate(options.arrivals.split(","))]
    names = ("starts", "at_once", *(name for name, _ in _NUMBERS.values()))
    asked = {name: getattr(options, name) for name in names}
    return given | {name: value for name, value in asked.items() if value is not None}


def _read(file: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
    except OSError as error:
        raise Invalid("file", f"a file that can be read; {error}") from error
    except msgspec.MsgspecError as error:
        raise Invalid("file", f"a JSON object; {error}") from error


def _number(text: str, at: int) -> float:
    try:
        return float(text)
    except ValueError:
        raise Invalid(f"arrivals[{at}]", f"a number, not {text!r}") from None


def _print_table(found: Staffing, ask: StaffingAsk) -> None:
    print(
        f"{ask.share:.0%} answered within {ask.target_s:g} s, {'Erlang C' if ask.patience_s is None else 'Erlang A'}"
    )
    print("from   arrivals  agents  scheduled  in target  one less  mean wait  gives up  occupancy")
    for half in found.halves:
        expected, less = half.expected, half.one_less
        wait = "-" if expected.mean_wait_s is None else f"{expected.mean_wait_s:.1f} s"
        print(
            f"{half.starts}  {half.arrivals:8g}  {half.agents:6}  {half.scheduled:9}  {expected.within:9.1%}  "
            f"{'-' if less is None else f'{less.within:.1%}':>8}  {wait:>9}  {expected.abandoned:8.1%}  "
            f"{expected.occupancy:9.1%}"
        )
    print(
        f"At most {found.peak} at work; {found.agent_hours:g} agent hours, {found.scheduled_hours:g} scheduled; "
        f"{found.within:.1%} in target over all."
    )
