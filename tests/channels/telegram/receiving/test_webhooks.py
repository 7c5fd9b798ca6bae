"""Telegram calls us: only with the secret, stored before it is answered, and each update once."""

import asyncio

import pytest

from channels.telegram.receiving.reading import ASKED_FOR
from channels.telegram.receiving.webhooks import HEADER
from core.ids import InboxId
from tests.channels.telegram.receiving.line import ANN, BEN, INBOX, Line

pytestmark = pytest.mark.server


async def test_a_message_is_stored_when_it_is_answered(line: Line) -> None:
    assert await line.post(line.bot.says(ANN, "Where is my lamp?")) == [200]
    [heard] = await line.heard()
    assert (heard.thread, heard.texts, heard.language, heard.public) == (
        "7001",
        ["Where is my lamp?"],
        "en",
        False,
    )


async def test_a_wrong_secret_is_refused_counted_and_stores_nothing(line: Line) -> None:
    update = line.bot.says(ANN, "Let me in")
    assert await line.post(update, secret="guessed") == [401]
    assert await line.post(update, secret="") == [401]
    assert await line.post(update, secret="ünïcode") == [401]
    assert await line.heard() == []
    assert line.count("secret") == 3


async def test_a_secret_that_is_no_text_is_as_wrong_as_any(line: Line) -> None:
    url = line.shop.client.make_url(f"/telegram/{INBOX}")
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(
        b"POST %s HTTP/1.1\r\nHost: parley\r\n%s: \xff\xfe\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
        % (url.path.encode(), HEADER.encode())
    )
    answer = await reader.read(12)
    writer.close()
    assert answer == b"HTTP/1.1 401"
    assert line.count("secret") == 1


async def test_the_secret_of_one_inbox_opens_no_other(line: Line) -> None:
    other = line.shop.part.receiving.hooks.secret(InboxId("other"))
    assert await line.post(line.bot.says(ANN, "Let me in"), secret=other) == [401]


async def test_an_unknown_inbox_looks_like_a_wrong_secret(line: Line) -> None:
    async with line.shop.client.post("/telegram/nobody", json=line.bot.says(ANN, "Hello")) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("update", [{}, {"update_id": "7"}, {"update_id": True}, {"update_id": -1}])
async def test_what_is_no_update_is_refused_with_the_field(line: Line, update: dict[str, object]) -> None:
    assert await line.post(update) == [422]


async def test_the_same_update_twice_is_one_message(line: Line) -> None:
    update = line.bot.says(ANN, "Hello")
    assert await line.post(update, update, update) == [200, 200, 200]
    assert await line.texts() == ["Hello"]
    assert line.count("repeat") == 2


async def test_an_inbox_that_is_switched_off_lets_telegram_keep_it(line: Line) -> None:
    await line.shop.switch_off(INBOX)
    assert await line.post(line.bot.says(ANN, "Hello")) == [503]
    assert await line.heard() == []


async def test_an_inbox_that_asks_is_not_called(line: Line) -> None:
    await line.configure(mode="polling")
    assert await line.post(line.bot.says(ANN, "Hello")) == [503]


async def test_people_have_their_own_conversations_in_their_own_languages(line: Line) -> None:
    await line.post(line.bot.says(ANN, "one"), line.bot.says(BEN, "二"), line.bot.says(ANN, "two"))
    heard = await line.heard()
    assert [(each.thread, each.language) for each in heard] == [
        ("7001", "en"),
        ("7002", "zh"),
        ("7001", "en"),
    ]
    assert heard[0].message.conversation == heard[2].message.conversation


async def test_an_update_that_nobody_can_read_is_kept_and_counted_and_costs_no_other(line: Line) -> None:
    strange = {"update_id": 5, "message": {"message_id": "x", "chat": 7}}
    assert await line.post(strange, line.bot.says(ANN, "Hello")) == [200, 200]
    assert await line.texts() == ["Hello"]
    assert line.count("unreadable") == 1
    assert await line.waiting() == [(5, "failed")]


async def test_what_the_library_does_not_take_costs_no_more_than_itself(line: Line) -> None:
    """A newer or an older Bot API may write a field in another way than the library wants it."""
    poll = line.bot.writes(ANN, poll={"question": "Which?"})
    photo = line.bot.writes(ANN, photo="strange", caption="Look at this")
    assert await line.post(poll, photo) == [200, 200]
    assert await line.texts() == ["(A message that could not be read.)", "Look at this"]


async def test_who_tells_telegram_where_to_call_says_what_they_want_and_with_which_secret(line: Line) -> None:
    line.server.behind = str(line.shop.client.make_url("")).rstrip("/")
    await line.ask()
    line.bot.says(ANN, "Hello")
    await line.bot.confirmed()
    hook = line.bot.webhook
    assert hook is not None
    assert hook.url == "https://parley.example/telegram/tele"
    assert line.bot.allowed == frozenset(ASKED_FOR)
    assert await line.texts() == ["Hello"]


async def test_what_is_not_taken_comes_again(line: Line) -> None:
    """By us, while the inbox is off, as for every other failure: Telegram keeps it, in the order of the chat."""
    line.server.behind = str(line.shop.client.make_url("")).rstrip("/")
    line.server.first_retry_s = line.server.longest_retry_s = 0.02
    await line.ask()
    await line.bot.hooked()
    await line.configure(mode="polling")
    line.bot.says(ANN, "one")
    line.bot.says(ANN, "two")
    await line.bot.hook_failed()
    await line.configure(mode="webhook", groups=True)
    await line.bot.confirmed()
    assert await line.texts() == ["one", "two"]


@pytest.mark.parametrize("how", ["error", "page", "reset", "half", "garbage", "hang"])
@pytest.mark.parametrize("done", [False, True], ids=["without effect", "with effect"])
async def test_telling_telegram_where_to_call_is_tried_again(line: Line, how: str, *, done: bool) -> None:
    line.server.behind = str(line.shop.client.make_url("")).rstrip("/")
    line.fails("setWebhook", how, 2, code=502, done=done)
    await line.ask()
    line.bot.says(ANN, "Hello")
    await line.bot.confirmed()
    assert await line.texts() == ["Hello"]


async def test_an_administrator_sees_that_telegram_cannot_be_told(line: Line) -> None:
    line.fails("setWebhook", times=-1, code=400, description="Bad Request: bad webhook: no such host")
    await line.ask()
    assert "Bad webhook" in str(await line.until_problem())
    line.bot.faults.clear()
    await line.until_problem(there=False)


async def test_what_could_not_be_read_is_not_kept_for_ever(line: Line) -> None:
    await line.post({"update_id": 7, "message": {"text": "nobody wrote this"}})
    assert await line.waiting() == [(7, "failed")]
    sweep = line.shop.part.receiving.bots.sweep
    line.shop.world.clock.forward(13 * 86_400)
    await sweep()
    assert await line.waiting() == [(7, "failed")]
    line.shop.world.clock.forward(2 * 86_400)
    await sweep()
    assert await line.waiting() == []
