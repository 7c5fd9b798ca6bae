"""Finding the place on both databases: every statement of it, with one short exchange."""

from dataclasses import replace

import pytest

from channels.email.mail import KIND, MailThread
from channels.email.signing import Signer
from channels.email.threading.resolve import MailThreads
from core import lifecycle, rearrange
from core.contact import Sender
from core.ids import AgentId, ConversationId, InboxId
from core.message import Envelope, Inbound, Party, Proof, Text
from core.receive import Received, receive_message
from core.store.conversations import get_conversation
from tests.builders import MORNING, World, a_company, a_world, an_inbox

ANN = "ann@customer.example"
SIGNER = Signer(b"a secret of the tests")


def a_mail(id: str, subject: str = "Re: Kettle", **thread: tuple[str, ...]) -> Inbound:
    said = MailThread(id, (), (), subject, ANN, ("support@shop.example",), (), MORNING)
    return Inbound(
        inbox=InboxId("post"),
        external_id=f"{id}:digest",
        sender=Sender(KIND, ANN, verified=True),
        parts=(Text(subject),),
        thread=replace(said, **thread),  # type: ignore[arg-type]
        sent_at=MORNING,
        envelope=Envelope(subject, Party(ANN), proof=Proof.AUTHENTICATED),
    )


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_an_exchange_is_threaded_alike_on_both_databases(
    database: str, request: pytest.FixtureRequest
) -> None:
    address: str = request.getfixturevalue("sqlite_address" if database == "sqlite" else "postgres_url")
    async with a_world(address) as world:
        await world.db.run(a_company)
        await world.db.run(lambda tx: an_inbox(tx, "post", kind=KIND))
        first = await receive(world, a_mail("1@x", "Kettle"))
        named = await receive(world, a_mail("2@x", in_reply_to=("1@x",)))
        words = await receive(world, a_mail("3@x"))
        early = await receive(world, a_mail("5@x", "Lamp", references=("4@x",)))
        late = await receive(world, a_mail("4@x", "Lamp"))
        address_of = SIGNER.reply_address("support@shop.example", first.conversation)
        signed = SIGNER.message_id(first.conversation, first.message, "shop.example")
        token = await receive(world, a_mail("6@x", ours=(address_of,), in_reply_to=(signed,)))
        assert {named.conversation, words.conversation, token.conversation} == {first.conversation}
        assert late.conversation == early.conversation != first.conversation
        other = await receive(world, a_mail("7@x", "Invoice", in_reply_to=(signed,)))
        assert other.conversation != first.conversation
        await _merged_and_closed(world, first.conversation, early.conversation)
        followed = await receive(world, a_mail("8@x", in_reply_to=("1@x",)))
        assert followed.conversation not in {first.conversation, early.conversation}
        again = await receive(world, a_mail("9@x", in_reply_to=(signed,)))
        assert again.conversation == followed.conversation


async def receive(world: World, inbound: Inbound) -> Received:
    return await world.db.run(receive_message, inbound, MailThreads(SIGNER).resolve)


async def _merged_and_closed(world: World, one: ConversationId, other: ConversationId) -> None:
    """The one goes into the other, which ends."""
    ada = AgentId("ada")
    await world.db.run(rearrange.merge, one, other, keep_people=True, by=ada, most=100)
    await world.db.run(lambda tx: lifecycle.close(tx, get_conversation(tx, other), by=ada))
