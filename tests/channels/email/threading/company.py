"""A company whose mail is settled as it is in the running server, and what anybody could read there or be sent."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from sqlalchemy import select, update

from channels.email.signing import Signer
from channels.email.threading.resolve import MailThreads
from channels.email.wire import EmailConfig
from core import lifecycle, rearrange
from core.conversation import AssignedTo, Cause, Closed, Resolved
from core.ids import AgentId, ConversationId, MessageId
from core.message import ByAgent, Evidence, Text
from core.participants import participants_of, remove
from core.reply import queue_reply
from core.store.codec import load_message
from core.store.conversations import get_conversation
from core.store.tables.conversation import conversation, conversation_link, message
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.builders import an_agent
from tests.channels.email.fetching.post import Office, a_config, an_office

ADA = AgentId("ada")
SERVER = "mx.shop.example"
SUPPORT = "support@shop.example"


@dataclass(frozen=True)
class Letter:
    """A mail on its way in. ``result``: what the receiving server found of its From (pass, fail), or its whole header."""

    sender: str
    subject: str = "Broken kettle"
    text: str = "Eve was here"
    to: Sequence[str] = (SUPPORT,)
    cc: Sequence[str] = ()
    reply_to: str = ""
    answers: str = ""
    references: Sequence[str] = ()
    message_id: str | None = None
    result: str | None = None
    headers: Sequence[tuple[str, str]] = ()
    inbox: str = "post"


@dataclass(frozen=True)
class Taken:
    """What became of a letter; ``conversation`` and ``message`` are None where it was not made a message."""

    state: str
    message_id: str
    conversation: ConversationId | None
    message: MessageId | None
    why: tuple[Evidence, ...] = ()
    proof: str = ""


@dataclass(frozen=True)
class Sent:
    """A reply of ours as it goes out."""

    message_id: str
    reply_to: str
    recipients: frozenset[str]


@dataclass
class Company:
    office: Office
    threads: MailThreads
    count: int = 0
    sent: list[Sent] = field(default_factory=list)

    async def receive(self, letter: Letter) -> Taken:
        self.count += 1
        message_id = letter.message_id or f"{self.count}@mail.example"
        self.office.world.clock.forward(60)
        rows = await self.office.settle(
            _raw(letter, message_id, self.office.world.clock.now()), inbox=letter.inbox
        )
        row = max(rows, key=lambda each: each.id)
        return await self.office.world.db.read(_taken, row.state, message_id, row.stored_message_id)

    async def answer(
        self, id: ConversationId | None, text: str = "We look into it", inbox: str = "post"
    ) -> Sent:
        """An agent takes it if nobody has it, and answers everybody who takes part."""
        assert id is not None
        self.office.world.clock.forward(600)
        sent = await self.office.world.db.run(_answered, id, text, f"key{len(self.sent)}", self.office.signer)
        self.sent.append(sent)
        return sent

    async def readers(self, id: ConversationId) -> frozenset[str]:
        """Who would get the next reply."""
        return await self.office.world.db.read(_readers, id)

    async def requester(self, id: ConversationId) -> str:
        return await self.office.world.db.read(_requester, id)

    async def texts(self, id: ConversationId) -> list[str]:
        """All that anybody said in it: what a reply may quote and an agent has before their eyes."""
        return await self.office.world.db.read(_texts, id)

    async def conversations(self) -> list[ConversationId]:
        return await self.office.world.db.read(
            lambda tx: [
                ConversationId(id)
                for id in tx.conn.execute(select(conversation.c.id).order_by(conversation.c.id)).scalars()
            ]
        )

    async def links(self) -> set[tuple[str, str, str]]:
        return await self.office.world.db.read(
            lambda tx: {
                (row.conversation_id, row.kind, row.other_id)
                for row in tx.conn.execute(select(conversation_link))
            }
        )

    async def resolve(self, id: ConversationId | None) -> None:
        await self._change(id, Resolved())

    async def close(self, id: ConversationId | None) -> None:
        await self._change(id, Closed())

    async def _change(self, id: ConversationId | None, status: Resolved | Closed) -> None:
        assert id is not None
        end = lifecycle.resolve if isinstance(status, Resolved) else lifecycle.close
        await self.office.world.db.run(lambda tx: end(tx, get_conversation(tx, id)))

    async def remove(self, id: ConversationId, address: str) -> None:
        await self.office.world.db.run(_removed, id, address)

    async def merge(self, id: ConversationId | None, into: ConversationId) -> None:
        """Without its people."""
        assert id is not None
        run = self.office.world.db.run
        await run(rearrange.merge, id, into, keep_people=False, by=ADA, most=100)

    async def move(self, message_id: MessageId | None, to: ConversationId) -> None:
        assert message_id is not None
        await self.office.world.db.run(rearrange.move, message_id, to, by=ADA)

    async def rename(self, id: ConversationId | None, subject: str) -> None:
        await self.office.world.db.run(
            lambda tx: tx.conn.execute(
                update(conversation).where(conversation.c.id == id).values(subject=subject)
            )
        )


def _raw(letter: Letter, message_id: str, now: object) -> bytes:
    mail = EmailMessage()
    headers: list[tuple[str, str]] = []
    if letter.result is not None:
        headers.append(("Authentication-Results", _results(letter)))
    headers += [("Received", "from mail.example by mx.shop.example"), *letter.headers]
    headers += [("From", letter.sender), ("To", ", ".join(letter.to)), ("Cc", ", ".join(letter.cc))]
    headers += [("Reply-To", letter.reply_to), ("Subject", letter.subject)]
    headers += [("Date", format_datetime(now)), ("Message-ID", f"<{message_id}>")]  # type: ignore[arg-type]
    headers += [("In-Reply-To", f"<{letter.answers}>" if letter.answers else "")]
    headers += [("References", " ".join(f"<{each}>" for each in letter.references))]
    lines = [f"{name}: {value}" for name, value in headers if value]
    mail.set_content(letter.text)
    return "\n".join(lines).encode() + b"\n" + mail.as_bytes()


def _results(letter: Letter) -> str:
    if letter.result in {"pass", "fail"}:
        domain = letter.sender.rpartition("@")[2].strip("> ")
        return f"{SERVER}; dmarc={letter.result} header.from={domain}"
    return letter.result or ""


def _taken(tx: Tx, state: str, message_id: str, stored: str | None) -> Taken:
    if stored is None:
        return Taken(state, message_id, None, None)
    row = tx.conn.execute(select(message).where(message.c.id == stored)).one()
    envelope = load_message(row).envelope
    assert envelope is not None
    return Taken(
        state,
        message_id,
        ConversationId(row.conversation_id),
        MessageId(row.id),
        envelope.why,
        envelope.proof.value,
    )


def _answered(tx: Tx, id: ConversationId, text: str, key: str, signer: Signer) -> Sent:
    known = get_conversation(tx, id)
    if not isinstance(known.handler, AssignedTo):
        known = lifecycle.assign(tx, known, ADA, cause=Cause.TAKEN)
    reply = queue_reply(tx, id, ByAgent(ADA), (Text(text),), key)
    signed = signer.message_id(id, reply.id, "shop.example")
    tx.conn.execute(
        update(message).where(message.c.id == reply.id).values(delivery="sent", external_id=signed)
    )
    return Sent(signed, signer.reply_address(SUPPORT, id), _readers(tx, id))


def _requester(tx: Tx, id: ConversationId) -> str:
    statement = (
        select(contact_point.c.address)
        .join(conversation, conversation.c.contact_point_id == contact_point.c.id)
        .where(conversation.c.id == id)
    )
    address: str = tx.conn.execute(statement).scalar_one()
    return address


def _readers(tx: Tx, id: ConversationId) -> frozenset[str]:
    joined = {each.address for each in participants_of(tx, id) if each.joined}
    return frozenset({_requester(tx, id), *joined})


def _removed(tx: Tx, id: ConversationId, address: str) -> None:
    point = next(each.point for each in participants_of(tx, id) if each.address == address)
    remove(tx, id, point, ADA)


def _texts(tx: Tx, id: ConversationId) -> list[str]:
    rows = tx.conn.execute(select(message).where(message.c.conversation_id == id).order_by(message.c.n))
    return [row.text.strip() for row in rows]


def config(address: str = SUPPORT, **values: object) -> EmailConfig:
    return a_config(address, **{"trusted": SERVER, "plus_addresses": True, "per_sender_hour": 1000} | values)


@asynccontextmanager
async def a_company(folder: Path, *configs: EmailConfig) -> AsyncIterator[Company]:
    async with an_office(folder, *(configs or (config(),))) as office:
        await office.world.db.run(lambda tx: an_agent(tx, ADA, capacity=100))
        threads = MailThreads(office.signer)
        yield Company(replace(office, place=threads.resolve), threads)
