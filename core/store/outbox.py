"""The outbox and the timers as tables: claiming the head of each stream, finishing, failing, replaying."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, update

from core.errors import NotFound
from core.events import Recorded, TimerFired, Topic
from core.store.codec import recorded_from_row
from core.store.messages import read_event
from core.store.prepared import Prepared
from core.store.shared_time import shared_now
from core.store.tables.conversation import event, outbox, timer
from core.store.tx import Tx

_Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event waiting for one handler; a stream is one handler on one topic."""

    handler: str
    topic: Topic
    n: int
    created_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class DeadEntry:
    """An event that a handler gave up on."""

    handler: str
    topic: Topic
    n: int
    error: str
    dead_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when the oldest; None when nothing does."""

    waiting: int
    oldest: datetime | None


_earlier = outbox.alias()


@cache
def _heads(handlers: int) -> Prepared:
    """For so many handlers, asked for by name."""
    # What waits for its first look is due when it is made: its maker's clock may be ahead of ours.
    due = or_(outbox.c.due_at <= bindparam("now"), outbox.c.due_at == outbox.c.created_at)
    # A value, not "there is none before it": PostgreSQL would join all that waits with all that waits.
    first = (
        select(func.min(_earlier.c.n))
        .where(
            _earlier.c.handler == outbox.c.handler,
            _earlier.c.topic == outbox.c.topic,
            _earlier.c.dead_at.is_(None),
        )
        .scalar_subquery()
    )
    columns = (*outbox.c, event.c.visible_n, event.c.type, event.c.data, event.c.at)
    return Prepared(
        select(*columns)
        .join_from(
            outbox, event, and_(event.c.topic == outbox.c.topic, event.c.n == outbox.c.n), isouter=True
        )
        .where(
            outbox.c.handler.in_([bindparam(f"handler{at}") for at in range(handlers)]),
            outbox.c.dead_at.is_(None),
            due,
            or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= bindparam("now")),
            outbox.c.n == first,
        )
        .order_by(outbox.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=outbox)
    )


def heads(tx: Tx, handlers: Sequence[str], now: datetime, most: int) -> list[tuple[Entry, Recorded | None]]:
    """The first waiting entry of each stream that is due and that nobody works on, locked, oldest first.

    Only the head of a stream may be claimed: claiming any row misorders streams. Each comes with its event, None
    where a newer process wrote it. ``now`` is the time that claims are compared by.
    """
    if not handlers:
        return []
    named = {f"handler{at}": each for at, each in enumerate(handlers)}
    rows = _heads(len(handlers)).rows(tx.conn, {**named, "now": now, "most": most})
    return [(_entry(row), None if row.type is None else recorded_from_row(row)) for row in rows]


def take_exclusive(tx: Tx, handler: str, most: int) -> list[tuple[Entry, Recorded | None]]:
    """Waiting entries of a handler that one process works on alone, in the order they came, with their events.

    Those of a topic come in its own order, whatever the clocks of those who wrote them said; ``most`` of them, or more
    where that takes some. None where a newer process wrote the event. ``finish`` them in the same transaction.
    """
    waiting = select(outbox).where(waits(tx, handler)).with_for_update(skip_locked=True)
    oldest = waiting.order_by(outbox.c.created_at, outbox.c.topic, outbox.c.n).limit(most)
    entries = [_entry(row) for row in tx.conn.execute(oldest)]
    if len(entries) == most:
        last = {entry.topic: entry.n for entry in sorted(entries, key=lambda each: each.n)}
        of_same = (_entry(row) for row in tx.conn.execute(waiting.where(outbox.c.topic.in_(last))))
        found = set(entries)
        entries += [each for each in of_same if each.n < last[each.topic] and each not in found]
    return [(entry, read_event(tx, entry.topic, entry.n)) for entry in _in_order(entries)]


def waits(tx: Tx, handler: str) -> _Condition:
    """What is due for this handler. What waits for its first look is due when it is made, as for ``heads``."""
    due = or_(outbox.c.due_at <= shared_now(tx), outbox.c.due_at == outbox.c.created_at)
    return and_(outbox.c.handler == handler, outbox.c.dead_at.is_(None), due)


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """By when they were made, but that a topic's take the places that it has among them in their own order."""
    of_topic: dict[Topic, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: each.n, reverse=True):
        of_topic.setdefault(entry.topic, []).append(entry)
    by_time = sorted(entries, key=lambda each: (each.created_at, each.topic, each.n))
    return [of_topic[each.topic].pop() for each in by_time]


_DUE = Prepared(
    select(timer)
    .where(timer.c.due_at <= bindparam("now"))
    .order_by(timer.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_THIS = and_(
    outbox.c.handler == bindparam("its_handler"),
    outbox.c.topic == bindparam("its_topic"),
    outbox.c.n == bindparam("its_n"),
)
_FINISH = Prepared(delete(outbox).where(_THIS))
_CLAIM = Prepared(update(outbox).where(_THIS).values(claimed_until=bindparam("until")))
_CLAIM_ANEW = Prepared(
    update(outbox)
    .where(_THIS, outbox.c.claimed_until == bindparam("so_far"))
    .values(claimed_until=bindparam("until"))
)


def finish(tx: Tx, entries: Sequence[Entry]) -> None:
    """Their handler is done with them."""
    if entries:
        _FINISH.many(tx.conn, [_named(entry) for entry in entries])


def claim(tx: Tx, entries: Sequence[Entry], until: datetime) -> None:
    """Nobody else takes them before ``until``."""
    if entries:
        _CLAIM.many(tx.conn, [_named(entry) | {"until": until} for entry in entries])


def claim_anew(tx: Tx, claims: Mapping[Entry, datetime], until: datetime) -> set[Entry]:
    """As ``claim``, those that are still claimed as they were, which are returned: the others have been taken since."""
    return {
        entry
        for entry, so_far in claims.items()
        if _CLAIM_ANEW(tx.conn, _named(entry) | {"so_far": so_far, "until": until})
    }


def held(tx: Tx, claims: Mapping[Entry, datetime]) -> set[Entry]:
    """Which of them are still claimed so, locked. Two claims of one entry never end at the same instant."""
    return {entry for entry, until in claims.items() if _HELD.one(tx.conn, _named(entry) | {"until": until})}


_HELD = Prepared(
    select(outbox.c.n).where(_THIS, outbox.c.claimed_until == bindparam("until")).with_for_update()
)


def retry_at(tx: Tx, entry: Entry, due_at: datetime, error: str, now: datetime | None = None) -> None:
    """It failed ``now`` and waits for another attempt; from the first failure on, ``created_at`` is when that was."""
    since = entry.created_at if entry.attempts else now or tx.now
    tx.conn.execute(
        update(outbox)
        .where(_is(entry))
        .values(created_at=since, due_at=due_at, attempts=entry.attempts + 1, claimed_until=None, error=error)
    )


def postpone(tx: Tx, entry: Entry, due_at: datetime) -> None:
    """It is not its turn yet; that counts as no attempt."""
    tx.conn.execute(update(outbox).where(_is(entry)).values(due_at=due_at, claimed_until=None))


def bury(tx: Tx, entry: Entry, error: str) -> None:
    """It is given up; its stream goes on without it, a person may replay it."""
    tx.conn.execute(
        update(outbox)
        .where(_is(entry))
        .values(dead_at=tx.now, attempts=entry.attempts + 1, claimed_until=None, error=error)
    )


def replay(tx: Tx, handler: str, topic: Topic, n: int) -> bool:
    """Let a dead entry be tried again from the start; False when there is no such dead entry."""
    result = tx.conn.execute(
        update(outbox)
        .where(
            outbox.c.handler == handler,
            outbox.c.topic == topic,
            outbox.c.n == n,
            outbox.c.dead_at.is_not(None),
        )
        .values(dead_at=None, attempts=0, created_at=tx.now, due_at=tx.now, error=None)
    )
    tx.outcome.outbox = True
    return result.rowcount == 1


def release_claims(tx: Tx) -> None:
    """After a crash of the only process: what it was working on is free at once."""
    tx.conn.execute(update(outbox).where(outbox.c.claimed_until.is_not(None)).values(claimed_until=None))


def give_back(tx: Tx, claims: Mapping[Entry, datetime]) -> None:
    """Those that are still claimed so are free at once."""
    for entry, until in claims.items():
        ours = _is(entry), outbox.c.claimed_until == until
        tx.conn.execute(update(outbox).where(*ours).values(claimed_until=None))
    tx.outcome.outbox = True


def next_due(tx: Tx, after: datetime) -> datetime | None:
    """When the next timer or retry falls due, if any does later than ``after``.

    What was due before has been looked at: it is claimed, or waits behind its stream's head or for a free place.
    """
    first_timer = tx.conn.execute(select(func.min(timer.c.due_at)).where(timer.c.due_at > after)).scalar_one()
    # What waits for its first look is due when it is made, and its making wakes the relay.
    put_off = outbox.c.due_at != outbox.c.created_at
    later = and_(outbox.c.dead_at.is_(None), put_off, outbox.c.due_at > after)
    first_retry = tx.conn.execute(select(func.min(outbox.c.due_at)).where(later)).scalar_one()
    return min((at for at in (first_timer, first_retry) if at is not None), default=None)


def fire_timers(tx: Tx, now: datetime, most: int) -> int:
    """Turn timers that are due into events; how many there were."""
    rows = _DUE.rows(tx.conn, {"now": now, "most": most})
    for row in rows:
        tx.cancel_timer(Topic(row.topic), row.kind, row.ref)
        with suppress(NotFound):
            # What it was set for is gone; raising would hold up every other timer for ever.
            tx.emit(Topic(row.topic), TimerFired(row.kind, row.ref, row.due_at))
    return len(rows)


def backlog(tx: Tx) -> Backlog:
    """What waits for its first attempt or another one."""
    statement = select(func.count(), func.min(outbox.c.created_at)).where(outbox.c.dead_at.is_(None))
    count, oldest = tx.conn.execute(statement).one()
    return Backlog(count, oldest)


def dead(tx: Tx, most: int) -> list[DeadEntry]:
    """What was given up, newest first."""
    statement = (
        select(outbox).where(outbox.c.dead_at.is_not(None)).order_by(outbox.c.dead_at.desc()).limit(most)
    )
    return [
        DeadEntry(row.handler, Topic(row.topic), row.n, row.error or "", row.dead_at)
        for row in tx.conn.execute(statement)
    ]


def _named(entry: Entry) -> dict[str, Any]:
    return {"its_handler": entry.handler, "its_topic": entry.topic, "its_n": entry.n}


def _is(entry: Entry) -> _Condition:
    return and_(outbox.c.handler == entry.handler, outbox.c.topic == entry.topic, outbox.c.n == entry.n)


def _entry(row: Any) -> Entry:
    return Entry(row.handler, Topic(row.topic), row.n, row.created_at, row.attempts)
