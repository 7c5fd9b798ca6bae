"""What a refund's confirmation says about money: the sum that is asked for, and what becomes of one that was named."""

import pytest

from bot.orders.contract import OrderFormat
from bot.reply import AskBack, Say
from bot.summing import named_sum
from bot.wording import Wording
from core.message import Text
from core.texts import Texts
from tests.bot.shop import CODE, OWNER, Talk
from tests.builders import CountingIds
from tests.house.texts import LOCALES


async def confirmation(talk: Talk, wish: str, reason: str) -> str:
    await talk.say(wish)
    thought = await talk.say(reason)
    assert isinstance(thought.reply, AskBack | Say)
    wording = Wording(Texts(LOCALES), CountingIds(), OrderFormat())
    return "".join(
        part.text for part in wording.parts(thought.reply, thought.language) if isinstance(part, Text)
    )


async def test_a_refund_is_confirmed_with_the_sum_that_is_asked_for() -> None:
    said = await confirmation(Talk(), "I want a refund for LL-48213", "skip")
    assert "LL-48213: €49.00, the whole sum. Shall I?" in said
    assert "€49.00，原因是“灯坏了”。确定吗" in await confirmation(Talk(), "我要退款，订单LL-48213", "灯坏了")


async def test_another_sum_that_was_named_is_passed_on_while_the_whole_is_asked_for() -> None:
    talk = Talk()
    said = await confirmation(talk, "I want a refund of 5 euros for LL-48213", "it has a scratch")
    assert "€49.00" in said
    assert "that you named 5 euros is passed on, and a colleague decides" in said
    await talk.say("yes")
    assert talk.wishes("LL-48213") == ["refund: it has a scratch; 5 euros"]


async def test_the_whole_sum_by_name_is_nothing_else() -> None:
    said = await confirmation(Talk(), "I want a refund of 49 euros for LL-48213", "skip")
    assert "named" not in said


async def test_whoever_just_proved_who_they_are_is_told_the_sum_too() -> None:
    talk = Talk(verified=False)
    await talk.say("I want a refund for LL-48213 because it is broken")
    assert "€49.00" in await confirmation(talk, OWNER, CODE)


@pytest.mark.parametrize(
    ("text", "found"),
    [("refund €5.50 please", "€5.50"), ("退我5元", "5元"), ("refund LL-48213", None), ("2 lamps", None)],
)
def test_sums_are_told_from_other_numbers(text: str, found: str | None) -> None:
    assert named_sum(text) == found


async def test_a_yes_asks_for_the_very_sum_that_was_said_and_for_no_other() -> None:
    talk = Talk()
    reply = (await talk.say("I want a refund for LL-48213 because it is broken")).reply
    assert isinstance(reply, AskBack | Say)
    yes = reply.offers[0].chosen
    talk.price("LL-48213", 900)
    assert await talk.hear("How can I pay, by card?") == ["paying", "bot-confirm-refund-because"]
    cheaper = (await talk.say("I want a refund for LL-48213 because it is broken")).reply
    assert isinstance(cheaper, AskBack | Say)
    assert cheaper.offers[0].chosen != yes
    assert "bot-waits-refund" not in await talk.press(yes)
    assert talk.wishes("LL-48213") == []


async def test_where_less_is_left_than_was_said_nothing_is_asked_for() -> None:
    talk = Talk()
    await talk.say("I want a refund for LL-48213 because it is broken")
    talk.price("LL-48213", 900)
    assert await talk.hear("yes") == ["bot-refused-too-much", "bot-refused-person"]
    assert talk.wishes("LL-48213") == []


async def test_where_more_is_left_than_was_said_no_more_is_asked_for() -> None:
    talk = Talk()
    await talk.say("I want a refund for LL-48213 because it is broken")
    talk.price("LL-48213", 90_000)
    assert await talk.hear("yes") == ["bot-waits-refund"]
    assert talk.amounts("LL-48213") == [4900]
