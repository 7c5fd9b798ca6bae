"""Tokens, stems, and the language of a question."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import language_of, normalised, tokens
from knowledge.words import stem

HAN = re.compile("[\u4e00-\u9fff]")
MIXED = st.text(
    st.sampled_from("退货怎么办灯泡订单 abcXYZ 019 ?！，。ＡＢ１２é'’-_")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


@given(MIXED)
def test_no_chinese_character_is_ever_lost(text: str) -> None:
    han = HAN.findall(normalised(text))
    assert [token for token in tokens(text) if HAN.fullmatch(token)] == han


@given(st.text("退货怎么办灯泡订单", min_size=2, max_size=20))
def test_every_pair_of_chinese_neighbours_is_a_token(text: str) -> None:
    assert {text[at : at + 2] for at in range(len(text) - 1)} <= set(tokens(text))


@given(MIXED)
def test_no_token_is_empty_or_holds_a_space_or_a_capital(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not any(character.isspace() for character in token)
        assert token == token.casefold()


@given(MIXED)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789 ", max_size=40))
def test_full_width_and_half_width_are_one(text: str) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) if character != " " else "\u3000" for character in text)
    assert unicodedata.normalize("NFKC", wide) == text
    assert tokens(wide) == tokens(text)


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)


@pytest.mark.parametrize(
    "forms",
    [
        "ship ships shipped shipping shipment shipments",
        "deliver delivers delivered delivering delivery deliveries",
        "cancel cancels cancelled canceled cancelling cancellation",
        "change changes changed changing",
        "pay pays paid paying payment payments",
        "return returns returned returning",
        "box boxes boxed",
        "reply replies replied replying",
        "leaf leaves",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("plant", "plan"), ("lamp", "lamb"), ("bus", "bu"), ("order", "old")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_contraction_is_its_words() -> None:
    assert tokens("I can't") == tokens("I cannot") == tokens("i can not")
    assert tokens("What’s this?") == tokens("what this")
    assert tokens("N't") == ["n"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("怎么退货？", "zh"),
        ("refund 怎么申请", "zh"),
        ("请问可以用PayPal付款吗", "zh"),
        ("ＬＥＤ灯泡", "zh"),
        ("Where is my parcel?", "en"),
        ("hello", "en"),
        ("I want my money back", "en"),
        ("wo ist mein paket", None),
        ("où est ma commande", None),
        ("ありがとうございます", None),
        ("주문 취소", None),
        ("LL-12345", None),
        ("PayPal", None),
        ("🙂", None),
        ("", None),
    ],
)
def test_a_question_shows_its_language_or_none(text: str, language: str | None) -> None:
    assert language_of(text) == language
