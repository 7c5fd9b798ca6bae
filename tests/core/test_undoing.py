"""Taking back what was rearranged: everything as it was, or a clear word why not."""

import pytest

from core import lifecycle
from core.conversation import (
    InQueue,
    Open,
    Resolved,
    Waiting,
)
from core.errors import NotFound
from core.ids import RearrangementId
from core.message import Delivery, DeliveryState, Text
from core.reply import add_note, set_delivery
from core.store.conversations import get_conversation
from core.store.messages import get_message
from core.undoing import may_be_sent_again, rearrangements_of, undo
from tests.builders import World
from tests.core.letters import (
    ADA,
    BOB,
    conversation,
    held,
    links,
    merged,
    moment,
    moved,
    places,
    refused,
    reply,
    split_off,
    texts,
)


async def test_replies_and_notes_under_the_same_key_both_go_and_come_back(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    for each in (first, other):
        await post.db.run(add_note, each.conversation, ADA, (Text("look"),), "k1")
    before = await post.db.read(places)
    done = await merged(post, first.conversation, other.conversation)
    assert len(await texts(post, other.conversation)) == 4
    await post.db.run(undo, done.rearrangement, by=ADA)
    assert await post.db.read(places) == before
    again = await post.db.run(add_note, first.conversation, ADA, (Text("look"),), "k1")
    assert await post.db.read(places) == before, again


async def test_what_waits_for_an_answer_opens_a_resolved_conversation_and_undo_resolves_it_again(
    post: World,
) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    await post.db.run(lambda tx: lifecycle.resolve(tx, get_conversation(tx, other.conversation)))
    done = await merged(post, first.conversation, other.conversation)
    assert isinstance((await conversation(post, other.conversation)).status, Open)
    await post.db.run(undo, done.rearrangement, by=ADA)
    assert isinstance((await conversation(post, other.conversation)).status, Resolved)
    assert isinstance((await conversation(post, first.conversation)).status, Open)


async def test_undo_puts_a_merge_back_as_it_was(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u", sender="bea")
    await post.db.run(held, first.conversation)
    await post.db.run(reply, first.conversation, "r1")
    await post.db.run(lambda tx: lifecycle.wait(tx, get_conversation(tx, first.conversation)))
    before = await post.db.read(places)
    done = await merged(post, first.conversation, other.conversation)
    undone = await post.db.run(undo, done.rearrangement, by=ADA)
    assert (undone.source, undone.held, undone.status) == (first.conversation, ADA, Waiting())
    assert await post.db.read(places) == before
    assert await links(post, first.conversation) == []
    back = await conversation(post, first.conversation)
    assert (back.status, back.handler) == (Open(), InQueue(back.queue))
    assert await refused(post.db.run(undo, done.rearrangement, by=ADA)) == "undone"
    with pytest.raises(NotFound):
        await post.db.run(undo, RearrangementId("none"), by=ADA)


async def test_the_newest_is_undone_first(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    second = await moment(post, "m3")
    one = await split_off(post, first.conversation, second.message)
    two = await merged(post, first.conversation, other.conversation)
    assert await refused(post.db.run(undo, one.rearrangement, by=ADA)) == "newer"
    found = await post.db.read(rearrangements_of, first.conversation, 10)
    assert [(each.id, each.kind, each.count, each.undoable) for each in found] == [
        (two.rearrangement, "merge", 1, True),
        (one.rearrangement, "split", 1, False),
    ]
    await post.db.run(undo, two.rearrangement, by=ADA)
    await post.db.run(undo, one.rearrangement, by=ADA)
    assert await post.db.read(rearrangements_of, first.conversation, 10) == []


async def test_a_split_that_went_on_is_not_undone_any_more(post: World) -> None:
    first, second = await moment(post, "m1"), await moment(post, "m2")
    done = await split_off(post, first.conversation, second.message)
    await post.db.run(add_note, done.conversation, ADA, (Text("hm"),), "n1")
    assert await refused(post.db.run(undo, done.rearrangement, by=ADA)) == "went_on"


async def test_what_we_have_answered_since_is_not_undone_but_what_failed_to_leave_does_not_matter(
    post: World,
) -> None:
    first, second = await moment(post, "m1"), await moment(post, "m2")
    other = await moment(post, "m3", thread="u", sender="bea")
    await post.db.run(held, other.conversation)
    await post.db.run(reply, other.conversation, "r0")
    done = await moved(post, second.message, other.conversation)
    answer = await post.db.run(reply, other.conversation, "r1", sent=False)
    assert await refused(post.db.run(undo, done.rearrangement, by=ADA)) == "answered"
    failed = Delivery(DeliveryState.FAILED, "no such mailbox")
    await post.db.run(set_delivery, answer, failed, frozenset({DeliveryState.QUEUED}))
    await post.db.run(undo, done.rearrangement, by=ADA)
    assert await texts(post, first.conversation) == ["mail m1", "mail m2"]


async def test_who_came_along_and_has_written_since_is_not_left_behind(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u", sender="bea")
    done = await merged(post, first.conversation, other.conversation, keep=True)
    await moment(post, "m3", thread="u", sender="bea")
    found = await post.db.read(rearrangements_of, other.conversation, 10)
    assert [each.undoable for each in found] == [True]
    await moment(post, "m4", thread="u", sender="alice")
    assert await refused(post.db.run(undo, done.rearrangement, by=ADA)) == "went_on"


async def test_a_reply_that_failed_is_not_sent_again_to_somebody_else(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u", sender="bea")
    await post.db.run(held, first.conversation)
    answer = await post.db.run(reply, first.conversation, "r1", sent=False)
    failed = Delivery(DeliveryState.FAILED, "no such mailbox")
    await post.db.run(set_delivery, answer, failed, frozenset({DeliveryState.QUEUED}))
    stored = await post.db.read(get_message, answer)
    await post.db.read(may_be_sent_again, stored)
    await moved(post, answer, other.conversation)
    stored = await post.db.read(get_message, answer)
    assert await refused(post.db.read(may_be_sent_again, stored)) == "moved"


async def test_a_key_that_was_used_again_meanwhile_is_no_reason_not_to_undo(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    note = await post.db.run(add_note, first.conversation, ADA, (Text("look"),), "k1")
    done = await moved(post, note.id, other.conversation)
    again = await post.db.run(add_note, first.conversation, BOB, (Text("look here"),), "k1")
    assert again.id != note.id
    await post.db.run(undo, done.rearrangement, by=ADA)
    assert await texts(post, first.conversation) == ["mail m1", "look", "look here"]
