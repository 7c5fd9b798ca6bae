"""What a customer hears of what happens next is true by who is there and by the hours; the agent gets three lines."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.contract import Outcome, Turn
from bot.handing.deciding import STUCK, TIER, TOPIC, UNHAPPY, UNSURE
from bot.handing.errands import DONE, NOT_GOT, UNANSWERED
from bot.handing.service import Promise, Service, There, promised
from bot.handing.settings import HandingSettings
from bot.handing.telling import Next, Telling
from bot.handing.values import Circumstances
from bot.reply import HandOff
from tests.bot.builders import TEXTS, a_past, a_turn, understood

ROOT = Path(__file__).parents[3]
TELLING = Telling(TEXTS, HandingSettings())
FRIDAY_EVENING = datetime(2026, 3, 6, 19, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
BACK = Service(There.NOBODY, open=False, opens_at=MONDAY, zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("service", "promise"),
    [
        (Service(There.FREE, open=True), Promise.SOON),
        (Service(There.FREE, open=False, opens_at=MONDAY), Promise.SOON),
        (Service(There.FREE), Promise.SOON),
        (Service(There.BUSY, open=True), Promise.BUSY),
        (Service(There.BUSY), Promise.BUSY),
        (Service(There.BUSY, open=False, opens_at=MONDAY), Promise.LATER),
        (Service(There.NOBODY, open=True), Promise.ABSENT),
        (Service(There.NOBODY), Promise.ABSENT),
        (BACK, Promise.LATER),
        (Service(There.NOBODY, open=False), Promise.CLOSED),
        (Service(), Promise.PLAIN),
        (Service(open=True), Promise.SOON),
    ],
)
def test_nothing_says_that_somebody_is_there_who_is_not_or_nobody_where_somebody_is(
    service: Service, promise: Promise
) -> None:
    assert promised(service) is promise


def said(service: Service, language: str = "en", zone: str | None = None, **then: Any) -> str:
    turn = a_turn(around=Circumstances(zone=zone))
    return TELLING.promise(turn, replace(Next(service, FRIDAY_EVENING), **then), language)


def test_the_time_is_told_on_the_clock_of_the_queue_by_name() -> None:
    assert "back on Monday at 09:00 (Berlin time)" in said(BACK)
    assert "星期一 09:00（柏林时间）" in said(BACK, "zh")


def test_the_time_is_told_on_the_customers_clock_where_that_is_known() -> None:
    assert "back on Monday at 16:00. A" in said(BACK, zone="Asia/Shanghai")
    assert "back on Monday at 09:00 (Berlin time)" in said(BACK, zone="No/Where")


@pytest.mark.parametrize(
    ("opens_at", "part"),
    [
        (datetime(2026, 3, 6, 20, 30, tzinfo=UTC), "today at 21:30"),
        (datetime(2026, 3, 7, 8, 0, tzinfo=UTC), "tomorrow at 09:00"),
        (datetime(2026, 3, 23, 8, 0, tzinfo=UTC), "on Mon 23 Mar at 09:00"),
    ],
)
def test_near_and_far_days_are_named_as_people_do(opens_at: datetime, part: str) -> None:
    assert part in said(replace(BACK, opens_at=opens_at))


def test_the_number_of_the_case_and_the_question_for_an_address_stand_at_the_end() -> None:
    text = said(BACK, number=123, ask_address=True)
    assert text.endswith(
        "Your case is #123. If you write your e-mail address here, the answer also comes by mail."
    )
    assert "您的工单号是 #123。" in said(BACK, "zh", number=123)


def a_story() -> Turn:
    past = (
        a_past("Hello", Outcome.TALKED, intent="greet"),
        a_past("How do I send the lamp back?", articles=("returns",), intent="order_return"),
        a_past("Where is my order?", Outcome.ASKED, active_form="order_form", intent="order_status"),
    )
    return a_turn("I want a human, this\n\ndoes not help", history=past)


def test_the_agent_gets_three_lines_with_the_customers_own_words() -> None:
    heard = understood(intent="talk_to_person", confidence=0.97, slots={"order_number": "LL-10234"})
    handoff = TELLING.handoff(a_story(), HandOff("asked_for_person"), heard, "en")
    wants, tried, stands = handoff.summary.split("\n")
    assert wants == (
        "Wants: “How do I send the lamp back?” / “Where is my order?” / “I want a human, this does not help”"
    )
    assert tried == "Tried: showed “Returns”; asked for details"
    assert stands == "The customer asked for a person. Order number: LL-10234"


def test_the_agent_gets_what_it_rests_on_as_facts() -> None:
    turn = replace(a_story(), around=Circumstances(tier="gold"))
    handoff = TELLING.handoff(turn, HandOff("asked_for_person"), understood(intent="talk_to_person"), "en")
    assert handoff.matter == "order_status"
    assert handoff.intent == "talk_to_person"
    assert handoff.steps == (("answered", "Returns"), ("asked", "order_form"))
    assert (handoff.mood, handoff.tier) == ("calm", "gold")


def reasons() -> set[str]:
    """Every one that stands in the bot's files, and those that are values."""
    written = (
        re.findall(r"HandOff\(\s*\"(\w+)\"", path.read_text()) for path in (ROOT / "bot").rglob("*.py")
    )
    named = {TIER, TOPIC, UNHAPPY, UNSURE, STUCK, DONE, NOT_GOT, UNANSWERED, "angry", "urgent"}
    return named.union(*written)


def test_every_reason_there_is_has_words_in_both_languages_for_the_summary_and_for_the_console() -> None:
    assert {"asked_for_person", "complaint", "bot_failed"} <= reasons()
    for reason in reasons():
        for language in ("en", "zh"):
            handoff = TELLING.handoff(a_turn(), HandOff(reason), None, language)
            assert len(handoff.summary.split("\n")) == 3
            assert TEXTS.say(f"console-handoff-reason-{reason.replace('_', '-')}", language)
