"""Who waits for a person where the bot answers others hears out of hours what they may expect, once for each night."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.handing.doing import Around
from bot.handing.promising import Promises
from bot.handing.service import Service, There
from bot.handing.settings import HandingSettings
from bot.handing.telling import Telling
from core import holding_out, lifecycle
from core.cases import number_of
from core.conversation import InQueue, WithBot
from core.ids import ConversationId, QueueId
from core.inbox import BotMode
from core.message import BySystem, Proof
from core.store.conversations import get_conversation
from core.store.tables.people import contact, inbox
from core.store.tx import Tx
from tests.bot.builders import TEXTS, scripted
from tests.bot.desk import ADA, Desk, a_desk, words
from tests.bot.handing.test_doing import BACK

pytestmark = pytest.mark.served
DAY = Service(There.FREE, open=True)


@dataclass
class Hours:
    """Implements ``Staff`` and ``Addresses``: nobody is there, until a test says otherwise."""

    now: Service = BACK

    def service(self, tx: Tx, queue: QueueId) -> Service:
        return self.now

    def wanted(self, tx: Tx, conversation: ConversationId) -> bool:
        return True


@asynccontextmanager
async def a_shop(address: str, hours: Hours, mail: BotMode = BotMode.ANSWER) -> AsyncIterator[Desk]:
    limits = HandingSettings()
    around = Around(staff=hours, addresses=hours)
    promises = Promises(around, Telling(TEXTS, limits), limits)
    async with a_desk(address, scripted(), around, mail, also=(promises.handler(),), handing=limits) as desk:
        yield desk


async def resolved(desk: Desk, conversation: ConversationId) -> None:
    """An agent took it, and is done with it."""
    await desk.take(conversation)
    await desk.world.db.run(lambda tx: lifecycle.resolve(tx, get_conversation(tx, conversation), by=ADA))


async def hold_out_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.world.db.run(lambda tx: tx.conn.execute(update(inbox).values(hold_out=0.5)))
    monkeypatch.setattr(holding_out, "place_of", lambda key, person: 0.0)


async def test_who_is_held_out_hears_when_people_are_back_with_a_case_and_how_to_be_reached(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_shop(sqlite_address, Hours()) as desk:
        await hold_out_all(desk, monkeypatch)
        (reply,) = await desk.say("How do I pay by card?")
        assert isinstance((await desk.conversation(reply.conversation)).handler, InQueue)
        number = await desk.world.db.read(number_of, reply.conversation)
    assert reply.author == BySystem()
    assert words(reply).startswith("Our team has your message.")
    assert "we are back on Mon 9 Mar at 09:00 (Berlin time)" in words(reply)
    assert f"Your case is #{number}." in words(reply)
    assert "e-mail address" in words(reply)


async def test_it_is_told_in_the_language_and_on_the_clock_of_the_customer(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_shop(sqlite_address, Hours()) as desk:
        await hold_out_all(desk, monkeypatch)
        received = await desk.write("怎么付款？")
        await desk.world.db.run(
            lambda tx: tx.conn.execute(update(contact).values(attributes={"timezone": "Asia/Shanghai"}))
        )
        await desk.world.relay.drain()
        (reply,) = await desk.replies(received.conversation)
    assert words(reply).startswith("我们的团队已收到您的消息")
    assert "16:00上班" in words(reply)


async def test_it_is_said_once_a_night_however_often_they_write_and_again_the_next(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = Hours()
    async with a_shop(sqlite_address, hours) as desk:
        await hold_out_all(desk, monkeypatch)
        assert len(await desk.say("Hello?")) == 1
        assert len(await desk.say("Anybody?")) == 1
        hours.now = DAY
        assert len(await desk.say("Good morning")) == 1
        assert BACK.opens_at is not None
        hours.now = replace(BACK, opens_at=BACK.opens_at + timedelta(days=1))
        assert len(await desk.say("Still waiting")) == 2


async def test_who_was_passed_on_by_day_hears_at_night_that_nobody_is_there_any_more(
    sqlite_address: str,
) -> None:
    hours = Hours(DAY)
    async with a_shop(sqlite_address, hours) as desk:
        (farewell,) = await desk.say("agent please")
        hours.now = BACK
        *_, last = await desk.say("are you there?")
        assert last.id != farewell.id
        assert "we are back" in words(last)


async def test_who_was_passed_on_at_night_has_heard_it(sqlite_address: str) -> None:
    async with a_shop(sqlite_address, Hours()) as desk:
        assert len(await desk.say("agent please")) == 1
        assert len(await desk.say("hello?")) == 1


async def test_who_still_waits_in_the_night_after_hears_it_anew(sqlite_address: str) -> None:
    hours = Hours()
    async with a_shop(sqlite_address, hours) as desk:
        await desk.say("agent please")
        assert BACK.opens_at is not None
        hours.now = replace(BACK, opens_at=BACK.opens_at + timedelta(days=1))
        *_, last = await desk.say("hello?")
    assert words(last).startswith("Our team has your message.")


async def test_whom_an_agent_takes_in_the_meantime_hears_the_agent(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_shop(sqlite_address, Hours()) as desk:
        await hold_out_all(desk, monkeypatch)
        received = await desk.write("Hello?")
        await desk.take(received.conversation)
        await desk.world.relay.drain()
        assert await desk.replies(received.conversation) == []


async def test_who_writes_after_an_agent_has_resolved_hears_it_also_in_the_night_of_the_farewell(
    sqlite_address: str,
) -> None:
    async with a_shop(sqlite_address, Hours()) as desk:
        (farewell,) = await desk.say("agent please")
        await resolved(desk, farewell.conversation)
        *before, last = await desk.say("One more thing")
        assert isinstance((await desk.conversation(farewell.conversation)).handler, InQueue)
    assert len(before) == 1
    assert "we are back" in words(last)


async def test_nobody_hears_it_whom_an_agent_or_the_bot_has_or_while_people_are_there(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = Hours()
    async with a_shop(sqlite_address, hours) as desk:
        (answer,) = await desk.say("How do I pay by card?")
        assert (await desk.conversation(answer.conversation)).handler == WithBot()
        assert "Our team" not in words(answer)
        (farewell,) = await desk.say("agent please", visitor="v2")
        await desk.take(farewell.conversation)
        assert len(await desk.say("hello?", visitor="v2")) == 1
        hours.now = DAY
        await hold_out_all(desk, monkeypatch)
        assert await desk.say("hello?", visitor="v3") == []


@pytest.mark.parametrize("mode", [BotMode.OFF, BotMode.SUGGEST])
async def test_where_the_bot_answers_nobody_it_promises_nothing(sqlite_address: str, mode: BotMode) -> None:
    async with a_shop(sqlite_address, Hours(), mode) as desk:
        received = await desk.mail("Hello")
        await desk.world.relay.drain()
        assert await desk.replies(received.conversation) == []


@pytest.mark.parametrize(
    "values", [{"automatic": "auto-replied"}, {"to_bot": False}, {"proof": Proof.FAILED, "to_bot": False}]
)
async def test_machines_lists_and_made_up_senders_get_no_letter(
    sqlite_address: str, values: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_shop(sqlite_address, Hours()) as desk:
        await hold_out_all(desk, monkeypatch)
        told = await desk.mail("How do I pay?")
        await desk.world.relay.drain()
        assert len(await desk.replies(told.conversation)) == 1
        received = await desk.mail("Hello", thread="t2", **values)  # type: ignore[arg-type]
        await desk.world.relay.drain()
        assert await desk.replies(received.conversation) == []
