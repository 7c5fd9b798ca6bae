"""A visitor proves that an account with our bot is theirs: they open its link, it tells them a code, they type it in the chat."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.ids import ConversationId
from core.store.conversations import find_point, peek_conversation
from core.store.tables.people import contact_merge
from core.store.tx import Tx
from tests.channels.shop import Visitor
from tests.channels.telegram.receiving.line import ANN, BEN, INBOX, Line, a_line
from tests.core.people import same_person

pytestmark = pytest.mark.server


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """The widget proves accounts with the bot, to which Ann has written before."""
    async with a_line(tmp_path, mode="webhook") as made:
        await made.shop.configure("web", telegram=INBOX)
        await made.post(made.bot.says(ANN, "Hello"))
        yield made


async def begun(line: Line) -> tuple[Visitor, ConversationId, str, str]:
    """A visitor who has asked to prove an account; the proof, and what stands behind the link's ``start=``."""
    visitor = await line.shop.visit()
    assert visitor.welcome["inbox"]["offers"]["prove"] == ["telegram"]
    said = await visitor.say("Hi")
    await visitor.send("prove", kind="telegram")
    proving = await visitor.until("proving", "error")
    assert proving["link"].startswith("https://t.me/parley_bot?start=v_")
    start = proving["link"].partition("start=")[2]
    assert re.fullmatch(r"[\w-]{1,64}", start)
    return visitor, ConversationId(said["conversation"]), proving["proof"], start


def told(line: Line) -> str:
    [code] = re.findall(r"^\d{6}$", line.bot.texts()[-1], re.MULTILINE)
    return str(code)


async def test_who_types_what_the_bot_told_them_is_one_with_who_wrote_to_it(line: Line) -> None:
    visitor, conversation, proof, start = await begun(line)
    await line.post(line.bot.says(ANN, f"/start {start}"))
    assert "Give the code to nobody" in line.bot.texts()[-1]
    await visitor.send("code", proof=proof, code=told(line))
    proven = await visitor.until("proven", "error")
    assert (proven["type"], proven["kind"], proven["address"]) == ("proven", "telegram", str(ANN.id))

    def joined(tx: Tx) -> bool:
        point = find_point(tx, "telegram", str(ANN.id))
        return point is not None and same_person(
            tx, point.contact, peek_conversation(tx, conversation).contact
        )

    assert await line.shop.world.db.read(joined)


async def test_pressing_the_link_alone_joins_nobody_and_only_the_first_gets_the_code(line: Line) -> None:
    visitor, _, proof, start = await begun(line)
    await line.post(line.bot.says(ANN, f"/start {start}"))
    code = told(line)
    await line.post(line.bot.says(BEN, f"/start {start}"))
    assert re.findall(r"^\d{6}$", line.bot.texts()[-1], re.MULTILINE) == []

    def merges(tx: Tx) -> int:
        return tx.conn.execute(select(func.count()).select_from(contact_merge)).scalar_one()

    assert await line.shop.world.db.read(merges) == 0
    stranger = await line.shop.visit()
    await stranger.send("code", proof=proof, code=code)
    assert (await stranger.until("proven", "error"))["code"] == "proof_over"
    assert await line.shop.world.db.read(merges) == 0
    await visitor.send("code", proof=proof, code=code)
    assert (await visitor.until("proven", "error"))["type"] == "proven"
