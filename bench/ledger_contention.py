"""Four processes that claim the same conversations for the same agents, as routers and agents who know too little."""

import asyncio
import math
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from queue import Empty
from random import Random

from sqlalchemy import select
from tqdm import tqdm

from bench.ledger_company import AGENTS, a_company, agent_id, wait_in_line
from bench.ledger_watch import Verdict, judge, look, watch
from core.conversation import AssignedTo
from core.errors import Rejected, Unavailable
from core.ids import AgentId, ConversationId, ReservationId
from core.store.conversations import get_conversation
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tx import Tx
from routing import ledger
from tests.builders import a_world

PROCESSES = 4
_CAPACITY = 3
_WAITING = 64
_BATCH = {"sqlite": 16, "postgresql": 1}
"""Claims of one transaction. The one router of an installation commits many; four that do so in no order would wait for
each other in circles on PostgreSQL, where each transaction locks only its own rows, and measure how it gets out of that."""
_BELIEVED = 16
"""Claims that a process makes on what it read before."""
_OFFER_S = 30.0
_TOLD_AT_ONCE = 100
_PROGRESS_S = 5.0


@dataclass(frozen=True, slots=True)
class Contention:
    """What became of the claims, by the processes' own counts, and the verdict of the database's rows."""

    claims: int
    made: int
    refused: dict[str, int]
    verdict: Verdict
    claims_per_s: float

    def as_json(self) -> dict[str, object]:
        return {
            "claims": self.claims,
            "claims_made": self.made,
            "claims_refused": self.refused,
            "claims_double": self.verdict.double,
            "over_capacity": self.verdict.over_capacity,
            "wrong_loads": self.verdict.wrong_loads,
            "highest_load": self.verdict.highest_load,
            "history": self.verdict.entries,
            "claims_per_s": round(self.claims_per_s),
        }


@dataclass(frozen=True, slots=True)
class Weakened:
    """A guard that is taken out, so that what it is there for must be found: in the database, or in each process."""

    database: Callable[[Tx], None] | None = None
    process: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """What one process is to do; ``weakened`` by what."""

    address: str
    number: int
    claims: int
    waiting: tuple[ConversationId, ...]
    weakened: Callable[[], None] | None


def contend(
    address: str, claims: int, weakened: Weakened | None = None, processes: int = PROCESSES
) -> Contention:
    """Raises RuntimeError when a process ended with an error."""
    weakened = weakened or Weakened()
    waiting = asyncio.run(_prepare(address, weakened))
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[dict[str, int]] = context.Queue()
    tasks = [
        _Task(address, number, claims // processes, waiting, weakened.process) for number in range(processes)
    ]
    started = [context.Process(target=_process, args=(task, told)) for task in tasks]
    for process in started:
        process.start()
    counts, spent = _followed(started, told, claims)
    if any(process.exitcode for process in started):
        raise RuntimeError("a process that claims ended with an error")
    verdict = asyncio.run(_judge(address))
    made = counts.pop("made", 0)
    tried = made + sum(counts.values())
    return Contention(tried, made, dict(counts), verdict, tried / spent)


def _followed(
    processes: Sequence[BaseProcess], told: "multiprocessing.Queue[dict[str, int]]", claims: int
) -> tuple[Counter[str], float]:
    """Until all have ended: what they counted together, and the seconds since the first one said something."""
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    with tqdm(desc="claims", total=claims, mininterval=_PROGRESS_S, disable=None) as bar:
        while any(process.is_alive() for process in processes) or not told.empty():
            with suppress(Empty):
                news = told.get(timeout=0.2)
                if not counts:
                    began = time.perf_counter()
                counts.update(news)
                bar.update(sum(news.values()))
    for process in processes:
        process.join()
    return counts, time.perf_counter() - began


async def _prepare(address: str, weakened: Weakened) -> tuple[ConversationId, ...]:
    async with a_world(address) as world:
        await world.db.run(a_company, _CAPACITY)
        await world.db.run(watch)
        if weakened.database is not None:
            await world.db.run(weakened.database)
        return tuple(await world.db.run(wait_in_line, _WAITING))


def _process(task: _Task, told: "multiprocessing.Queue[dict[str, int]]") -> None:
    if task.weakened is not None:
        task.weakened()
    asyncio.run(_claim(task, told.put))


async def _claim(task: _Task, tell: Callable[[dict[str, int]], None]) -> None:
    """Until so many claims were made or refused; ``tell`` hears of some of them at a time."""
    random, left, news = Random(task.number), task.claims, Counter[str]()
    size = _BATCH["sqlite" if task.address.startswith("sqlite") else "postgresql"]
    async with a_world(task.address) as world:
        world.ids.start_at((task.number + 1) * 10**7)
        known, seen = await world.db.read(_known), _BELIEVED
        while left > 0:
            batch = [_guess(random, task.waiting, known) for _ in range(size)]
            try:
                made = await world.db.run(_commit, batch, counts_of := Counter[str]())
                news.update(counts_of)
                left -= len(batch)
                share = random.random() * size / _WAITING
                for each in await world.db.run(_answer, made, random.randrange(4), share):
                    await world.db.run(_pass_on, each)
                seen -= len(batch)
                if seen <= 0:
                    known, seen = await world.db.read(_known), _BELIEVED
            except (Rejected, Unavailable):
                continue
            if news.total() >= _TOLD_AT_ONCE or left <= 0:
                tell(dict(news))
                news.clear()
    if news:
        tell(dict(news))


@dataclass(slots=True)
class _Known:
    generations: dict[ConversationId, int]
    versions: dict[AgentId, int]


def _known(tx: Tx) -> _Known:
    """What this process believes: already old when it claims."""
    table, agent = conversation_table, people.agent
    return _Known(
        {
            ConversationId(row.id): row.generation
            for row in tx.conn.execute(select(table.c.id, table.c.generation))
        },
        {AgentId(row.id): row.version for row in tx.conn.execute(select(agent.c.id, agent.c.version))},
    )


def _guess(random: Random, waiting: Sequence[ConversationId], known: _Known) -> ledger.Claim:
    conversation, agent = random.choice(waiting), agent_id(random.randrange(AGENTS))
    version = known.versions[agent]
    known.versions[agent] += 1
    return ledger.Claim(conversation, known.generations[conversation], agent, version, {})


def _commit(tx: Tx, batch: list[ledger.Claim], counts: Counter[str]) -> list[tuple[AgentId, ReservationId]]:
    """As the router does it: in one transaction, each refused alone."""
    counts.clear()
    made = []
    for claim in batch:
        try:
            offer = tx.attempt(ledger.reserve, claim, epoch=1, offer_s=_OFFER_S)
        except Rejected as refused:
            counts[refused.code] += 1
        else:
            counts["made"] += 1
            made.append((offer.agent, offer.id))
    look(tx)
    return made


def _answer(
    tx: Tx, made: list[tuple[AgentId, ReservationId]], answer: int, share: float
) -> list[ConversationId]:
    """Accept or decline what was offered; some of what is held, to be passed on, so that there is work again."""
    for agent, offer in made:
        deed = ledger.accept if answer else ledger.decline
        with suppress(Rejected):
            tx.attempt(deed, agent, offer)
    held = select(conversation_table.c.id).where(conversation_table.c.handler == "agent")
    ids = sorted(tx.conn.execute(held).scalars())
    look(tx)
    return [ConversationId(each) for each in ids[: math.ceil(len(ids) * share)]]


def _pass_on(tx: Tx, conversation: ConversationId) -> None:
    known = get_conversation(tx, conversation)
    if isinstance(known.handler, AssignedTo):
        ledger.transfer_to_queue(tx, conversation, known.queue, by=known.handler.agent)
    look(tx)


async def _judge(address: str) -> Verdict:
    async with a_world(address) as world:
        return await world.db.run(judge)
