"""The holidays of countries and their regions, from the data of the ``holidays`` library, and which data that was."""

import hashlib
import zoneinfo
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import holidays as library
from holidays.registry import COUNTRIES

from core.errors import Invalid
from routing.holidays import Holiday, HolidayPlan

_TONGUES = {"en": ("en_US", "en_GB", "en"), "zh": ("zh_CN", "zh_TW", "zh_HK")}
"""What the library calls the languages that people read ours in, best first."""
VERSION = version("holidays")


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A state, province or region; ``name`` is its code where the data have nothing else."""

    code: str
    name: str


def countries() -> tuple[str, ...]:
    """Codes of two letters (ISO 3166-1), in order."""
    return tuple(sorted(code for _, code, *_ in COUNTRIES.values()))


def subdivisions(country: str) -> tuple[Subdivision, ...]:
    """Those with holidays of their own, by name. Raises Invalid."""
    found = _calendar(country, None, (), None)
    names = {code: name for name, code in found.subdivisions_aliases.items()}
    listed = (Subdivision(code, names.get(code, code)) for code in found.subdivisions)
    return tuple(sorted(listed, key=lambda each: each.name))


def check_country(country: str | None, subdivision: str | None) -> None:
    """Raises Invalid with the field."""
    if country is None:
        if subdivision is not None:
            raise Invalid("subdivision", f"none without a country, not {subdivision!r}")
        return
    known = {each.code for each in subdivisions(country)}
    if subdivision is not None and subdivision not in known:
        expected = f"one of {', '.join(sorted(known))}" if known else "none, it has no regions"
        raise Invalid("subdivision", f"a region of {country} ({expected}), not {subdivision!r}")


def holidays_of(country: str | None, subdivision: str | None, years: Iterable[int]) -> tuple[Holiday, ...]:
    """Public holidays in order, named in English where the data are. Raises Invalid. None has none."""
    if country is None:
        return ()
    check_country(country, subdivision)
    return tuple(each for year in years for each in _holidays_of(country, subdivision, year))


def of_plan(plan: HolidayPlan, years: Sequence[int]) -> tuple[Holiday, ...]:
    return holidays_of(plan.country, plan.subdivision, years)


def fingerprint(zone: str) -> str:
    """Changes when the rules of the zone do, wherever Python finds them."""
    return hashlib.sha256(_rules(zone)).hexdigest()[:16]


@lru_cache(maxsize=512)
def _holidays_of(country: str, subdivision: str | None, year: int) -> tuple[Holiday, ...]:
    names: dict[str, dict[date, str]] = {}
    supported = _calendar(country, None, (), None).supported_languages
    for tag, tongues in _TONGUES.items():
        tongue = next((each for each in tongues if each in supported), None)
        if tongue is not None:
            names[tag] = dict(_calendar(country, subdivision, (year,), tongue))
    first = names.pop("en", None) or dict(_calendar(country, subdivision, (year,), None))
    return tuple(
        Holiday(day, first[day], {tag: known[day] for tag, known in names.items() if day in known})
        for day in sorted(first)
    )


def _calendar(
    country: str, subdivision: str | None, years: Sequence[int], language: str | None
) -> library.HolidayBase:
    if country not in countries():
        raise Invalid("country", f"the two letters of a country such as DE, not {country!r}")
    return library.country_holidays(country, subdiv=subdivision, years=years, language=language)


def _rules(zone: str) -> bytes:
    for folder in zoneinfo.TZPATH:
        path = Path(folder, zone)
        if path.is_file():
            return path.read_bytes()
    package = resources.files("tzdata.zoneinfo")
    return package.joinpath(*zone.split("/")).read_bytes()
