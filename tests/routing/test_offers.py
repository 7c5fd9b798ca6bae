"""From a waiting conversation to the agent who holds it, through real transactions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from core.agent import PresenceState
from core.conversation import InQueue, Open
from core.errors import Conflict, NotFound
from core.ids import ReservationId
from core.store.forms import StoredRequirement
from core.store.tables import people
from core.store.tx import Tx
from routing import ledger, reservations, store
from routing.reason import decision_of
from routing.reservations import State
from tests.builders import an_agent
from tests.routing.center import (
    ADA,
    BOB,
    EVE,
    GENERAL,
    SETTINGS,
    Center,
    a_center,
    fire,
    join,
    learn,
    resolved,
)


async def test_a_message_is_offered_to_an_agent_who_accepts_and_holds_it(center: Center) -> None:
    conversation = await center.waits()
    offer = await center.offer()
    assert offer.conversation == conversation
    assert offer.expires_at == center.world.clock.now() + timedelta(seconds=SETTINGS.offer_s)
    assert (await center.agent(offer.agent)).load == 1
    await center.accept(offer)
    assert await center.holder(conversation) == offer.agent
    assert (await center.agent(offer.agent)).load == 1
    assert await center.offers() == []


async def test_the_reason_says_who_else_could_have_had_it_and_how_long_it_waited(center: Center) -> None:
    await center.presence(ADA, PresenceState.BUSY)
    await center.presence(BOB, PresenceState.BUSY)
    await center.waits()
    await center.pass_time(40)
    await center.presence(BOB, PresenceState.AVAILABLE)
    reason = (await center.offer()).reason
    assert (reason["code"], reason["waited_s"], reason["considered"]) == ("only_one", 40, 1)
    decision = decision_of(reason)
    assert decision is not None
    assert [(each.agent, each.load) for each in decision.agents] == [(BOB, 0)]


async def test_accepting_twice_is_accepting_once(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    first = await center.accept(offer)
    second = await center.accept(offer)
    assert (second.handler, second.generation) == (first.handler, first.generation)
    assert (await center.agent(offer.agent)).load == 1


async def test_an_offer_is_nobody_elses_to_accept_or_decline(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    other = BOB if offer.agent == ADA else ADA
    for act in (ledger.accept, ledger.decline):
        with pytest.raises(NotFound):
            await center.db.run(act, other, offer.id)
    with pytest.raises(NotFound):
        await center.db.run(ledger.accept, ADA, ReservationId("nothing"))


async def test_a_declined_offer_goes_to_the_next_agent_and_keeps_its_age(center: Center) -> None:
    conversation = await center.waits()
    first = await center.offer()
    before = await center.db.read(store.read_waiting, conversation)
    await center.decline(first)
    second = await center.offer()
    after = await center.db.read(store.read_waiting, conversation)
    assert {first.agent, second.agent} == {ADA, BOB}
    assert before is not None
    assert after is not None
    assert (before.item.entered_at, before.item.deadline) == (after.item.entered_at, after.item.deadline)
    assert (await center.agent(first.agent)).load == 0


async def test_when_all_have_declined_they_are_asked_again_after_a_pause(center: Center) -> None:
    await center.waits()
    first = await center.offer()
    await center.decline(first)
    await center.decline(await center.offer())
    assert await center.offers() == []
    await center.pass_time(SETTINGS.retry_s)
    again = await center.offer()
    assert again.agent == first.agent, "who declined first is asked first"
    assert again.reason["code"] == "offered_again"


async def test_accepting_after_the_time_is_refused_even_before_the_timer_fired(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    center.world.clock.forward(SETTINGS.offer_s)
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.accept, offer.agent, offer.id)
    assert refused.value.code == "expired"
    await center.settle()
    with pytest.raises(Conflict) as still_refused:
        await center.db.run(ledger.accept, offer.agent, offer.id)
    assert still_refused.value.code == "expired"


async def test_accepting_a_moment_before_the_time_is_fine(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    center.world.clock.forward(SETTINGS.offer_s - 0.001)
    assert (await center.accept(offer)).handler.agent == offer.agent  # type: ignore[union-attr]


async def test_an_offer_from_before_it_was_resolved_and_came_back_is_over(center: Center) -> None:
    conversation = await center.waits()
    offer = await center.offer()
    await center.db.run(resolved, conversation)
    assert await center.write() == conversation
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.accept, offer.agent, offer.id)
    assert refused.value.code == "over"


async def test_a_missed_offer_goes_on_and_who_missed_it_is_not_responding(center: Center) -> None:
    await center.waits()
    missed = await center.offer()
    await center.pass_time(SETTINGS.offer_s)
    row = await center.agent(missed.agent)
    assert (row.presence, row.presence_reason, row.load) == ("not_responding", "missed_offers", 0)
    assert (await center.offer()).agent != missed.agent
    assert await center.count(State.EXPIRED) == 1


async def test_who_comes_back_from_not_responding_is_offered_it_again(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    await center.waits()
    await center.pass_time(SETTINGS.offer_s)
    assert await center.offers() == []
    await center.presence(ADA, PresenceState.AVAILABLE)
    assert (await center.offer()).agent == ADA


async def test_an_offer_does_not_expire_early_nor_twice(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    assert not await fire(center, offer.id)
    center.world.clock.forward(SETTINGS.offer_s)
    assert await fire(center, offer.id)
    assert not await fire(center, offer.id)
    assert (await center.agent(offer.agent)).load == 0


async def test_an_offer_that_is_over_is_not_ended_again_and_gives_its_room_back_once(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    await center.decline(offer)
    with pytest.raises(Conflict):
        await center.db.run(reservations.end, offer, State.CANCELLED)
    assert (await center.agent(offer.agent)).load == 0
    assert await center.count(State.DECLINED) == 1


async def test_an_agent_who_goes_offline_loses_the_open_offer_and_another_gets_it(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    await center.presence(offer.agent, PresenceState.OFFLINE)
    assert (await center.offer()).agent != offer.agent
    assert (await center.agent(offer.agent)).load == 0
    assert await center.count(State.CANCELLED) == 1


async def test_going_busy_leaves_the_open_offer_standing(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    await center.presence(offer.agent, PresenceState.BUSY)
    assert await center.offer() == offer
    await center.accept(offer)
    assert await center.holder(offer.conversation) == offer.agent


async def test_nobody_is_offered_more_than_their_capacity_and_freed_room_is_used_at_once(
    center: Center,
) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    for number in range(5):
        await center.waits(f"v{number}")
    offers = await center.offers()
    assert [offer.agent for offer in offers] == [ADA] * 3
    for offer in offers:
        await center.accept(offer)
    assert await center.offers() == []
    await center.resolve(offers[0].conversation)
    assert (await center.offer()).agent == ADA


async def test_a_conversation_that_is_resolved_while_offered_rings_no_longer(center: Center) -> None:
    conversation = await center.waits()
    offer = await center.offer()
    await center.resolve(conversation)
    assert await center.offers() == []
    assert (await center.agent(offer.agent)).load == 0
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.accept, offer.agent, offer.id)
    assert refused.value.code == "over"


async def test_accepting_what_was_resolved_a_moment_ago_is_refused(center: Center) -> None:
    conversation = await center.waits()
    offer = await center.offer()
    await center.db.run(resolved, conversation)
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.accept, offer.agent, offer.id)
    assert refused.value.code == "over"


async def test_what_waits_for_the_customer_weighs_nothing_and_makes_room(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    given = [await center.given(f"v{number}") for number in range(3)]
    await center.waits("v9")
    assert await center.offers() == []
    await center.wait_for_customer(given[0].conversation)
    await center.settle()
    assert (await center.offer()).agent == ADA
    assert (await center.agent(ADA)).load == 3


async def test_held_work_that_wakes_may_exceed_the_capacity_and_stops_new_offers(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    given = [await center.given(f"v{number}") for number in range(3)]
    await center.wait_for_customer(given[0].conversation)
    await center.given("v8")
    await center.write("v0")
    await center.waits("v9")
    assert (await center.agent(ADA)).load == 4
    assert await center.offers() == []


async def test_a_skill_that_a_queue_asks_for_decides_and_later_relaxes(center: Center) -> None:
    def chinese(tx: Tx) -> None:
        learn(tx, BOB, "chinese", 4)
        required = (StoredRequirement("chinese", 3, drop_after_s=60),)
        tx.conn.execute(
            update(people.queue).where(people.queue.c.id == GENERAL).values(requirements=required)
        )

    await center.db.run(chinese)
    await center.waits()
    offer = await center.offer()
    assert offer.agent == BOB
    assert offer.reason["asked"] == [["chinese", 3]]
    await center.presence(BOB, PresenceState.OFFLINE)
    assert await center.offers() == []
    await center.pass_time(60)
    assert (await center.offer()).agent == ADA


async def test_a_new_agent_is_offered_what_waits_as_soon_as_they_are_there(center: Center) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.OFFLINE)
    await center.waits()

    def hire(tx: Tx) -> None:
        an_agent(tx, EVE)
        join(tx, EVE)

    await center.db.run(hire)
    await center.change_agent(EVE)
    assert (await center.offer()).agent == EVE


async def test_a_deactivated_agent_gives_everything_back_in_order(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    held = [(await center.given(f"v{number}")).conversation for number in range(2)]
    entered = [(await center.row(each)).queued_at for each in held]
    await center.pass_time(300)
    await center.change_agent(ADA, active=False)
    for conversation, since in zip(held, entered, strict=True):
        assert (await center.conversation(conversation)).handler == InQueue(GENERAL)
        waiting = await center.db.read(store.read_waiting, conversation)
        assert waiting is not None
        assert waiting.item.entered_at == since
    await center.presence(BOB, PresenceState.AVAILABLE)
    assert [offer.conversation for offer in await center.offers()] == held


async def test_what_waits_for_the_customer_is_given_back_quietly(center: Center) -> None:
    await center.presence(BOB, PresenceState.OFFLINE)
    given = await center.given()
    await center.wait_for_customer(given.conversation)
    await center.change_agent(ADA, active=False)
    await center.presence(BOB, PresenceState.AVAILABLE)
    assert await center.offers() == []
    await center.write("v1")
    await center.settle()
    assert (await center.offer()).agent == BOB
    assert (await center.conversation(given.conversation)).status == Open()


async def test_going_offline_keeps_what_the_agent_holds(center: Center) -> None:
    given = await center.given()
    await center.presence(given.agent, PresenceState.OFFLINE)
    assert await center.holder(given.conversation) == given.agent


async def test_who_had_the_conversation_before_gets_it_back_when_it_is_opened_again(center: Center) -> None:
    given = await center.given()
    await center.resolve(given.conversation)
    other = BOB if given.agent == ADA else ADA
    await center.change_agent(other, idle_since=center.world.clock.now() - timedelta(hours=1))
    await center.waits("v1")
    offer = await center.offer()
    assert (offer.agent, offer.reason["code"]) == (given.agent, "previous_agent")


async def test_a_console_that_connects_finds_what_is_being_offered(center: Center) -> None:
    await center.waits()
    offer = await center.offer()
    assert await center.db.read(lambda tx: reservations.open_offers(tx, agent=offer.agent)) == [offer]
    assert await center.db.read(reservations.latest_reason, offer.conversation) == offer.reason


async def test_where_missed_offers_do_not_count_who_misses_them_stays_available(address: str) -> None:
    settings = replace(SETTINGS, missed_offers=0)
    async with a_center(address, agents=(ADA,), settings=settings) as center:
        await center.waits()
        await center.pass_time(3600)
        assert (await center.agent(ADA)).presence == "available"
