"""Who opens links that prove an account is answered in the bot's pace, and only so often."""

from typing import Any

import pytest

from tests.channels.telegram.receiving.line import ANN, BEN, Line
from tests.servers.telegram import Person

pytestmark = pytest.mark.server


def opens(line: Line, person: Person = ANN) -> dict[str, Any]:
    update = line.bot.says(person, "/start v_nobody_asked_for_this_one")
    update["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
    return update


async def test_one_chat_is_told_only_so_often_and_others_none_the_less(line: Line) -> None:
    await line.post(*[opens(line) for _ in range(8)], opens(line, BEN))
    for _ in range(5):
        await line.work(2)
    assert [sent["chat"]["id"] for sent in line.bot.sent].count(ANN.id) == 5
    assert [sent["chat"]["id"] for sent in line.bot.sent].count(BEN.id) == 1
    assert await line.waiting() == []
    await line.work(60)
    await line.post(opens(line))
    assert [sent["chat"]["id"] for sent in line.bot.sent].count(ANN.id) == 6


async def test_codes_leave_no_faster_than_a_bot_may_send(line: Line) -> None:
    people = [Person(7100 + n, "Somebody") for n in range(12)]
    await line.post(*[opens(line, each) for each in people])
    at_once = len(line.bot.sent)
    assert at_once == 5
    await line.work(2)
    assert len(line.bot.sent) == len(people)


async def test_when_telegram_wants_no_more_of_codes_replies_rest_too(line: Line) -> None:
    await line.post(line.bot.says(ANN, "Hello"))
    line.fails("sendMessage", code=429, description="Too Many Requests", parameters={"retry_after": 30})
    await line.post(opens(line))
    await line.say(await line.conversation(), "Hi")
    assert [call.method for call in line.bot.calls].count("sendMessage") == 1
    await line.work(31)
    await line.work(2)
    assert len(line.bot.sent) == 2
