"""A random working day through the real database: after every moment what the promises of routing say is true."""

from collections import Counter
from random import Random

import pytest
from sqlalchemy import select

from core import lifecycle
from core.agent import PresenceState
from core.conversation import AssignedTo, Conversation, weighs_on
from core.errors import Conflict
from core.ids import AgentId, ConversationId, QueueId
from core.store.codec import load_conversation
from core.store.conversations import get_conversation
from core.store.forms import StoredRequirement
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tx import Tx
from routing import intake, ledger, store
from routing.engine import AgentChanged, Arrived
from routing.reservations import State
from tests.builders import an_agent
from tests.routing.center import BILLING, GENERAL, SETTINGS, Center, a_center, a_router, join, learn
from tests.routing.oracle import NaiveRouter

pytestmark = pytest.mark.served

AGENTS = tuple(AgentId(f"agent{number}") for number in range(5))
MOMENTS = 80


def company(tx: Tx) -> None:
    for number, agent in enumerate(AGENTS):
        an_agent(tx, agent, capacity=1 + number % 3)
        join(tx, agent)
        if number % 2:
            join(tx, agent, BILLING)
            learn(tx, agent, "refunds", number)
    required = (StoredRequirement("refunds", 3, drop_after_s=45),)
    row = people.queue.c.id == BILLING
    tx.conn.execute(people.queue.update().where(row).values(requirements=required))


class Day:
    """Customers and agents who do as they like."""

    def __init__(self, center: Center, random: Random) -> None:
        self.center = center
        self.random = random

    async def moment(self) -> None:
        deeds = (
            self.customer,
            self.customer,
            self.accept,
            self.accept,
            self.decline,
            self.finish,
            self.come_or_go,
        )
        for _ in range(self.random.choice((1, 1, 2, 3))):
            await self.random.choice((*deeds, self.take, self.transfer, self.put_away))()
        if self.random.random() < 0.05:
            self.center.world.clock.forward(SETTINGS.lease_s)
            self.center.router = a_router(self.center.world, f"router {self.random.random()}")
        await self.center.pass_time(self.random.choice((0, 0, 1, 5, 31)))

    async def customer(self) -> None:
        await self.center.write(f"v{self.random.randrange(25)}")

    async def accept(self) -> None:
        for offer in (await self.center.offers())[:2]:
            await self.maybe(ledger.accept, offer.agent, offer.id)

    async def decline(self) -> None:
        for offer in (await self.center.offers())[:1]:
            await self.maybe(ledger.decline, offer.agent, offer.id)

    async def finish(self) -> None:
        for conversation in await self.held():
            await self.maybe(_resolve, conversation.id)

    async def put_away(self) -> None:
        for conversation in await self.held():
            await self.maybe(_wait, conversation.id)

    async def take(self) -> None:
        waiting = await self.center.db.read(store.snapshot)
        for each in waiting.waiting[:1]:
            await self.maybe(ledger.take, self.random.choice(AGENTS), each.item.conversation)

    async def transfer(self) -> None:
        for conversation in await self.held():
            assert isinstance(conversation.handler, AssignedTo)
            queue = self.random.choice((GENERAL, BILLING))
            await self.maybe(_transfer, conversation.id, queue, conversation.handler.agent)

    async def come_or_go(self) -> None:
        state = self.random.choice([*PresenceState, *[PresenceState.AVAILABLE] * 4])
        await self.center.db.run(ledger.set_presence, self.random.choice(AGENTS), state)

    async def maybe(self, work: object, *args: object) -> None:
        try:
            await self.center.db.run(work, *args)  # type: ignore[arg-type]
        except Conflict:
            return

    async def held(self) -> list[Conversation]:
        mine = [each for each in await conversations(self.center) if isinstance(each.handler, AssignedTo)]
        return self.random.sample(mine, min(1, len(mine)))


def _resolve(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.resolve(tx, get_conversation(tx, conversation))


def _wait(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.wait(tx, get_conversation(tx, conversation))


def _transfer(tx: Tx, conversation: ConversationId, queue: QueueId, by: AgentId) -> None:
    ledger.transfer_to_queue(tx, conversation, queue, by=by)


async def conversations(center: Center) -> list[Conversation]:
    order = conversation_table.c.id
    return await center.db.read(
        lambda tx: [
            load_conversation(row) for row in tx.conn.execute(select(conversation_table).order_by(order))
        ]
    )


async def all_is_well(center: Center) -> None:
    now = await center.db.read(store.snapshot)
    offers = await center.offers()
    known = await conversations(center)

    oracle = NaiveRouter(await center.db.read(intake.plan, SETTINGS))
    at = center.world.clock.now()
    for agent in now.agents:
        oracle.apply(AgentChanged(at, agent))
    for each in now.waiting:
        oracle.apply(Arrived(at, each.item, each.offered_to))
    oracle.now = at.timestamp()
    assert oracle.best() is None, "nobody who could be offered a waiting conversation is left idle"

    line = {each.item.conversation: each.item.generation for each in now.waiting}
    assert line == {each.id: each.generation for each in known if store.is_waiting(each)}
    assert len({offer.conversation for offer in offers}) == len(offers), "nothing is on offer twice"
    assert {offer.conversation for offer in offers} <= set(line), "only what waits is on offer"
    assert {offer.conversation: offer.agent for offer in offers} == {
        each.item.conversation: each.offered_to for each in now.waiting if each.offered_to is not None
    }
    assert all(offer.expires_at > at for offer in offers)

    load: Counter[AgentId] = Counter()
    for offer in offers:
        load[offer.agent] += offer.weight
    for one in known:
        holder = weighs_on(one.status, one.handler)
        if holder is not None:
            load[holder] += one.weight
    assert {agent.id: agent.load for agent in now.agents} == {agent: load[agent] for agent in AGENTS}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 40))])
async def test_at_every_moment_of_a_random_day_the_promises_hold(address: str, seed: int) -> None:
    async with a_center(address, agents=()) as center:
        await center.db.run(company)
        day = Day(center, Random(seed))
        for _ in range(MOMENTS):
            await day.moment()
            await all_is_well(center)
        assert await center.count(State.ACCEPTED) > MOMENTS / 8
