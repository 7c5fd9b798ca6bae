"""Several things told in one reply: the state of an order beside a yes, and all that came of a code."""

import pytest

from bot.contract import Turn
from bot.policy.deciding import decide
from bot.policy.settings import PolicySettings
from bot.proposals import AskSlot, Changed, CodeRight, OrderTold, Proposal, Wish
from bot.reply import Nothing
from core.order import Done, Order, OrderState
from tests.bot.builders import a_turn, named, understood
from tests.bot.shop import Talk


@pytest.mark.parametrize(
    "text",
    [
        "yes. And where is 20871?",
        "Yes please. Where's 20871?",
        "好的。20871在哪里？",
        "yes. And order 20871?",
    ],
)
async def test_how_far_another_order_is_may_be_asked_beside_a_yes(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == ["bot-done-cancel", "bot-order-state-shipped"]


async def test_where_a_number_is_asks_how_far_the_order_is() -> None:
    assert await Talk().hear("where is 20871?") == ["bot-order-state-shipped"]


def told(turn: Turn, *proposals: Proposal) -> list[str]:
    reply = decide(turn, understood(*proposals), PolicySettings())
    assert not isinstance(reply, Nothing)
    return [named(piece) for piece in reply.pieces]


def test_all_that_came_of_a_right_code_is_told() -> None:
    first, second = Order("LL-10234", OrderState.SHIPPED), Order("LL-20871", OrderState.PACKED)
    turn = a_turn("204060", verified=True)
    assert told(turn, CodeRight(), OrderTold(first), OrderTold(second)) == [
        "bot-proof-right",
        "bot-order-state-shipped",
        "bot-order-state-packed",
    ]
    ask = AskSlot("order_number", "bot-order-ask-number")
    done = Changed(Wish.CANCEL, "LL-10234", Done())
    assert told(turn, CodeRight(), done, OrderTold(second), ask) == [
        "bot-proof-right",
        "bot-done-cancel",
        "bot-order-state-packed",
        "bot-order-ask-number",
    ]
