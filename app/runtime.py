"""What every command needs of a running installation: database, bus, Redis, tasks; opened and closed in order."""

import random
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.metrics import Metrics
from app.settings import Settings
from core.bus import Bus, InProcessBus, OutboxReady, TopicMoved
from core.clock import SystemClock
from core.errors import Invalid
from core.events import Event
from core.ids import TimeOrderedIds
from core.redis import SharedRedis
from core.redis_bus import RedisBus
from core.store.address import check_folder
from core.store.database import Database, Given
from core.store.postgres import PostgresDatabase
from core.store.schema import migrate
from core.store.shared_time import SharedTime
from core.store.sqlite import SqliteDatabase
from core.store.tx import Outcome, Route
from core.tasks import Supervisor, Workers

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Runtime:
    """``routes`` is empty until the wiring fills it with the table of subscriptions.

    ``process`` is a name that no other process of the installation has, nor had. Without ``redis`` each process counts and tells for itself.

    Somebody waits for what ``workers`` do; nobody for what is done in the ``background``, which may take seconds.
    """

    settings: Settings
    clock: SystemClock
    ids: TimeOrderedIds
    jitter: random.Random
    bus: Bus
    metrics: Metrics
    supervisor: Supervisor
    workers: Workers
    background: Workers
    db: Database
    routes: dict[type[Event], Sequence[Route]]
    process: str
    redis: SharedRedis | None

    @property
    def alone(self) -> bool:
        """Whether no other process can be serving the same installation: SQLite's is one process."""
        return self.settings.alone


def make_folder(settings: Settings) -> None:
    """Raises Invalid where it cannot be made, or what a database's address names is no file in one."""
    try:
        settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        expected = f"a folder that can be made; {settings.folder}: {error.strerror}"
        raise Invalid("PARLEY_FOLDER", expected) from error
    check_folder(settings.database)


@asynccontextmanager
async def opened(settings: Settings, *, migrating: bool = True) -> AsyncIterator[Runtime]:
    """Make the folder, bring the schema up to date, open the database; close everything at the end.

    Not ``migrating``: for who only looks, and must not change what a server of another version works on.
    """
    make_folder(settings)
    if migrating:
        await migrate(settings.database)
    clock, jitter = SystemClock(), random.Random(secrets.randbits(64))  # noqa: S311 - spreads retries, keeps no secret
    ids = TimeOrderedIds(clock, secrets.randbits)
    process, metrics, routes = ids.new(), Metrics(), dict[type[Event], Sequence[Route]]()
    redis = _redis(settings, process, jitter)
    signals = None if redis is None else RedisBus(redis, process, jitter)
    bus: Bus = signals or InProcessBus()

    def committed(outcome: Outcome) -> None:
        for kind in outcome.kinds:
            metrics.happened(kind)
        for topic, n in outcome.topics.items():
            bus.publish(TopicMoved(topic, n))
        if outcome.outbox or outcome.timers:
            bus.publish(OutboxReady())

    given = Given(clock, ids, routes, committed, _known_to_transactions(settings))
    db = _database(settings, given, jitter)
    supervisor, workers = Supervisor(jitter), Workers(settings.workers)
    background = Workers(settings.background_workers)
    if redis is not None and signals is not None:
        _ = supervisor.service("redis", redis.run)
        signals.start(supervisor)
    try:
        yield Runtime(
            settings,
            clock,
            ids,
            jitter,
            bus,
            metrics,
            supervisor,
            workers,
            background,
            db,
            routes,
            process,
            redis,
        )
    finally:
        await supervisor.stop(settings.stop_s)
        workers.close()
        background.close()
        if redis is not None and signals is not None:
            await signals.flush()
            await redis.close()
        await db.close()


def _known_to_transactions(settings: Settings) -> Sequence[object]:
    shared = SharedTime(of_database=True)
    return (
        settings.routing.handling,
        settings.routing.coming_back,
        settings.knowledge.loop,
        settings.bot.deflection,
        shared,
    )


def _redis(settings: Settings, process: str, jitter: random.Random) -> SharedRedis | None:
    url = settings.redis.url
    return None if not url else SharedRedis(url, settings.redis, process, jitter)


def _database(settings: Settings, given: Given, jitter: random.Random) -> Database:
    url = settings.database
    if url.startswith(_SQLITE):
        return SqliteDatabase(url.removeprefix(_SQLITE), given)
    return PostgresDatabase(url, given, jitter, settings.postgres)
