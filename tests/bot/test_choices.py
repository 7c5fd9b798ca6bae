"""What customers write instead of pressing a button."""

import pytest

from bot.choices import label_of, means_more, means_none, number_in
from bot.contract import Asked, ChoseArticle, ChoseHelped, ChoseMore, Chosen, ChosePerson, Offered, Outcome
from bot.policy.choosing import implied_choice
from core.ids import ArticleId
from tests.bot.builders import a_past, a_turn

LABELS = ("How to return an item", "Ways to pay", "How long shipping takes")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2", 1),
        ("2.", 1),
        ("\uff12", 1),
        ("#2", 1),
        ("number 2", 1),
        ("option 2 please", 1),
        ("the second", 1),
        ("The second one, please", 1),
        ("the second one please", 1),
        ("two", 1),
        ("the 2nd one", 1),
        ("the last one", 2),
        ("第二个", 1),
        ("第2个", 1),
        ("我要第二个", 1),
        ("选2", 1),
        ("二", 1),
        ("两", 1),
        ("最后一个", 2),
        ("4", None),
        ("0", None),
        ("22", None),
        ("2 lamps", None),
        ("second hand lamps", None),
        ("", None),
    ],
)
def test_a_number_in_any_words_names_a_place(text: str, place: int | None) -> None:
    assert number_in(text, 3) == place


@pytest.mark.parametrize(
    "text",
    [
        "none",
        "None of these",
        "none of them.",
        "neither",
        "no, none of these",
        "something else",
        "都不是",
        "以上都不是",
        "都不对",
        "没有我要的",
    ],
)
def test_none_of_these_is_understood(text: str) -> None:
    assert means_none(text)


@pytest.mark.parametrize("text", ["none of my lamps works", "no", "都不能用了怎么办", ""])
def test_a_new_question_is_not_taken_for_none_of_these(text: str) -> None:
    assert not means_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "more",
        "More please",
        "tell me more",
        "show me more",
        "read more",
        "go on",
        "continue",
        "more details",
        "详细",
        "详细一点",
        "更多",
        "继续",
        "说详细点",
        "还有呢",
        "yes, tell me more",
    ],
)
def test_more_is_understood(text: str) -> None:
    assert means_more(text)


@pytest.mark.parametrize(
    "text", ["more than one lamp", "how much more does it cost", "我想要更多灯", "", "?"]
)
def test_a_question_with_more_in_it_is_a_question(text: str) -> None:
    assert not means_more(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [("ways to pay", 1), ("pay", 1), ("the returns one", 0), ("shipping", 2), ("how", None), ("lamps", None)],
)
def test_a_title_or_the_word_that_tells_it_apart_names_it(text: str, place: int | None) -> None:
    assert label_of(text, LABELS, loosely=True) == place


def test_only_whole_labels_count_where_nothing_is_asked() -> None:
    assert label_of("pay", LABELS, loosely=False) is None
    assert label_of("Ways to pay.", LABELS, loosely=False) == 1


RETURNS = ChoseArticle(ArticleId("returns"), "en", "How to return an item")
PAYING = ChoseArticle(ArticleId("paying"), "en", "Ways to pay")
SHOWN = (
    Offered(RETURNS, RETURNS.title),
    Offered(PAYING, PAYING.title),
    Offered(ChoseHelped(False), "None of these"),
    Offered(ChosePerson(), "Talk to a person"),
)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("2", PAYING),
        ("pay", PAYING),
        ("3", ChoseHelped(False)),
        ("4", ChosePerson()),
        ("talk to a person", ChosePerson()),
        ("都不是", ChoseHelped(False)),
        ("yes", None),
        ("How long does shipping take?", None),
    ],
)
def test_what_is_typed_is_looked_up_among_what_was_shown(text: str, chosen: Chosen | None) -> None:
    past = a_past("x", Outcome.SUGGESTED, asked=Asked.WHICH)
    assert implied_choice(a_turn(text, history=(past,), offered=SHOWN)) == chosen


def test_a_yes_to_the_only_suggestion_takes_it() -> None:
    past = a_past("x", Outcome.SUGGESTED, asked=Asked.WHICH)
    assert implied_choice(a_turn("yes please", history=(past,), offered=SHOWN[1:])) == PAYING


def test_after_an_answer_a_number_means_its_button_only_where_they_are_numbered_lines() -> None:
    past = a_past("x", Outcome.ANSWERED, asked=Asked.HELPED, articles=("returns",))
    more = ChoseMore(ArticleId("returns"), "en", "Returns")
    shown = (Offered(more, "Show me more"), Offered(ChoseHelped(True), "That helped"))
    assert implied_choice(a_turn("1", history=(past,), offered=shown)) is None
    assert implied_choice(a_turn("1", history=(past,), offered=shown, letter=True)) == more
    assert implied_choice(a_turn("that helped", history=(past,), offered=shown)) == ChoseHelped(True)
    assert implied_choice(a_turn("tell me more", history=(past,), offered=shown)) == more
    assert implied_choice(a_turn("tell me more", history=(a_past("x", Outcome.TALKED),))) is None
