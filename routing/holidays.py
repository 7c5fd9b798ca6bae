"""Which days nobody works: a country's holidays without those that are struck out, and days of one's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.errors import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A local date on which nobody works; ``names`` has its name in other languages, by their tags."""

    day: date
    name: str
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def called(self, language: str | None) -> str:
        """Its name in that language where it is known."""
        return self.names.get((language or "").split("-", 1)[0].lower(), self.name)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of one's own; ``yearly``: in every year, whichever the date names."""

    day: date
    name: str
    yearly: bool = False

    def within(self, years: Iterable[int]) -> tuple[date, ...]:
        """A yearly 29 February only comes in leap years."""
        if not self.yearly:
            return (self.day,)
        return tuple(found for year in years if (found := _in_year(self.day, year)) is not None)


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """``struck``: what of the country's holidays is worked after all: a date (that day) or a name (in every year)."""

    country: str | None = None
    subdivision: str | None = None
    struck: frozenset[str] = frozenset()
    own: tuple[OwnDay, ...] = ()


def in_effect(plan: HolidayPlan, known: Iterable[Holiday], years: Sequence[int]) -> tuple[Holiday, ...]:
    """Every day that is closed in ``years``, in order, each once; ``known`` are the country's.

    A day of one's own names a date that both have.
    """
    days = {each.day: each for each in known if not is_struck(plan, each)}
    for own in plan.own:
        days |= {day: Holiday(day, own.name) for day in own.within(years)}
    return tuple(days[day] for day in sorted(days))


def is_struck(plan: HolidayPlan, holiday: Holiday) -> bool:
    """Whether it is worked after all."""
    return holiday.day.isoformat() in plan.struck or holiday.name in plan.struck


def check_struck(plan: HolidayPlan, known: Sequence[Holiday], years: Sequence[int]) -> None:
    """Raises Invalid when something is struck out that is no holiday there; years further off are not known."""
    possible = {each.name for each in known} | {each.day.isoformat() for each in known}
    for each in sorted(plan.struck - possible):
        if plan.country is None:
            raise Invalid("struck", f"nothing without a country, not {each!r}")
        if not _is_date_outside(each, years):
            raise Invalid(
                "struck", f"holidays of {plan.country}, by their date or their name, and {each!r} is none"
            )


def to_date(text: str, field: str) -> date:
    """Raises Invalid."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(field, f"a date such as 2026-12-25, not {text!r}") from None


def _is_date_outside(text: str, years: Sequence[int]) -> bool:
    try:
        return date.fromisoformat(text).year not in years
    except ValueError:
        return False


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None
