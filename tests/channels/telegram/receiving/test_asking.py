"""We ask Telegram: nothing lost, nothing doubled, and an administrator sees what is wrong."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from channels.telegram.receiving import problems
from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.desk import Desk, Furnished
from channels.telegram.receiving.told import Said
from core.errors import Conflict
from core.message import Text
from core.store.tables.intake import feed
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.channels.telegram.receiving.line import ANN, BEN, INBOX, Line, a_line, document
from tests.servers.telegram import running_telegram

pytestmark = pytest.mark.server
OTHER_TOKEN = "987654321:AAEhBP0av28fjkdf8sdf9sdfjk3fjsdf8sB"


async def test_what_people_write_becomes_messages(asking: Line) -> None:
    asking.bot.says(ANN, "one")
    await asking.ask()
    await asking.read_all()
    asking.bot.says(BEN, "two")
    await asking.read_all()
    assert await asking.texts() == ["one", "two"]


async def test_many_at_once_come_in_order(asking: Line) -> None:
    said = [f"number {n}" for n in range(230)]
    for text in said:
        asking.bot.says(ANN, text)
    await asking.ask()
    await asking.read_all()
    assert await asking.texts() == said


async def test_an_album_that_an_answer_cuts_is_one_message_though_the_next_answer_comes_much_later(
    asking: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(99):
        asking.bot.says(ANN, f"number {n}")
    asking.bot.album(BEN, [document(asking.bot, name=f"{n}.txt") for n in range(3)])
    answer = asking.bot.updates

    async def much_later(offset: int, limit: int, timeout_s: float) -> list[dict[str, Any]]:
        if offset:
            await asking.work(1.5)
        return await answer(offset, limit, timeout_s)

    monkeypatch.setattr(asking.bot, "updates", much_later)
    await asking.ask()
    await asking.read_all()
    await asking.work(1.5)
    assert (await asking.texts())[99:] == ["0.txt | 1.txt | 2.txt"]


@pytest.mark.parametrize("wholly", [False, True], ids=["its words", "even a word on it"])
@pytest.mark.parametrize(
    "refusal", [Conflict("never"), IntegrityError("insert", {}, Exception("not that")), ValueError("strange")]
)
async def test_what_is_refused_each_time_stops_nobody_else_and_its_own_chat_not_for_ever(
    asking: Line, monkeypatch: pytest.MonkeyPatch, refusal: Exception, *, wholly: bool
) -> None:
    said = Desk.said

    def refusing(self: Desk, tx: Tx, box: Box, what: Said, made: Furnished) -> None:
        if what.pieces == (Text("never to be taken"),) and (wholly or made.parts == what.pieces):
            raise refusal
        said(self, tx, box, what, made)

    monkeypatch.setattr(Desk, "said", refusing)
    asking.bot.says(ANN, "never to be taken")
    asking.bot.says(BEN, "hello")
    await asking.ask()
    await asking.read_all()
    asking.bot.says(ANN, "and what of this?")
    await asking.read_all()
    assert await asking.texts() == ["hello"]
    for _ in range(10):
        await asking.work(12)
    assert await asking.waiting() == [(1001, "failed")]
    word = [] if wholly else ["(A message that could not be read.)"]
    assert await asking.texts() == ["hello", *word, "and what of this?"]


async def test_a_character_that_databases_do_not_take_is_left_out(asking: Line) -> None:
    asking.bot.says(ANN, "be\0fore \\u0000")
    await asking.ask()
    await asking.read_all()
    assert await asking.texts() == ["before \\u0000"]


async def test_the_same_updates_again_change_nothing(asking: Line) -> None:
    first = asking.bot.says(ANN, "one")
    await asking.ask()
    await asking.read_all()
    asking.bot.again(first)
    asking.bot.says(ANN, "two")
    await asking.read_all()
    assert await asking.texts() == ["one", "two"]


async def test_numbers_that_begin_anew_are_read_too(asking: Line) -> None:
    """After a week without news Telegram may number updates from anywhere."""
    asking.bot.says(ANN, "before")
    await asking.ask()
    await asking.read_all()
    await asking.shop.world.supervisor.stop()
    await asking.shop.world.db.run(_long_ago)
    asking.bot.renumber(3)
    asking.bot.says(ANN, "after")
    await asking.ask()
    await asking.read_all()
    assert await asking.texts() == ["before", "after"]


def _long_ago(tx: Tx) -> None:
    tx.conn.execute(update(feed).values(updated_at=tx.now.replace(year=2025)))


@pytest.mark.parametrize("how", ["error", "page", "reset", "half", "garbage", "hang"])
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
async def test_whatever_fails_is_tried_again_and_nothing_is_lost(asking: Line, method: str, how: str) -> None:
    asking.fails(method, how, 2, code=502 if how == "page" else 500)
    asking.bot.says(ANN, "one")
    asking.bot.says(BEN, "two")
    await asking.ask()
    await asking.read_all()
    assert await asking.texts() == ["one", "two"]
    await asking.until_problem(there=False)


async def test_too_many_is_obeyed(asking: Line) -> None:
    asking.fails("getUpdates", code=429, description="Too Many Requests", parameters={"retry_after": 0.05})
    asking.bot.says(ANN, "one")
    await asking.ask()
    await asking.read_all()
    assert await asking.texts() == ["one"]


async def test_a_wrong_token_is_shown_until_it_is_mended(asking: Line) -> None:
    await asking.configure(token=OTHER_TOKEN)
    await asking.ask()
    problem = await asking.until_problem()
    assert problem == problems.UNKNOWN_BOT
    assert OTHER_TOKEN not in str(problem)
    asking.server.bot(OTHER_TOKEN)
    await asking.until_problem(there=False)


async def test_another_program_that_reads_the_bot_is_shown(asking: Line) -> None:
    asking.fails(
        "getUpdates", times=-1, code=409, description="Conflict: terminated by other getUpdates request"
    )
    await asking.ask()
    assert await asking.until_problem() == problems.OTHER
    asking.bot.faults.clear()
    await asking.until_problem(there=False)


async def test_no_log_and_no_problem_holds_the_token(asking: Line, caplog: pytest.LogCaptureFixture) -> None:
    secret = OTHER_TOKEN.partition(":")[2]
    with caplog.at_level("DEBUG"):
        await asking.configure(token=OTHER_TOKEN)
        await asking.ask()
        problem = await asking.until_problem()
        asking.shop.part.telegram.api.lead_to("http://127.0.0.1:9")
        await asking.shop.until(lambda: "cannot be reached" in caplog.text)
    assert secret not in caplog.text
    assert secret not in str(problem)


async def test_another_bot_in_the_same_inbox_starts_from_its_own_beginning(asking: Line) -> None:
    asking.bot.says(ANN, "to the first bot")
    await asking.ask()
    await asking.read_all()
    await asking.shop.world.supervisor.stop()
    other = asking.server.bot(OTHER_TOKEN, "other_bot")
    other.says(ANN, "to the second bot")
    await asking.configure(token=OTHER_TOKEN)
    await asking.ask()
    await other.confirmed()
    assert await asking.texts() == ["to the first bot", "to the second bot"]


async def test_several_bots_are_several_inboxes(asking: Line) -> None:
    other = asking.server.bot(OTHER_TOKEN, "other_bot")
    await asking.shop.configure("loop")
    await asking.shop.world.db.run(_as_a_bot)
    asking.bot.says(ANN, "to one")
    other.says(ANN, "to the other")
    await asking.ask()
    await asking.read_all()
    await other.confirmed()
    assert await asking.texts() == ["to one"]
    assert asking.shop.part.receiving.bots.watched == 2


def _as_a_bot(tx: Tx) -> None:
    here = inbox.c.id == "loop"
    tx.conn.execute(update(inbox).where(here).values(kind="telegram", config={"token": OTHER_TOKEN}))


async def test_a_bot_that_is_switched_off_is_asked_no_more(asking: Line) -> None:
    await asking.ask()
    await asking.bot.asked(1)
    await asking.shop.switch_off(INBOX)
    asking.shop.part.receiving.bots.look()
    await asking.shop.until(lambda: asking.shop.part.receiving.bots.watched == 0)
    asking.bot.says(ANN, "Hello?")
    assert await asking.texts() == []
    assert len(asking.bot.queue) == 1


async def test_a_webhook_of_before_is_taken_away(asking: Line) -> None:
    asking.bot.hook("https://elsewhere.example/hook")
    asking.bot.says(ANN, "one")
    await asking.ask()
    await asking.read_all()
    assert asking.bot.webhook is None
    assert await asking.texts() == ["one"]


async def test_who_starts_again_goes_on_where_it_was(tmp_path: Path) -> None:
    async with running_telegram() as server:
        async with a_line(tmp_path, server) as line:
            line.bot.says(ANN, "one")
            await line.ask()
            await line.read_all()
        line.bot.says(ANN, "two")
        async with a_line(tmp_path, server) as line:
            await line.ask()
            await line.read_all()
            assert await line.texts() == ["one", "two"]
