"""What the agent's card says of an order: the number that was given, also in a complaint, and no more than is true."""

import pytest

from bot.contract import Outcome
from bot.handing.settings import HandingSettings
from bot.handing.telling import Telling
from bot.reply import HandOff
from core.answer import Handoff
from tests.bot.builders import TEXTS, a_past, a_turn, understood
from tests.bot.shop import Talk

TELLING = Telling(TEXTS, HandingSettings())
COMPLAINT = HandOff("complaint")


def card(text: str, *before: str, slots: dict[str, str] | None = None) -> Handoff:
    past = tuple(a_past(each, Outcome.ANSWERED) for each in before)
    heard = understood(intent="complaint", slots=slots or {})
    return TELLING.handoff(a_turn(text, history=past), COMPLAINT, heard, "en")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("This is outrageous, order 10234 came broken", ()),
        ("我要投诉，订单LL-10234碎了", ()),
        ("This is unacceptable", ("my parcel 10234 came broken",)),
        ("This is unacceptable", ("order LL-10234 is late", "how do I pay?")),
    ],
)
def test_the_number_stands_on_the_card_of_a_complaint(text: str, before: tuple[str, ...]) -> None:
    found = card(text, *before)
    assert found.slots == {"order_number": "LL-10234"}
    assert found.summary.endswith("Order number: LL-10234")


def test_the_order_spoken_of_now_counts_before_the_one_of_the_form_and_that_before_earlier_words() -> None:
    known = {"order_number": "LL-20871"}
    assert card("order 10234 came broken, outrageous", slots=known).slots["order_number"] == "LL-10234"
    assert card("outrageous", "order 10234 came broken", slots=known).slots["order_number"] == "LL-20871"


@pytest.mark.parametrize(
    "text",
    ["outrageous", "I paid 10234 of 20871 points", "send it to 12 Hill Road, 20871 Springfield", "call 123"],
)
def test_other_figures_are_no_order(text: str) -> None:
    assert card(text).slots == {}


@pytest.mark.parametrize(
    ("said", "reason", "words"),
    [
        ((), "no_number", "did not give an order number"),
        (("99999",), "no_order", "could not find the order"),
        (("12", "it is 4711"), "no_order", "could not find the order"),
    ],
)
async def test_an_order_was_not_found_only_where_a_number_was_given(
    said: tuple[str, ...], reason: str, words: str
) -> None:
    talk = Talk(verified=False)
    reply = (await talk.say("where is my order?")).reply
    for text in (*said, *["I want to know where my order is"] * 3):
        if not isinstance(reply, HandOff):
            reply = (await talk.say(text)).reply
    assert isinstance(reply, HandOff)
    assert reply.reason == reason
    summary = TELLING.handoff(talk.turn(""), reply, None, "en").summary
    assert words in summary
