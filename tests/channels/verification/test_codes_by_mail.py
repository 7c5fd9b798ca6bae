"""A visitor proves an address: the code comes by mail, once and plainly, and what they type joins their contact to it."""

import re
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest

from channels.email.sending.turns import Turns
from channels.live.proofs import Begun, Who
from channels.verification.service import VerificationGiven, Verifications
from core.contact import Sender
from core.errors import Invalid, Unavailable
from core.ids import InboxId
from core.inbox import Inbox
from core.merging import Proof
from core.store.conversations import ensure_point, get_inbox
from core.store.tables.people import verification
from core.store.tx import Tx
from core.verification import Limited, Over, Proven, Wrong
from tests.builders import an_inbox
from tests.channels.elsewhere import stands_elsewhere
from tests.channels.email.sending.standin import StandIn
from tests.channels.shop import TEXTS, Shop
from tests.contracts.mail import CONFIG, body_of, read, started
from tests.core.people import same_person


@dataclass
class Desk:
    """``server`` takes the mails that leave."""

    shop: Shop
    server: StandIn
    who: Who
    verifications: Verifications = field(init=False)

    def __post_init__(self) -> None:
        self.verifications = self.shop.part.verifications

    async def begin(self, address: str | None, kind: str = "email") -> Begun | Limited:
        def work(tx: Tx) -> Begun | Limited:
            return self.verifications.begin(tx, self.who, kind, address)

        found = await self.shop.world.db.run(work)
        await self.shop.world.relay.drain()
        return found

    async def type(self, proof: str, code: str) -> Proven | Wrong | Over:
        return await self.shop.world.db.run(lambda tx: self.verifications.typed(tx, self.who, proof, code))

    def mails(self) -> list[EmailMessage]:
        return [read(raw) for _, raw in self.server.taken]

    async def inbox(self, id: str) -> Inbox:
        return await self.shop.world.db.read(get_inbox, InboxId(id))


@pytest.fixture
async def desk(shop: Shop) -> Desk:
    """The widget sends codes through the mailbox."""
    server = await started(shop)
    smtp = {**CONFIG["smtp"], "port": server.port}
    await shop.configure("post", **{**CONFIG, "smtp": smtp})
    await shop.configure("web", mail="post")
    web = await shop.world.db.read(get_inbox, InboxId("web"))
    return Desk(shop, server, Who(web, "v1", "en"))


def code_in(mail: EmailMessage) -> str:
    [found] = re.findall(r"^(\d{6})$", body_of(mail), re.MULTILINE)
    return str(found)


async def test_the_code_comes_by_mail_and_joins_who_had_the_address(desk: Desk) -> None:
    writer = Sender("email", "ann@example.net", verified=True, name="Ann")
    ann = (await desk.shop.world.db.run(ensure_point, writer)).contact
    begun = await desk.begin(" Ann@Example.net ")
    assert isinstance(begun, Begun)
    assert (begun.kind, begun.link, begun.expires_in_s) == ("email", None, 600)
    [mail] = desk.mails()
    assert [mail["To"], mail["From"]] == ["ann@example.net", "Support <support@example.com>"]
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("Your code for Support", "auto-replied")
    assert "Give the code to nobody" in body_of(mail)
    proven = await desk.type(begun.proof, code_in(mail))
    assert isinstance(proven, Proven)
    assert (proven.how, proven.contact) == (Proof.MERGED, ann)
    visitor = await desk.shop.world.db.run(ensure_point, Sender("widget", "v1", verified=True))
    assert await desk.shop.world.db.read(same_person, visitor.contact, ann)


async def test_it_is_written_in_the_visitors_language(desk: Desk) -> None:
    desk.who = Who(desk.who.inbox, "v1", "zh-CN")
    await desk.begin("ann@example.net")
    [mail] = desk.mails()
    assert mail["Subject"] == "您在Support的验证码"


async def test_codes_keep_to_the_rate_of_their_mailbox_also_where_its_line_stands_elsewhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_elsewhere(monkeypatch, Turns)
    smtp = {**CONFIG["smtp"], "port": desk.server.port, "per_minute": 1}
    await desk.shop.configure("post", **{**CONFIG, "smtp": smtp})
    await desk.begin("ann@example.net")
    await desk.begin("bea@example.net")
    assert len(desk.mails()) == 1
    desk.shop.world.clock.forward(60)
    await desk.shop.world.relay.drain()
    assert len(desk.mails()) == 2


async def test_while_the_server_is_away_it_is_tried_again_and_says_the_same(desk: Desk) -> None:
    desk.server.faults["RCPT"] = "451 later"
    begun = await desk.begin("ann@example.net")
    assert isinstance(begun, Begun)
    assert desk.mails() == []
    del desk.server.faults["RCPT"]
    desk.shop.world.clock.forward(10)
    await desk.shop.world.relay.drain()
    [mail] = desk.mails()
    assert isinstance(await desk.type(begun.proof, code_in(mail)), Proven)


async def test_an_address_that_does_not_exist_is_answered_like_any_other(desk: Desk) -> None:
    desk.server.faults["RCPT"] = "550 no such user"
    refused = await desk.begin("nobody@example.net")
    del desk.server.faults["RCPT"]
    taken = await desk.begin("ann@example.net")
    assert isinstance(refused, Begun)
    assert isinstance(taken, Begun)
    assert (refused.kind, refused.link, refused.expires_in_s) == (taken.kind, taken.link, taken.expires_in_s)
    assert await desk.type(refused.proof, "123456") == Over()


async def test_where_there_is_no_way_to_prove_it_says_which_there_are(desk: Desk) -> None:
    with pytest.raises(Invalid, match="kind: expected email"):
        await desk.begin(None, kind="telegram")
    for address in (None, "", "ann", "a@b@c", "support@example.com"):
        with pytest.raises(Invalid, match="address"):
            await desk.begin(address)
    await desk.shop.configure("web")
    with pytest.raises(Invalid, match="kind: expected none here"):
        await desk.begin("ann@example.net")
    assert desk.mails() == []


async def test_a_bots_link_leads_to_the_code(desk: Desk) -> None:
    await desk.shop.world.db.run(an_inbox, "bot", kind="telegram")
    await desk.shop.configure("web", telegram="bot")
    names: list[str | None] = [None, "lamp_bot"]
    desk.verifications = Verifications(
        VerificationGiven(
            db=desk.shop.world.db,
            clock=desk.shop.world.clock,
            texts=TEXTS,
            email=desk.shop.part.email,
            secret=lambda: "a-token-that-nobody-guesses",
            links={"telegram": lambda _tx, _inbox, payload: _link(names.pop(0), payload)},
        )
    )
    with pytest.raises(Unavailable):
        await desk.begin(None, kind="telegram")
    begun = await desk.begin(None, kind="telegram")
    assert isinstance(begun, Begun)
    assert begun.link == "https://t.me/lamp_bot?start=v_a-token-that-nobody-guesses"
    payload = begun.link.partition("=")[2]

    def opened(tx: Tx, payload: str, account: str) -> str:
        return desk.verifications.opened(tx, InboxId("bot"), payload, account, "en")

    assert "of no use" in await desk.shop.world.db.run(opened, "v_guessed", "4711")
    told = await desk.shop.world.db.run(opened, payload, "4711")
    assert "of no use" in await desk.shop.world.db.run(opened, payload, "666")
    [code] = re.findall(r"^\d{6}$", told, re.MULTILINE)
    proven = await desk.type(begun.proof, code)
    assert isinstance(proven, Proven)
    assert (proven.kind, proven.address) == ("telegram", "4711")


def _link(name: str | None, payload: str) -> str | None:
    return None if name is None else f"https://t.me/{name}?start={payload}"


async def test_nothing_that_is_logged_or_told_names_the_address_or_the_code(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.server.faults["end"] = "451 later"
    with caplog.at_level("DEBUG"):
        await desk.begin("ann@example.net")
        desk.server.faults.clear()
        desk.shop.world.clock.forward(10)
        await desk.shop.world.relay.drain()
    [mail] = desk.mails()[-1:]
    assert code_in(mail) not in caplog.text
    assert "ann@example.net" not in caplog.text

    def stored(tx: Tx) -> str:
        events = tx.conn.exec_driver_sql("SELECT data FROM event").all()
        return repr(events) + repr(tx.conn.execute(verification.select()).all())

    assert code_in(mail) not in await desk.shop.world.db.read(stored)
