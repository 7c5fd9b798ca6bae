"""An article is told in its own words: short first, then the rest, and nothing twice or left out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.passages import Cut, further, passage_at, short, tells
from core.answer import Answer
from tests.bot.builders import an_answer

RETURNS = """You have 30 days to send a lamp back. You need not give a reason.

1. Sign in and open My orders.
2. Choose the order, press Return items and tick what you are sending back.
3. Print the label, or show the QR code at the parcel shop.

Costs

Returning is free within Germany. From other countries in the EU the label costs 4.90 euros.

What we cannot take back: gift cards, lamps made to your measurements, and plants you no longer like."""


def article(text: str, excerpt: str = "") -> Answer:
    return replace(an_answer(), text=text, excerpt=excerpt)


def all_of(answer: Answer, first: int, more: int) -> list[Cut]:
    cuts = [short(answer, first)]
    while cuts[-1].left:
        cuts.append(further(answer, cuts[-1].origin, cuts[-1].told, more))
    return cuts


def test_a_short_article_is_told_whole() -> None:
    assert short(article(RETURNS), 1000) == Cut(RETURNS, 0, len(RETURNS), left=False)


def test_a_long_one_begins_with_whole_paragraphs_and_never_ends_with_a_heading() -> None:
    cut = short(article(RETURNS), 260)
    assert cut.words.endswith("at the parcel shop.")
    assert cut.left


def test_it_begins_where_the_answer_is_when_that_is_far_down() -> None:
    answer = article(RETURNS, "What we cannot take back: gift cards, lamps made to your…")
    cut = short(answer, 130)
    assert cut.words.startswith("What we cannot take back")
    assert tells(answer, cut.origin, cut.told)
    assert not tells(article(RETURNS, "You have 30 days to send a lamp back."), cut.origin, cut.told)
    rest = further(answer, cut.origin, cut.told, 2000)
    assert rest.words.startswith("You have 30 days")
    assert not rest.left


def test_where_an_excerpt_is_not_in_the_text_it_begins_at_the_beginning() -> None:
    assert passage_at(article(RETURNS, "Something else")) == 0
    assert short(article(RETURNS, "Something else"), 130).words.startswith("You have 30 days")


def test_chinese_says_as_much_in_half_the_characters() -> None:
    text = "您可以在三十天内退货，不需要说明理由。\n\n" * 20
    assert len(short(article(text), 200).words) <= 125


def test_after_everything_there_is_nothing() -> None:
    assert further(article(RETURNS), 0, len(RETURNS), 100) == Cut("", 0, len(RETURNS), left=False)


TEXTS = st.text(st.sampled_from("ab .。:\n好1•"), max_size=300)


@given(TEXTS, st.integers(0, 299), st.integers(12, 120), st.integers(12, 120))
def test_whatever_the_text_all_of_it_is_told_once_in_bounded_pieces(
    text: str, at: int, first: int, more: int
) -> None:
    answer = article(text, text[at : at + 80])
    cuts = all_of(answer, first, more)
    told = "".join("".join(cut.words.split()) for cut in cuts)
    assert sorted(told) == sorted("".join(text.split()))
    assert all(cut.words in text for cut in cuts)
    assert all(len(cut.words) <= max(first, more) * 1.25 for cut in cuts)
    assert all(cut.words for cut in cuts) or not text.strip()


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_an_article_without_words_has_nothing_left(text: str) -> None:
    assert not short(article(text), 10).left
