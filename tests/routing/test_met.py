"""A response is met by a person's answer while its clock ran, and by nothing else that stops it."""

import pytest
from sqlalchemy import update

from core.ids import ConversationId
from core.store.tables.conversation import message
from core.store.tx import Tx
from routing.clock_store import read_clocks
from routing.met import met
from tests.routing.center import Center
from tests.routing.test_clocks import promise


@pytest.fixture
async def promising(center: Center) -> Center:
    """A first answer in 60 s, the next in 120, an end in an hour."""
    await center.db.run(promise)
    return center


async def which(center: Center, conversation: ConversationId) -> dict[str, bool]:
    def read(tx: Tx) -> dict[str, bool]:
        clocks, _ = read_clocks(tx, conversation)
        return {target.value: met(tx, conversation, clock) for target, clock in clocks.items()}

    return await center.db.read(read)


async def test_resolving_without_a_word_meets_the_resolution_but_no_response(promising: Center) -> None:
    given = await promising.given()
    await promising.pass_time(20)
    await promising.resolve(given.conversation)
    await promising.settle()
    assert await which(promising, given.conversation) == {"first": False, "resolution": True}


async def test_an_answer_meets_its_response_and_resolving_after_it_takes_nothing_away(
    promising: Center,
) -> None:
    given = await promising.given()
    await promising.pass_time(20)
    assert await which(promising, given.conversation) == {"first": False, "resolution": False}
    await promising.reply(given.agent, given.conversation)
    await promising.pass_time(20)
    await promising.resolve(given.conversation)
    await promising.settle()
    assert await which(promising, given.conversation) == {"first": True, "resolution": True}


async def test_an_answer_before_the_customer_wrote_again_does_not_meet_the_next_response(
    promising: Center,
) -> None:
    given = await promising.given()
    await promising.reply(given.agent, given.conversation)
    await promising.pass_time(20)
    await promising.write()
    await promising.pass_time(20)
    await promising.resolve(given.conversation)
    await promising.settle()
    assert await which(promising, given.conversation) == {"first": True, "next": False, "resolution": True}


async def test_an_answer_that_never_left_meets_nothing(promising: Center) -> None:
    given = await promising.given()
    await promising.reply(given.agent, given.conversation)
    await promising.settle()
    replies = update(message).where(message.c.author == "agent").values(delivery="withdrawn")
    await promising.db.run(lambda tx: tx.conn.execute(replies))
    assert (await which(promising, given.conversation))["first"] is False
