"""`parley staffing --scenario FILE`: the fewest agents of each team, found by simulation, for each half hour if asked."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from tqdm import tqdm

from core.errors import Invalid
from routing.simulation.reading.scenario import read
from routing.simulation.runner import simulate
from routing.simulation.scenario import Scenario
from routing.simulation.staffing import Found, Search, alone, half_hour

_HALVES = 48
_USUAL = 0.8


def multiskill(options: argparse.Namespace) -> int:
    """Raises Invalid with the place in the scenario, or the option, that is wrong."""
    scenario = alone(read(_bytes(options.scenario)))
    share = _USUAL if options.share is None else options.share
    halves = _halves(options.half_hours)
    found: dict[str, Found] = {}
    with tqdm(unit="simulation", leave=False, disable=None) as bar:
        if halves is None:
            found["all day"] = _fewest(scenario, share, options.processes, bar.update)
        for half in halves or ():
            name = f"{half // 2:02}:{half % 2 * 30:02}"
            found[name] = _fewest(half_hour(scenario, half), share, options.processes, bar.update)
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        _tell(found, share)
    return 0


def _fewest(scenario: Scenario, share: float, processes: int, tick: Callable[[], object]) -> Found:
    def told(counts: object) -> None:
        _ = tick()

    return Search(scenario, share, partial(simulate, processes=processes), told).fewest()


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid("--scenario", f"a file that can be read; {error}") from error


def _halves(text: str | None) -> range | None:
    if text is None:
        return None
    try:
        first, last = (_half(each) for each in text.split("-"))
    except ValueError:
        raise Invalid("--half-hours", f"a time of the day such as 09:00-17:30, not {text!r}") from None
    if not 0 <= first < last <= _HALVES:
        raise Invalid("--half-hours", f"from earlier to later within a day, not {text!r}")
    return range(first, last)


def _half(text: str) -> int:
    hours, minutes = text.split(":")
    if minutes not in {"00", "30"}:
        raise ValueError(text)
    return int(hours) * 2 + int(minutes) // 30


def _tell(found: dict[str, Found], share: float) -> None:
    print(f"The fewest agents with which each type is answered in time at least {share:.1%} of the time:")
    for name, each in found.items():
        teams = ", ".join(
            f"{team} {count} ({each.occupancy[team]:.0%} busy)" for team, count in each.counts.items()
        )
        print(f"{name:8} {each.agents:4} agents: {teams}")
        for kind, figure in each.attainment.items():
            spread = "" if figure.high is None else f" ±{figure.high - figure.value:.1%}"
            print(f"{'':14} {kind}: {figure.value:.1%}{spread} in time")
    print("± is half of the 95 % interval. One agent less of any team would miss a promise.")
