"""Which turns were probably misunderstood: by what the engine said, and by what the customer did next."""

import pytest

from bot.improving.misread import Heard, Why, heavier, misunderstood

BELOW = 0.6


def heard(turn: str, text: str = "Can you engrave it?", **values: object) -> Heard:
    given: dict[str, object] = {
        "engine": "rasa",
        "intent": "ask_knowledge",
        "confidence": 0.9,
        "outcome": "answered",
    }
    return Heard(turn, text, **(given | values))  # type: ignore[arg-type]


def why(*turns: Heard) -> dict[str, Why]:
    return misunderstood(turns, BELOW)


def test_a_sure_answer_is_not_among_them() -> None:
    assert why(heard("1")) == {}


def test_what_the_engine_was_unsure_of_is() -> None:
    assert why(heard("1", confidence=0.59)) == {"1": Why.UNSURE}


def test_the_scripted_engines_guesses_say_nothing() -> None:
    assert why(heard("1", confidence=0.5, engine="scripted")) == {}


@pytest.mark.parametrize(
    ("intent", "expected"), [("nlu_fallback", Why.FALLBACK), ("out_of_scope", Why.OUT_OF_SCOPE)]
)
def test_what_means_none_of_ours_is(intent: str, expected: Why) -> None:
    assert why(heard("1", intent=intent)) == {"1": expected}


def test_what_a_form_asked_for_may_be_of_any_intent() -> None:
    assert why(heard("1", "10234", confidence=0.2, in_form=True)) == {}


@pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope", "ask_knowledge"])
@pytest.mark.parametrize(
    "next_turn",
    [
        heard("2", "12 hill road, town", in_form=True),
        heard("2", "That did not help", intent="not_helped"),
        heard("2", "?", intent=None, outcome="handed_off", reason="no_answer"),
    ],
)
def test_what_was_said_to_a_form_is_never_kept(intent: str, next_turn: Heard) -> None:
    said = heard("1", "12 hill road, town", intent=intent, confidence=0.2, outcome="asked", in_form=True)
    assert why(said, next_turn) == {}
    gave_up = heard(
        "1", "12 hill road", intent=intent, outcome="handed_off", reason="no_answer", in_form=True
    )
    assert why(gave_up) == {}


def test_an_answer_that_did_not_help_marks_the_question() -> None:
    found = why(heard("1"), heard("2", "That did not help", intent="not_helped", outcome="asked", failures=1))
    assert found == {"1": Why.NOT_HELPED}


def test_a_pressed_button_that_it_did_not_help_marks_it_too() -> None:
    assert why(heard("1"), heard("2", "", intent=None, outcome="asked", failures=1)) == {"1": Why.NOT_HELPED}


def test_a_question_asked_again_marks_the_first_one() -> None:
    assert why(heard("1"), heard("2", "can you ENGRAVE it")) == {"1": Why.ASKED_AGAIN}


def test_another_question_marks_nothing() -> None:
    assert why(heard("1"), heard("2", "Is it waterproof?")) == {}


def test_what_was_handed_over_without_an_answer_is_the_question_itself() -> None:
    assert why(heard("1", outcome="handed_off", reason="no_answer")) == {"1": Why.HANDED_OVER}


@pytest.mark.parametrize("reason", ["not_proven", "no_order", "lookup_failed", "asked_for_person"])
def test_other_reasons_to_hand_over_say_nothing_about_understanding(reason: str) -> None:
    assert why(heard("1", outcome="handed_off", reason=reason)) == {}


def test_what_the_customer_did_weighs_more_than_what_the_bot_was_unsure_of() -> None:
    found = why(
        heard("1", confidence=0.3), heard("2", "No", intent="not_helped", outcome="asked", failures=1)
    )
    assert found == {"1": Why.NOT_HELPED}
    assert heavier(Why.NOT_HELPED, Why.UNSURE) is Why.NOT_HELPED


def test_once_a_customer_is_content_the_question_is_settled() -> None:
    content = heard("2", "", intent=None, outcome="confirmed")
    again = heard("3", "That did not help", intent="not_helped", outcome="asked", failures=1)
    assert why(heard("1"), content, again) == {}
