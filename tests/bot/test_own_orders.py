"""Who has proven who they are need not look up the number of an order: theirs is known, or there are a few to choose from."""

from dataclasses import replace

import pytest

from bot.contract import ChoseOrder
from bot.meaning import chosen_by
from bot.orders.contract import OrderFormat
from bot.reply import AskBack
from bot.wording import Wording
from core.message import Buttons
from core.order import OrderItem, OrderState
from tests.bot.builders import TEXTS, a_turn
from tests.bot.shop import OWNER, STATES, Talk
from tests.builders import CountingIds

PLACED, SHIPPED, DELIVERED = OrderState.PLACED, OrderState.SHIPPED, OrderState.DELIVERED


def having(**states: OrderState) -> Talk:
    """A customer with no more orders than these."""
    talk = Talk()
    kept = {number.replace("-", ""): number for number in STATES}
    for plain, number in kept.items():
        if plain in states:
            talk.put(number, states[plain])
        else:
            talk.drop(number)
    return talk


async def test_the_only_open_order_is_taken_and_named() -> None:
    talk = having(LL10234=PLACED, LL48213=DELIVERED)
    assert await talk.hear("where is my order?") == ["bot-order-state-placed"]
    talk = having(LL10234=PLACED, LL48213=DELIVERED)
    assert await talk.hear("I want to cancel my order") == ["bot-order-own", "bot-confirm-cancel"]
    assert await talk.hear("yes") == ["bot-done-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("I want to return my order", ["bot-order-own", "bot-order-ask-reason"]),
        ("please change the delivery address", ["bot-order-own", "bot-order-ask-address"]),
        ("我要取消订单", ["bot-order-own", "bot-confirm-cancel"]),
    ],
)
async def test_which_order_can_be_meant_follows_from_what_is_wanted(wish: str, said: list[str]) -> None:
    assert await having(LL10234=PLACED, LL48213=DELIVERED).hear(wish) == said


async def test_of_several_they_choose() -> None:
    talk = having(LL10234=PLACED, LL20871=SHIPPED, LL48213=DELIVERED)
    reply = (await talk.say("I want to cancel my order")).reply
    assert isinstance(reply, AskBack)
    shown = [each.chosen for each in reply.offers]
    assert shown == [ChoseOrder("LL-10234", "Lamp"), ChoseOrder("LL-20871", "Lamp")]
    assert await talk.hear("1") == ["bot-confirm-cancel"]


async def test_what_is_in_an_order_stands_beside_its_number_and_is_no_other_number() -> None:
    talk = having(LL10234=PLACED, LL20871=SHIPPED)
    bulb = OrderItem("Bulb 48213", 1, 100)
    order = talk.orders._orders["LL-10234"]
    assert order.details is not None
    talk.orders._orders["LL-10234"] = replace(order, details=replace(order.details, items=(bulb, bulb, bulb)))
    reply = (await talk.say("I want to cancel my order")).reply
    assert isinstance(reply, AskBack)
    buttons = Wording(TEXTS, CountingIds(), OrderFormat()).parts(reply, "en")[-1]
    assert isinstance(buttons, Buttons)
    labels = [each.label for each in buttons.options]
    assert labels == ["LL-10234: Bulb 48213 +2", "LL-20871: Lamp"]
    pressed = chosen_by(buttons.options[0].meaning, labels[0])
    assert await talk.press(pressed, labels[0]) == ["bot-confirm-cancel"]
    assert await talk.hear("yes") == ["bot-done-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED


async def test_who_means_another_or_has_none_is_asked_for_the_number() -> None:
    assert await having(LL48213=DELIVERED).hear("where is my order?") == ["bot-order-ask-number"]
    talk = having(LL10234=PLACED)
    assert await talk.hear("cancel my other order") == ["bot-order-ask-number"]


async def test_who_has_not_proven_who_they_are_is_asked_for_the_number() -> None:
    letter = Talk(letter=True)
    letter.proven = False
    assert await letter.hear("I want to cancel my order") == ["person: not_proven", "bot-not-proven"]
    assert await Talk(verified=False).hear("where is my order?") == ["bot-order-ask-number"]


async def test_where_nobody_says_which_orders_there_are_the_number_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def gone(*_: object) -> None:
        raise OSError

    talk = having(LL10234=PLACED)
    monkeypatch.setattr(talk.orders, "orders_of", gone)
    assert await talk.hear("where is my order?") == ["bot-order-ask-number"]


async def test_a_message_that_proves_nothing_is_shown_no_orders() -> None:
    findings, theirs = Talk().findings, a_turn(verified=True, emails=(OWNER,))
    assert len(await findings.own_orders(theirs)) == len(STATES)
    assert await findings.own_orders(replace(theirs, proven=False)) == ()


@pytest.mark.parametrize(
    "text", ["the last one", "The last one.", "my latest order", "最后一个", "最近的订单"]
)
async def test_the_last_one_is_looked_for_among_their_own_orders(text: str) -> None:
    talk = having(LL10234=PLACED, LL48213=DELIVERED)
    await talk.hear("cancel order 99999")
    assert await talk.hear(text) == ["bot-order-own", "bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10234"
    stranger = Talk(verified=False)
    assert await stranger.hear("where is my order?") == ["bot-order-ask-number"]
    assert await stranger.hear(text) == ["bot-order-ask-number"]


@pytest.mark.parametrize("text", ["the last one", "最后一个"])
async def test_of_those_that_were_shown_the_last_one_is_the_last(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel LL-10234 or LL-10877")
    assert await talk.hear(text) == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10877"
