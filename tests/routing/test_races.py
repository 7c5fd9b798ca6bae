"""Two who want the same thing at once, through two connections: the database decides, and one of them wins."""

import asyncio
import itertools
import multiprocessing
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from random import Random
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from core.agent import PresenceState
from core.conversation import Conversation
from core.errors import Conflict, Rejected
from core.ids import AgentId, ConversationId
from core.store.database import Database
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import reservation as reservation_table
from core.store.tx import Tx
from routing import lease, ledger, reservations
from routing.reservations import Reservation
from tests.builders import World, a_world, an_agent
from tests.routing.center import ADA, BOB, GENERAL, SETTINGS, Center, a_center, join

T = TypeVar("T")


@pytest.fixture
async def others(address: str, center: Center) -> AsyncIterator[list[Database]]:
    """The same database seen from four more processes' connections."""
    async with AsyncExitStack() as stack:
        worlds: list[World] = [await stack.enter_async_context(a_world(address)) for _ in range(4)]
        for number, world in enumerate(worlds, 1):
            world.ids._numbers = itertools.count(number * 1_000_000)
        yield [world.db for world in worlds]


async def outcomes(work: Sequence[Awaitable[T]]) -> list[T | str]:
    """What each gave, or the code of the Conflict it met; anything else is an error of the test."""
    results: list[T | str] = []
    for done in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(done, Conflict):
            results.append(done.code)
        elif isinstance(done, BaseException):
            raise done
        else:
            results.append(done)
    return results


async def true_load(db: Database, agent: AgentId) -> int:
    """What the rows of conversations and open offers add up to."""

    def work(tx: Tx) -> int:
        held = select(func.coalesce(func.sum(conversation_table.c.weight), 0)).where(
            conversation_table.c.agent_id == agent, conversation_table.c.status == "open"
        )
        offered = select(func.coalesce(func.sum(reservation_table.c.weight), 0)).where(
            reservation_table.c.agent_id == agent, reservation_table.c.state == "offered"
        )
        total: int = tx.conn.execute(held).scalar_one() + tx.conn.execute(offered).scalar_one()
        return total

    return await db.read(work)


async def test_when_several_take_the_same_conversation_at_once_exactly_one_holds_it(
    center: Center, others: list[Database]
) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.AWAY)
    for number in range(6):
        conversation = await center.waits(f"v{number}")
        await center.change_agent(ADA, capacity=50)
        await center.change_agent(BOB, capacity=50)
        results = await outcomes(
            [
                db.run(ledger.take, agent, conversation)
                for db, agent in zip(others, (ADA, BOB) * 2, strict=True)
            ]
        )
        winners = {result.handler for result in results if isinstance(result, Conversation)}
        assert len(winners) == 1
        assert {result for result in results if isinstance(result, str)} == {"held"}
    loads = [(await center.agent(agent)).load for agent in (ADA, BOB)]
    assert sum(loads) == 6
    assert loads == [await true_load(center.db, agent) for agent in (ADA, BOB)]


async def test_accept_and_expire_at_once_leave_one_outcome(center: Center, others: list[Database]) -> None:
    await center.waits()
    offer = await center.offer()
    accepts = [db.run(ledger.accept, offer.agent, offer.id) for db in others[:2]]
    declines = [db.run(ledger.decline, offer.agent, offer.id) for db in others[2:]]
    await asyncio.gather(*accepts, *declines, return_exceptions=True)
    await center.settle()
    holder = await center.holder(offer.conversation)
    row = await center.db.read(
        lambda tx: tx.conn.execute(select(reservation_table).where(reservation_table.c.id == offer.id)).one()
    )
    assert row.state == ("accepted" if holder is not None else "declined")
    for agent in (ADA, BOB):
        assert (await center.agent(agent)).load == await true_load(center.db, agent)


async def test_offers_made_at_once_never_exceed_an_agents_capacity(
    center: Center, others: list[Database]
) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.BUSY)
    waiting = [await center.waits(f"v{number}") for number in range(8)]
    row = await center.agent(ADA)
    await center.db.run(quietly_available, ADA)
    results = await outcomes([
        db.run(race_for, conversation, row.version + 1 + jump)
        for jump, (db, conversation) in enumerate(zip(others * 2, waiting, strict=True))
    ])  # fmt: skip
    assert any(isinstance(result, str) for result in results)
    row = await center.agent(ADA)
    assert 1 <= row.load <= row.capacity
    assert row.load == await true_load(center.db, ADA) == len(await center.offers())


def race_for(tx: Tx, conversation: ConversationId, version: int) -> Reservation:
    """An offer whose version happens to be right after ``version`` others: the worst that a router could propose."""
    return ledger.reserve(tx, ledger.Claim(conversation, 1, ADA, version, {}), epoch=1, offer_s=30)


def quietly_available(tx: Tx, agent: AgentId) -> None:
    row = people.agent.c.id == agent
    version = people.agent.c.version + 1
    tx.conn.execute(people.agent.update().where(row).values(presence="available", version=version))


async def test_hands_taken_at_once_never_exceed_an_agents_capacity(
    center: Center, others: list[Database]
) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.AWAY)
    waiting = [await center.waits(f"v{number}") for number in range(8)]
    results = await outcomes(
        [db.run(ledger.take, ADA, each) for db, each in zip(others * 2, waiting, strict=True)]
    )
    assert [result for result in results if isinstance(result, str)] == ["at_capacity"] * 5
    assert (await center.agent(ADA)).load == 3 == await true_load(center.db, ADA)


async def test_two_routers_that_start_at_once_get_one_lease(center: Center, others: list[Database]) -> None:
    held = await asyncio.gather(
        *(db.run(lease.hold, f"router {number}", 2.0) for number, db in enumerate(others))
    )
    assert sorted(each for each in held if each is not None) == [1]


async def test_going_offline_and_being_offered_at_once_leave_no_open_offer(
    center: Center, others: list[Database]
) -> None:
    for number in range(6):
        await center.write(f"v{number}")
    await asyncio.gather(
        center.settle(), *(db.run(ledger.set_presence, ADA, PresenceState.OFFLINE) for db in others)
    )
    await center.settle()
    assert {offer.agent for offer in await center.offers()} <= {BOB}
    for agent in (ADA, BOB):
        assert (await center.agent(agent)).load == await true_load(center.db, agent)


AGENTS = tuple(AgentId(f"agent{number}") for number in range(4))
VISITORS, PROCESSES, DEEDS = 16, 3, 80


@pytest.mark.server
async def test_processes_that_grab_at_random_leave_every_conversation_with_one_holder_and_every_load_right(
    address: str,
) -> None:
    """Real processes, real contention; each takes, resolves, declines and changes presence as it likes."""
    async with a_center(address, agents=()) as center:
        await center.db.run(hire_all)
        waiting = [await center.waits(f"v{number}") for number in range(VISITORS)]
        context = multiprocessing.get_context("spawn")
        grabbers = [
            context.Process(target=grab, args=(address, seed, [str(each) for each in waiting]))
            for seed in range(PROCESSES)
        ]
        for grabber in grabbers:
            grabber.start()
        for grabber in grabbers:
            await asyncio.to_thread(grabber.join, 60)
        assert [grabber.exitcode for grabber in grabbers] == [0] * PROCESSES
        await center.settle()
        for agent in AGENTS:
            row = await center.agent(agent)
            assert 0 <= row.load <= row.capacity
            assert row.load == await true_load(center.db, agent)
        assert sum([await center.holder(each) is not None for each in waiting]) > 0


def hire_all(tx: Tx) -> None:
    for agent in AGENTS:
        an_agent(tx, agent, capacity=4)
        join(tx, agent)


def grab(address: str, seed: int, conversations: list[str]) -> None:
    """What one process does; it must end without an unexpected error."""
    asyncio.run(_grab(address, Random(seed), [ConversationId(each) for each in conversations]))


async def _grab(address: str, random: Random, conversations: list[ConversationId]) -> None:
    async with a_world(address) as world:
        world.ids._numbers = itertools.count(random.randrange(10**8, 10**9))
        for _ in range(DEEDS):
            deed = random.choice((ledger.take, _pass_on, _pass_to_queue, _come_or_go, _answer_one))
            agent, conversation = random.choice(AGENTS), random.choice(conversations)
            try:
                await world.db.run(_do, deed, agent, conversation)
            except Rejected:
                continue


def _do(
    tx: Tx, deed: Callable[[Tx, AgentId, ConversationId], object], agent: AgentId, one: ConversationId
) -> None:
    deed(tx, agent, one)


def _pass_on(tx: Tx, agent: AgentId, conversation: ConversationId) -> None:
    ledger.transfer_to_agent(tx, conversation, AGENTS[0], by=agent, offer_s=SETTINGS.offer_s)


def _pass_to_queue(tx: Tx, agent: AgentId, conversation: ConversationId) -> None:
    ledger.transfer_to_queue(tx, conversation, GENERAL, by=agent)


def _come_or_go(tx: Tx, agent: AgentId, conversation: ConversationId) -> None:
    come = conversation[-1] in "02468"
    ledger.set_presence(tx, agent, PresenceState.AVAILABLE if come else PresenceState.OFFLINE)


def _answer_one(tx: Tx, agent: AgentId, _: ConversationId) -> None:
    for offer in reservations.open_offers(tx, agent=agent)[:1]:
        ledger.accept(tx, agent, offer.id)
