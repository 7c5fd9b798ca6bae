"""One transaction: what a use case may do to the database, and the events that commit with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.errors import NotFound
from core.events import Event, Recorded, Topic
from core.ids import Ids
from core.store.changes import number_articles
from core.store.codec import encode_event, event_name
from core.store.prepared import Prepared
from core.store.recording import record
from core.store.tables.conversation import (
    conversation,
    timer,
)
from core.store.tables.conversation import (
    topic as topic_table,
)
from core.store.tables.knowledge import article
from core.store.tables.people import agent

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

_COUNTED: dict[str, Table] = {"conversation": conversation, "agent": agent, "article": article}


@dataclass(frozen=True, slots=True)
class Route:
    """That ``handler`` is to run for an event; ``wants`` (pure) may leave single events out."""

    handler: str
    wants: Callable[[Event], bool] | None = None


Routes = Mapping[type[Event], Sequence[Route]]
Part = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a list shows of a conversation: its newest words, cut short, and whose they are."""

    text: str
    author: str


@dataclass(slots=True)
class Outcome:
    """What a committed transaction changed for others: topics with their new numbers, and whether work waits.

    ``kinds`` names the type of each event, for the metrics.
    """

    topics: dict[Topic, int] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    outbox: bool = False
    timers: bool = False


class Tx:
    """One transaction. ``now`` is one instant for all of it; use cases take this and never await.

    ``settings`` are what is read so deep down that every use case above would only pass it on.

    ``part`` is entered for a part that may fail, and undoes that part alone when it does.
    """

    def __init__(
        self,
        conn: Connection,
        now: datetime,
        ids: Ids,
        routes: Routes,
        part: Part | None = None,
        settings: Sequence[object] = (),
    ) -> None:
        self.conn = conn
        self._part = part or conn.begin_nested
        self.now = now
        self.ids = ids
        self.outcome = Outcome()
        self._routes = routes
        self._settings = settings
        self._events: list[tuple[Topic, int, int | None, str, str]] = []
        self._last: list[tuple[Topic, Event]] = []
        self._outbox: list[tuple[str, Topic, int]] = []

    def setting(self, kind: type[S]) -> S:
        """Those of this type that the installation has, else the defaults."""
        return next((each for each in self._settings if isinstance(each, kind)), kind())

    def emit(
        self, topic: Topic, event: Event, *, visible: bool = False, said: Said | None = None
    ) -> Recorded:
        """Number the event in its topic and store it with one outbox row for each handler.

        ``visible``: the requester may see it; such events have a count of their own. ``said``: the conversation's
        newest words, written along. Raises NotFound when the conversation, agent or article does not exist.
        """
        n, visible_n = self._next(topic, visible=visible, said=said)
        return self.emit_as(n, topic, event, visible_n)

    def emit_as(self, n: int, topic: Topic, event: Event, visible_n: int | None = None) -> Recorded:
        """The same with the number that its topic has already been given, by an update of the row that counts it."""
        kind = type(event)
        self._events.append((topic, n, visible_n, event_name(kind), encode_event(event)))
        for route in self._routes.get(kind, ()):
            if route.wants is None or route.wants(event):
                self._outbox.append((route.handler, topic, n))
        self.outcome.topics[topic] = n
        return Recorded(topic, n, visible_n, self.now, event)

    def tell(self, topic: Topic, event: Event) -> None:
        """Emit right before the commit, so that whoever emits on a topic of many waits no longer than for that."""
        self._last.append((topic, event))

    def _next(self, topic: Topic, *, visible: bool, said: Said | None) -> tuple[int, int | None]:
        kind, _, key = topic.partition(":")
        if kind == "conversation":
            values: dict[str, Any] = {"key": key}
            if said is not None:
                values |= {"text": said.text, "author": said.author, "at": self.now}
            row = _NEXT[visible, said is not None].one(self.conn, values)
            if row is None:
                raise NotFound(f"there is no conversation {key}")
            return row.n, row.visible_n if visible else None
        if visible:
            raise ValueError(f"only a conversation has events that a requester sees, not {topic}")
        if kind in _COUNTED:
            row = _NEXT_OF[kind].one(self.conn, {"key": key})
            if row is None:
                raise NotFound(f"there is no {kind} {key}")
            return row.n, None
        insert_new = self.insert_for(topic_table).values(name=topic, n=1)
        counted = insert_new.on_conflict_do_update(
            index_elements=["name"], set_={"n": topic_table.c.n + 1}
        ).returning(topic_table.c.n)
        return self.conn.execute(counted).scalar_one(), None

    def insert_for(self, table: Table) -> Any:
        """An insert of this database's dialect, for its ``on_conflict_…`` forms."""
        return _insert(table, self.conn.dialect.name)

    def insert_new(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Insert unless a unique index already knows it; True when it was new."""
        statement = _insert_new(table, self.conn.dialect.name, frozenset(row))
        return statement(self.conn, row) == 1

    def alone(self, name: str) -> None:
        """Wait until no other transaction is at ``name``, and be the only one until this one ends.

        What was committed under it is seen from then on. SQLite has one writer at a time anyway.
        """
        if self.conn.dialect.name == "postgresql":
            self.conn.execute(_ALONE, {"name": name})

    def set_timer(self, topic: Topic, kind: str, due_at: datetime, ref: str = "") -> None:
        """Emit ``TimerFired(kind, ref)`` on the topic once ``due_at`` has come; setting it again moves it."""
        values = {"topic": topic, "kind": kind, "ref": ref, "due_at": due_at}
        _set_timer(self.conn.dialect.name)(self.conn, values)
        self.outcome.timers = True

    def cancel_timer(self, topic: Topic, kind: str, ref: str = "") -> None:
        """It never fires; cancelling one that is not set does nothing."""
        _CANCEL_TIMER(self.conn, {"of_topic": topic, "of_kind": kind, "of_ref": ref})

    def attempt(self, work: Callable[Concatenate["Tx", P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a part that may fail: what it raises is passed on after its writes and events are undone."""
        events, waiting, last = len(self._events), len(self._outbox), len(self._last)
        topics, flags = dict(self.outcome.topics), (self.outcome.outbox, self.outcome.timers)
        try:
            with self._part():
                return work(self, *args, **kwargs)
        except Exception:
            del self._events[events:], self._outbox[waiting:], self._last[last:]
            self.outcome.topics = topics
            self.outcome.outbox, self.outcome.timers = flags
            raise

    def flush(self) -> Outcome:
        """Write what is left and number what others count by; the database calls it right before the commit.

        From here on other transactions wait for the rows that count.
        """
        last, self._last = self._last, []
        for topic, event in last:
            self.emit(topic, event)
        self.write_out()
        number_articles(self.conn, self.outcome.topics)
        return self.outcome

    def write_out(self) -> None:
        """Write the events and outbox rows collected so far, of which a large transaction has too many to keep."""
        record(self.conn, self._events, self._outbox, self.now)
        self.outcome.kinds += [kind for _, _, _, kind, _ in self._events]
        self.outcome.outbox |= bool(self._outbox)
        self._events, self._outbox = [], []


_ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))


def _insert(table: Table, dialect: str) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _insert_new(table: Table, dialect: str, names: frozenset[str]) -> Prepared:
    """Made once for each: the making costs as much as the statement."""
    return Prepared(_insert(table, dialect).values(_bound(names)).on_conflict_do_nothing())


def _bound(names: Iterable[str]) -> dict[str, Any]:
    return {name: bindparam(name) for name in sorted(names)}


@cache
def _set_timer(dialect: str) -> Prepared:
    statement = _insert(timer, dialect).values(_bound(timer.c.keys()))
    moved = {"due_at": statement.excluded.due_at}
    return Prepared(statement.on_conflict_do_update(index_elements=["topic", "kind", "ref"], set_=moved))


_CANCEL_TIMER = Prepared(
    delete(timer).where(
        timer.c.topic == bindparam("of_topic"),
        timer.c.kind == bindparam("of_kind"),
        timer.c.ref == bindparam("of_ref"),
    )
)


def _next_of(table: Table) -> Prepared:
    counted = update(table).where(table.c.id == bindparam("key")).values(n=table.c.n + 1)
    return Prepared(counted.returning(table.c.n))


_NEXT_OF = {kind: _next_of(table) for kind, table in _COUNTED.items()}


def _next_in_conversation(*, visible: bool, said: bool) -> Prepared:
    values: dict[str, Any] = {"n": conversation.c.n + 1}
    if visible:
        values["visible_n"] = conversation.c.visible_n + 1
    if said:
        values |= {
            "last_text": bindparam("text"),
            "last_author": bindparam("author"),
            "updated_at": bindparam("at"),
        }
    changed = update(conversation).where(conversation.c.id == bindparam("key")).values(**values)
    return Prepared(changed.returning(conversation.c.n, conversation.c.visible_n))


_NEXT = {
    (visible, said): _next_in_conversation(visible=visible, said=said)
    for visible in (False, True)
    for said in (False, True)
}
