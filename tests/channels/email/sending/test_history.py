"""What a reply answers and quotes: the words of those it is for, and nobody else's, whatever was moved here."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert

from channels.email.sending.history import History, history
from channels.email.signing import Signer
from core import lifecycle
from core.contact import Sender
from core.conversation import Cause
from core.ids import AgentId, ConversationId, MessageId
from core.message import ByAgent, Delivery, DeliveryState, Envelope, Exact, Party, Text
from core.rearrange import merge
from core.receive import Received, receive_message
from core.reply import queue_reply, set_delivery
from core.store.conversations import get_conversation
from core.store.messages import set_envelope
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound, an_inbox, sqlite_url

ADA = AgentId("ada")
SIGNER = Signer(b"x" * 32)


def mail(tx: Tx, key: str, sender: str) -> Received:
    address = f"{sender}@example.org"
    inbound = replace(
        an_inbound(f"I am {sender}, {key}", key=key, inbox="mail"),
        external_id=f"{key}@example.org:digest",
        sender=Sender("email", address, verified=True, name=sender.title()),
        thread=Exact(sender),
        envelope=Envelope("Lamp", Party(address)),
    )
    return receive_message(tx, inbound)


def reply(tx: Tx, conversation: ConversationId, key: str, to: str | None = None) -> str:
    before = get_conversation(tx, conversation)
    lifecycle.assign(tx, before, ADA, cause=Cause.TAKEN)
    stored = queue_reply(tx, conversation, ByAgent(ADA), (Text(f"reply {key}"),), key)
    if to is not None:
        envelope = Envelope("Lamp", Party("help@example.com"), (Party(f"{to}@example.org"),))
        set_envelope(tx, stored.id, envelope)
        set_delivery(tx, stored.id, Delivery(DeliveryState.SENT), frozenset({DeliveryState.QUEUED}))
    return stored.id


async def of_a_merge(folder: Path, *, keep: bool) -> History:
    """Bea's mail and then alice's, which is merged into bea's conversation with what alice was answered."""
    async with a_world(sqlite_url(folder)) as world:
        await prepared(world)
        bea = await world.db.run(mail, "m1", "bea")
        world.clock.forward(60)
        alice = await world.db.run(mail, "m2", "alice")
        world.clock.forward(60)
        await world.db.run(reply, alice.conversation, "r1", "alice")
        await world.db.run(merge, alice.conversation, bea.conversation, keep_people=keep, by=ADA, most=100)
        own = await world.db.run(reply, bea.conversation, "r2")
        return await world.db.read(history, SIGNER, "example.com", bea.conversation, own)  # type: ignore[arg-type]


async def prepared(world: World) -> None:
    await world.db.run(a_company)
    await world.db.run(an_inbox, "mail", kind="email", bot=False)


async def test_nobody_is_quoted_to_somebody_who_was_not_there(tmp_path: Path) -> None:
    known = await of_a_merge(tmp_path, keep=False)
    assert known.before is not None
    assert known.before.text == "I am bea, m1"
    assert known.message_ids == ("m1@example.org",)
    assert known.answers == "m1@example.org"


async def test_who_takes_part_now_may_be_quoted(tmp_path: Path) -> None:
    known = await of_a_merge(tmp_path, keep=True)
    assert known.before is not None
    assert known.before.text == "reply r1"
    assert known.message_ids[:2] == ("m1@example.org", "m2@example.org")


async def test_a_visitor_without_a_name_is_called_by_the_address_they_left_or_not_quoted(
    tmp_path: Path,
) -> None:
    async with a_world(sqlite_url(tmp_path)) as world:
        await prepared(world)
        visit = await world.db.run(receive_message, an_inbound("Does it come in red?"))
        own = MessageId(await world.db.run(reply, visit.conversation, "r1"))

        def known(tx: Tx) -> History:
            return history(tx, SIGNER, "example.com", visit.conversation, own)

        assert (await world.db.read(known)).before is None
        await world.db.run(leave_address, visit.conversation)
        before = (await world.db.read(known)).before
        assert before is not None
        assert before.name == "vera@example.org"


def leave_address(tx: Tx, conversation: ConversationId) -> None:
    contact = get_conversation(tx, conversation).contact
    tx.conn.execute(
        insert(contact_point).values(
            id="left",
            contact_id=contact,
            kind="email",
            address="vera@example.org",
            verified=False,
            created_at=tx.now,
        )
    )
