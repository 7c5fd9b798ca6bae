"""Splitting, merging and moving: who is answered where, what is refused, and everything back again by undo."""

import pytest
from sqlalchemy import select, update

from core import lifecycle
from core.conversation import (
    AssignedTo,
    Closed,
    InQueue,
    LinkKind,
    Nobody,
    Open,
    Resolved,
)
from core.errors import Invalid, NotFound
from core.events import conversation_topic
from core.ids import ConversationId, MessageId
from core.message import ByBot, Text
from core.rearrange import merge
from core.rearranging_events import MessagePlaced, MessagesMoved
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.messages import get_message, read_events
from core.store.tables.conversation import conversation as conversations
from core.store.tables.conversation import conversation_link
from core.store.tables.people import contact_point
from core.store.tx import Tx
from core.undoing import undo
from tests.builders import World
from tests.core.letters import (
    ADA,
    BOB,
    address_of,
    conversation,
    held,
    links,
    loads,
    mail,
    merged,
    moment,
    moved,
    people,
    refused,
    reply,
    row_of,
    split_off,
    texts,
)


async def test_chosen_messages_begin_a_conversation_of_their_own_that_waits_for_an_agent(post: World) -> None:
    first = await moment(post, "m1")
    second, third = await moment(post, "m2"), await moment(post, "m3")
    done = await split_off(post, first.conversation, second.message, third.message)
    begun = await conversation(post, done.conversation)
    assert (begun.status, begun.handler) == (
        Open(),
        InQueue((await conversation(post, first.conversation)).queue),
    )
    assert begun.subject == "About m2"
    assert await texts(post, done.conversation) == ["mail m2", "mail m3"]
    assert await texts(post, first.conversation) == ["mail m1"]
    rows = await post.db.read(lambda tx: tx.conn.execute(select(conversation_link)).all())
    assert [(row.conversation_id, row.other_id, row.kind) for row in rows] == [
        (done.conversation, first.conversation, LinkKind.SPLIT.value)
    ]


async def test_a_split_answers_who_wrote_its_first_message_and_nobody_reads_along(post: World) -> None:
    first = await moment(post, "m1")
    carls = await moment(post, "m2", sender="carl")
    alices = await moment(post, "m3")
    done = await split_off(post, first.conversation, carls.message, alices.message, subject="Carl's lamp")
    assert await address_of(post, done.conversation) == "carl@example.org"
    assert await people(post, done.conversation) == {"alice": False}
    assert (await conversation(post, done.conversation)).subject == "Carl's lamp"


async def test_our_words_alone_are_not_split_off_but_go_along(post: World) -> None:
    first = await moment(post, "m1")
    await post.db.run(held, first.conversation)
    answer = await post.db.run(reply, first.conversation, "r1")
    second = await moment(post, "m2")
    assert await refused(split_off(post, first.conversation, answer)) == "only_ours"
    done = await split_off(post, first.conversation, answer, second.message)
    assert await texts(post, done.conversation) == ["reply r1", "mail m2"]


async def test_a_split_takes_its_requester_from_a_person_rather_than_from_a_machine(post: World) -> None:
    first = await moment(post, "m1")
    notice = await post.db.run(mail, "away", sender="robot", automatic="auto_reply")
    second = await moment(post, "m2", sender="carl")
    done = await split_off(post, first.conversation, notice.message, second.message)
    assert await address_of(post, done.conversation) == "carl@example.org"


async def test_something_stays_behind_and_only_what_is_here_goes(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    assert await refused(split_off(post, first.conversation, first.message)) == "nothing_left"
    assert await refused(moved(post, first.message, other.conversation)) == "nothing_left"
    assert await refused(split_off(post, first.conversation, other.message)) == "not_here"
    with pytest.raises(NotFound):
        await moved(post, MessageId("none"), other.conversation)
    with pytest.raises(NotFound):
        await merged(post, first.conversation, ConversationId("none"))
    with pytest.raises(Invalid):
        await merged(post, first.conversation, first.conversation)


async def test_a_reply_on_its_way_holds_everything_up(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    await post.db.run(held, first.conversation)
    answer = await post.db.run(reply, first.conversation, "r1", sent=False)
    assert await refused(moved(post, answer, other.conversation)) == "on_its_way"
    assert await refused(merged(post, first.conversation, other.conversation)) == "on_its_way"
    assert await refused(split_off(post, first.conversation, first.message, answer)) == "on_its_way"


async def test_a_merged_conversation_is_closed_and_linked_to_the_other_one(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u", sender="bea")
    third = await moment(post, "m3")
    await post.db.run(held, first.conversation)
    done = await merged(post, first.conversation, other.conversation)
    assert done.conversation == other.conversation
    over = await conversation(post, first.conversation)
    assert (over.status, over.handler) == (Closed(), Nobody())
    assert await texts(post, other.conversation) == ["mail m2", "mail m1", "mail m3"]
    assert await links(post, first.conversation) == [("merged", other.conversation)]
    assert (await post.db.read(get_message, third.message)).conversation == other.conversation
    assert await refused(merged(post, other.conversation, first.conversation)) == "closed"


async def test_what_was_merged_is_merged_on_with_what_it_went_into(post: World) -> None:
    one, two, three = [await moment(post, f"m{n}", thread=f"t{n}") for n in range(3)]
    await merged(post, one.conversation, two.conversation)
    await merged(post, two.conversation, three.conversation)
    assert await links(post, one.conversation) == [("merged", two.conversation)]
    assert await links(post, two.conversation) == [("merged", three.conversation)]
    assert len(await texts(post, three.conversation)) == 3
    assert await refused(merged(post, one.conversation, three.conversation)) == "empty"


async def test_nobody_becomes_a_reader_by_a_merge_unless_asked_for(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u", sender="bea")
    done = await merged(post, first.conversation, other.conversation)
    assert await people(post, other.conversation) == {"alice": False, "carl": False}
    await post.db.run(undo, done.rearrangement, by=ADA)
    assert await people(post, other.conversation) == {}
    await merged(post, first.conversation, other.conversation, keep=True)
    assert await people(post, other.conversation) == {"alice": True, "carl": True}


async def test_other_addresses_of_the_same_contact_go_on_reading(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u", sender="alice.work")

    def one_person(tx: Tx) -> None:
        theirs = select(contact_point.c.contact_id).where(contact_point.c.address == "alice@example.org")
        alice = tx.conn.execute(theirs).scalar_one()
        work = contact_point.c.address == "alice.work@example.org"
        tx.conn.execute(update(contact_point).where(work).values(contact_id=alice))
        tx.conn.execute(update(conversations).values(contact_id=alice))

    await post.db.run(one_person)
    await merged(post, first.conversation, other.conversation)
    assert await people(post, other.conversation) == {"alice": True, "carl": False}


async def test_a_conversation_of_too_many_messages_is_not_merged_at_once(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    await moment(post, "m3")
    code = await refused(
        post.db.run(merge, first.conversation, other.conversation, keep_people=False, by=ADA, most=1)
    )
    assert code == "too_many"


async def test_what_was_answered_leaves_a_resolved_conversation_alone(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    await post.db.run(held, first.conversation)
    await post.db.run(reply, first.conversation, "r1")
    await post.db.run(lambda tx: lifecycle.resolve(tx, get_conversation(tx, other.conversation)))
    await merged(post, first.conversation, other.conversation)
    assert isinstance((await conversation(post, other.conversation)).status, Resolved)


async def test_the_bot_lets_go_of_what_a_person_rearranges(post: World) -> None:
    first = await post.db.run(mail, "m1")
    await post.db.run(lambda tx: lifecycle.to_bot(tx, get_conversation(tx, first.conversation)))
    second = await moment(post, "m2")
    before = await conversation(post, first.conversation)
    stale = ByBot(before.turn)
    await split_off(post, first.conversation, second.message)
    after = await conversation(post, first.conversation)
    assert isinstance(after.handler, InQueue)
    code = await refused(post.db.run(queue_reply, first.conversation, stale, (Text("late"),), "b1"))
    assert code == "stale_turn"


async def test_lists_show_the_newest_words_and_the_first_answer_of_what_is_there(post: World) -> None:
    first = await moment(post, "m1")
    await post.db.run(held, first.conversation)
    answer = await post.db.run(reply, first.conversation, "r1")
    last = await moment(post, "m2")
    before = await row_of(post, first.conversation)
    done = await split_off(post, first.conversation, last.message, answer)
    source, target = await row_of(post, first.conversation), await row_of(post, done.conversation)
    assert (source.last_text, source.last_author, source.first_answered_at) == ("mail m1", "contact", None)
    assert (target.last_text, target.first_answered_at) == ("mail m2", before.first_answered_at)
    await post.db.run(undo, done.rearrangement, by=ADA)
    after = await row_of(post, first.conversation)
    for column in ("last_text", "last_author", "first_answered_at"):
        assert getattr(after, column) == getattr(before, column)


async def test_both_conversations_tell_of_it_without_a_gap_and_each_message_by_its_number(
    post: World,
) -> None:
    first = await moment(post, "m1")
    second = await moment(post, "m2")
    done = await split_off(post, first.conversation, second.message)
    await post.db.run(undo, done.rearrangement, by=ADA)
    for id, ways in ((first.conversation, ["out", "in"]), (done.conversation, ["in", "out"])):
        told = await post.db.read(read_events, conversation_topic(id), 0, 100)
        assert [each.n for each in told] == list(range(1, len(told) + 1))
        assert [each.event.way for each in told if isinstance(each.event, MessagesMoved)] == ways
        visible = [each.visible_n for each in told if each.visible_n is not None]
        assert visible == list(range(1, len(visible) + 1))
        placed = [each.event.message for each in told if isinstance(each.event, MessagePlaced)]
        assert placed == [second.message]


async def test_whoever_moves_has_seen_it_but_what_nobody_has_seen_stays_unread(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    second = await moment(post, "m3")

    def seen(tx: Tx, id: ConversationId) -> None:
        tx.conn.execute(
            update(conversations).where(conversations.c.id == id).values(seen_n=conversations.c.n)
        )

    await moved(post, second.message, other.conversation)
    row = await row_of(post, other.conversation)
    assert row.seen_n == 0
    third = await moment(post, "m4")
    for each in (first, other):
        await post.db.run(seen, each.conversation)
    await moved(post, third.message, other.conversation)
    row = await row_of(post, other.conversation)
    assert row.seen_n == row.n


async def test_an_agents_load_follows_what_they_hold(post: World) -> None:
    first, other = await moment(post, "m1"), await moment(post, "m2", thread="u")
    for each, holder in ((first, ADA), (other, BOB)):
        await post.db.run(held, each.conversation, holder)
    done = await merged(post, first.conversation, other.conversation)
    assert await loads(post) == {"ada": 0, "bob": 1}
    await post.db.run(undo, done.rearrangement, by=ADA)
    assert await loads(post) == {"ada": 0, "bob": 1}
    assert (await conversation(post, other.conversation)).handler == AssignedTo(BOB)
