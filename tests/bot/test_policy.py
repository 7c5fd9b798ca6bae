"""What the bot says, by tables and by what must hold of every reply."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contract import (
    ORDER_FORM,
    Asked,
    ChoseArticle,
    ChoseGone,
    ChoseHelped,
    Chosen,
    ChosePerson,
    Outcome,
    PastTurn,
    Turn,
)
from bot.policy.choosing import implied_choice
from bot.policy.deciding import decide, decide_alone, reply_language
from bot.policy.settings import PolicySettings
from bot.proposals import (
    Affirmed,
    AskSlot,
    Complains,
    Denied,
    Found,
    Further,
    LookupFailed,
    NotProven,
    NumberRefused,
    OrderTold,
    Proposal,
    Talk,
    WantsPerson,
)
from bot.reply import AskBack, BotReply, HandOff, Line, Nothing, Passage, Say, Suggest
from core.ids import ArticleId
from core.order import Order, OrderState
from tests.bot.builders import a_past, a_turn, an_answer, understood

SETTINGS = PolicySettings()
SURE, LIKELY, UNLIKELY = 0.9, 0.4, 0.1
ASK_NUMBER = AskSlot("order_number", "bot-order-ask-number")


def reply(turn: Turn, *proposals: Proposal) -> BotReply:
    return decide(turn, understood(*proposals), SETTINGS)


def keys(said: BotReply) -> list[str]:
    assert not isinstance(said, Nothing)
    return [piece.key for piece in said.pieces if isinstance(piece, Line)]


def found(*probabilities: float, again: bool = False) -> Found:
    names = ("returns", "paying", "shipping", "lamps", "care")
    answers = tuple(an_answer(name, each) for name, each in zip(names, probabilities, strict=False))
    return Found("How?", answers, again)


@pytest.mark.parametrize(
    "proposal",
    [
        OrderTold(Order("LL-10234", OrderState.SHIPPED)),
        NumberRefused("LL-9", well_formed=True),
        ASK_NUMBER,
        NotProven(),
    ],
)
def test_orders_are_no_matter_for_the_bot_where_nothing_proves_who_asks(proposal: Proposal) -> None:
    for said in (reply(a_turn(proven=False), proposal), reply(a_turn(proven=False), found(SURE), proposal)):
        assert isinstance(said, HandOff)
        assert said.reason == "not_proven"


def test_a_look_up_that_was_refused_is_handed_over_whatever_else_the_turn_says() -> None:
    said = reply(a_turn(proven=True), NotProven(), ASK_NUMBER)
    assert isinstance(said, HandOff)
    assert said.reason == "not_proven"


def test_general_questions_are_answered_to_anybody() -> None:
    assert isinstance(reply(a_turn(proven=False), found(SURE)), Say)


def test_a_sure_answer_is_given_in_the_articles_own_words() -> None:
    said = reply(a_turn(), found(SURE, LIKELY))
    assert isinstance(said, Say)
    (passage,) = said.pieces
    assert isinstance(passage, Passage)
    assert passage.cut.words == an_answer("returns", SURE).text
    assert said.outcome is Outcome.ANSWERED
    assert said.asked is Asked.HELPED


def test_likely_answers_are_suggested_three_at_most() -> None:
    said = reply(a_turn(), found(LIKELY, LIKELY, LIKELY, LIKELY, LIKELY))
    assert isinstance(said, Suggest)
    assert [each.article for each in said.answers] == ["returns", "paying", "shipping"]


def test_an_unlikely_answer_is_not_shown_and_counts_as_a_failure() -> None:
    said = reply(a_turn(), found(UNLIKELY))
    assert isinstance(said, AskBack)
    assert said.failures == 1


@pytest.mark.parametrize(("probability", "kind"), [(0.85, Say), (0.6, Suggest), (0.4, AskBack)])
def test_what_seems_out_of_scope_must_be_found_more_surely(probability: float, kind: type) -> None:
    heard = understood(found(probability), intent="out_of_scope")
    assert isinstance(decide(a_turn("Tell me a joke"), heard, SETTINGS), kind)


@pytest.mark.parametrize(
    "proposals", [(), (Found("?", ()),), (Talk("console-title"),), (NumberRefused("1", well_formed=False),)]
)
def test_two_failures_in_a_row_bring_a_person(proposals: tuple[Proposal, ...]) -> None:
    first = reply(a_turn("What?"), *proposals)
    assert isinstance(first, AskBack)
    past = a_past("What?", Outcome.ASKED, failures=first.failures)
    assert isinstance(reply(a_turn("And that?", history=(past,)), *proposals), HandOff)


def test_an_answer_in_between_lets_the_count_begin_again() -> None:
    past = (a_past("A?", Outcome.ASKED, failures=1), a_past("B?", Outcome.ANSWERED, failures=0))
    assert isinstance(reply(a_turn("C?", history=past), Found("?", ())), AskBack)


def test_small_talk_in_between_does_not() -> None:
    first = a_past("A?", Outcome.ASKED, failures=1)
    said = reply(a_turn("Thanks", history=(first,)), Talk("bot-thanks"))
    assert isinstance(said, Say)
    assert said.failures == 1


@pytest.mark.parametrize("again", ["How do I pay?", "how do i PAY", "How do I pay???"])
@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.SUGGESTED])
def test_the_same_question_twice_brings_a_person(again: str, outcome: Outcome) -> None:
    turn = a_turn(again, history=(a_past("How do I pay?", outcome), a_past("Thanks", Outcome.TALKED)))
    said = reply(turn, found(SURE))
    assert isinstance(said, HandOff)
    assert said.reason == "asked_twice"


def test_the_same_answer_to_another_question_is_not_repeated() -> None:
    past = a_past("How do I send it back?", Outcome.ANSWERED, articles=("returns",))
    said = reply(a_turn("And who pays for the parcel?", history=(past,)), found(SURE))
    assert keys(said) == ["bot-same-answer"]


@pytest.mark.parametrize(
    ("proposal", "reason"),
    [
        (WantsPerson(), "asked_for_person"),
        (Complains(), "complaint"),
        (LookupFailed("knowledge"), "lookup_failed"),
    ],
)
def test_some_things_bring_a_person_at_once_even_in_a_form(proposal: Proposal, reason: str) -> None:
    for said in (reply(a_turn(), proposal), reply(a_turn(), proposal, ASK_NUMBER)):
        assert isinstance(said, HandOff)
        assert said.reason == reason


def test_a_complaint_is_acknowledged() -> None:
    assert keys(reply(a_turn(), Complains())) == ["bot-complaint"]


@pytest.mark.parametrize(
    "text",
    [
        "human",
        "I want to talk to a person!",
        "agent please",
        "转人工",
        "我要找客服",
        "no more bots, a human now",
    ],
)
def test_a_person_asked_for_in_plain_words_needs_no_engine(text: str) -> None:
    said = decide_alone(a_turn(text), SETTINGS)
    assert isinstance(said, HandOff)
    assert said.reason == "asked_for_person"


@pytest.mark.parametrize("text", ["???", "🙂", ""])
def test_what_says_nothing_is_asked_back(text: str) -> None:
    assert keys(decide_alone(a_turn(text), SETTINGS) or Nothing("")) == ["bot-no-answer"]


@pytest.mark.parametrize("text", ["How do I pay?", "Are you human?", "你是真人吗", "/restart", "hello"])
def test_everything_else_is_for_an_engine(text: str) -> None:
    assert decide_alone(a_turn(text), SETTINGS) is None


@pytest.mark.parametrize(
    ("asked", "proposal", "expected"),
    [
        (Asked.HELPED, Affirmed(), "bot-glad"),
        (Asked.HELPED, Denied(), "bot-rephrase"),
        (Asked.WHICH, Affirmed(), "bot-which-one"),
        (Asked.WHICH, Denied(), "bot-rephrase"),
        (Asked.PERSON, Denied(), "bot-all-right"),
        (None, Affirmed(), "bot-go-ahead"),
        (None, Denied(), "bot-all-right"),
    ],
)
def test_a_yes_or_a_no_answers_what_was_asked(asked: Asked | None, proposal: Proposal, expected: str) -> None:
    turn = a_turn("x", history=(a_past(asked=asked),))
    assert keys(reply(turn, proposal)) == [expected]


def test_a_yes_to_a_person_brings_one() -> None:
    turn = a_turn("yes", history=(a_past(asked=Asked.PERSON, outcome=Outcome.ASKED),))
    assert isinstance(reply(turn, Affirmed()), HandOff)


def test_an_interrupted_form_asks_again_after_the_answer() -> None:
    turn = a_turn(history=(a_past("Where is it?", Outcome.ASKED, active_form=ORDER_FORM),))
    said = reply(turn, found(SURE), ASK_NUMBER)
    assert isinstance(said, Say)
    assert keys(said) == ["bot-order-ask-number"]
    assert said.offers == ()
    assert said.asked is None


def test_a_form_that_gets_nowhere_brings_a_person() -> None:
    first = reply(a_turn("Where is it?"), ASK_NUMBER)
    assert isinstance(first, AskBack)
    assert first.failures == 0
    past = a_past("Where is it?", Outcome.ASKED, active_form=ORDER_FORM)
    again = reply(a_turn("I said where!", history=(past,)), ASK_NUMBER)
    assert isinstance(again, AskBack)
    past = a_past("x", Outcome.ASKED, active_form=ORDER_FORM, failures=again.failures)
    assert isinstance(reply(a_turn("Well?", history=(past,)), ASK_NUMBER), HandOff)


@pytest.mark.parametrize(
    ("well_formed", "key"), [(False, "bot-order-not-a-number"), (True, "bot-order-unknown")]
)
def test_a_refused_number_is_told_why_and_asked_for_once(*, well_formed: bool, key: str) -> None:
    assert keys(reply(a_turn("123"), NumberRefused("123", well_formed=well_formed), ASK_NUMBER)) == [key]


@pytest.mark.parametrize("state", OrderState)
def test_each_state_of_an_order_has_its_text(state: OrderState) -> None:
    said = reply(a_turn(), OrderTold(Order("LL-10234", state)))
    assert keys(said) == [f"bot-order-state-{state.value}"]


def test_when_an_answer_did_not_help_others_are_offered_then_a_person() -> None:
    past = a_past(articles=("returns",), asked=Asked.HELPED)
    said = reply(a_turn("That did not help", history=(past,)), found(SURE, LIKELY, again=True))
    assert isinstance(said, Suggest)
    assert [each.article for each in said.answers] == ["paying"]
    assert said.failures == 1
    past = a_past("x", Outcome.SUGGESTED, failures=1)
    again = reply(a_turn("Not that either", history=(past,)), found(SURE, again=True))
    assert isinstance(again, HandOff)
    assert again.reason == "not_helped"


def test_suggestions_twice_in_a_row_count_as_a_failure() -> None:
    past = a_past("A?", Outcome.SUGGESTED)
    said = reply(a_turn("B?", history=(past,)), found(LIKELY))
    assert isinstance(said, Suggest)
    assert said.failures == 1
    said = reply(a_turn("C?", history=(a_past("B?", Outcome.SUGGESTED, failures=1),)), found(LIKELY))
    assert isinstance(said, HandOff)
    assert [each.article for each in said.articles] == ["returns"]


@pytest.mark.parametrize(
    ("chosen", "key"),
    [
        (ChoseHelped(True), "bot-glad"),
        (ChoseHelped(False), "bot-rephrase"),
        (ChoseGone(), "bot-choice-gone"),
    ],
)
def test_buttons_are_answered_without_an_engine(chosen: Chosen, key: str) -> None:
    assert keys(decide_alone(a_turn("", chosen=chosen), SETTINGS) or Nothing("")) == [key]


def test_the_button_for_a_person_brings_one() -> None:
    assert isinstance(decide_alone(a_turn("", chosen=ChosePerson()), SETTINGS), HandOff)


@pytest.mark.parametrize(
    ("text", "article"), [("2", "paying"), ("2.", "paying"), ("第一个", "returns"), ("3", None)]
)
def test_a_typed_number_chooses_among_suggestions(text: str, article: str | None) -> None:
    past = a_past("x", Outcome.SUGGESTED, articles=("returns", "paying"), asked=Asked.WHICH)
    chosen = implied_choice(a_turn(text, history=(past,)))
    assert (chosen.article if isinstance(chosen, ChoseArticle) else None) == article


def test_a_number_means_no_choice_when_none_is_offered() -> None:
    assert implied_choice(a_turn("2", history=(a_past(articles=("a", "b")),))) is None
    assert implied_choice(a_turn("2")) is None


@pytest.mark.parametrize(
    ("heard", "before", "hint", "language"),
    [
        ("zh", "en", "en", "zh"),
        (None, "zh", "en", "zh"),
        (None, None, "zh", "zh"),
        (None, None, None, "en"),
    ],
)
def test_the_reply_is_in_the_language_of_the_text_then_of_before_then_of_the_page(
    heard: str | None, before: str | None, hint: str | None, language: str
) -> None:
    turn = a_turn("x", history=(a_past(language=before),), language=hint)
    assert reply_language(turn, understood(language=heard)) == language


ARTICLES = st.sampled_from(["returns", "paying", "shipping"])
ANSWERS = st.builds(an_answer, ARTICLES, st.floats(0, 1))
FINDINGS = st.builds(
    Found,
    st.text(max_size=5),
    st.lists(ANSWERS, max_size=5).map(lambda some: tuple(sorted(some, key=lambda each: -each.probability))),
    st.booleans(),
    language=st.sampled_from([None, "en", "zh"]),
    elsewhere=st.lists(ANSWERS, max_size=2).map(tuple),
    alike=st.dictionaries(st.sampled_from(["A?", "B?", "How do I pay?"]), st.floats(0, 1)),
    topics=st.dictionaries(ARTICLES, st.lists(st.sampled_from("ab"), min_size=1, max_size=2).map(tuple)),
    narrowed=st.booleans(),
)
PROPOSALS = st.one_of(
    FINDINGS,
    st.builds(replace, FINDINGS, parts=st.lists(FINDINGS, max_size=3).map(tuple)),
    st.builds(Talk, st.sampled_from(["bot-greet", "bot-thanks", "bot-order-stopped", "nonsense"])),
    st.builds(Further, st.none() | st.builds(an_answer, ARTICLES, st.just(1.0))),
    st.just(ASK_NUMBER),
    st.sampled_from([Affirmed(), Denied(), WantsPerson(), Complains(), LookupFailed("orders")]),
    st.builds(NumberRefused, st.text(max_size=5), st.booleans()),
    st.builds(OrderTold, st.builds(Order, st.just("LL-10234"), st.sampled_from(OrderState))),
)
PASTS = st.builds(
    a_past,
    st.sampled_from(["A?", "B?", "How do I pay?"]),
    st.sampled_from(Outcome),
    articles=st.lists(ARTICLES, max_size=2),
    asked=st.none() | st.sampled_from(Asked),
    failures=st.integers(0, 3),
    active_form=st.none() | st.just(ORDER_FORM),
)


@given(st.lists(PROPOSALS, max_size=3), st.lists(PASTS, max_size=4), st.text(max_size=20))
def test_the_bot_is_never_silent_and_never_fails_thrice(
    proposals: list[Proposal], history: list[PastTurn], text: str
) -> None:
    turn = a_turn(text, history=tuple(history))
    said = reply(turn, *proposals)
    assert not isinstance(said, Nothing)
    if isinstance(said, HandOff):
        return
    assert said.pieces or isinstance(said, Suggest)
    before = history[-1].failures if history else 0
    assert said.failures <= max(before, SETTINGS.failures_to_person - 1)
    if isinstance(said, Suggest):
        assert 1 <= len(said.answers) <= SETTINGS.suggestions
        assert all(each.probability >= SETTINGS.beside_at for each in said.answers)
    narrowed = any(isinstance(each, Found) and each.narrowed for each in proposals)
    if isinstance(said, Say) and not narrowed:
        assert all(
            piece.answer.probability >= SETTINGS.answer_at
            for piece in said.pieces
            if isinstance(piece, Passage)
        )


@given(st.lists(PROPOSALS, max_size=3), st.lists(PASTS, max_size=4))
def test_whoever_asks_for_a_person_among_whatever_else_gets_one(
    proposals: list[Proposal], history: list[PastTurn]
) -> None:
    said = reply(a_turn("x", history=tuple(history)), *proposals, WantsPerson())
    assert isinstance(said, HandOff)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_likelier_answer_is_never_treated_worse(one: float, other: float) -> None:
    def rank(probability: float) -> int:
        kinds = (HandOff, AskBack, Suggest, Say)
        return kinds.index(type(reply(a_turn(), found(probability))))

    low, high = sorted((one, other))
    assert rank(low) <= rank(high)


def test_an_article_named_by_a_button_is_shown_however_likely_it_is() -> None:
    turn = a_turn("Paying", chosen=ChoseArticle(ArticleId("paying"), "en", "Paying"))
    assert isinstance(reply(turn, Found("Paying", (an_answer("paying", 1.0),))), Say)
