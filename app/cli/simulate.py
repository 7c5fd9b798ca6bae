"""`parley simulate FILE`: a scenario on the real routing engine, without database or server."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import msgspec
from tqdm import tqdm

from app.build import LOCALES
from core.errors import Invalid
from core.texts import Texts
from routing.simulation.plain import plain
from routing.simulation.reading.scenario import read
from routing.simulation.reading.size import SizeLimits, check_size
from routing.simulation.reading.wire import schema
from routing.simulation.report import page
from routing.simulation.runner import simulate as run
from routing.simulation.tables import as_text, saying

STANDARD_INPUT = "-"
MOST_PROCESSES = 256
_DIGITS = 15


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    parser = commands.add_parser("simulate", help="try routing policies on made-up or recorded traffic")
    parser.add_argument(
        "file", nargs="?", help="a scenario as JSON (docs/simulation.md); - for standard input"
    )
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a scenario")
    parser.add_argument("--json", action="store_true", help="all figures as one JSON object")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a report with charts")
    parser.add_argument("--language", default="en", help="of tables and report: en or zh")
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help=f"allow more, or less: {', '.join(field.name for field in fields(SizeLimits))}",
    )
    parser.add_argument(
        "--processes", type=int, default=len(os.sched_getaffinity(0)), help="one for each core if not given"
    )


def simulate(options: argparse.Namespace) -> int:
    """Raises Invalid with the place in the scenario that is wrong."""
    if options.schema:
        print(msgspec.json.format(msgspec.json.encode(schema())).decode())
        return 0
    if not 1 <= options.processes <= MOST_PROCESSES:
        raise Invalid("--processes", f"1 to {MOST_PROCESSES}, not {options.processes}")
    limits = _limits(options.limit)
    scenario = check_size(read(_text(options.file), limits), limits)
    say = saying(Texts(LOCALES), options.language)
    # The bar goes to standard error, and only where somebody watches.
    with tqdm(unit="run", leave=False, disable=None) as bar:

        def told(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        results = run(scenario, options.processes, told)
    if options.html is not None:
        options.html.write_text(page(results, say, options.language), encoding="utf-8")
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(plain(results))).decode())
    else:
        print(as_text(results, say))
    return 0


def _limits(given: Sequence[str]) -> SizeLimits:
    names = [field.name for field in fields(SizeLimits)]
    found: dict[str, int] = {}
    for each in given:
        name, _, number = each.partition("=")
        if name not in names or not (number.isascii() and number.isdecimal()) or not int(number[:_DIGITS]):
            raise Invalid("--limit", f"NAME=NUMBER with one of {', '.join(names)}, not {each!r}")
        found[name] = int(number[:_DIGITS])
    return SizeLimits(**found)


def _text(file: str | None) -> bytes:
    if file is None:
        raise Invalid("file", "a scenario as JSON, or - for standard input")
    try:
        return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
    except OSError as error:
        raise Invalid("file", f"a file that can be read; {error}") from error
