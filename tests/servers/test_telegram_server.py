"""The Bot API server of the tests behaves towards python-telegram-bot as Telegram does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TimedOut

from channels.telegram.settings import CallSettings
from channels.telegram.transport import Api, TooMany
from tests.servers.telegram import TOKEN, Fault, Limits, Person, TelegramServer, running_telegram

pytestmark = pytest.mark.server
ADA = Person(1001)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with running_telegram() as made:
        yield made


@pytest.fixture
async def api(server: TelegramServer) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(lambda: session, server.url, CallSettings(connect_s=2, write_s=2, read_s=0.3))


@pytest.fixture
def bot(server: TelegramServer, api: Api) -> Bot:
    server.bot()
    return api.bot(TOKEN)


async def test_an_unknown_token_is_refused(api: Api) -> None:
    with pytest.raises(InvalidToken):
        await api.bot("1:wrong-token-wrong").get_me()


async def test_an_offset_confirms_and_what_is_not_confirmed_comes_again(
    server: TelegramServer, api: Api
) -> None:
    fake = server.bot()
    first, second = fake.says(ADA, "one"), fake.says(ADA, "two")
    assert await api.updates(TOKEN, {}, 0) == [first, second]
    assert await api.updates(TOKEN, {"offset": second["update_id"]}, 0) == [second]
    assert await api.updates(TOKEN, {"offset": second["update_id"] + 1}, 0) == []


async def test_of_two_who_ask_at_once_the_older_is_turned_away(server: TelegramServer, api: Api) -> None:
    fake = server.bot()
    older = asyncio.create_task(api.updates(TOKEN, {}, 10))
    await fake.asked(1)
    newer = asyncio.create_task(api.updates(TOKEN, {}, 10))
    with pytest.raises(Conflict):
        await older
    await fake.asked(2)
    said = fake.says(ADA, "hello")
    assert await newer == [said]


async def test_what_cannot_be_sent_is_refused_as_telegram_does(server: TelegramServer, bot: Bot) -> None:
    fake = server.bot()
    fake.private(ADA)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(77, "hello")
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(ADA.id, "😀" * 2049)
    with pytest.raises(BadRequest, match=r"(?i)entity_bounds"):
        await bot.send_message(ADA.id, "😀 hi", entities=[MessageEntity("bold", 1, 2)])
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="é" * 33)]])
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(ADA.id, "Well?", reply_markup=keys)
    fake.blocks(ADA)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ADA.id, "hello")


async def test_a_group_that_moved_says_where_to(server: TelegramServer, bot: Bot) -> None:
    fake = server.bot()
    fake.upgrades(ADA, fake.group(-55, supergroup=False), -10055)
    with pytest.raises(ChatMigrated) as told:
        await bot.send_message(-55, "hello")
    assert told.value.new_chat_id == -10055


async def test_more_than_the_limit_is_told_to_wait(server: TelegramServer, bot: Bot) -> None:
    server.bot().limits = Limits(per_chat_second=1)
    server.bot().private(ADA)
    await bot.send_message(ADA.id, "one")
    with pytest.raises(TooMany) as told:
        await bot.send_message(ADA.id, "two")
    assert told.value.retry_after == timedelta(seconds=1)


async def test_files_go_up_and_come_down(server: TelegramServer, bot: Bot, api: Api) -> None:
    server.bot().private(ADA)
    sent = await bot.send_document(ADA.id, b"hello", filename="a.txt", caption="A text")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert await api.download(TOKEN, str(file.file_path).rpartition(f"{TOKEN}/")[2], 100) == b"hello"
    files = [InputMediaDocument(b"one", filename="1.txt"), InputMediaDocument(b"two", filename="2.txt")]
    album = await bot.send_media_group(ADA.id, files)
    assert len({each.media_group_id for each in album}) == 1


@pytest.mark.parametrize("done", [False, True])
async def test_a_call_that_is_never_answered_may_have_had_its_effect(
    server: TelegramServer,
    bot: Bot,
    *,
    done: bool,
) -> None:
    fake = server.bot()
    fake.private(ADA)
    fake.faults.append(Fault("sendMessage", "hang", done=done))
    with pytest.raises(TimedOut):
        await bot.send_message(ADA.id, "hello", write_timeout=0.1)
    assert fake.texts() == (["hello"] if done else [])
