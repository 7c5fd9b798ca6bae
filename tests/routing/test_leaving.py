"""Who signs out with work in hand gives it back to its queues, the longest waiting first."""

from core.agent import PresenceState
from core.conversation import AssignedTo, InQueue, Waiting
from routing import ledger, store
from tests.routing.center import ADA, BOB, GENERAL, Center


async def test_in_the_order_in_which_it_came_and_none_of_it_comes_back_to_them(center: Center) -> None:
    await center.presence(BOB, PresenceState.AWAY)
    held = []
    for number in range(3):
        held.append((await center.given(f"v{number}")).conversation)
        await center.pass_time(5)
    entered = [(await center.row(each)).queued_at for each in held]
    assert await center.db.run(ledger.hand_back, ADA) == held
    await center.settle()
    assert (await center.agent(ADA)).presence == "offline"
    assert (await center.agent(ADA)).load == 0
    line = (await center.db.read(store.snapshot)).waiting
    assert [each.item.conversation for each in line] == held
    assert [each.item.entered_at for each in line] == entered
    await center.presence(BOB, PresenceState.AVAILABLE)
    assert [offer.conversation for offer in await center.offers()] == held
    assert {offer.agent for offer in await center.offers()} == {BOB}


async def test_what_waits_for_the_customer_goes_back_quietly(center: Center) -> None:
    given = await center.given()
    await center.wait_for_customer(given.conversation)
    await center.db.run(ledger.hand_back, given.agent)
    await center.settle()
    known = await center.conversation(given.conversation)
    assert (known.status, known.handler) == (Waiting(), InQueue(GENERAL))
    assert await center.offers() == []


async def test_signing_out_without_it_keeps_what_they_hold(center: Center) -> None:
    given = await center.given()
    await center.presence(given.agent, PresenceState.OFFLINE)
    assert (await center.conversation(given.conversation)).handler == AssignedTo(given.agent)
