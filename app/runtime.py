"""What every command needs of a running installation: database, bus, relay, tasks; opened and closed in order."""

import random
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.metrics import Metrics
from app.settings import Settings
from core.bus import InProcessBus, OutboxReady, TopicMoved
from core.clock import SystemClock
from core.events import Event
from core.ids import TimeOrderedIds
from core.store.database import Database, Given
from core.store.postgres import PostgresDatabase
from core.store.schema import migrate
from core.store.sqlite import SqliteDatabase
from core.store.tx import Outcome, Route
from core.tasks import Supervisor, Workers

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Runtime:
    """``routes`` is empty until the wiring fills it with the table of subscriptions."""

    settings: Settings
    clock: SystemClock
    ids: TimeOrderedIds
    jitter: random.Random
    bus: InProcessBus
    metrics: Metrics
    supervisor: Supervisor
    workers: Workers
    db: Database
    routes: dict[type[Event], Sequence[Route]]

    @property
    def alone(self) -> bool:
        """Whether no other process can be serving the same installation: SQLite's is one process."""
        return self.settings.database.startswith(_SQLITE)


@asynccontextmanager
async def opened(settings: Settings, *, migrating: bool = True) -> AsyncIterator[Runtime]:
    """Make the folder, bring the schema up to date, open the database; close everything at the end.

    Not ``migrating``: for who only looks, and must not change what a server of another version works on.
    """
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if migrating:
        await migrate(settings.database)
    clock, jitter = SystemClock(), random.Random(secrets.randbits(64))  # noqa: S311 - spreads retries, keeps no secret
    ids = TimeOrderedIds(clock, secrets.randbits)
    bus, metrics, routes = InProcessBus(), Metrics(), dict[type[Event], Sequence[Route]]()

    def committed(outcome: Outcome) -> None:
        for kind in outcome.kinds:
            metrics.happened(kind)
        for topic, n in outcome.topics.items():
            bus.publish(TopicMoved(topic, n))
        if outcome.outbox or outcome.timers:
            bus.publish(OutboxReady())

    db = _database(settings.database, Given(clock, ids, routes, committed), jitter)
    supervisor, workers = Supervisor(jitter), Workers(settings.workers)
    try:
        yield Runtime(settings, clock, ids, jitter, bus, metrics, supervisor, workers, db, routes)
    finally:
        await supervisor.stop()
        workers.close()
        await db.close()


def _database(url: str, given: Given, jitter: random.Random) -> Database:
    if url.startswith(_SQLITE):
        return SqliteDatabase(url.removeprefix(_SQLITE), given)
    return PostgresDatabase(url, given, jitter)
