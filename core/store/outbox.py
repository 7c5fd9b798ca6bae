"""The outbox and the timers as tables: claiming the head of each stream, finishing, failing, replaying."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    column,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from core.errors import NotFound
from core.events import Recorded, TimerFired, Topic, conversation_topic
from core.ids import ConversationId
from core.store.codec import decode_event
from core.store.prepared import Prepared
from core.store.sets import Places, PreparedRows, Row
from core.store.shared_time import shared_now
from core.store.tables.conversation import conversation, event, outbox, timer
from core.store.tx import Tx
from core.store.types import UtcDateTime

_Condition = ColumnElement[bool]


class Entry(NamedTuple):
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


_CONVERSATION = conversation_topic(ConversationId(""))
_earlier = outbox.alias()


_HEAD = (
    *(outbox.c.handler, outbox.c.topic, outbox.c.n, outbox.c.created_at, outbox.c.attempts),
    *(event.c.visible_n, event.c.type, event.c.data, event.c.at),
)
_EVENT_OF = (outbox, event, and_(event.c.topic == outbox.c.topic, event.c.n == outbox.c.n))


@cache
def _heads(handlers: int) -> Prepared:
    """For so many handlers, asked for by name."""
    # What waits for its first look is due when it is made: its maker's clock may be ahead of ours.
    due = or_(outbox.c.due_at <= bindparam("now"), outbox.c.due_at == outbox.c.created_at)
    first = (
        select(func.min(_earlier.c.n))
        .where(
            _earlier.c.handler == outbox.c.handler,
            _earlier.c.topic == outbox.c.topic,
            _earlier.c.dead_at.is_(None),
        )
        .scalar_subquery()
    )
    return Prepared(
        select(*_HEAD, true().label("timers"))
        .join_from(*_EVENT_OF, isouter=True)
        .where(
            outbox.c.handler.in_([bindparam(f"handler{at}") for at in range(handlers)]),
            outbox.c.dead_at.is_(None),
            due,
            or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= bindparam("now")),
            outbox.c.n == first,
        )
        .order_by(outbox.c.due_at)
        .limit(bindparam("most"))
    )


_HEADS = Prepared(
    select(
        func.outbox_heads(
            bindparam("handlers", type_=ARRAY(Text)),
            bindparam("now", type_=UtcDateTime),
            bindparam("most", type_=Integer),
        ).table_valued(*(column(each.name, each.type) for each in _HEAD), column("timers", Boolean))
    )
)
"""The same with its rows locked, in the database (``0014_pre_heads`` says why)."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Each with its event, None where a newer process wrote it.

    ``timers``: some may be due, too; asked along, because a question of its own is a round trip of its own.
    """

    found: Sequence[tuple[Entry, Recorded | None]]
    timers: bool


def heads(tx: Tx, handlers: Sequence[str], now: datetime, most: int) -> Heads:
    """The first waiting entry of each stream that is due and that nobody works on, locked, oldest first.

    Only the head of a stream may be claimed: claiming any row misorders streams. ``now`` is the time that claims are
    compared by.
    """
    if not handlers:
        return Heads((), timers=True)
    if tx.conn.dialect.name == "postgresql":
        rows = _HEADS.tuples(tx.conn, {"handlers": list(handlers), "now": now, "most": most})
    else:
        named = {f"handler{at}": each for at, each in enumerate(handlers)}
        rows = _heads(len(handlers)).tuples(tx.conn, {**named, "now": now, "most": most})
    return Heads(_with_events(rows), timers=rows[0][-1] if rows else True)


def take_exclusive(tx: Tx, handler: str, most: int) -> list[tuple[Entry, Recorded | None]]:
    """Waiting entries of a handler that one process works on alone, in the order they came, with their events.

    Those of a topic come in its own order, whatever the clocks of those who wrote them said; ``most`` of them, or more
    where that takes some. None where a newer process wrote the event. ``finish`` them in the same transaction.
    """
    waiting = (
        select(*_HEAD)
        .join_from(*_EVENT_OF, isouter=True)
        .where(waits(tx, handler))
        .with_for_update(skip_locked=True, of=outbox)
    )
    oldest = waiting.order_by(outbox.c.created_at, outbox.c.topic, outbox.c.n).limit(most)
    events = dict(_with_events(tx.conn.execute(oldest)))
    if len(events) == most:
        last = {entry.topic: entry.n for entry in sorted(events, key=lambda each: each.n)}
        of_same = _with_events(tx.conn.execute(waiting.where(outbox.c.topic.in_(last))))
        events |= {entry: event for entry, event in of_same if entry.n < last[entry.topic]}
    return [(entry, events[entry]) for entry in _in_order(list(events))]


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


def _with_events(rows: Iterable[Sequence[Any]]) -> list[tuple[Entry, Recorded | None]]:
    """Of rows that begin with the columns of ``_HEAD``."""
    found = []
    for handler, topic, n, created_at, attempts, visible_n, name, data, at, *_ in rows:
        happened = None if name is None else decode_event(name, data)
        recorded = None if happened is None else Recorded(topic, n, visible_n, at, happened)
        found.append((Entry(handler, topic, n, created_at, attempts), recorded))
    return found


_ITS_CONVERSATION = and_(
    timer.c.topic.startswith(_CONVERSATION),
    conversation.c.id == func.substr(timer.c.topic, len(_CONVERSATION) + 1),
)
_IS_DUE = timer.c.due_at <= bindparam("now")
# Whoever works on a conversation sets its timers: its row comes first here as well, or each would wait for the other.
_DUE = (
    Prepared(
        select(timer)
        .join(conversation, _ITS_CONVERSATION)
        .where(_IS_DUE)
        .order_by(timer.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=(timer, conversation))
    ),
    Prepared(
        select(timer)
        .where(_IS_DUE, ~exists().where(_ITS_CONVERSATION))
        .order_by(timer.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    ),
)
_KEY = (outbox.c.handler, outbox.c.topic, outbox.c.n)


def _this(given: Places) -> _Condition:
    return and_(*(each == given[each.name] for each in _KEY))


_FINISH = PreparedRows(_KEY, lambda given: delete(outbox).where(_this(given)))
_CLAIM = PreparedRows(
    _KEY, lambda given: update(outbox).where(_this(given)).values(claimed_until=bindparam("until"))
)
_CLAIM_ANEW = PreparedRows(
    (*_KEY, outbox.c.claimed_until),
    lambda given: (
        update(outbox)
        .where(_this(given), outbox.c.claimed_until == given["claimed_until"])
        .values(claimed_until=bindparam("until"))
        .returning(*_KEY)
    ),
)
_HELD = PreparedRows(
    (*_KEY, outbox.c.claimed_until),
    lambda given: (
        select(*_KEY)
        .where(_this(given), outbox.c.claimed_until == given["claimed_until"])
        .with_for_update(of=outbox)
    ),
)


def finish(tx: Tx, entries: Sequence[Entry]) -> None:
    """Their handler is done with them."""
    _FINISH(tx.conn, [(each.handler, each.topic, each.n) for each in entries], {})


def claim(tx: Tx, entries: Sequence[Entry], until: datetime) -> None:
    """Nobody else takes them before ``until``."""
    _CLAIM(tx.conn, [(each.handler, each.topic, each.n) for each in entries], {"until": until})


def claim_anew(tx: Tx, claims: Mapping[Entry, datetime], until: datetime) -> set[Entry]:
    """As ``claim``, those that are still claimed as they were, which are returned: the others have been taken since."""
    return _of(claims, _CLAIM_ANEW.rows(tx.conn, _claimed(claims), {"until": until}))


def held(tx: Tx, claims: Mapping[Entry, datetime]) -> set[Entry]:
    """Which of them are still claimed so, locked. Two claims of one entry never end at the same instant."""
    return _of(claims, _HELD.rows(tx.conn, _claimed(claims), {}))


def _claimed(claims: Mapping[Entry, datetime]) -> list[Row]:
    return [(each.handler, each.topic, each.n, until) for each, until in claims.items()]


def _of(claims: Mapping[Entry, datetime], rows: Sequence[Row]) -> set[Entry]:
    found = {tuple(row) for row in rows}
    return {each for each in claims if (each.handler, each.topic, each.n) in found}


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
    """Turn timers that are due into events; how many there were. Those whose conversation is in use come later."""
    rows = [row for due in _DUE for row in due.rows(tx.conn, {"now": now, "most": most})]
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


def _is(entry: Entry) -> _Condition:
    return and_(outbox.c.handler == entry.handler, outbox.c.topic == entry.topic, outbox.c.n == entry.n)
