"""After it was resolved, a conversation weighs on its agent until they are done or its time is over."""

import pytest

from core import lifecycle
from core.agent import PresenceState
from core.errors import NotFound
from core.ids import AgentId, ConversationId, WrapUpId
from core.store.conversations import get_conversation
from core.store.forms import StoredQueueRouting
from core.store.tables import people
from core.store.tx import Tx
from routing import ledger
from routing.ledger import wrap_up
from routing.ledger.wrap_up import WrapUp
from tests.routing.center import ADA, BOB, GENERAL, Center, waiting

WRAP_UP_S = 45


@pytest.fixture
async def busy(center: Center) -> Center:
    """Only Ada is there, she can hold one, and her queue gives time to wrap up."""
    await center.presence(BOB, PresenceState.OFFLINE)
    await center.change_agent(ADA, capacity=1)
    await center.db.run(_gives_time)
    return center


def _gives_time(tx: Tx) -> None:
    row = people.queue.c.id == GENERAL
    tx.conn.execute(people.queue.update().where(row).values(routing=StoredQueueRouting(wrap_up_s=WRAP_UP_S)))


def _complete(tx: Tx, conversation: ConversationId) -> None:
    ledger.complete(tx, get_conversation(tx, conversation), ADA)


async def completed(center: Center) -> WrapUp:
    given = await center.given()
    await center.db.run(_complete, given.conversation)
    await center.settle()
    [begun] = await center.db.read(wrap_up.open_of, ADA)
    return begun


async def test_nothing_is_offered_until_the_agent_is_done(busy: Center) -> None:
    begun = await completed(busy)
    await busy.waits("v2")
    assert await busy.offers() == []
    await busy.db.run(ledger.end_wrap_up, ADA, begun.id)
    await busy.settle()
    assert (await busy.offer()).agent == ADA


async def test_or_until_its_time_is_over(busy: Center) -> None:
    await completed(busy)
    await busy.waits("v2")
    await busy.pass_time(WRAP_UP_S - 1)
    assert await busy.offers() == []
    await busy.pass_time(1)
    assert (await busy.offer()).agent == ADA


async def test_ending_twice_is_ending_once_and_a_stranger_cannot(busy: Center) -> None:
    begun = await completed(busy)
    for agent, which in ((BOB, begun.id), (ADA, WrapUpId("nothing"))):
        with pytest.raises(NotFound):
            await busy.db.run(ledger.end_wrap_up, agent, which)
    for _ in range(2):
        await busy.db.run(ledger.end_wrap_up, ADA, begun.id)
    await busy.pass_time(WRAP_UP_S)
    assert (await busy.agent(ADA)).load == 0


async def test_a_conversation_that_is_opened_again_needs_no_wrapping_up(busy: Center) -> None:
    begun = await completed(busy)
    await busy.db.run(_reopen, begun.conversation)
    await busy.settle()
    assert (await busy.offer()).conversation == begun.conversation
    assert (await busy.agent(ADA)).load == 1


def _reopen(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.reopen(tx, get_conversation(tx, conversation), bot=False)


async def test_an_agent_is_idle_from_the_end_of_the_wrap_up(busy: Center) -> None:
    begun = await completed(busy)
    await busy.pass_time(20)
    await busy.db.run(ledger.end_wrap_up, ADA, begun.id)
    await busy.settle()
    assert (await busy.agent(ADA)).idle_since == busy.world.clock.now()


async def test_what_weighed_nothing_needs_no_wrapping_up(busy: Center) -> None:
    given = await busy.given()
    await busy.db.run(waiting, given.conversation)
    await busy.db.run(_complete, given.conversation)
    assert await busy.db.read(wrap_up.open_of, ADA) == []
    assert (await busy.agent(ADA)).load == 0


async def test_who_signs_out_and_leaves_nothing_behind_has_nothing_to_wrap_up(busy: Center) -> None:
    await completed(busy)
    await busy.db.run(ledger.hand_back, ADA)
    assert (await busy.agent(ADA)).load == 0


async def test_without_time_for_it_the_weight_is_free_at_once(center: Center) -> None:
    given = await center.given()
    await center.db.run(lambda tx: ledger.complete(tx, get_conversation(tx, given.conversation)))
    assert (await center.agent(AgentId(given.agent))).load == 0
