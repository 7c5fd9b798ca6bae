"""`bench dialogue` judges what a customer saw, and its conversations are none of the bot's own lines."""

from collections import Counter

import pytest

from app.settings import ROOT
from bench.dialogue_cases import LANGUAGES, Dialogue, Goal, dialogues
from bench.dialogue_customer import words
from bench.dialogue_judge import Reply, Seen, judge
from tests.bot.kept import bare, examples

ARTICLES = {path.stem for path in (ROOT / "app" / "sample" / "articles" / "en").glob("*.md")}
LONG_ENOUGH = 12
SHIPPED = Reply("Your order LL-10234 is on its way to you.", frozenset({"bot-order-state-shipped"}))
ASKS = Reply("What is your order number?", frozenset({"bot-order-ask-number"}))
RETURNS, PAYING = Reply("You have 30 days", shown=("returns",)), Reply("By card", shown=("payment-methods",))


def dialogue(*goals: str, fine: frozenset[str] = frozenset(), may_hand_over: bool = False) -> Dialogue:
    return Dialogue("en-1", "en", (("hello",),), tuple(map(Goal.read, goals)), fine, may_hand_over)


def seen(*replies: Reply, handed_over: bool = False, silent: int = 0) -> Seen:
    return Seen(list(replies), len(replies), handed_over, silent)


@pytest.mark.parametrize(
    ("goals", "what"),
    [
        (["article:refunds|returns"], seen(RETURNS)),
        (["article:returns|ask"], seen(ASKS)),
        (["number", "order:LL-10234=shipped"], seen(ASKS, SHIPPED)),
        (["wish:cancel"], seen(ASKS)),
        (["wish:cancel"], seen(handed_over=True)),
        (["person"], seen(ASKS, handed_over=True)),
        (["none"], seen(Reply("I did not find an answer to that."))),
    ],
)
def test_a_goal_that_was_reached_is_good(goals: list[str], what: Seen) -> None:
    wish = any(goal.startswith("wish") for goal in goals)
    assert judge(dialogue(*goals, may_hand_over=wish), what).good


@pytest.mark.parametrize(
    ("goals", "what"),
    [
        (["article:returns"], seen(Reply("One of these?", suggested=("returns",)))),
        (["article:returns", "article:refunds"], seen(RETURNS)),
        (["order:LL-10234=packed"], seen(SHIPPED)),
        (["order:LL-20871=shipped"], seen(SHIPPED)),
        (["number"], seen(SHIPPED)),
        (["person"], seen(ASKS)),
        (["none"], seen(RETURNS)),
    ],
)
def test_a_goal_that_was_not_reached_is_missed(goals: list[str], what: Seen) -> None:
    assert judge(dialogue(*goals), what).missed_goals


def test_an_article_that_is_no_answer_to_this_is_wrong_even_beside_the_right_one() -> None:
    assert judge(dialogue("article:returns"), seen(RETURNS, PAYING)).wrong == ("payment-methods",)
    allowed = dialogue("article:returns", fine=frozenset({"payment-methods"}))
    assert judge(allowed, seen(RETURNS, PAYING)).wrong == ()
    assert judge(allowed, seen(RETURNS, PAYING)).answers == 2


def test_an_order_that_nobody_asked_for_is_wrong() -> None:
    assert judge(dialogue("wish:cancel"), seen(SHIPPED)).wrong == (SHIPPED.text,)


def test_a_person_too_many_and_one_too_few_are_told_apart() -> None:
    assert judge(dialogue("article:returns"), seen(RETURNS, handed_over=True)).needless_handover
    assert not judge(
        dialogue("article:returns", may_hand_over=True), seen(RETURNS, handed_over=True)
    ).needless_handover
    missed = judge(dialogue("person"), seen(RETURNS))
    assert (missed.missed_handover, missed.needless_handover) == (True, False)


def test_silence_is_never_good() -> None:
    assert not judge(dialogue("article:returns"), seen(RETURNS, silent=1)).good


def test_there_are_a_hundred_in_each_language_and_their_articles_exist() -> None:
    found = dialogues()
    assert Counter(each.language for each in found) == {"en": 100, "zh": 100}
    assert len({each.id for each in found}) == len(found)
    assert frozenset().union(*(each.articles for each in found)) - {"ask"} <= ARTICLES
    assert sum(each.needs_person for each in found) >= 20


def test_their_words_are_not_what_the_bot_was_trained_with() -> None:
    """Short ones ("转人工") are what everybody writes."""
    for language in LANGUAGES:
        trained = {bare(text) for _, text in examples(language)}
        said = [text for each in dialogues([language]) for texts in each.say for text in texts]
        long = [text for text in said if len(text) >= (LONG_ENOUGH if language == "zh" else 2 * LONG_ENOUGH)]
        assert [text for text in long if bare(text) in trained] == []


def test_texts_of_the_catalogue_are_known_again() -> None:
    known = words()
    assert "bot-order-ask-number" in known.keys("What is your order number? It looks like LL-12345.")
    assert "bot-order-state-shipped" in known.keys("您的订单 LL-10234 已经发出，正在送往您那里。")
    assert known.titles["Return something you ordered"] == "returns"


def test_a_goal_that_nobody_knows_is_said_so() -> None:
    with pytest.raises(RuntimeError, match="expected one of"):
        Goal.read("articel:returns")
