"""Which of the bot's conversations somebody asks for: by day, inbox, outcome and whatever the report breaks them down by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import get_args
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Select, or_, select

from console.wire.outcomes import OutcomeName
from core.errors import Invalid
from core.slots import begin_of, slot_of
from core.store.tables.deflection import deflection

MOST_DAYS = 366
_NAMES: tuple[OutcomeName, ...] = get_args(OutcomeName)
_DEFLECTED = ("confirmed", "assumed")
_COLUMNS = {"intent": deflection.c.intent, "channel": deflection.c.channel, "language": deflection.c.language}
_HOURS = 7 * 24
_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of a zone, both of them in it."""

    since: date
    until: date
    zone: ZoneInfo

    @property
    def slots(self) -> range:
        return range(slot_of(self._begins(self.since)), slot_of(self._begins(self.until + timedelta(days=1))))

    def at(self, slot: int) -> datetime:
        """As the clocks there show it."""
        return begin_of(slot).astimezone(self.zone)

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


@dataclass(frozen=True, slots=True)
class Chosen:
    """``only``: column by value, "" for none known; ``outcomes`` and ``hour`` (of the week, from Monday) None for all."""

    period: Period
    inbox: str | None = None
    outcomes: tuple[str, ...] | None = None
    reason: str | None = None
    article: tuple[str, str, int] | None = None
    hour: int | None = None
    only: tuple[tuple[str, str], ...] = ()


def period_from(query: Mapping[str, str], today: date) -> Period:
    """``since`` and ``until`` as days, by default the last four weeks, in ``zone``, by default UTC. Raises Invalid."""
    zone = _zone(query.get("zone") or "UTC")
    until = _day(query, "until", today)
    since = _day(query, "since", until - timedelta(days=27))
    if not since <= until <= since + timedelta(days=MOST_DAYS - 1):
        raise Invalid("until", f"since or a later day, and at most {MOST_DAYS} days in all")
    return Period(since, until, zone)


def chosen_from(text: str, today: date) -> Chosen:
    """As a query of its own: days and zone as above, ``inbox``, ``outcome``, ``reason``, ``intent``… Raises Invalid."""
    if len(text) > _CHARACTERS:
        raise Invalid("bot", f"at most {_CHARACTERS} characters")
    query = dict(parse_qsl(text, keep_blank_values=True))
    if any("\0" in each for pair in query.items() for each in pair):
        raise Invalid("bot", "text without NUL")
    outcome = query.get("outcome")
    if outcome not in {None, "deflected", *_NAMES}:
        raise Invalid("bot", f"outcome: deflected, {', '.join(_NAMES)}")
    return Chosen(
        period_from(query, today),
        query.get("inbox") or None,
        None if outcome is None else _DEFLECTED if outcome == "deflected" else (outcome,),
        query.get("reason") or None,
        _article(query.get("article")),
        _hour(query.get("hour")),
        tuple((name, query[name]) for name in _COLUMNS if name in query),
    )


def chosen_ids(chosen: Chosen) -> Select[tuple[str]]:
    """The settled ones."""
    return select(deflection.c.conversation_id).where(deflection.c.settled, *_conditions(chosen))


def within(period: Period, inbox: str | None) -> list[ColumnElement[bool]]:
    """Those that began then, there."""
    slots = period.slots
    conditions = [deflection.c.slot >= slots.start, deflection.c.slot < slots.stop]
    if inbox is not None:
        conditions.append(deflection.c.inbox_id == inbox)
    return conditions


def hour_of(at: datetime) -> int:
    """Of the week, from Monday."""
    return at.weekday() * 24 + at.hour


def _conditions(chosen: Chosen) -> list[ColumnElement[bool]]:
    period, found = chosen.period, within(chosen.period, chosen.inbox)
    if chosen.outcomes is not None:
        found.append(deflection.c.outcome.in_(chosen.outcomes))
    if chosen.reason is not None:
        found.append(deflection.c.reason == chosen.reason)
    if chosen.article is not None:
        article, language, number = chosen.article
        found.append(deflection.c.article_id == (article or None))
        if article:
            found += [deflection.c.article_language == language, deflection.c.article_number == number]
    for name, value in chosen.only:
        column = _COLUMNS[name]
        found.append(column == value if value else or_(column.is_(None), column == ""))
    if chosen.hour is not None:
        hours = [slot for slot in period.slots if hour_of(period.at(slot)) == chosen.hour]
        found.append(deflection.c.slot.in_(hours))
    return found


def _article(text: str | None) -> tuple[str, str, int] | None:
    if text is None:
        return None
    article, _, rest = text.partition(":")
    language, _, number = rest.partition(":")
    if text and not (number.isascii() and number.isdigit() and len(number) < len("1000000")):
        raise Invalid("bot", "article: id:language:number")
    return article, language, int(number or 0)


def _hour(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < len("1000") and int(text) < _HOURS):
        raise Invalid("bot", f"hour: 0 to {_HOURS - 1}")
    return int(text)


def _day(query: Mapping[str, str], name: str, default: date) -> date:
    text = query.get(name)
    try:
        return default if not text else date.fromisoformat(text)
    except ValueError:
        raise Invalid(name, "a day such as 2026-01-31") from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("zone", "a time zone such as Europe/Berlin") from None
