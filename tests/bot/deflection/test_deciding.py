"""What became of a conversation follows from its record alone: exactly one of four, and the last thing counts."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contract import Outcome
from bot.deflection.deciding import Article, Became, Facts, Turned, Why, judge
from bot.deflection.settings import DeflectionSettings
from tests.builders import MORNING

SETTINGS = DeflectionSettings()
HOUR, DAY = 3600.0, 86_400.0


def a_turn(outcome: Outcome | str, after_s: float = 0, **values: object) -> Turned:
    return Turned(MORNING + timedelta(seconds=after_s), str(outcome), **values)  # type: ignore[arg-type]


def became(*turns: Turned, **facts: object) -> tuple[Became, str]:
    found = judge(Facts(MORNING, turns, **facts), SETTINGS)  # type: ignore[arg-type]
    assert found is not None
    return found.became, found.why


A, C, T, S, K, F = (
    Outcome.ANSWERED,
    Outcome.CONFIRMED,
    Outcome.TALKED,
    Outcome.SUGGESTED,
    Outcome.ASKED,
    Outcome.FAILED,
)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((A,), (Became.ASSUMED, Why.ANSWERED)),
        ((A, C), (Became.CONFIRMED, Why.SAID)),
        ((A, C, T), (Became.CONFIRMED, Why.SAID)),
        ((A, T), (Became.ASSUMED, Why.ANSWERED)),
        ((A, C, S), (Became.ABANDONED, Why.SUGGESTED)),
        ((T, T), (Became.ABANDONED, Why.SMALL_TALK)),
        ((K,), (Became.ABANDONED, Why.ASKED_BACK)),
        ((A, K), (Became.ABANDONED, Why.ASKED_BACK)),
        ((F,), (Became.ABANDONED, Why.NO_ANSWER)),
        ((S, A), (Became.ASSUMED, Why.ANSWERED)),
        ((A, Outcome.HANDED_OFF), (Became.ESCALATED, "handed_off")),
    ],
)
def test_the_last_thing_counts(outcomes: tuple[Outcome, ...], expected: tuple[Became, str]) -> None:
    assert became(*(a_turn(each, 60 * at) for at, each in enumerate(outcomes))) == expected


def test_what_a_person_had_is_escalated_whatever_was_said_before() -> None:
    handed = ("asked_for_person", MORNING + timedelta(seconds=90))
    assert became(a_turn(A), a_turn(C, 60), handed=handed) == (Became.ESCALATED, "asked_for_person")


def test_where_the_bot_had_no_part_there_is_nothing_to_count() -> None:
    assert judge(Facts(MORNING, ()), SETTINGS) is None


@pytest.mark.parametrize(
    ("after_s", "expected"),
    [
        (600, (Became.ASSUMED, Why.ANSWERED)),
        (2 * HOUR, (Became.ABANDONED, Why.CAME_AGAIN)),
        (71 * HOUR, (Became.ABANDONED, Why.CAME_AGAIN)),
        (4 * DAY, (Became.ASSUMED, Why.ANSWERED)),
    ],
)
def test_who_comes_back_for_more_within_the_window_was_not_helped(
    after_s: float, expected: tuple[Became, str]
) -> None:
    assert became(a_turn(A), a_turn(A, after_s)) == expected


def test_after_a_silence_longer_than_the_window_what_was_before_is_over() -> None:
    assert became(a_turn(A), a_turn(T, 4 * DAY)) == (Became.ASSUMED, Why.ANSWERED)
    assert became(a_turn(A), a_turn(K, 4 * DAY)) == (Became.ABANDONED, Why.ASKED_BACK)
    assert became(a_turn(A), a_turn(A, DAY), a_turn(A, 5 * DAY)) == (Became.ASSUMED, Why.ANSWERED)


def test_who_opens_it_again_at_once_was_not_helped_either() -> None:
    reopened = (MORNING + timedelta(seconds=300),)
    assert became(a_turn(A), a_turn(A, 301), reopened=reopened) == (Became.ABANDONED, Why.CAME_AGAIN)


def test_thanks_and_a_yes_on_the_next_day_are_no_coming_back() -> None:
    assert became(a_turn(A), a_turn(T, DAY)) == (Became.ASSUMED, Why.ANSWERED)
    assert became(a_turn(A), a_turn(C, DAY)) == (Became.CONFIRMED, Why.SAID)


def test_an_answer_to_what_the_bot_asked_is_no_coming_back() -> None:
    assert became(a_turn(K), a_turn(A, DAY)) == (Became.ASSUMED, Why.ANSWERED)


def test_who_came_back_and_then_says_that_it_helped_was_helped() -> None:
    turns = (a_turn(A), a_turn(A, DAY), a_turn(C, DAY + 60))
    assert became(*turns) == (Became.CONFIRMED, Why.SAID)


def test_writing_elsewhere_takes_an_assumption_away_within_the_window_only() -> None:
    soon, late = (MORNING + timedelta(seconds=seconds) for seconds in (71 * HOUR, 73 * HOUR))
    assert became(a_turn(A), again=soon) == (Became.ABANDONED, Why.CAME_AGAIN)
    assert became(a_turn(A), again=late) == (Became.ASSUMED, Why.ANSWERED)


def test_writing_elsewhere_does_not_take_back_what_the_customer_said() -> None:
    soon = MORNING + timedelta(seconds=HOUR)
    assert became(a_turn(A), a_turn(C, 60), again=soon) == (Became.CONFIRMED, Why.SAID)


def test_it_stands_under_what_it_was_about_and_the_article_that_answered_last() -> None:
    paying, sending = Article("paying", "en", 2), Article("sending", "en", 1)
    turns = (
        a_turn(T, intent="greet", language="en"),
        a_turn(A, 10, intent="invoice", language="en", article=paying),
        a_turn(S, 20, intent="ask_knowledge", language="zh", article=sending),
        a_turn(T, 30, intent="thank", language="en"),
    )
    found = judge(Facts(MORNING, turns), SETTINGS)
    assert found is not None
    assert (found.intent, found.language, found.article) == ("ask_knowledge", "en", paying)


TURNS = st.lists(st.tuples(st.sampled_from([*Outcome, "unheard_of"]), st.floats(1, 5 * DAY)), max_size=12)
MAYBE = st.none() | st.floats(0, 6 * DAY)


@settings(max_examples=50)
@given(TURNS, MAYBE, MAYBE, st.lists(st.floats(0, 20 * DAY), max_size=3))
def test_each_conversation_with_the_bot_is_exactly_one_of_four(
    turns: list[tuple[str, float]], handed: float | None, again: float | None, reopened: list[float]
) -> None:
    at, made = 0.0, []
    for outcome, pause in turns:
        at += pause
        made.append(a_turn(outcome, at))
    last = made[-1].at if made else MORNING
    facts = Facts(
        MORNING,
        made,
        None if handed is None else ("taken", MORNING + timedelta(seconds=handed)),
        [MORNING + timedelta(seconds=each) for each in reopened],
        None if again is None else last + timedelta(seconds=again),
    )
    found = judge(facts, SETTINGS)
    assert (found is None) == (not made and handed is None)
    if found is not None:
        assert found.became in Became
        assert found.settles - found.last == timedelta(seconds=SETTINGS.window_s)
        if found.became is Became.ASSUMED:
            assert again is None or again > SETTINGS.window_s
