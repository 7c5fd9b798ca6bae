"""The same answer a second time leads to a person, and so do two answers that did not help; another question does not."""

from dataclasses import replace
from typing import Any

import pytest

from bot.contract import Asked, ChoseHelped, Outcome, PastTurn, Turn
from bot.policy.deciding import decide, decide_alone
from bot.policy.settings import PolicySettings
from bot.proposals import Denied, Found
from bot.reply import AskBack, BotReply, HandOff, Line, Passage, Say
from core.ids import ArticleId
from tests.bot.builders import a_past, a_turn, an_answer, understood

SETTINGS = PolicySettings()
SAME_AGAIN = [Line("bot-same-answer")]


def asked(text: str, *articles: str, **values: Any) -> PastTurn:
    return a_past(text, Outcome.ANSWERED, asked=Asked.HELPED, articles=articles, **values)


def offered(text: str = "In other words?") -> PastTurn:
    return a_past(text, Outcome.ASKED, asked=Asked.PERSON, failures=1, intent="ask_knowledge")


REFUSED = a_past("no", Outcome.ASKED, asked=Asked.PERSON, failures=1, intent="deny")
HELPED = a_past("yes", Outcome.CONFIRMED, intent="affirm")
FIRST, AGAIN = "where do I download my invoice", "how can I get a receipt for my purchase"


def said(
    *history: PastTurn,
    text: str = AGAIN,
    article: str = "returns",
    near: float | None = None,
    sure: float = 0.9,
) -> BotReply:
    alike = {} if near is None else {FIRST: near}
    found = Found(text, (an_answer(article, sure),), language="en", alike=alike)
    return decide(a_turn(text, history=history), understood(found), SETTINGS)


@pytest.mark.parametrize("near", [None, 0.42, 0.69])
@pytest.mark.parametrize("sure", [0.9, 0.2])
@pytest.mark.parametrize(
    "between", [(), (a_past("thanks", Outcome.TALKED),), (asked("How do I pay?", "paying"),)]
)
def test_what_was_told_is_not_told_again_to_the_same_question_in_other_words(
    between: tuple[PastTurn, ...], sure: float, near: float | None
) -> None:
    reply = said(asked(FIRST, "returns"), *between, near=near, sure=sure)
    assert isinstance(reply, AskBack)
    assert list(reply.pieces) == SAME_AGAIN
    assert reply.asked is Asked.PERSON
    assert reply.failures == 1


@pytest.mark.parametrize("near", [None, 0.5])
def test_answers_and_the_same_again_never_alternate_a_person_comes(near: float | None) -> None:
    reply = said(asked(FIRST, "returns"), offered(), text="and where is the paper for it", near=near)
    assert isinstance(reply, HandOff)
    assert reply.reason == "asked_twice"


def test_another_detail_is_another_question_until_only_the_same_was_there_to_say() -> None:
    norway, sweden = asked("do you ship to norway", "returns"), "do you ship to sweden"
    assert isinstance(said(norway, a_past("thanks", Outcome.TALKED), text=sweden), Say)
    assert isinstance(said(norway, offered("do you ship to denmark"), text=sweden), HandOff)


@pytest.mark.parametrize(
    ("between", "near"), [((a_past("ok", Outcome.TALKED),), 0.2), ((asked("How do I pay?", "paying"),), 0.1)]
)
def test_what_is_clearly_another_question_is_told_it_again(
    between: tuple[PastTurn, ...], near: float
) -> None:
    reply = said(asked(FIRST, "returns"), *between, near=near)
    assert isinstance(reply, Say)
    assert any(isinstance(piece, Passage) for piece in reply.pieces)


def test_another_article_is_told_all_the_same() -> None:
    assert isinstance(said(asked(FIRST, "returns"), article="paying", near=0.5), Say)
    assert isinstance(said(asked(FIRST, "returns"), offered(), article="paying", near=0.5), Say)


def pressed(*history: PastTurn) -> BotReply | None:
    return decide_alone(a_turn("", chosen=ChoseHelped(False), history=history), SETTINGS)


def typed(*history: PastTurn) -> BotReply:
    return decide(a_turn("no", history=history), understood(Denied(), intent="deny"), SETTINGS)


BOTH = (asked("A?", "returns"), REFUSED, asked("B, then?", "paying"))


@pytest.mark.parametrize("no", [pressed, typed])
def test_after_two_answers_that_did_not_help_a_person_comes(no: Any) -> None:
    reply = no(*BOTH)
    assert isinstance(reply, HandOff)
    assert reply.reason == "not_helped"


@pytest.mark.parametrize(
    "history",
    [
        (asked("B?", "paying"),),
        (asked("A?", "returns"), asked("B?", "paying")),
        (asked("A?", "returns"), REFUSED, asked("C?", "shipping"), HELPED, asked("B?", "paying")),
    ],
)
def test_after_one_answer_that_did_not_help_other_words_are_asked_for(history: tuple[PastTurn, ...]) -> None:
    reply = pressed(*history)
    assert isinstance(reply, AskBack)
    assert list(reply.pieces) == [Line("bot-rephrase")]


def test_the_article_itself_is_what_counts_and_its_revision() -> None:
    newer = Found(AGAIN, (an_answer("returns"),), language="en", alike={FIRST: 0.5})
    past = asked(FIRST)
    told_then = a_past(FIRST, articles=("returns",)).articles[0]
    turn: Turn = a_turn(AGAIN, history=(_with(past, told_then, revision=2),))
    assert told_then.article == ArticleId("returns")
    assert isinstance(decide(turn, understood(newer), SETTINGS), Say)


def _with(past: PastTurn, given: Any, **values: Any) -> PastTurn:
    return replace(past, articles=(replace(given, **values),))
