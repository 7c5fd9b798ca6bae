"""What became of the bot's conversations in a period: one query counts them by all that the report shows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Null,
    Select,
    Text,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from console.queries.chosen import Period, hour_of, within
from console.wire import outcomes as wire
from core.shares import share
from core.store.tables.deflection import deflection
from core.store.tables.knowledge import revision
from core.store.tables.people import inbox
from core.store.tx import Tx

Z95 = 1.959964
By = Literal["intent", "article", "channel", "language", "inbox"]
BREAKDOWNS: tuple[By, ...] = ("intent", "article", "channel", "language", "inbox")
CAME_AGAIN = "came_again"
_WAITING, _REASON, _SLOT = "waiting", "reason", "slot"


@dataclass(slots=True)
class Counts:
    """How many of each outcome."""

    of: Counter[str] = field(default_factory=Counter)
    came_again: int = 0

    @property
    def all(self) -> int:
        return self.of.total()

    @property
    def deflected(self) -> int:
        return self.of["confirmed"] + self.of["assumed"]


@dataclass(frozen=True, slots=True)
class Counted:
    """Of settled conversations; ``tables`` by breakdown and key, ``slots`` by quarter of an hour."""

    all: Counts
    waiting: int
    reasons: Mapping[str, Mapping[str, int]]
    tables: Mapping[str, Mapping[str, Counts]]
    slots: Mapping[int, Counts]


def counted(tx: Tx, period: Period, inbox_id: str | None) -> Counted:
    """One statement, over one range of an index."""
    whole, waiting = Counts(), 0
    reasons: dict[str, dict[str, int]] = defaultdict(dict)
    tables: dict[str, dict[str, Counts]] = {by: defaultdict(Counts) for by in BREAKDOWNS}
    slots: dict[int, Counts] = defaultdict(Counts)
    for by, key, language, number, outcome, again, count in tx.conn.execute(_statement(period, inbox_id)):
        match by:
            case "waiting":
                waiting += count
            case "slot":
                _add(slots[number], outcome, again, count)
            case "reason":
                reasons[outcome][key] = reasons[outcome].get(key, 0) + count
                _add(whole, outcome, again, count)
            case _:
                name = f"{key}:{language}:{number}" if by == "article" and key else key or ""
                _add(tables[by][name], outcome, again, count)
    return Counted(whole, waiting, reasons, tables, slots)


def _add(counts: Counts, outcome: str, again: int, count: int) -> None:
    counts.of[outcome] += count
    counts.came_again += count if again else 0


def _statement(period: Period, inbox_id: str | None) -> CompoundSelect[Any]:
    """The rows are read once; each breakdown counts them anew."""
    kept = deflection.c
    version = kept.article_id, kept.article_language, kept.article_number
    dimensions = (kept.intent, kept.channel, kept.language, kept.inbox_id, kept.slot, *version)
    needed = (*dimensions, kept.outcome, kept.reason, kept.settled)
    began = select(*needed).where(*within(period, inbox_id)).cte("began")
    columns = began.c
    return union_all(
        _part(began, _REASON, columns.reason),
        _part(began, "intent", columns.intent),
        _part(began, "article", columns.article_id, columns.article_language, columns.article_number),
        _part(began, "channel", columns.channel),
        _part(began, "language", columns.language),
        _part(began, "inbox", columns.inbox_id),
        _part(began, _SLOT, null(), null(), columns.slot),
        _part(began, _WAITING, null(), settled=False),
    )


def _part(
    began: CTE,
    by: str,
    key: ColumnElement[Any],
    language: ColumnElement[Any] | None = None,
    number: ColumnElement[Any] | None = None,
    *,
    settled: bool = True,
) -> Select[Any]:
    again = (began.c.reason == CAME_AGAIN).label("again")
    keys = (
        cast(key, Text).label("key"),
        cast(null() if language is None else language, Text).label("language"),
        cast(null() if number is None else number, Integer).label("number"),
    )
    name = literal_column(f"'{by}'", Text).label("by")
    counted = began.c.settled if settled else ~began.c.settled
    chosen = select(name, *keys, began.c.outcome, again, func.count().label("count")).where(counted)
    named = [each for each in (key, language, number) if each is not None and not isinstance(each, Null)]
    return chosen.group_by(*named, began.c.outcome, again)


def outcomes_of(counts: Counts) -> wire.Outcomes:
    def figure(count: int) -> wire.Figure:
        found = share(count, counts.all, Z95)
        return wire.Figure(count, found.low, found.high)

    return wire.Outcomes(
        counts.all,
        figure(counts.of["confirmed"]),
        figure(counts.of["assumed"]),
        figure(counts.of["escalated"]),
        figure(counts.of["abandoned"]),
        figure(counts.came_again),
        figure(counts.deflected),
    )


def days_of(found: Counted, period: Period) -> tuple[wire.OutcomeDay, ...]:
    """Those on which any began."""
    days: dict[date, Counter[str]] = defaultdict(Counter)
    for slot, counts in found.slots.items():
        days[period.at(slot).date()].update(counts.of)
    return tuple(
        wire.OutcomeDay(day, of["confirmed"], of["assumed"], of["escalated"], of["abandoned"])
        for day, of in sorted(days.items())
    )


def hours_of(found: Counted, period: Period) -> tuple[wire.OutcomeHour, ...]:
    """Of the week, those in which any began."""
    hours: dict[int, Counts] = defaultdict(Counts)
    for slot, counts in found.slots.items():
        hour = hours[hour_of(period.at(slot))]
        hour.of.update(counts.of)
        hour.came_again += counts.came_again
    return tuple(
        wire.OutcomeHour(hour // 24, hour % 24, outcomes_of(counts)) for hour, counts in sorted(hours.items())
    )


def tables_of(tx: Tx, found: Counted, most: int) -> tuple[wire.OutcomeTable, ...]:
    """At most so many lines each, the most frequent first."""
    names = {"inbox": _inboxes(tx), "article": _titles(tx, list(found.tables["article"]))}
    return tuple(_table(by, found.tables[by], names.get(by, {}), most) for by in BREAKDOWNS)


def _table(by: By, lines: Mapping[str, Counts], names: Mapping[str, str], most: int) -> wire.OutcomeTable:
    ordered = sorted(lines.items(), key=lambda each: (-each[1].all, each[0]))
    shown = tuple(
        wire.OutcomeLine(key, names.get(key), outcomes_of(counts)) for key, counts in ordered[:most]
    )
    return wire.OutcomeTable(by, shown, max(0, len(ordered) - most))


def _inboxes(tx: Tx) -> dict[str, str]:
    return {row.id: row.name for row in tx.conn.execute(select(inbox.c.id, inbox.c.name))}


def _titles(tx: Tx, keys: Sequence[str]) -> dict[str, str]:
    """In the version that was shown."""
    ids = {key.partition(":")[0] for key in keys if key}
    columns = (revision.c.article_id, revision.c.language, revision.c.number, revision.c.title)
    rows = tx.conn.execute(select(*columns).where(revision.c.article_id.in_(ids))) if ids else ()
    return {f"{row.article_id}:{row.language}:{row.number}": row.title for row in rows}
