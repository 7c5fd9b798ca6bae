"""A reply in a mailbox's conversation becomes a mail: what it says, whom it reaches, and what is known of it after."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from channels.assembly import signer_of
from channels.contract import Upload
from channels.dispatcher import decide
from channels.email.signing import Signer
from core import lifecycle
from core.contact import Sender
from core.conversation import Cause
from core.ids import AgentId, ArticleId, ConversationId, InboxId, MediaId, MessageId
from core.lifecycle import Opening
from core.message import ArticleCard, Attachment, ByAgent, ByBot, DeliveryState, Message, Part, copies_to
from core.participants import join, note_others
from core.store.conversations import ensure_point, get_conversation, get_inbox
from core.store.messages import get_message
from core.store.tables.conversation import conversation as conversations
from core.store.tables.conversation import message as table
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.channels.email.sending.standin import How, StandIn
from tests.channels.shop import SECRET, Shop
from tests.contracts.mail import CONFIG, EmailDriver, body_of, read, started

ADA = AgentId("ada")
SIGNATURES = {"en": "Acme\nhttps://acme.example", "zh": "某公司"}


@dataclass
class Desk:
    """A mail of Ann's has come in, and Ada holds its conversation."""

    shop: Shop
    server: StandIn
    driver: EmailDriver
    conversation: ConversationId

    async def configure(self, **config: Any) -> None:
        smtp = {**CONFIG["smtp"], "port": self.server.port}
        await self.shop.configure("post", **{**CONFIG, "smtp": smtp} | config)

    async def reply(self, *parts: Part | str, key: str = "r1", copies: list[str] | None = None) -> Message:
        envelope = None if copies is None else copies_to(copies)
        return await self.shop.answer(
            self.conversation, *parts, author=ByAgent(ADA), key=key, envelope=envelope
        )

    async def later(self, seconds: float) -> None:
        self.shop.world.clock.forward(seconds)
        await self.shop.world.relay.drain()

    async def stored(self, message: MessageId) -> Message:
        return await self.shop.world.db.read(get_message, message)

    async def state(self, message: MessageId) -> tuple[DeliveryState, str | None]:
        found = (await self.stored(message)).delivery
        assert found is not None
        return found.state, found.reason

    def mails(self) -> list[EmailMessage]:
        return [read(raw) for _, raw in self.server.taken]

    async def run(self, work: Any, *args: Any) -> Any:
        return await self.shop.world.db.run(work, self.conversation, *args)


@pytest.fixture
async def desk(shop: Shop) -> Desk:
    driver = EmailDriver(shop)
    await driver.deliver("first")
    found = await shop.world.db.read(lambda tx: tx.conn.execute(select(table)).one())
    assert driver.server is not None
    made = Desk(shop, driver.server, driver, ConversationId(found.conversation_id))
    await made.run(take)
    await made.configure()
    return made


def take(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.assign(tx, get_conversation(tx, conversation), ADA, cause=Cause.TAKEN)


def bea(name: str = "bea@example.org") -> Sender:
    return Sender("email", name, verified=False, name=name.partition("@")[0].title())


async def test_a_reply_answers_the_mail_it_answers(desk: Desk) -> None:
    await desk.configure(plus_addresses=True, quote=True, signature=SIGNATURES)
    first = await desk.reply("On its way.")
    await desk.driver.deliver("second")
    second = await desk.reply("It comes today.", key="r2")
    one, two = desk.mails()
    signer = signer_of(SECRET)
    assert [one["From"], one["To"], one["Subject"]] == [
        '"Ada (Support)" <support@example.com>',
        "Ann <ann@example.net>",
        "Re: My parcel",
    ]
    assert one["Cc"] is None
    assert signer.read_message_id(one["Message-ID"]) == (desk.conversation, first.id)
    assert signer.read_reply_address(one["Reply-To"].addresses[0].addr_spec) == desk.conversation
    assert one["In-Reply-To"] == one["References"] == "<c2b1f9e0-first@example.net>"
    assert two["In-Reply-To"] == "<c2b1f9e0-second@example.net>"
    assert two["References"].split() == [
        "<c2b1f9e0-first@example.net>",
        one["Message-ID"],
        "<c2b1f9e0-second@example.net>",
    ]
    assert body_of(one) == (
        "On its way.\n\n-- \nAcme\nhttps://acme.example\n\n"
        "On 2026-03-02 09:00 UTC, Ann wrote:\n\n> Where is my parcel?"
    )
    assert '<a href="https://acme.example">' in body_of(one, "html")
    assert "> It was to come yesterday." in body_of(two)
    assert [await desk.state(each.id) for each in (first, second)] == [(DeliveryState.SENT, None)] * 2


async def test_the_signature_is_in_the_conversations_language(desk: Desk) -> None:
    await desk.configure(signature=SIGNATURES)
    await desk.run(in_language, "zh-CN")
    await desk.reply("在路上。")
    await desk.run(in_language, "fr")
    await desk.reply("En route.", key="r2")
    assert [body_of(mail) for mail in desk.mails()] == [
        "在路上。\n\n-- \n某公司",
        "En route.\n\n-- \nAcme\nhttps://acme.example",
    ]
    assert [mail["Content-Language"] for mail in desk.mails()] == ["zh-CN", "fr"]


def in_language(tx: Tx, conversation: ConversationId, language: str) -> None:
    tx.conn.execute(conversations.update().values(language=language))


async def test_an_agents_name_is_not_in_a_mail_where_the_inbox_says_so(desk: Desk) -> None:
    await desk.configure(agent_names=False)
    await desk.reply("On its way.")
    assert desk.mails()[0]["From"] == "Support <support@example.com>"


async def test_an_address_is_nobodys_name(desk: Desk) -> None:
    def unnamed(tx: Tx, conversation: ConversationId) -> None:
        tx.conn.execute(inbox.update().where(inbox.c.kind == "email").values(name="support@example.com"))

    await desk.configure(name="")
    await desk.run(unnamed)
    await desk.reply("On its way.")
    assert desk.mails()[0]["From"] == "Ada <support@example.com>"


async def test_what_the_bot_says_is_marked_as_no_persons(desk: Desk) -> None:
    def to_bot(tx: Tx, conversation: ConversationId) -> int:
        return lifecycle.to_bot(tx, get_conversation(tx, conversation)).turn

    turn = await desk.run(to_bot)
    await desk.shop.answer(desk.conversation, "I am a program.", author=ByBot(turn), key="b1")
    [mail] = desk.mails()
    assert (mail["Auto-Submitted"], mail["From"]) == ("auto-replied", "Support <support@example.com>")


async def test_who_joined_gets_a_copy_and_nobody_else_does(desk: Desk) -> None:
    def people(tx: Tx, conversation: ConversationId) -> None:
        known = get_conversation(tx, conversation)
        join(tx, conversation, bea(), ADA)
        join(tx, conversation, bea("dora@example.org"), ADA)
        # Our own mailbox, also with something after a plus, whoever let it in.
        join(tx, conversation, bea("support@example.com"), ADA)
        note_others(tx, known, [bea("carl@example.org")], joined=False)

    await desk.run(people)
    replies = [
        await desk.reply("All", key="r1"),
        await desk.reply("One", key="r2", copies=["dora@example.org"]),
        await desk.reply("None", key="r3", copies=[]),
    ]
    reached = [sorted(recipients) for recipients, _ in desk.server.taken]
    ann = "ann@example.net"
    assert reached == [[ann, "bea@example.org", "dora@example.org"], [ann, "dora@example.org"], [ann]]
    assert [str(mail["Cc"]) for mail in desk.mails()] == [
        "Bea <bea@example.org>, Dora <dora@example.org>",
        "Dora <dora@example.org>",
        "None",
    ]
    envelopes = [(await desk.stored(each.id)).envelope for each in replies]
    assert [[p.address for p in each.copies] for each in envelopes if each is not None] == [
        ["bea@example.org", "dora@example.org"],
        ["dora@example.org"],
        [],
    ]
    assert envelopes[0] is not None
    assert envelopes[0].sender.address == "support@example.com"
    assert envelopes[0].subject == "Re: My parcel"


async def test_who_of_the_copies_was_refused_is_told(desk: Desk) -> None:
    await desk.run(lambda tx, conversation: join(tx, conversation, bea(), ADA))
    desk.server.faults["RCPT bea@example.org"] = "550 5.1.1 nobody here"
    reply = await desk.reply("Hi")
    assert await desk.state(reply.id) == (DeliveryState.SENT, "bea@example.org: 550 5.1.1 nobody here")


async def test_a_refusal_for_good_has_failed_and_may_be_sent_again_by_a_persons_word(desk: Desk) -> None:
    desk.server.faults["RCPT"] = "550 5.1.1 nobody here"
    reply = await desk.reply("Hi")
    assert await desk.state(reply.id) == (DeliveryState.FAILED, "550 5.1.1 nobody here")
    desk.server.faults.clear()
    await desk.shop.world.db.run(lambda tx: decide(tx, reply.id, again=True, by=AgentId("ann")))
    await desk.later(1)
    assert await desk.state(reply.id) == (DeliveryState.SENT, None)


async def test_a_server_that_is_away_keeps_the_reply_waiting_with_its_words(desk: Desk) -> None:
    desk.server.faults["MAIL"] = "451 4.3.0 be patient"
    reply = await desk.reply("Hi")
    assert await desk.state(reply.id) == (DeliveryState.QUEUED, "451 4.3.0 be patient")
    desk.server.faults.clear()
    await desk.later(20)
    assert await desk.state(reply.id) == (DeliveryState.SENT, None)
    assert len(desk.server.taken) == 1


@pytest.mark.parametrize(("again", "mails"), [(True, 2), (False, 1)])
async def test_what_may_have_arrived_is_never_sent_again_but_by_a_persons_word(
    desk: Desk, *, again: bool, mails: int
) -> None:
    desk.server.faults["end"] = How.CLOSE
    reply = await desk.reply("Hi")
    assert (await desk.state(reply.id))[0] is DeliveryState.UNCERTAIN
    desk.server.faults.clear()
    for _ in range(4):
        await desk.later(20)
    assert len(desk.server.taken) == 1
    # The next one goes, and names the one that may have arrived.
    await desk.reply("More", key="r2")
    first, second = desk.mails()
    assert first["Message-ID"] in second["References"].split()
    desk.server.taken.pop()
    await desk.shop.world.db.run(lambda tx: decide(tx, reply.id, again=again, by=AgentId("ann")))
    await desk.later(1)
    assert (await desk.state(reply.id))[0] is DeliveryState.SENT
    assert len(desk.server.taken) == mails
    assert len({mail["Message-ID"] for mail in desk.mails()}) == 1


async def test_files_and_pictures_and_articles_are_in_the_mail(desk: Desk) -> None:
    picture = await stored(desk.shop, "照片.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20)
    paper = await stored(desk.shop, "发票.pdf", "application/pdf", b"%PDF-1.4 ...")
    card = ArticleCard(ArticleId("a1"), "en", "Returns", "Within thirty days.")
    reply = await desk.reply("See", card, picture, paper)
    assert (await desk.state(reply.id))[0] is DeliveryState.SENT
    [mail] = desk.mails()
    assert body_of(mail) == "See\n\nReturns\nWithin thirty days.\n\n[照片.png]"
    [attached] = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("发票.pdf", b"%PDF-1.4 ...")
    shown = next(part for part in mail.walk() if part.get_content_maintype() == "image")
    assert f"cid:{shown['Content-ID'].strip('<>')}" in body_of(mail, "html")


async def stored(shop: Shop, name: str, kind: str, content: bytes) -> Part:
    pieces = [content, b""]

    async def piece() -> bytes:
        return pieces.pop(0)

    return await shop.part.library.store("visitor:x", Upload(name, kind, piece))


async def test_more_files_than_a_mail_holds_are_refused_before_anything_is_sent(desk: Desk) -> None:
    huge = [Attachment(MediaId(f"m{n}"), f"{n}.bin", "application/zip", 10 * 2**20) for n in range(2)]
    reply = await desk.reply("See", *huge)
    state, reason = await desk.state(reply.id)
    assert state is DeliveryState.FAILED
    assert reason is not None
    assert "bytes together" in reason
    assert desk.server.sessions == 0


async def test_a_connection_is_kept_for_the_next_mail_and_made_anew_when_it_died(desk: Desk) -> None:
    await desk.reply("One", key="r1")
    await desk.reply("Two", key="r2")
    assert desk.server.sessions == 1
    for writer in list(desk.server.open):
        writer.transport.abort()
    await desk.shop.until(lambda: not desk.server.open)
    reply = await desk.reply("Three", key="r3")
    assert (await desk.state(reply.id))[0] is DeliveryState.SENT
    assert desk.server.sessions == 2


async def test_a_reply_to_one_of_our_own_mailboxes_is_not_sent(desk: Desk) -> None:
    await desk.configure(aliases=["ann@example.net"])
    reply = await desk.reply("Hi")
    assert await desk.state(reply.id) == (
        DeliveryState.FAILED,
        "ann@example.net is an address of our own",
    )
    assert desk.server.taken == []


async def test_replies_beyond_the_rate_wait_in_their_order_and_lose_no_attempt(desk: Desk) -> None:
    smtp = {**CONFIG["smtp"], "port": desk.server.port, "per_minute": 2}
    await desk.configure(smtp=smtp)
    replies = [await desk.reply(str(n), key=f"r{n}") for n in range(5)]
    assert [body_of(mail) for mail in desk.mails()] == ["0", "1"]
    for _ in range(3):
        await desk.later(60)
        await desk.later(0)
    assert [body_of(mail) for mail in desk.mails()] == ["0", "1", "2", "3", "4"]
    assert [(await desk.state(each.id))[0] for each in replies] == [DeliveryState.SENT] * 5


async def test_a_conversation_that_we_begin_has_its_own_subject_and_answers_nothing(shop: Shop) -> None:
    server = await started(shop)
    await shop.configure("post", **{**CONFIG, "smtp": {**CONFIG["smtp"], "port": server.port}})

    def begin(tx: Tx) -> ConversationId:
        channel = shop.part.channels["email"]
        point = ensure_point(tx, channel.person("Zoë@Example.ORG", "Zoë"))
        return lifecycle.write_first(
            tx, get_inbox(tx, InboxId("post")), point, Opening("t1", "en", "Your order"), ADA
        ).id

    conversation = await shop.world.db.run(begin)
    await shop.answer(conversation, "Hello Zoë", author=ByAgent(ADA))
    # The server in front of us knows no SMTPUTF8, and the name before the @ needs it.
    found = await shop.world.db.read(lambda tx: tx.conn.execute(select(table)).one())
    assert (found.delivery, "Latin" in found.delivery_reason) == ("failed", True)
    server.extensions = ("SMTPUTF8",)
    shop.part.email.close()
    await shop.world.db.run(lambda tx: decide(tx, MessageId(found.id), again=True, by=AgentId("ann")))
    await shop.world.relay.drain()
    [(recipients, raw)] = server.taken
    mail = read(raw)
    assert (mail["Subject"], mail["In-Reply-To"], mail["References"]) == ("Your order", None, None)
    assert recipients == ["zoë@example.org"]
    assert "<zoë@example.org>".encode() in raw.partition(b"\r\n\r\n")[0]


def test_nobody_else_can_make_our_message_ids() -> None:
    ours, theirs = signer_of(SECRET), Signer(b"another secret of 16")
    made = theirs.message_id(ConversationId("c1"), MessageId("m1"), "example.com")
    assert ours.read_message_id(made) is None
