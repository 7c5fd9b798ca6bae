"""Commits a second of the ledger, in turns with bare transactions that write the same rows and check nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import select

from bench.ledger_bare import Bare
from bench.ledger_company import AGENTS, a_company, a_decision, agent_id, wait_in_line
from core.ids import AgentId, ConversationId, Ids, ReservationId
from core.store.database import Database
from core.store.tables import people
from core.store.tx import Tx
from routing import ledger
from routing.facts import Offer
from routing.handlers import routing_handler, sla_handler
from routing.reason import of_offer
from routing.settings import RoutingSettings
from tests.builders import a_world

_WARM_UP = 1
_OFFER_S = 30.0
_STANDBY = agent_id(0)
_KEPT = RoutingSettings().candidates

Client = Callable[[AgentId, Sequence[ConversationId]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rates:
    """Transactions a second, in the median round: what else the machine does in one of them decides nothing."""

    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


async def rates(address: str, rounds: int, each: int) -> Rates:
    """``each``: conversations of one client in one round."""
    async with a_world(address, [routing_handler(), sla_handler()]) as world:
        await world.db.run(a_company, 10**6)
        spent: list[list[float]] = [[], []]
        for number in range(rounds + _WARM_UP):
            for at, client in enumerate(clients(world.db, world.ids)):
                seconds = await _round(world.db, client, each)
                if number >= _WARM_UP:
                    spent[at].append(seconds)
    commits = 2 * AGENTS * each
    return Rates(commits / median(spent[0]), commits / median(spent[1]))


def clients(db: Database, ids: Ids) -> tuple[Client, Client]:
    """One of the ledger, and one that writes the same rows without it; what the router decided is the same to both."""
    offer = a_decision()
    return _Ours(db, offer).client, _Bare(db, Bare(db, ids, of_offer(offer, _KEPT), _OFFER_S)).client


async def _round(db: Database, client: Client, each: int) -> float:
    waiting = [await db.run(wait_in_line, each) for _ in range(AGENTS)]
    began = time.perf_counter()
    await asyncio.gather(*(client(agent_id(at), mine) for at, mine in enumerate(waiting)))
    return time.perf_counter() - began


class _Ours:
    """Clients of the ledger; each has an agent of its own, whose version it knows.

    As the router does, they put what explains the offer into the form that is stored in the transaction that stores it.
    """

    def __init__(self, db: Database, offer: Offer) -> None:
        self._db = db
        self._offer = offer

    async def client(self, agent: AgentId, waiting: Sequence[ConversationId]) -> None:
        version, _ = await self._db.read(_version_and_n, agent)
        for conversation in waiting:
            made = await self._db.run(_reserve, self._offer, conversation, agent, version)
            await self._db.run(ledger.accept, agent, made)
            version += 2


def _reserve(
    tx: Tx, offer: Offer, conversation: ConversationId, agent: AgentId, version: int
) -> ReservationId:
    claim = ledger.Claim(conversation, 1, agent, version, of_offer(offer, _KEPT), _STANDBY)
    return ledger.reserve(tx, claim, epoch=1, offer_s=_OFFER_S).id


class _Bare:
    """Clients that check nothing, told how many events their agent has."""

    def __init__(self, db: Database, bare: Bare) -> None:
        self._db = db
        self._bare = bare

    async def client(self, agent: AgentId, waiting: Sequence[ConversationId]) -> None:
        _, n = await self._db.read(_version_and_n, agent)
        await self._bare.client(agent, _STANDBY, n, waiting)


def _version_and_n(tx: Tx, agent: AgentId) -> tuple[int, int]:
    row = tx.conn.execute(select(people.agent).where(people.agent.c.id == agent)).one()
    return row.version, row.n
