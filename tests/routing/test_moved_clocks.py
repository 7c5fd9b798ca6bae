"""What is promised after messages went to another conversation: from the oldest that waits there, and nothing where none does."""

import pytest
from sqlalchemy import select

from core.ids import ConversationId, MessageId
from core.rearrange import merge, split
from core.store.tables.conversation import message
from core.store.tx import Tx
from core.undoing import undo
from tests.routing.center import ADA, Center
from tests.routing.test_clocks import due, missed, promise


@pytest.fixture
async def promising(center: Center) -> Center:
    """A first answer in 60 s, the next in 120, an end in an hour."""
    await center.db.run(promise)
    return center


async def newest(center: Center, conversation: ConversationId) -> MessageId:
    def read(tx: Tx) -> MessageId:
        found = select(message.c.id).where(
            message.c.conversation_id == conversation, message.c.author == "contact"
        )
        return MessageId(tx.conn.execute(found.order_by(message.c.n.desc()).limit(1)).scalar_one())

    return await center.db.read(read)


async def test_the_promise_goes_with_the_message_that_waits_for_an_answer(promising: Center) -> None:
    given = await promising.given()
    await promising.pass_time(10)
    await promising.reply(given.agent, given.conversation)
    await promising.pass_time(10)
    await promising.waits("v1")
    assert await due(promising, given.conversation) == {"next": 140, "resolution": 3600}
    await promising.pass_time(30)
    asked = await newest(promising, given.conversation)
    done = await promising.db.run(split, given.conversation, [asked], subject="More", by=given.agent)
    await promising.settle()
    assert await due(promising, given.conversation) == {"resolution": 3600}
    assert await due(promising, done.conversation) == {"first": 80, "resolution": 3650}
    await promising.db.run(undo, done.rearrangement, by=given.agent)
    await promising.pass_time(1000)
    assert await due(promising, given.conversation) == {"next": 140, "resolution": 3600}
    assert [target for target, _ in await missed(promising, given.conversation)] == ["next"]
    assert await due(promising, done.conversation) == {}
    assert await missed(promising, done.conversation) == []


async def test_a_merge_owes_the_answer_from_the_older_message_on(promising: Center) -> None:
    older = await promising.waits("v1")
    await promising.pass_time(20)
    newer = await promising.waits("v2")
    assert (await due(promising, newer))["first"] == 80
    await promising.db.run(merge, older, newer, keep_people=False, by=ADA, most=100)
    await promising.settle()
    assert (await due(promising, newer))["first"] == 60
    assert await due(promising, older) == {}
    await promising.pass_time(100)
    assert await missed(promising, older) == []


async def test_a_conversation_that_was_merged_is_offered_to_nobody_any_more(promising: Center) -> None:
    older = await promising.waits("v1")
    newer = await promising.waits("v2")
    assert {each.conversation for each in await promising.offers()} == {older, newer}
    await promising.db.run(merge, older, newer, keep_people=False, by=ADA, most=100)
    await promising.settle()
    assert {each.conversation for each in await promising.offers()} == {newer}
