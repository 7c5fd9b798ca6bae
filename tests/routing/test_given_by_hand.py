"""A supervisor gives a conversation to an agent, whatever the router would mind; and it is written down."""

import pytest

from core.agent import PresenceState
from core.conversation import AssignedTo, InQueue
from core.errors import Conflict, NotFound
from core.ids import AgentId, ConversationId
from routing import ledger, reservations
from tests.builders import an_agent
from tests.routing.center import ADA, BOB, EVE, GENERAL, Center, exclude, waiting

BOSS = AgentId("boss")


@pytest.fixture
async def led(center: Center) -> Center:
    """Ada and Bob have no room, the supervisor only supervises."""
    await center.db.run(lambda tx: an_agent(tx, BOSS, presence="busy"))
    for agent in (ADA, BOB):
        await center.change_agent(agent, capacity=0)
    return center


async def reason(center: Center, conversation: ConversationId) -> dict[str, object]:
    found = await center.db.read(reservations.latest_reason, conversation)
    assert found is not None
    return dict(found)


async def test_above_capacity_too_and_the_reason_says_so(led: Center) -> None:
    conversation = await led.waits()
    after = await led.db.run(ledger.override, conversation, ADA, BOSS)
    await led.settle()
    assert after.handler == AssignedTo(ADA)
    assert (await led.agent(ADA)).load == 1
    said = await reason(led, conversation)
    assert (said["code"], said["by"], said["overridden"]) == ("assigned", BOSS, ["capacity"])


async def test_nothing_more_is_offered_until_they_are_below_again(led: Center) -> None:
    await led.change_agent(ADA, capacity=1)
    first = await led.given("v1")
    second = await led.waits("v2")
    await led.db.run(ledger.override, second, ADA, BOSS)
    await led.settle()
    await led.waits("v3")
    await led.resolve(first.conversation)
    assert await led.offers() == []
    await led.resolve(second)
    assert (await led.offer()).agent == ADA


async def test_an_offer_to_somebody_else_is_pulled_back(led: Center) -> None:
    await led.change_agent(BOB, capacity=1)
    conversation = await led.waits()
    offer = await led.offer()
    await led.db.run(ledger.override, conversation, ADA, BOSS)
    await led.settle()
    assert await led.offers() == []
    assert (await led.agent(BOB)).load == 0
    with pytest.raises(Conflict):
        await led.db.run(ledger.accept, offer.agent, offer.id)


async def test_from_one_agent_to_another_and_the_load_goes_along(led: Center) -> None:
    await led.change_agent(BOB, capacity=1)
    given = await led.given()
    await led.db.run(ledger.override, given.conversation, ADA, BOSS)
    await led.settle()
    assert [(await led.agent(each)).load for each in (ADA, BOB)] == [1, 0]


async def test_what_waits_for_the_customer_weighs_again(led: Center) -> None:
    await led.change_agent(BOB, capacity=1)
    given = await led.given()
    await led.db.run(waiting, given.conversation)
    await led.db.run(ledger.override, given.conversation, ADA, BOSS)
    assert [(await led.agent(each)).load for each in (ADA, BOB)] == [1, 0]


async def test_it_may_be_offered_instead_of_given(led: Center) -> None:
    await led.change_agent(BOB, capacity=1)
    given = await led.given()
    after = await led.db.run(ledger.override, given.conversation, ADA, BOSS, 20.0)
    await led.settle()
    assert after.handler == InQueue(GENERAL)
    offer = await led.offer()
    assert (offer.agent, (offer.expires_at - offer.created_at).total_seconds()) == (ADA, 20.0)
    await led.accept(offer)
    assert [(await led.agent(each)).load for each in (ADA, BOB)] == [1, 0]


async def test_even_to_somebody_who_is_excluded_and_it_is_written_down(led: Center) -> None:
    conversation = await led.waits()
    await led.db.run(exclude, conversation, ADA)
    await led.db.run(ledger.override, conversation, ADA, BOSS)
    assert (await reason(led, conversation))["overridden"] == ["capacity", "excluded"]


async def test_giving_twice_is_giving_once(led: Center) -> None:
    conversation = await led.waits()
    for _ in range(2):
        await led.db.run(ledger.override, conversation, ADA, BOSS)
    assert (await led.agent(ADA)).load == 1


async def test_who_is_away_finds_it_when_they_come_back(led: Center) -> None:
    conversation = await led.waits()
    await led.presence(BOB, PresenceState.OFFLINE)
    await led.db.run(ledger.override, conversation, BOB, BOSS)
    assert (await reason(led, conversation))["overridden"] == ["absent", "capacity"]


async def test_not_to_somebody_who_is_gone_for_good_nor_what_is_resolved(led: Center) -> None:
    conversation = await led.waits()
    await led.change_agent(BOB, active=False)
    before = await led.row(conversation)
    with pytest.raises(Conflict) as refused:
        await led.db.run(ledger.override, conversation, BOB, BOSS)
    assert refused.value.code == "agent_unavailable"
    with pytest.raises(NotFound):
        await led.db.run(ledger.override, conversation, EVE, BOSS)
    assert await led.row(conversation) == before
    await led.resolve(conversation)
    with pytest.raises(Conflict) as over:
        await led.db.run(ledger.override, conversation, ADA, BOSS)
    assert over.value.code == "over"
