"""Who stands by is asked in the moment in which the first one declines or lets it ring out."""

from sqlalchemy import delete, update

from core.agent import PresenceState
from core.ids import AgentId
from core.store.forms import StoredQueueRouting, StoredRequirement
from core.store.tables import people
from core.store.tables.routing import lease
from core.store.tx import Tx
from routing import ledger
from routing.reservations import Reservation
from tests.routing.center import ADA, BILLING, BOB, GENERAL, SETTINGS, Center, exclude, fire, join, learn


async def test_a_decline_rings_at_the_second_agent_in_the_same_transaction(center: Center) -> None:
    first = await ringing(center)
    assert first.standby == other(first)
    await center.db.run(ledger.decline, first.agent, first.id)
    second = await center.offer()
    assert second.agent == other(first)
    assert second.reason["code"] == "standby"
    assert second.reason["after"] == first.agent
    await center.settle()
    assert await center.offer() == second
    await center.accept(second)
    assert await center.holder(first.conversation) == second.agent


async def test_so_does_an_offer_that_rings_out(center: Center) -> None:
    first = await ringing(center)
    center.world.clock.forward(SETTINGS.offer_s)
    assert await fire(center, first.id)
    assert (await center.offer()).agent == other(first)
    await center.settle()
    assert (await center.offer()).agent == other(first)


async def test_not_who_went_away(center: Center) -> None:
    first = await ringing(center)
    await center.presence(other(first), PresenceState.AWAY)
    await declined_to_nobody(center, first)


async def test_not_who_is_excluded_by_now(center: Center) -> None:
    first = await ringing(center)
    await center.db.run(exclude, first.conversation, other(first))
    await declined_to_nobody(center, first)


async def test_not_who_has_no_room_any_more(center: Center) -> None:
    first = await ringing(center)
    await center.change_agent(other(first), capacity=0)
    await declined_to_nobody(center, first)


async def test_not_who_lost_the_skill_before_the_router_heard_of_it(center: Center) -> None:
    await center.db.run(_asks_for_german)
    first = await ringing(center)
    assert first.standby == other(first)
    skills = people.agent_skill
    lost = delete(skills).where(skills.c.agent_id == other(first))
    await center.db.run(lambda tx: tx.conn.execute(lost))
    await declined_to_nobody(center, first)


async def test_not_whom_another_queue_keeps_free_for_itself(center: Center) -> None:
    first = await ringing(center)
    assert first.standby == other(first)
    await center.db.run(join, other(first), BILLING)
    await center.db.run(_keeps_free, 1)
    await declined_to_nobody(center, first)


async def test_but_who_is_also_in_a_queue_that_keeps_nobody_free(center: Center) -> None:
    first = await ringing(center)
    await center.db.run(join, other(first), BILLING)
    await center.db.run(_keeps_free, 0)
    await center.db.run(ledger.decline, first.agent, first.id)
    assert (await center.offer()).agent == other(first)


async def test_not_when_another_router_decides_by_now(center: Center) -> None:
    first = await ringing(center)
    await center.db.run(lambda tx: tx.conn.execute(update(lease).values(epoch=7)))
    await declined_to_nobody(center, first)


async def test_who_learns_later_what_it_asks_for_was_never_standing_by(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    first = await ringing(center)
    assert first.standby is None
    await center.db.run(learn, BOB, "german", 4)
    await declined_to_nobody(center, first)


def _asks_for_german(tx: Tx) -> None:
    for agent in (ADA, BOB):
        learn(tx, agent, "german", 3)
    asked = (StoredRequirement("german", 2),)
    tx.conn.execute(update(people.queue).where(people.queue.c.id == GENERAL).values(requirements=asked))


def _keeps_free(tx: Tx, reserve: int) -> None:
    values = {"routing": StoredQueueRouting(reserve=reserve)}
    tx.conn.execute(update(people.queue).where(people.queue.c.id == BILLING).values(**values))


async def ringing(center: Center) -> Reservation:
    await center.waits()
    return await center.offer()


def other(offer: Reservation) -> AgentId:
    return BOB if offer.agent == ADA else ADA


async def declined_to_nobody(center: Center, first: Reservation) -> None:
    before = (await center.agent(other(first))).load
    await center.db.run(ledger.decline, first.agent, first.id)
    assert await center.offers() == []
    assert (await center.agent(other(first))).load == before
