"""A customer proves who they are by a code that our bot tells an account of theirs: only one that proof makes the order's owner's."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import update

from app.proving import ConversationProofs
from bot.contract import Turn
from bot.orders.store import StoredOrders
from bot.proving import CodeAsked, CodeIsOver, CodeIsRight, CodeIsWrong, CodeRefused, Ways
from bot.record import RecordSettings, load_turn
from core.claims import claim
from core.events import MessageReceived
from core.ids import AgentId, ContactId, TurnId
from core.merging import merge, prove_point
from core.ordering.importing import put_orders
from core.ordering.reading import customer_of
from core.receive import receive_message
from core.store.conversations import find_point, get_conversation
from core.store.tables.conversation import conversation as conversations
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.bot.builders import a_turn
from tests.builders import an_inbound
from tests.channels.telegram.receiving.line import ANN, BEN, Line, a_line
from tests.core.ordering.shop import NUMBER, OLIVE, an_order
from tests.core.people import somebody

pytestmark = pytest.mark.served
NAME = [{"type": "mention", "offset": 0, "length": 11}]
THERE = Ways(account="Telegram (A…)")


@dataclass
class Desk:
    line: Line
    proofs: ConversationProofs

    async def visitor(self, name: str = "v1") -> Turn:
        """The turn of a visitor who wrote in the widget."""
        db = self.line.shop.world.db
        received = await db.run(receive_message, an_inbound(key=name, visitor=name))
        contact = (await db.read(get_conversation, received.conversation)).contact
        return a_turn("Cancel it", conversation=received.conversation, contact=contact)

    async def point(self, person: int = ANN.id) -> ContactId:
        """The contact behind an account."""
        point = await self.line.shop.world.db.read(lambda tx: find_point(tx, "telegram", str(person)))
        assert point is not None
        return point.contact

    async def owner(self, address: str = OLIVE) -> None:
        """Ann has proven to be whom the order belongs to."""
        ann = await self.point()
        await self.line.shop.world.db.run(lambda tx: prove_point(tx, ann, "email", address))

    async def heard(self, at: int) -> Turn:
        """As the bot takes what came in there."""
        message = (await self.line.heard())[at].message
        received = MessageReceived(message.conversation, message.id, "bot", 0)

        def load(tx: Tx) -> Turn:
            here = conversations.c.id == message.conversation
            tx.conn.execute(update(conversations).where(here).values(handler="bot", turn=0))
            loaded = load_turn(tx, received, TurnId("t"), RecordSettings())
            assert isinstance(loaded, Turn)
            return loaded

        return await self.line.shop.world.db.run(load)

    def code(self) -> str:
        """What the bot told Ann last."""
        [found] = re.findall(r"^\d{6}$", self.line.bot.texts()[-1], re.MULTILINE)
        return str(found)

    async def identified(self, contact: ContactId) -> tuple[str, ...]:
        customer = await self.line.shop.world.db.read(lambda tx: customer_of(tx, contact))
        return customer.emails


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Ann wrote to the bot once; the order is Olive's."""
    async with a_line(tmp_path, mode="webhook", groups=True) as line:
        db = line.shop.world.db
        await line.post(line.bot.says(ANN, "Hello"))
        await db.run(put_orders, [an_order()])
        yield Desk(line, ConversationProofs(db, line.shop.part.verifications, StoredOrders(db)))


async def test_a_code_told_to_the_owners_account_proves_the_customer(desk: Desk) -> None:
    await desk.owner()
    turn = await desk.visitor()
    assert await desk.proofs.ways(turn, NUMBER) == THERE
    asked = await desk.proofs.send_to_account(turn, NUMBER, "en")
    assert isinstance(asked, CodeAsked)
    assert "Give the code to nobody" in desk.line.bot.texts()[-1]
    wrong = str((int(desk.code()) + 1) % 1_000_000).zfill(6)
    assert await desk.proofs.check(turn, asked.proof, wrong) == CodeIsWrong(4)
    assert await desk.identified(turn.contact) == ()
    assert await desk.proofs.check(turn, asked.proof, desk.code()) == CodeIsRight(True, (OLIVE,), ())
    assert await desk.identified(turn.contact) == (OLIVE,)


async def test_guesses_times_and_other_conversations_count_as_by_mail(desk: Desk) -> None:
    await desk.owner()
    turn, other = await desk.visitor(), await desk.visitor("v2")
    asked = await desk.proofs.send_to_account(turn, NUMBER, "en")
    assert isinstance(asked, CodeAsked)
    assert await desk.proofs.check(other, asked.proof, desk.code()) == CodeIsOver()
    desk.line.shop.world.clock.forward(601)
    assert await desk.proofs.check(turn, asked.proof, desk.code()) == CodeIsOver()
    sent = [await desk.proofs.send_to_account(turn, NUMBER, "en") for _ in range(5)]
    assert [type(each) for each in sent] == [CodeAsked] * 4 + [CodeRefused]


async def test_who_writes_from_that_very_account_is_proven_already_and_in_a_group_is_not(desk: Desk) -> None:
    await desk.owner()
    line = desk.line
    await line.post(
        line.bot.says(ANN, "Cancel it"),
        line.bot.writes(ANN, line.bot.group(-5), text="@parley_bot cancel", entities=NAME),
        line.bot.says(BEN, "Cancel it"),
    )
    turns = [await desk.heard(at) for at in range(len(await line.heard()))]
    assert [(each.verified, each.emails) for each in turns] == [
        (True, (OLIVE,)),
        (True, (OLIVE,)),
        (False, ()),
        (False, ()),
    ]


@pytest.mark.parametrize(
    "how", ["claims it", "was merged by an agent", "was written to by an agent", "has another"]
)
async def test_no_code_goes_to_an_account_that_only_says_to_be_the_owners(desk: Desk, how: str) -> None:
    ann, turn = await desk.point(), await desk.visitor()

    def pretend(tx: Tx) -> None:
        match how:
            case "claims it":
                claim(tx, ann, "email", OLIVE, source="left")
            case "was merged by an agent":
                merge(tx, ann, somebody(tx, "email", OLIVE, name="Olive"), by=AgentId("ada"))
            case "was written to by an agent":
                somebody(tx, "email", OLIVE, verified=False)
                theirs = contact_point.c.kind == "email"
                tx.conn.execute(update(contact_point).where(theirs).values(contact_id=ann))
            case _:
                prove_point(tx, ann, "email", "mallory@example.com")

    await desk.line.shop.world.db.run(pretend)
    before = len(desk.line.bot.texts())
    assert await desk.proofs.ways(turn, NUMBER) == Ways()
    assert await desk.proofs.send_to_account(turn, NUMBER, "en") == CodeRefused(address=False)
    assert len(desk.line.bot.texts()) == before


async def test_a_code_that_an_impostors_account_is_told_by_mistake_of_an_agent_opens_nothing(
    desk: Desk,
) -> None:
    """An agent merged the visitor with the owner: the visitor still has to prove it, and is asked at the owner's account."""
    await desk.owner()
    turn, ann = await desk.visitor(), await desk.point()
    await desk.line.shop.world.db.run(lambda tx: merge(tx, turn.contact, ann, by=AgentId("ada")))
    assert await desk.identified(turn.contact) == ()
    assert await desk.proofs.ways(turn, NUMBER) == THERE


@pytest.mark.parametrize("lost", ["blocked", "inbox off", "only a group", "not verified"])
async def test_what_cannot_be_written_to_is_not_offered(desk: Desk, lost: str) -> None:
    await desk.owner()
    turn = await desk.visitor()

    def lose(tx: Tx) -> None:
        if lost == "only a group":
            tx.conn.execute(
                update(conversations).where(conversations.c.inbox_id == "tele").values(thread_key="-7:7001")
            )
        if lost == "not verified":
            here = contact_point.c.kind == "telegram"
            tx.conn.execute(update(contact_point).where(here).values(verified=False))

    await desk.line.shop.world.db.run(lose)
    if lost == "blocked":
        await desk.line.post(desk.line.bot.blocks(ANN))
    if lost == "inbox off":
        await desk.line.switch(on=False)
    assert await desk.proofs.ways(turn, NUMBER) == Ways()
    assert await desk.proofs.send_to_account(turn, NUMBER, "en") == CodeRefused(address=False)


@pytest.mark.parametrize("how", ["error", "reset", "hang"])
async def test_a_code_that_could_not_be_told_is_refused(desk: Desk, how: str) -> None:
    await desk.owner()
    turn = await desk.visitor()
    desk.line.fails("sendMessage", how)
    assert await desk.proofs.send_to_account(turn, NUMBER, "en") == CodeRefused(address=False)


async def test_who_shut_the_bot_out_is_refused_and_not_offered_again(desk: Desk) -> None:
    await desk.owner()
    turn = await desk.visitor()
    desk.line.fails("sendMessage", code=403, description="Forbidden: bot was blocked by the user")
    assert await desk.proofs.ways(turn, NUMBER) == THERE
    assert await desk.proofs.send_to_account(turn, NUMBER, "en") == CodeRefused(address=False)
    assert await desk.proofs.ways(turn, NUMBER) == Ways()
