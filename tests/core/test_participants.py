"""Messages with an outside: who takes part, what goes together, what a machine wrote; on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from core import lifecycle
from core.contact import Sender
from core.conversation import Cause, InQueue, LinkKind, Resolved, WithBot
from core.errors import NotFound
from core.events import MessageReceived, NoticeReceived, conversation_topic
from core.ids import AgentId, ContactPointId, ConversationId, QueueId
from core.links import link
from core.message import Envelope, Evidence, Exact, Inbound, Party, Proof
from core.participants import is_participant, join, participants_of, remove
from core.rearranging_events import ConversationLinked
from core.receive import Place, Received, receive_message
from core.store.conversations import find_point, get_conversation, peek_conversation
from core.store.messages import get_message, read_events
from core.store.tables.conversation import conversation_link
from core.store.tx import Tx
from tests.builders import World, an_inbound

ADA = AgentId("ada")
CARL = Sender("email", "carl@example.org", verified=False, name="Carl")


def a_mail(key: str = "m1", *, proven: bool, others: tuple[Sender, ...] = (CARL,)) -> Inbound:
    """From Alice, in the thread ``t``."""
    proof = Proof.AUTHENTICATED if proven else Proof.NONE
    return replace(
        an_inbound("Hello", key=key),
        sender=Sender("email", "alice@example.org", verified=proven, name="Alice"),
        thread=Exact("t"),
        others=others,
        envelope=Envelope("Broken lamp", Party("alice@example.org", "Alice"), proof=proof),
    )


def resolved(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.resolve(tx, get_conversation(tx, conversation))


def taken(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.assign(tx, get_conversation(tx, conversation), ADA, cause=Cause.TAKEN)


async def people(world: World, received: Received) -> list[tuple[str, bool]]:
    found = await world.db.read(participants_of, received.conversation)
    return [(each.address, each.joined) for each in found]


async def test_who_reads_along_joins_only_when_the_sender_is_proven(world: World) -> None:
    unproven = await world.db.run(receive_message, a_mail(proven=False))
    assert await people(world, unproven) == [("carl@example.org", False)]
    assert not await world.db.read(is_participant, unproven.conversation, "email", "carl@example.org")

    proven = await world.db.run(receive_message, a_mail("m2", proven=True))
    assert proven.conversation == unproven.conversation
    assert await people(world, proven) == [("carl@example.org", True)]
    assert await world.db.read(is_participant, proven.conversation, "email", "carl@example.org")


async def test_an_unproven_message_takes_nobodys_place_away(world: World) -> None:
    first = await world.db.run(receive_message, a_mail(proven=True))
    await world.db.run(receive_message, a_mail("m2", proven=False))
    assert await people(world, first) == [("carl@example.org", True)]


async def test_the_requester_takes_part_and_is_not_listed_beside_themselves(world: World) -> None:
    alice = Sender("email", "alice@example.org", verified=True)
    received = await world.db.run(receive_message, a_mail(proven=True, others=(alice,)))
    assert await people(world, received) == []
    assert await world.db.read(is_participant, received.conversation, "email", "alice@example.org")


async def test_proof_marks_the_address_as_verified_for_good(world: World) -> None:
    for key, proven in (("m1", False), ("m2", True), ("m3", False)):
        await world.db.run(receive_message, a_mail(key, proven=proven))
        point = await world.db.read(find_point, "email", "alice@example.org")
        assert point is not None
        assert point.verified is (key != "m1")


async def test_an_agent_lets_somebody_in_and_out(world: World) -> None:
    received = await world.db.run(receive_message, a_mail(proven=False))
    await world.db.run(join, received.conversation, CARL, ADA)
    assert await people(world, received) == [("carl@example.org", True)]
    point = (await world.db.read(participants_of, received.conversation))[0].point
    await world.db.run(remove, received.conversation, point, ADA)
    assert await people(world, received) == []
    with pytest.raises(NotFound):
        await world.db.run(remove, received.conversation, ContactPointId("nobody"), ADA)


async def test_a_conversation_gets_the_subject_of_its_first_message(world: World) -> None:
    received = await world.db.run(receive_message, a_mail(proven=False))
    again = replace(
        a_mail("m2", proven=False), envelope=Envelope("Re: Broken lamp", Party("alice@example.org"))
    )
    await world.db.run(receive_message, again)
    conversation = await world.db.read(peek_conversation, received.conversation)
    assert conversation.subject == "Broken lamp"


async def test_why_a_message_is_where_it_is_stays_with_it(world: World) -> None:
    first = await world.db.run(receive_message, a_mail(proven=False))
    why = (Evidence("in_reply_to", 0.7), Evidence("subject", 0.1))

    def placed(tx: Tx, inbound: Inbound) -> Place:
        return Place(first.conversation, why)

    later = replace(a_mail("m2", proven=False), thread="evidence of its own")
    received = await world.db.run(receive_message, later, placed)
    assert received.conversation == first.conversation
    message = await world.db.read(get_message, received.message)
    assert message.envelope is not None
    assert message.envelope.why == why


async def test_a_suspected_place_is_a_new_conversation_and_a_link(world: World) -> None:
    first = await world.db.run(receive_message, a_mail(proven=False))

    def suspected(tx: Tx, inbound: Inbound) -> Place:
        return Place(None, linked=first.conversation, link=LinkKind.SUSPECTED)

    stranger = replace(a_mail("m2", proven=False), thread="evidence of its own")
    received = await world.db.run(receive_message, stranger, suspected)
    assert received.conversation != first.conversation
    assert await links(world) == [(received.conversation, first.conversation, "suspected")]
    for one, other in ((received, first), (first, received)):
        events = await world.db.read(read_events, conversation_topic(one.conversation), 0, 100)
        ours = one is received
        assert ConversationLinked(one.conversation, other.conversation, "suspected", None, ours) in [
            each.event for each in events
        ]


async def test_what_was_closed_while_a_message_was_on_its_way_is_not_where_it_goes(world: World) -> None:
    first = await world.db.run(receive_message, a_mail(proven=True))
    await world.db.run(lambda tx: lifecycle.close(tx, get_conversation(tx, first.conversation)))

    def chosen(tx: Tx, inbound: Inbound) -> Place:
        return Place(first.conversation)

    late = replace(a_mail("m2", proven=True), thread="evidence of its own")
    received = await world.db.run(receive_message, late, chosen)
    assert received.conversation != first.conversation
    assert await links(world) == [(received.conversation, first.conversation, "follow_up")]
    envelope = Envelope("Away", Party("alice@example.org"), automatic="auto_reply")
    notice = replace(a_mail("m3", proven=True), thread="evidence of its own", envelope=envelope)
    assert (await world.db.run(receive_message, notice, chosen)).conversation == first.conversation


@pytest.mark.parametrize("kind", [LinkKind.FOLLOW_UP, LinkKind.NEW_SUBJECT, LinkKind.SUSPECTED])
async def test_who_answers_a_person_gets_a_person_also_in_a_new_conversation(
    world: World, kind: LinkKind
) -> None:
    first = await world.db.run(receive_message, a_mail(proven=False))
    for held in (False, True):
        if held:
            await world.db.run(taken, first.conversation)

        def answered(tx: Tx, inbound: Inbound) -> Place:
            return Place(None, linked=first.conversation, link=kind)

        later = replace(a_mail(f"later {held}", proven=False), thread="evidence of its own")
        received = await world.db.run(receive_message, later, answered)
        handler = (await world.db.read(peek_conversation, received.conversation)).handler
        to_person = held and kind is not LinkKind.SUSPECTED
        assert handler == (InQueue(QueueId("general")) if to_person else WithBot())


async def test_a_link_is_said_once(world: World) -> None:
    one = await world.db.run(receive_message, a_mail(proven=False))
    other = await world.db.run(receive_message, an_inbound(visitor="v2"))
    for _ in range(2):
        await world.db.run(link, one.conversation, other.conversation, LinkKind.FOLLOW_UP)
    assert len(await links(world)) == 1


async def test_what_a_machine_wrote_is_stored_and_wakes_nobody(world: World) -> None:
    first = await world.db.run(receive_message, a_mail(proven=False))
    await world.db.run(resolved, first.conversation)
    notice = replace(
        a_mail("m2", proven=False, others=()),
        envelope=Envelope("Out of office", Party("alice@example.org"), automatic="auto_reply"),
    )
    received = await world.db.run(receive_message, notice)
    events = await world.db.read(read_events, conversation_topic(first.conversation), 0, 100)
    assert [
        type(each.event) for each in events if isinstance(each.event, MessageReceived | NoticeReceived)
    ] == [
        MessageReceived,
        NoticeReceived,
    ]
    assert received.conversation == first.conversation
    assert (await world.db.read(peek_conversation, first.conversation)).status == Resolved()


async def test_the_bot_is_left_out_where_the_message_is_not_for_it(world: World) -> None:
    to_bot = await world.db.run(receive_message, an_inbound())
    others = await world.db.run(receive_message, replace(an_inbound(visitor="v2"), to_bot=False))
    assert (await world.db.read(peek_conversation, to_bot.conversation)).handler == WithBot()
    assert (await world.db.read(peek_conversation, others.conversation)).handler == InQueue(
        QueueId("general")
    )


async def links(world: World) -> list[tuple[ConversationId, ConversationId, str]]:
    def read(tx: Tx) -> list[tuple[ConversationId, ConversationId, str]]:
        rows = tx.conn.execute(select(conversation_link))
        return [(ConversationId(r.conversation_id), ConversationId(r.other_id), r.kind) for r in rows]

    return await world.db.read(read)
