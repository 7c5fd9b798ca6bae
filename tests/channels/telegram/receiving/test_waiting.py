"""What has files or belongs to an album is worked up in the order of its chat; what cannot be fetched is said, not lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from core.message import Attachment, Text
from core.store import outbox
from core.store.tables.conversation import message_edit
from core.store.tables.conversation import outbox as pending
from core.store.tables.intake import payload
from core.store.tx import Tx
from tests.channels.telegram.receiving.line import ANN, BEN, PNG, Line, a_line, document, photo

pytestmark = pytest.mark.server
HORIZON_S = 60
"""Of the shop's handlers."""


async def test_a_photo_is_fetched_and_shown(line: Line) -> None:
    await line.post(line.bot.writes(ANN, caption="Look", **photo(line.bot)))
    [heard] = await line.heard()
    text, file = heard.parts
    assert text == Text("Look")
    assert isinstance(file, Attachment)
    assert (file.media_type, file.size, file.inline) == ("image/png", len(PNG), True)
    assert await line.shop.part.media.content(file.media) == PNG
    assert await line.waiting() == []


async def test_what_comes_behind_a_file_waits_for_it_and_other_chats_do_not(line: Line) -> None:
    fault = line.fails("getFile", times=-1)
    await line.post(
        line.bot.writes(ANN, **document(line.bot)),
        line.bot.says(ANN, "that was the invoice"),
        line.bot.says(BEN, "hello"),
    )
    assert await line.texts() == ["hello"]
    fault.times = 0
    await line.work(20)
    assert await line.texts() == ["hello", "invoice.txt", "that was the invoice"]
    await line.post(line.bot.says(ANN, "and more"))
    assert (await line.texts())[-1] == "and more"


async def test_an_album_is_one_message_when_nothing_more_of_it_comes(line: Line) -> None:
    contents = [
        document(line.bot, b"one", "1.txt") | {"caption": "Both"},
        document(line.bot, b"two", "2.txt"),
    ]
    await line.post(*line.bot.album(ANN, contents), line.bot.says(ANN, "done"))
    assert await line.texts() == []
    await line.work(1.5)
    assert await line.texts() == ["Both | 1.txt | 2.txt", "done"]


async def test_of_an_album_what_comes_much_later_is_a_message_of_its_own(line: Line) -> None:
    first, late = line.bot.album(
        ANN, [document(line.bot, b"one", "1.txt"), document(line.bot, b"two", "2.txt")]
    )
    await line.post(first)
    await line.work(1.5)
    await line.post(late)
    await line.work(1.5)
    assert await line.texts() == ["1.txt", "2.txt"]


async def test_an_album_waits_for_what_telegram_could_not_tell_us_while_nothing_of_ours_ran(
    tmp_path: Path,
) -> None:
    async with a_line(tmp_path, mode="webhook") as before:
        first, second = before.bot.album(
            ANN, [document(before.bot, b"one", "1.txt"), document(before.bot, b"two", "2.txt")]
        )
        await before.post(first)
        async with a_line(tmp_path, before.server, mode="webhook") as line:
            await line.shop.world.db.run(_an_hour_ago)
            await line.work()
            await line.post(second)
            await line.work(1.5)
            assert await line.texts() == ["1.txt | 2.txt"]


def _an_hour_ago(tx: Tx) -> None:
    tx.conn.execute(update(payload).values(created_at=tx.now - timedelta(hours=1)))
    tx.conn.execute(update(pending).values(due_at=tx.now))


async def test_of_an_album_what_comes_while_it_is_fetched_belongs_to_it(line: Line) -> None:
    first, second = line.bot.album(
        ANN, [document(line.bot, b"one", "1.txt"), document(line.bot, b"two", "2.txt")]
    )
    await line.post(first)
    fault = line.fails("getFile", "hang")
    await line.work(1.5)
    await line.post(second)
    assert await line.texts() == []
    assert fault.times == 0
    await line.work(20)
    assert await line.texts() == ["1.txt | 2.txt"]


@pytest.mark.parametrize("how", ["error", "page", "reset", "half", "garbage", "hang"])
@pytest.mark.parametrize("method", ["getFile", "file"])
async def test_whatever_fails_while_a_file_is_fetched_is_tried_again(
    line: Line, method: str, how: str
) -> None:
    line.fails(method, how, code=502)
    await line.post(line.bot.writes(ANN, **document(line.bot)))
    if (method, how) == ("file", "garbage"):
        # A file may hold anything.
        assert len(await line.heard()) == 1
        return
    if (method, how) != ("file", "reset"):
        # Which is asked for anew at once, on another connection.
        assert await line.heard() == []
    await line.work(20)
    assert await line.texts() == ["invoice.txt"]
    [heard] = await line.heard()
    assert isinstance(file := heard.parts[0], Attachment)
    assert await line.shop.part.media.content(file.media) == b"hello"


async def test_too_many_is_obeyed(line: Line) -> None:
    line.fails("getFile", code=429, description="Too Many Requests", parameters={"retry_after": 30})
    await line.post(line.bot.writes(ANN, **document(line.bot)))
    await line.work(20)
    assert await line.texts() == []
    await line.work(11)
    assert await line.texts() == ["invoice.txt"]


async def test_what_cannot_be_fetched_for_long_is_said_and_the_chat_goes_on(line: Line) -> None:
    line.fails("getFile", times=-1)
    await line.post(
        line.bot.writes(ANN, caption="My invoice", **document(line.bot)), line.bot.says(ANN, "got it?")
    )
    for _ in range(10):
        await line.work(HORIZON_S / 5)
    assert _plain(await line.texts()) == [
        "My invoice | (The file invoice.txt could not be fetched.)",
        "got it?",
    ]
    assert await line.waiting() == [(1001, "failed")]


async def test_what_was_given_up_and_is_replayed_takes_the_place_of_the_note(line: Line) -> None:
    fault = line.fails("getFile", times=-1)
    await line.post(line.bot.writes(ANN, **document(line.bot)))
    for _ in range(10):
        await line.work(HORIZON_S / 5)
    fault.times = 0
    [dead] = await line.shop.world.db.read(outbox.dead, 10)
    await line.shop.world.db.run(outbox.replay, dead.handler, dead.topic, dead.n)
    await line.work()
    assert await line.texts() == ["invoice.txt"]
    assert await line.waiting() == []
    assert len(await line.shop.world.db.read(_versions)) == 1


def _versions(tx: Tx) -> list[Any]:
    return list(tx.conn.execute(select(message_edit)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"file_size": 25 * 1024 * 1024}, "(The file invoice.txt is too large to be fetched: 25 MB.)"),
        ({"file_id": "gone"}, "(The file invoice.txt could not be fetched.)"),
    ],
)
async def test_what_can_never_be_fetched_is_said_at_once(
    line: Line, changes: dict[str, Any], says: str
) -> None:
    content = document(line.bot)
    content["document"] |= changes
    await line.post(line.bot.writes(ANN, caption="Here", **content))
    assert _plain(await line.texts()) == [f"Here | {says}"]


async def test_a_file_that_is_larger_than_it_said_is_not_taken(line: Line) -> None:
    content = document(line.bot, b"x" * (20 * 1024 * 1024 + 1))
    content["document"]["file_size"] = 10
    line.bot.hands_out_anything = True
    await line.post(line.bot.writes(ANN, **content))
    assert "too large" in (await line.texts())[0]


async def test_a_sticker_that_cannot_be_fetched_is_its_emoji(line: Line) -> None:
    sticker = line.bot.file(b"webp", "s.webp") | {"emoji": "👍", "width": 9, "height": 9, "type": "regular"}
    sticker |= {"is_animated": False, "is_video": False, "file_id": "gone"}
    await line.post(line.bot.writes(ANN, sticker=sticker))
    assert await line.texts() == ["👍"]


async def test_the_same_file_twice_is_one_message(line: Line) -> None:
    update = line.bot.writes(ANN, **document(line.bot))
    await line.post(update, update)
    assert await line.texts() == ["invoice.txt"]


async def test_while_an_inbox_is_off_what_waits_goes_on_waiting(line: Line) -> None:
    fault = line.fails("getFile", times=-1)
    await line.post(line.bot.writes(ANN, **document(line.bot)))
    fault.times = 0
    await line.switch(on=False)
    for _ in range(10):
        await line.work(HORIZON_S / 2)
    assert await line.texts() == []
    await line.switch(on=True)
    await line.work(120)
    assert await line.texts() == ["invoice.txt"]


def _plain(texts: list[str]) -> list[str]:
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]
