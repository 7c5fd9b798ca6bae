"""What people decide by hand goes through the same ledger: taking from a queue, passing on."""

import pytest

from core import lifecycle
from core.agent import PresenceState
from core.conversation import InQueue
from core.errors import Conflict, Invalid, NotFound
from core.ids import AgentId, ConversationId, QueueId
from core.store.conversations import get_conversation
from core.store.tx import Tx
from routing import ledger, reservations, store
from routing.reservations import Reservation, State
from tests.builders import an_agent
from tests.routing.center import ADA, BILLING, BOB, EVE, GENERAL, SETTINGS, Center, exclude, join


async def refusal(center: Center, agent: AgentId, conversation: ConversationId) -> str:
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.take, agent, conversation)
    return refused.value.code


async def somebody_away(center: Center) -> None:
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.AWAY)


async def passed_to(center: Center, agent: AgentId, given: Reservation) -> Reservation:
    offer = await center.db.run(
        ledger.transfer_to_agent, given.conversation, agent, by=given.agent, offer_s=SETTINGS.offer_s
    )
    await center.settle()
    return offer


async def test_an_agent_takes_a_waiting_conversation_by_hand(center: Center) -> None:
    await somebody_away(center)
    conversation = await center.waits()
    await center.db.run(ledger.take, BOB, conversation)
    await center.settle()
    assert await center.holder(conversation) == BOB
    assert (await center.agent(BOB)).load == 1
    assert await center.db.read(store.read_waiting, conversation) is None
    reason = await center.db.read(reservations.latest_reason, conversation)
    assert reason is not None
    assert (reason["code"], reason["by"]) == ("taken", "bob")
    assert "overridden" not in reason


async def test_taking_what_one_already_holds_changes_nothing(center: Center) -> None:
    given = await center.given()
    before = await center.conversation(given.conversation)
    assert await center.db.run(ledger.take, given.agent, given.conversation) == before


async def test_taking_what_asks_for_more_than_one_can_is_allowed_and_says_so(center: Center) -> None:
    def stranger(tx: Tx) -> None:
        an_agent(tx, EVE, presence="away")

    await somebody_away(center)
    await center.db.run(stranger)
    conversation = await center.waits()
    await center.db.run(ledger.take, EVE, conversation)
    reason = await center.db.read(reservations.latest_reason, conversation)
    assert reason is not None
    assert reason["overridden"] == ["queue"]


async def test_what_somebody_holds_cannot_be_taken(center: Center) -> None:
    given = await center.given()
    other = BOB if given.agent == ADA else ADA
    assert await refusal(center, other, given.conversation) == "held"


async def test_taking_what_is_offered_to_oneself_accepts_it_and_to_another_is_refused(center: Center) -> None:
    conversation = await center.waits()
    offer = await center.offer()
    other = BOB if offer.agent == ADA else ADA
    assert await refusal(center, other, conversation) == "offered"
    await center.db.run(ledger.take, offer.agent, conversation)
    assert await center.holder(conversation) == offer.agent
    assert await center.count(State.ACCEPTED) == 1


async def test_nobody_takes_more_than_they_can_hold_nor_while_offline(center: Center) -> None:
    await somebody_away(center)
    waiting = [await center.waits(f"v{number}") for number in range(5)]
    for conversation in waiting[:3]:
        await center.db.run(ledger.take, ADA, conversation)
    assert await refusal(center, ADA, waiting[3]) == "at_capacity"
    await center.presence(BOB, PresenceState.OFFLINE)
    assert await refusal(center, BOB, waiting[3]) == "agent_unavailable"
    assert (await center.agent(ADA)).load == 3
    assert (await center.agent(BOB)).load == 0


async def full_of_offers(center: Center) -> list[Reservation]:
    """Only Ada is there, and has three unanswered offers, the oldest first."""
    await center.presence(BOB, PresenceState.OFFLINE)
    for number in range(3):
        await center.waits(f"v{number}")
        center.world.clock.forward(1)
    offers = await center.offers()
    assert [offer.agent for offer in offers] == [ADA] * 3
    return offers


async def test_unanswered_offers_make_room_for_what_one_takes_the_newest_first(center: Center) -> None:
    first, second, newest = await full_of_offers(center)
    wanted = await center.waits("wanted")
    await center.db.run(ledger.take, ADA, wanted)
    await center.settle()
    assert await center.holder(wanted) == ADA
    assert [offer.id for offer in await center.offers()] == [first.id, second.id]
    assert await center.count(State.CANCELLED) == 1
    assert (await center.agent(ADA)).load == 3
    await center.presence(BOB, PresenceState.AVAILABLE)
    assert newest.conversation in {
        offer.conversation for offer in await center.offers() if offer.agent == BOB
    }


async def test_taking_one_of_many_offers_leaves_the_others(center: Center) -> None:
    first, second, newest = await full_of_offers(center)
    await center.db.run(ledger.take, ADA, second.conversation)
    await center.settle()
    assert await center.holder(second.conversation) == ADA
    assert [offer.id for offer in await center.offers()] == [first.id, newest.id]
    assert (await center.agent(ADA)).load == 3


async def test_offers_stay_when_pulling_them_back_would_not_make_room(center: Center) -> None:
    offers = await full_of_offers(center)
    wanted = await center.waits("wanted")
    await center.change_agent(ADA, capacity=0)
    assert await refusal(center, ADA, wanted) == "at_capacity"
    assert await center.offers() == offers


async def test_what_is_resolved_must_be_opened_again_first(center: Center) -> None:
    given = await center.given()
    await center.resolve(given.conversation)
    assert await refusal(center, given.agent, given.conversation) == "over"


async def test_taking_from_the_bot_ends_its_turn(center: Center) -> None:
    def with_bot(tx: Tx, conversation: ConversationId) -> int:
        return lifecycle.to_bot(tx, get_conversation(tx, conversation)).turn

    await somebody_away(center)
    conversation = await center.waits()
    turn = await center.db.run(with_bot, conversation)
    await center.settle()
    await center.db.run(ledger.take, ADA, conversation)
    assert (await center.conversation(conversation)).turn > turn


async def test_a_transfer_to_a_queue_keeps_the_age_and_does_not_come_straight_back(center: Center) -> None:
    given = await center.given()
    since = (await center.row(given.conversation)).queued_at
    await center.pass_time(120)
    await center.db.run(ledger.transfer_to_queue, given.conversation, GENERAL, by=given.agent)
    await center.settle()
    waiting = await center.db.read(store.read_waiting, given.conversation)
    assert waiting is not None
    assert waiting.item.entered_at == since
    assert (await center.offer()).agent != given.agent


async def test_a_transfer_moves_it_to_the_other_queues_people(center: Center) -> None:
    await center.db.run(join, BOB, BILLING)
    await center.presence(BOB, PresenceState.BUSY)
    given = await center.given()
    await center.db.run(ledger.transfer_to_queue, given.conversation, BILLING, by=given.agent)
    await center.change_agent(BOB)
    await center.presence(BOB, PresenceState.AVAILABLE)
    assert (await center.offer()).agent == BOB
    assert (await center.conversation(given.conversation)).handler == InQueue(BILLING)


async def test_a_transfer_to_a_colleague_rings_there_and_only_there(center: Center) -> None:
    given = await center.given()
    other = BOB if given.agent == ADA else ADA
    await passed_to(center, other, given)
    offer = await center.offer()
    assert (offer.agent, offer.reason["code"], offer.reason["by"]) == (other, "transferred", given.agent)
    assert (await center.agent(given.agent)).load == 0
    await center.accept(offer)
    assert await center.holder(given.conversation) == other


async def test_a_colleague_who_declines_passes_it_on_to_the_queue(center: Center) -> None:
    def third(tx: Tx) -> None:
        an_agent(tx, EVE)
        join(tx, EVE)

    given = await center.given()
    await center.db.run(third)
    await center.change_agent(EVE)
    other = BOB if given.agent == ADA else ADA
    await center.decline(await passed_to(center, other, given))
    assert (await center.offer()).agent == EVE


async def test_a_colleague_who_is_not_there_or_full_leaves_it_where_it_is(center: Center) -> None:
    given = await center.given()
    other = BOB if given.agent == ADA else ADA
    await center.presence(other, PresenceState.AWAY)
    with pytest.raises(Conflict) as refused:
        await passed_to(center, other, given)
    assert refused.value.code == "agent_unavailable"
    await center.change_agent(other, presence="available", load=3)
    with pytest.raises(Conflict) as full:
        await passed_to(center, other, given)
    assert full.value.code == "at_capacity"
    assert await center.holder(given.conversation) == given.agent
    assert (await center.agent(given.agent)).load == 1


async def test_only_the_holder_or_a_supervisor_passes_it_on(center: Center) -> None:
    given = await center.given()
    other = BOB if given.agent == ADA else ADA
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.transfer_to_queue, given.conversation, BILLING, by=other)
    assert refused.value.code == "not_yours"
    await center.db.run(ledger.transfer_to_queue, given.conversation, BILLING, by=other, supervisor=True)
    assert (await center.conversation(given.conversation)).handler == InQueue(BILLING)


async def test_a_supervisor_moves_what_is_being_offered_and_it_rings_no_longer(center: Center) -> None:
    conversation = await center.waits()
    offer = await center.offer()
    await center.db.run(ledger.transfer_to_queue, conversation, BILLING, by=BOB, supervisor=True)
    await center.settle()
    assert await center.offers() == []
    assert (await center.agent(offer.agent)).load == 0


async def test_passing_it_on_to_nobody_is_refused(center: Center) -> None:
    given = await center.given()
    with pytest.raises(NotFound):
        await center.db.run(ledger.transfer_to_queue, given.conversation, QueueId("nowhere"), by=given.agent)
    with pytest.raises(NotFound):
        await passed_to(center, AgentId("nobody"), given)
    with pytest.raises(Invalid, match="another agent"):
        await passed_to(center, given.agent, given)


async def test_presence_of_nobody_is_refused(center: Center) -> None:
    with pytest.raises(NotFound):
        await center.db.run(ledger.set_presence, AgentId("nobody"), PresenceState.AWAY)


async def test_who_is_excluded_neither_takes_it_nor_gets_it_from_a_colleague(center: Center) -> None:
    conversation = await center.waits()
    offer = await center.offer()
    other = BOB if offer.agent == ADA else ADA
    await center.db.run(exclude, conversation, other)
    assert await refusal(center, other, conversation) == "excluded"
    await center.accept(offer)
    with pytest.raises(Conflict) as refused:
        await passed_to(center, other, offer)
    assert refused.value.code == "excluded"
