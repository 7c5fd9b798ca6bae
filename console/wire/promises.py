"""What is promised: SLA policies, and the business hours with the holidays that they are counted in."""

from typing import Annotated

import msgspec

from console.wire.base import Answer, Ask, Count, Name, Seconds
from console.wire.setup import TimeOfDay

Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="a date such as 2026-12-25")]
Intervals = Annotated[tuple[tuple[TimeOfDay, TimeOfDay], ...], msgspec.Meta(max_length=24)]
Week = Annotated[tuple[Intervals, ...], msgspec.Meta(min_length=7, max_length=7)]
HolidayName = Annotated[str, msgspec.Meta(max_length=200)]
Worth = Annotated[float, msgspec.Meta(ge=0.01, le=1000)]
Share = Annotated[float, msgspec.Meta(ge=0.05, le=1)]


class SlaPolicy(Answer, frozen=True):
    """Seconds of working time; null: no such target.

    ``worth``: what missing a target of it is worth beside others. ``warn_share``: of a target has passed when the warning
    comes; 1: without a warning.
    """

    id: str
    name: str
    first_response_s: int | None
    next_response_s: int | None
    resolution_s: int | None
    hours: str | None
    worth: float
    warn_share: float
    version: int


class SlaPolicyAsk(Ask, frozen=True):
    """``version``: the one that was changed; somebody else's newer one is not overwritten."""

    name: Name
    first_response_s: Seconds | None = None
    next_response_s: Seconds | None = None
    resolution_s: Seconds | None = None
    hours: str | None = None
    worth: Worth = 1.0
    warn_share: Share = 0.8
    version: Count | None = None


class OwnHoliday(Answer, frozen=True):
    """A local date on which nobody works; ``yearly``: in every year, whichever ``date`` names."""

    date: Day
    name: HolidayName
    yearly: bool = False


class ClosedDay(Answer, frozen=True):
    date: str
    name: str


class Hours(Answer, frozen=True):
    """``zone`` is an IANA zone; ``week`` has intervals of local time for each day, Monday first.

    ``country`` (ISO 3166-1) and ``subdivision`` say whose holidays hold; of those, ``struck`` are worked after all: a date,
    or a name for every year. ``holidays`` are one's own. ``closed``: all that follows, for the years worked out.
    """

    id: str
    name: str
    zone: str
    week: tuple[Intervals, ...]
    country: str | None
    subdivision: str | None
    struck: tuple[str, ...]
    holidays: tuple[OwnHoliday, ...]
    closed: tuple[ClosedDay, ...]
    version: int


class HoursAsk(Ask, frozen=True):
    """``version``: the one that was changed; somebody else's newer one is not overwritten."""

    name: Name
    zone: Annotated[str, msgspec.Meta(max_length=100)]
    week: Week
    country: str | None = None
    subdivision: str | None = None
    struck: Annotated[tuple[HolidayName, ...], msgspec.Meta(max_length=500)] = ()
    holidays: Annotated[tuple[OwnHoliday, ...], msgspec.Meta(max_length=500)] = ()
    version: Count | None = None


class Country(Answer, frozen=True):
    """Two letters (ISO 3166-1); its name is the client's to say."""

    code: str


class Subdivision(Answer, frozen=True):
    """A region with holidays of its own; ``name`` is empty where only the code is known."""

    code: str
    name: str


class CountryHoliday(Answer, frozen=True):
    """``name`` is what ``struck`` calls it, ``called`` how the asker's language does."""

    date: str
    name: str
    called: str


class CountryHolidays(Answer, frozen=True):
    """A country's public holidays in a year, with those of the region where one is named."""

    country: str
    subdivision: str | None
    year: int
    subdivisions: tuple[Subdivision, ...]
    items: tuple[CountryHoliday, ...]
