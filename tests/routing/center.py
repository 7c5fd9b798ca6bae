"""A contact center for tests: a company in a database, its relay and its router, driven step by step."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import func, insert, select

from core import lifecycle
from core.agent import PresenceState
from core.conversation import AssignedTo, Conversation
from core.events import AgentChanged, agent_topic
from core.ids import AgentId, ConversationId, QueueId, ReservationId
from core.message import ByAgent, Message, Text
from core.receive import receive_message
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import conversation_route
from core.store.tables.routing import reservation as reservation_table
from core.store.tx import Tx
from routing import ledger, reservations
from routing.handlers import Router, routing_handler, sla_handler
from routing.reservations import Reservation, State
from routing.settings import RoutingSettings
from tests.builders import World, a_queue, a_world, an_agent, an_inbound, an_inbox

ADA, BOB, EVE = AgentId("ada"), AgentId("bob"), AgentId("eve")
GENERAL, BILLING = QueueId("general"), QueueId("billing")
SETTINGS = RoutingSettings()


class Center:
    """``settle`` lets relay and router finish what they have to do at this instant."""

    def __init__(self, world: World, router: Router) -> None:
        self.world = world
        self.db = world.db
        self.router = router
        self._messages = 0

    async def settle(self) -> None:
        for _ in range(200):
            await self.world.relay.drain()
            if not await self.router.step():
                return
        raise AssertionError("the router never comes to rest")

    async def pass_time(self, seconds: float) -> None:
        self.world.clock.forward(seconds)
        await self.settle()

    async def write(self, visitor: str = "v1") -> ConversationId:
        """A customer writes; there is no bot, so that it goes to the queue."""
        self._messages += 1
        inbound = an_inbound("Help!", visitor=visitor, key=f"m{self._messages}")
        return (await self.db.run(receive_message, inbound)).conversation

    async def waits(self, visitor: str = "v1") -> ConversationId:
        conversation = await self.write(visitor)
        await self.settle()
        return conversation

    async def reply(self, agent: AgentId, conversation: ConversationId) -> Message:
        self._messages += 1
        parts = (Text("At once."),)
        return await self.db.run(queue_reply, conversation, ByAgent(agent), parts, f"r{self._messages}")

    async def offers(self) -> list[Reservation]:
        return await self.db.read(reservations.open_offers)

    async def offer(self) -> Reservation:
        """The only open offer."""
        [offer] = await self.offers()
        return offer

    async def accept(self, offer: Reservation) -> Conversation:
        accepted = await self.db.run(ledger.accept, offer.agent, offer.id)
        await self.settle()
        return accepted

    async def accept_only(self, conversation: ConversationId) -> None:
        """Accept the only open offer, which is of this conversation."""
        offer = await self.offer()
        assert offer.conversation == conversation
        await self.accept(offer)

    async def decline(self, offer: Reservation) -> None:
        await self.db.run(ledger.decline, offer.agent, offer.id)
        await self.settle()

    async def given(self, visitor: str = "v1") -> Reservation:
        """A conversation that was offered and accepted; how."""
        await self.waits(visitor)
        offer = await self.offer()
        await self.accept(offer)
        return offer

    async def resolve(self, conversation: ConversationId) -> None:
        await self.db.run(resolved, conversation)
        await self.settle()

    async def wait_for_customer(self, conversation: ConversationId) -> None:
        await self.db.run(waiting, conversation)
        await self.settle()

    async def presence(self, agent: AgentId, state: PresenceState) -> None:
        await self.db.run(ledger.set_presence, agent, state)
        await self.settle()

    async def change_agent(self, agent: AgentId, **values: Any) -> None:
        """As the console does: version up, and an event."""

        def work(tx: Tx) -> None:
            row = people.agent.c.id == agent
            version = people.agent.c.version + 1
            tx.conn.execute(people.agent.update().where(row).values(version=version, **values))
            tx.emit(agent_topic(agent), AgentChanged(agent))

        await self.db.run(work)
        await self.settle()

    async def agent(self, agent: AgentId) -> Any:
        return await self.db.read(
            lambda tx: tx.conn.execute(select(people.agent).where(people.agent.c.id == agent)).one()
        )

    async def row(self, conversation: ConversationId) -> Any:
        chosen = select(conversation_table).where(conversation_table.c.id == conversation)
        return await self.db.read(lambda tx: tx.conn.execute(chosen).one())

    async def conversation(self, conversation: ConversationId) -> Conversation:
        return await self.db.run(get_conversation, conversation)

    async def count(self, state: State) -> int:
        chosen = select(func.count()).where(reservation_table.c.state == state.value)
        number: int = await self.db.read(lambda tx: tx.conn.execute(chosen).scalar_one())
        return number

    async def holder(self, conversation: ConversationId) -> AgentId | None:
        handler = (await self.conversation(conversation)).handler
        return handler.agent if isinstance(handler, AssignedTo) else None


@asynccontextmanager
async def a_center(
    address: str, *, agents: Sequence[AgentId] = (ADA, BOB), settings: RoutingSettings = SETTINGS
) -> AsyncIterator[Center]:
    """``agents`` are available, members of ``general`` and can hold three; the last one has been idle the longest."""
    async with a_world(address, [routing_handler(), sla_handler()]) as world:

        def company(tx: Tx) -> None:
            a_queue(tx)
            a_queue(tx, "billing")
            an_inbox(tx, bot=False)
            for agent in agents:
                an_agent(tx, agent)
                join(tx, agent)

        await world.db.run(company)
        yield Center(world, a_router(world, settings=settings))


def a_router(world: World, holder: str = "one", settings: RoutingSettings = SETTINGS) -> Router:
    return Router(world.db, world.bus, world.clock, holder, settings)


def join(tx: Tx, agent: AgentId, queue: QueueId = GENERAL) -> None:
    tx.conn.execute(insert(people.queue_member).values(queue_id=queue, agent_id=agent))


def learn(tx: Tx, agent: AgentId, skill: str, level: int) -> None:
    tx.insert_new(people.skill, {"id": skill, "name": skill})
    tx.conn.execute(insert(people.agent_skill).values(agent_id=agent, skill_id=skill, level=level))


def exclude(tx: Tx, conversation: ConversationId, agent: AgentId) -> None:
    """The agent must never get it, as from now; no router was told."""
    values = {"excluded": (agent,), "updated_at": tx.now}
    row = tx.insert_for(conversation_route).values(conversation_id=conversation, **values)
    tx.conn.execute(row.on_conflict_do_update(index_elements=["conversation_id"], set_=values))


def resolved(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.resolve(tx, get_conversation(tx, conversation))


def waiting(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.wait(tx, get_conversation(tx, conversation))


async def fire(center: Center, reservation: ReservationId) -> bool:
    """Expire by hand, as the timer does."""
    return await center.db.run(ledger.expire, reservation, SETTINGS)
