"""An installation of three processes on a PostgreSQL, a Redis and a bot of its own, each of which may be broken."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import insert, select, update
from sqlalchemy.engine import make_url

from bench.ledger_watch import watch
from core.store.forms import StoredQueueRouting
from core.store.tables import people
from core.store.tx import Tx
from tests.builders import a_world
from tests.journeys.test_crash import NO_LIMITS
from tests.servers.cutting import Network, cutting_network
from tests.servers.parley import ROOT, Server
from tests.servers.postgres import KEEPING, Cluster, running_cluster
from tests.servers.programs import LOOPBACK, free_ports, kill_group, wait_for_ports
from tests.servers.valkey import Valkey, running_valkey

PROCESSES = 3
CAPACITY = 3
_QUIET_S = 90.0
_SOCKET = ".s.PGSQL.5432"
_AGENT = "sara@lumenandleaf.example"


@dataclass(slots=True)
class Bot:
    """The bot in a process of its own."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "bot.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.bot", str(self.port)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        wait_for_ports(self.process, [self.port], self.folder / "bot.log")

    def kill(self) -> None:
        if self.process is not None:
            kill_group(self.process)


@dataclass(slots=True)
class Farm:
    """``database`` is reached directly; the last server reaches it, and Redis, through a network that can be cut."""

    folder: Path
    database: str
    cluster: Cluster
    valkey: Valkey
    bot: Bot
    networks: tuple[Network, Network]
    servers: list[Server]

    def heal(self) -> None:
        """From now on new connections come through; for those that went dead the servers have waited long enough."""
        for network in self.networks:
            network.give_up()
        to_database, to_redis = self.networks
        to_database.target = self.cluster.folder / _SOCKET
        to_redis.target = LOOPBACK, self.valkey.port

    def cut(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        for network in self.networks:
            network.target = None
            network.die()

    def pause(self, server: Server) -> None:
        assert server.process is not None
        server.process.send_signal(signal.SIGSTOP)

    def go_on(self, server: Server) -> None:
        assert server.process is not None
        server.process.send_signal(signal.SIGCONT)


@asynccontextmanager
async def running_farm(
    folder: Path, random: Random, agents: int
) -> AsyncIterator[tuple[Farm, list[tuple[str, str]]]]:
    """With so many agents; their e-mail addresses and passwords."""
    async with AsyncExitStack() as stack:
        cluster = stack.enter_context(running_cluster(KEEPING))
        valkey = stack.enter_context(running_valkey())
        networks = (
            await stack.enter_async_context(cutting_network(random)),
            await stack.enter_async_context(cutting_network(random)),
        )
        database = cluster.url(cluster.create_database())
        ports = free_ports(PROCESSES + 1)
        bot = Bot(ports.pop(), folder)
        farm = Farm(folder, database, cluster, valkey, bot, networks, [])
        farm.heal()
        stack.callback(bot.kill)
        await asyncio.to_thread(bot.start)
        for number, port in enumerate(ports):
            farm.servers.append(
                Server(folder / f"parley{number}", _environment(farm, port, cut=number == PROCESSES - 1))
            )
        stack.enter_context(_ending(farm))
        first, *others = farm.servers
        await asyncio.to_thread(first.start)
        for each in farm.servers[1:]:
            each.arguments = ()
        async with a_world(database) as world:
            await world.db.run(_staff, agents)
        await asyncio.gather(*(asyncio.to_thread(each.start) for each in others))
        password = first.sign_ins()[_AGENT]
        first.arguments = ()
        yield farm, [(_email(number), password) for number in range(agents)]


def _environment(farm: Farm, port: int, *, cut: bool) -> dict[str, str]:
    database, redis = farm.database, farm.valkey.url
    if cut:
        url = make_url(database)
        through_database, through_redis = farm.networks
        database = f"postgresql://{url.username}@{LOOPBACK}:{through_database.port}/{url.database}"
        redis = redis.replace(f":{farm.valkey.port}/", f":{through_redis.port}/")
    return {
        **NO_LIMITS,
        "PARLEY_PORT": str(port),
        "PARLEY_DATABASE_URL": database,
        "PARLEY_REDIS_URL": redis,
        # A connection that went dead without a word is given up after both.
        "PARLEY_POSTGRES_STATEMENT_S": "6",
        "PARLEY_POSTGRES_CONNECT_S": "3",
        "PARLEY_ENGINE_KIND": "http",
        "PARLEY_BOT_HTTP_URL": f"http://{LOOPBACK}:{farm.bot.port}/bot",
        "PARLEY_BOT_HTTP_SECRET": "between the two",
        "PARLEY_EMAIL_PRIVATE_HOSTS": "true",
    }


@contextmanager
def _ending(farm: Farm) -> Iterator[None]:
    """Nobody outlives the test."""
    try:
        yield
    finally:
        for server in farm.servers:
            if server.process is not None and server.process.poll() is None:
                server.kill()


def _email(number: int) -> str:
    return f"agent{number}@lumenandleaf.example"


def _staff(tx: Tx, many: int) -> None:
    """Everybody can do everything, and nobody rests after a conversation: whoever is free is eligible."""
    sara = dict(tx.conn.execute(select(people.agent).where(people.agent.c.email == _AGENT)).mappings().one())
    queues = tx.conn.execute(select(people.queue.c.id)).scalars().all()
    skills = tx.conn.execute(select(people.skill.c.id)).scalars().all()
    for number in range(many):
        id = f"chaos{number:04d}"
        fresh = {
            "id": id,
            "email": _email(number),
            "name": f"Agent {number}",
            "load": 0,
            "n": 0,
            "version": 0,
        }
        own = {"yielding": 0, "presence": "offline", "capacity": CAPACITY, "channels": None}
        tx.conn.execute(insert(people.agent).values(**(sara | fresh | own)))
        tx.conn.execute(insert(people.queue_member), [{"queue_id": each, "agent_id": id} for each in queues])
        tx.conn.execute(
            insert(people.agent_skill), [{"skill_id": each, "agent_id": id, "level": 5} for each in skills]
        )
    tx.conn.execute(update(people.queue).values(routing=StoredQueueRouting(), hours_id=None))
    watch(tx)


class Driver:
    """Visitors and agents in a process of their own."""

    def __init__(self, farm: Farm, agents: list[tuple[str, str]], visitors: int, seed: int) -> None:
        self.result = farm.folder / "driven.json"
        orders = {
            "addresses": [f"http://{LOOPBACK}:{each.environment['PARLEY_PORT']}" for each in farm.servers],
            "visitors": visitors,
            "agents": agents,
            "seed": seed,
            "result": str(self.result),
        }
        self._orders = farm.folder / "orders.json"
        self._orders.write_text(json.dumps(orders))
        self._log = farm.folder / "driver.log"
        self.progress = self.visits = self.left = 0
        self._process: asyncio.subprocess.Process | None = None
        self._moved = asyncio.Event()

    async def run(self) -> None:
        """Until everybody is done. Raises AssertionError with what went wrong there."""
        with self._log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.chaos.drive", str(self._orders),
                cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
            )  # fmt: skip
        try:
            assert self._process.stdout is not None
            async for line in self._process.stdout:
                self.progress, self.visits, self.left = map(int, line.split())
                moved, self._moved = self._moved, asyncio.Event()
                moved.set()
            assert await self._process.wait() == 0, f"{self._log.read_text()[-5000:]}"
        finally:
            if self._process.returncode is None:
                self._process.kill()
                await self._process.wait()

    async def advance(self, frames: int) -> None:
        """Until so many more have arrived. Raises AssertionError when none does for very long."""
        until = self.progress + frames
        while self.progress < until:
            before = self.progress
            try:
                async with asyncio.timeout(_QUIET_S):
                    while self.progress == before:
                        await self._moved.wait()
            except TimeoutError:
                raise AssertionError(f"nothing has arrived for {_QUIET_S} s") from None

    async def close(self) -> None:
        """Nobody new comes in; until whoever is there has got what they came for."""
        self._say()
        for _ in range(2):
            await self._moved.wait()
            while self.left:
                await self._moved.wait()

    def end(self) -> None:
        """The agents go home."""
        self._say()

    def _say(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")

    def told(self) -> str:
        """What it said last."""
        return self._log.read_text()[-20_000:]
