"""What leads to a person beside what was asked for and what the bot cannot answer."""

from dataclasses import replace
from typing import Any

import pytest

from bot.contract import ChoseHelped, Outcome
from bot.forms.kinds import PROOF
from bot.handing.deciding import after, before, patience
from bot.handing.settings import HandingSettings
from bot.handing.values import Circumstances, Topic
from bot.passages import short
from bot.policy.settings import PolicySettings
from bot.proposals import CodeWrong
from bot.reply import AskBack, BotReply, HandOff, Line, Passage, Say, Suggest
from tests.bot.builders import a_past, a_turn, an_answer, understood

SETTINGS = HandingSettings(straight_tiers=("Gold",), eager_tiers=("silver",))
ASKS = AskBack((Line("bot-no-answer"),), failures=1)
SUGGESTS = Suggest((Line("bot-suggest"),), (an_answer(),))
ANSWERS = Say((Passage(an_answer(), short(an_answer(), 100)),), Outcome.ANSWERED)
TOLD = Say((Line("bot-order-state-cancelled", {"number": "LL-10234"}),), Outcome.ANSWERED)


def reason(reply: BotReply) -> str | None:
    return reply.reason if isinstance(reply, HandOff) else None


@pytest.mark.parametrize(
    ("tier", "expected"), [("gold", "tier"), ("GOLD ", "tier"), ("silver", None), (None, None)]
)
def test_customers_of_a_straight_tier_go_to_people_at_once(tier: str | None, expected: str | None) -> None:
    found = before(a_turn(around=Circumstances(tier=tier)), SETTINGS)
    assert (None if found is None else found.reason) == expected


@pytest.mark.parametrize(
    ("text", "tier", "failures"),
    [
        ("How do I pay?", None, 2),
        ("How do I pay?", "Silver", 1),
        ("I need an answer by tomorrow", None, 1),
        ("I am quite disappointed", None, 1),
    ],
)
def test_eager_tiers_and_restless_customers_bear_one_failure_only(
    text: str, tier: str | None, failures: int
) -> None:
    turn = a_turn(text, around=Circumstances(tier=tier))
    assert patience(turn, PolicySettings(), SETTINGS).failures_to_person == failures


def test_a_rule_of_the_supervisors_leads_to_a_person_before_anything_is_understood() -> None:
    turn = a_turn("My lamp burns", around=Circumstances(topic=Topic("r1", "Fire")))
    found = before(turn, SETTINGS)
    assert found is not None
    assert found.reason == "topic"


def test_an_angry_customer_comes_to_a_person_whatever_the_bot_could_say() -> None:
    turn = a_turn("Where is my order, you thieves?")
    for reply in (ASKS, SUGGESTS, ANSWERS):
        assert reason(after(turn, understood(), reply, SETTINGS)) == "angry"


def test_what_was_done_for_an_angry_customer_is_told_all_the_same() -> None:
    reply = after(a_turn("Cancel it, you idiots"), understood(), TOLD, SETTINGS)
    assert isinstance(reply, HandOff)
    assert [each.key for each in reply.pieces if isinstance(each, Line)] == [
        "bot-order-state-cancelled",
        "bot-angry",
    ]


def test_a_hand_over_for_another_reason_keeps_its_reason() -> None:
    kept = HandOff("complaint")
    assert after(a_turn("You thieves, I complain"), understood(), kept, SETTINGS) is kept


def test_being_unhappy_twice_in_a_row_leads_to_a_person() -> None:
    once = a_turn("still nothing")
    again = a_turn("still nothing", history=(a_past("I am quite disappointed"),))
    calm_between = a_turn("still nothing", history=(a_past("I am quite disappointed"), a_past("ok")))
    assert [reason(after(each, understood(), ANSWERS, SETTINGS)) for each in (once, again, calm_between)] == [
        None,
        "unhappy",
        None,
    ]


def test_a_pressed_button_has_no_voice() -> None:
    turn = a_turn("That was awful!!!", chosen=ChoseHelped(True))
    assert reason(after(turn, understood(), ANSWERS, SETTINGS)) is None


@pytest.mark.parametrize(
    ("confidences", "now", "reply", "expected"),
    [
        ((0.2, 0.2), 0.2, SUGGESTS, "unsure"),
        ((0.2, 0.2), 0.2, ANSWERS, None),
        ((0.2, 0.9), 0.2, SUGGESTS, None),
        ((0.2,), 0.2, SUGGESTS, None),
        ((0.2, 0.2), 0.8, SUGGESTS, None),
        ((0.2, None), 0.2, SUGGESTS, None),
    ],
)
def test_being_unsure_three_times_in_a_row_without_an_answer_leads_to_a_person(
    confidences: tuple[float | None, ...], now: float, reply: BotReply, expected: str | None
) -> None:
    past = tuple(
        a_past(f"About {at}?", Outcome.SUGGESTED, confidence=each) for at, each in enumerate(confidences)
    )
    turn = a_turn("And this?", history=past)
    assert reason(after(turn, understood(confidence=now), reply, SETTINGS)) == expected


def in_form(outcome: Outcome = Outcome.ASKED, **slots: str) -> Any:
    return a_past("hm", outcome, active_form="order_form", slots=slots)


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        ((in_form(), in_form(), in_form()), "stuck"),
        ((in_form(), in_form(), in_form(Outcome.ANSWERED), in_form()), "stuck"),
        ((in_form(), in_form()), None),
        ((in_form(), in_form(), in_form(order_number="LL-10234")), None),
    ],
)
def test_asking_for_the_same_step_of_a_form_too_often_leads_to_a_person(
    past: tuple[Any, ...], expected: str | None
) -> None:
    turn = a_turn("well", history=past)
    heard = understood(active_form="order_form", slots={})
    assert reason(after(turn, heard, ASKS, SETTINGS)) == expected


def test_trying_codes_is_no_want_of_understanding_and_no_step_that_is_asked_for_in_vain() -> None:
    slots = {PROOF: "p1"}
    past = [
        a_past(text, Outcome.ASKED, active_form="order_form", slots=slots, confidence=0.1)
        for text in ("111111",) * 4
    ]
    wrong = understood(CodeWrong(1), active_form="order_form", slots=slots, confidence=0.1)
    assert reason(after(a_turn("111 111", history=tuple(past)), wrong, ASKS, SETTINGS)) is None
    heard = understood(active_form="order_form", slots=slots, confidence=0.9)
    assert reason(after(a_turn("hm", history=tuple(past)), heard, ASKS, SETTINGS)) is None
    others = tuple(replace(each, text="hm") for each in past)
    assert reason(after(a_turn("hm", history=others), heard, ASKS, SETTINGS)) == "stuck"
