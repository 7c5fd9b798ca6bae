"""A customer proves who they are in the chat with the bot: the code comes by mail, and only then anything of theirs changes."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.proving import ConversationProofs
from bot.contract import Turn
from bot.orders.store import StoredOrders
from bot.proving import CodeAsked, CodeIsOver, CodeIsRight, CodeIsWrong, CodeRefused, Ways
from core.contact import Sender
from core.ids import ConversationId
from core.message import Inbound, Text
from core.receive import receive_message
from core.store.contacts import is_identified
from core.store.conversations import ensure_point
from core.store.tx import Tx
from tests.bot.builders import a_turn
from tests.builders import an_inbound, an_inbox
from tests.channels.email.sending.standin import StandIn
from tests.channels.shop import Shop, a_shop
from tests.contracts.mail import CONFIG, body_of, read, started

pytestmark = pytest.mark.served
OWNER = "ann@example.net"


@dataclass
class Desk:
    shop: Shop
    server: StandIn
    proofs: ConversationProofs

    async def visitor(self, name: str = "v1") -> Turn:
        """The turn of a visitor who wrote in the widget."""
        received = await self.shop.world.db.run(receive_message, an_inbound(key=name, visitor=name))
        return a_turn("Cancel it", conversation=received.conversation)

    async def sent(self, turn: Turn, address: str = OWNER) -> str:
        asked = await self.proofs.send(turn, address, "en")
        assert isinstance(asked, CodeAsked)
        await self.shop.world.relay.drain()
        return asked.proof

    def code(self) -> str:
        """In the last mail that left."""
        _, raw = self.server.taken[-1]
        (found,) = re.findall(r"^(\d{6})$", body_of(read(raw)), re.MULTILINE)
        return str(found)

    def wrong(self) -> str:
        return str((int(self.code()) + 1) % 1_000_000).zfill(6)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The widget sends codes through the mailbox."""
    async with a_shop(tmp_path) as shop:
        server = await started(shop)
        smtp = {**CONFIG["smtp"], "port": server.port}
        await shop.configure("post", **{**CONFIG, "smtp": smtp})
        await shop.configure("web", mail="post")
        yield Desk(
            shop,
            server,
            ConversationProofs(shop.world.db, shop.part.verifications, StoredOrders(shop.world.db)),
        )


async def test_the_code_that_came_by_mail_proves_the_customer(desk: Desk) -> None:
    turn = await desk.visitor()
    assert await desk.proofs.ways(turn, None) == Ways(mail=True)
    proof = await desk.sent(turn)
    proven = await desk.proofs.check(turn, proof, desk.code())
    assert proven == CodeIsRight(True, (OWNER,), ())
    visitor = await desk.shop.world.db.run(ensure_point, Sender("widget", "v1", verified=True))
    assert await desk.shop.world.db.read(is_identified, visitor.contact)


async def test_guesses_are_counted_and_end(desk: Desk) -> None:
    turn = await desk.visitor()
    proof = await desk.sent(turn)
    guessed = [await desk.proofs.check(turn, proof, desk.wrong()) for _ in range(6)]
    assert guessed == [*(CodeIsWrong(left) for left in (4, 3, 2, 1, 0)), CodeIsOver()]
    assert await desk.proofs.check(turn, proof, desk.code()) == CodeIsOver()


async def test_a_code_is_over_after_its_time_and_in_every_other_conversation(desk: Desk) -> None:
    turn, other = await desk.visitor(), await desk.visitor("v2")
    proof = await desk.sent(turn)
    assert await desk.proofs.check(other, proof, desk.code()) == CodeIsOver()
    desk.shop.world.clock.forward(601)
    assert await desk.proofs.check(turn, proof, desk.code()) == CodeIsOver()


async def test_no_code_goes_to_what_is_no_address_or_ours_or_too_often(desk: Desk) -> None:
    turn = await desk.visitor()
    for address in ("ann", "support@example.com"):
        assert await desk.proofs.send(turn, address, "en") == CodeRefused(address=True)
    for _ in range(5):
        assert isinstance(await desk.proofs.send(turn, OWNER, "en"), CodeAsked)
    assert await desk.proofs.send(turn, OWNER, "en") == CodeRefused(address=False)


async def test_an_inbox_without_a_mailbox_offers_no_proof(desk: Desk) -> None:
    turn = await desk.visitor()
    await desk.shop.configure("web")
    assert await desk.proofs.ways(turn, None) == Ways()
    assert await desk.proofs.send(turn, OWNER, "en") == CodeRefused(address=False)


async def test_a_channel_without_sessions_offers_no_proof(desk: Desk) -> None:
    def written(tx: Tx) -> ConversationId:
        an_inbox(tx, "bot", kind="telegram")
        said = an_inbound(key="t1")
        inbound = Inbound(
            type(said.inbox)("bot"),
            "t1",
            Sender("telegram", "42", verified=True),
            (Text("hi"),),
            said.thread,
            said.sent_at,
        )
        return receive_message(tx, inbound).conversation

    conversation = await desk.shop.world.db.run(written)
    turn = a_turn("Cancel it", conversation=conversation)
    assert await desk.proofs.ways(turn, None) == Ways()
