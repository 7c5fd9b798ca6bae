"""What tests build with: a clock moved by hand, ids in order, a database of their own, and small makers of rows."""

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert

from core.bus import Bus, InProcessBus, OutboxReady, TopicMoved
from core.contact import Sender
from core.ids import AgentId, InboxId, QueueId
from core.inbox import BotMode, stored_bot
from core.message import Exact, Inbound, Text
from core.outbox import OutboxHandler, Relay, routes
from core.store.database import Database, Given
from core.store.postgres import PostgresDatabase
from core.store.schema import migrate
from core.store.sqlite import SqliteDatabase
from core.store.tables import people
from core.store.tx import Outcome, Tx
from core.tasks import Supervisor

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class ManualClock:
    """Stands still until told."""

    def __init__(self, now: datetime = MORNING) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def forward(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class CountingIds:
    """00000001, 00000002, …: in order and easy to read in a failure."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def new(self) -> str:
        return f"{next(self._numbers):08d}"

    def start_at(self, number: int) -> None:
        """For one of several processes on one database."""
        self._numbers = itertools.count(number)


class World:
    """A database with its clock, bus and relay, as the running server has them."""

    def __init__(
        self, db: Database, clock: ManualClock, bus: Bus, handlers: Sequence[OutboxHandler], ids: CountingIds
    ) -> None:
        self.db = db
        self.clock = clock
        self.bus = bus
        self.ids = ids
        self.supervisor = Supervisor(Random(1))
        self.relay = Relay(db, handlers, self.supervisor, clock, Random(1))


@asynccontextmanager
async def a_world(
    address: str, handlers: Sequence[OutboxHandler] = (), settings: Sequence[object] = ()
) -> AsyncIterator[World]:
    """``address`` is a database URL: ``sqlite:///…`` or PostgreSQL's."""
    await _prepare(address)
    clock, bus, ids = ManualClock(), InProcessBus(), CountingIds()
    given = Given(clock, ids, routes(handlers), lambda outcome: publish(bus, outcome), settings)
    db: Database
    if address.startswith("sqlite:///"):
        db = SqliteDatabase(address.removeprefix("sqlite:///"), given)
    else:
        db = PostgresDatabase(address, given, Random(1))
    world = World(db, clock, bus, handlers, ids)
    try:
        yield world
    finally:
        await world.supervisor.stop()
        await db.close()


_migrated: list[bytes] = []
"""The file of a database with all tables and nothing in them, once one has been made."""


async def _prepare(address: str) -> None:
    """Bring a database to the newest schema; a new file becomes a copy of the first one made."""
    path = Path(address.removeprefix("sqlite:///"))
    new_file = address.startswith("sqlite:///") and not path.exists()
    if new_file and _migrated:
        path.write_bytes(_migrated[0])
    else:
        await migrate(address)
        if new_file:
            _migrated.append(path.read_bytes())


def publish(bus: Bus, outcome: Outcome) -> None:
    """What the running server does after each commit."""
    for topic, n in outcome.topics.items():
        bus.publish(TopicMoved(topic, n))
    if outcome.outbox or outcome.timers:
        bus.publish(OutboxReady())


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'parley.db'}"


def a_queue(tx: Tx, queue: str = "general", **values: object) -> QueueId:
    row = {"priority": 0, "requirements": (), "languages": (), "name": queue.title()} | values
    tx.conn.execute(insert(people.queue).values(id=queue, **row))
    return QueueId(queue)


def an_inbox(
    tx: Tx, inbox: str = "web", *, queue: str = "general", bot: bool | BotMode = True, kind: str = "widget"
) -> InboxId:
    mode = bot if isinstance(bot, BotMode) else BotMode.ANSWER if bot else BotMode.OFF
    tx.conn.execute(
        insert(people.inbox).values(
            id=inbox,
            kind=kind,
            name=inbox.title(),
            enabled=True,
            queue_id=queue,
            **stored_bot(mode),
            config={},
            created_at=tx.now,
        )
    )
    return InboxId(inbox)


def an_agent(
    tx: Tx, agent: str = "ada", *, capacity: int = 3, presence: str = "available", **values: object
) -> AgentId:
    row = {
        "email": f"{agent}@example.org",
        "name": agent.title(),
        "roles": ("agent",),
        "active": True,
        "language": "en",
        "presence": presence,
        "idle_since": tx.now,
        "capacity": capacity,
        "created_at": tx.now,
    } | values
    tx.conn.execute(insert(people.agent).values(id=agent, **row))
    return AgentId(agent)


def a_company(tx: Tx, *, bot: bool | BotMode = True) -> None:
    """The queue ``general``, the inbox ``web``, the agents ``ada`` and ``bob``."""
    a_queue(tx)
    an_inbox(tx, bot=bot)
    for agent in ("ada", "bob"):
        an_agent(tx, agent)


def an_inbound(text: str = "Hello", *, key: str = "m1", visitor: str = "v1", inbox: str = "web") -> Inbound:
    return Inbound(
        inbox=InboxId(inbox),
        external_id=f"{visitor}:{key}",
        sender=Sender(
            "widget", visitor, verified=True
        ),  # the session's secret says that it is the same visitor
        parts=(Text(text),),
        thread=Exact(visitor),
        sent_at=MORNING,
    )
