"""Snippets: what was asked for is seen and marked, and nothing in them is more than text."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.snippet import SNIPPET_CHARACTERS, Piece, snippet
from knowledge.text import tokens

LONG = "Nothing to see here. " * 40
TEXTS = st.text(
    st.sampled_from("lamp 灯泡退货<b>&\n ，。?!éＡİß-_'") | st.characters(exclude_categories=["Cs"]),
    max_size=400,
)


def marked(text: str, question: str) -> list[str]:
    return [piece.text for piece in snippet(text, frozenset(tokens(question))) if piece.marked]


def test_the_words_asked_for_are_marked_in_any_form() -> None:
    assert marked("We return Lamps. A lamp is returned.", "returning a lamp") == [
        "return",
        "Lamps",
        "A",
        "lamp",
        "returned",
    ]


def test_chinese_is_marked_by_the_pairs_asked_for() -> None:
    assert marked("三十天内可以退货，货到付款。", "怎么退货") == ["退货"]
    assert marked("开灯", "灯") == ["灯"]


def test_a_long_text_is_shown_around_what_was_asked_for() -> None:
    pieces = snippet(f"{LONG}The warranty is three years. {LONG}", frozenset(tokens("warranty years")))
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert Piece("warranty", marked=True) in pieces
    assert Piece("years", marked=True) in pieces


def test_markup_stays_text() -> None:
    pieces = snippet("<script>alert(1)</script> lamp", frozenset({"script"}))
    assert "".join(piece.text for piece in pieces) == "<script>alert(1)</script> lamp"


@given(TEXTS, TEXTS)
def test_pieces_make_up_a_stretch_of_the_text_within_the_limit(text: str, question: str) -> None:
    pieces = snippet(text, frozenset(tokens(question)))
    shown = "".join(piece.text for piece in pieces)
    assert len(shown) <= SNIPPET_CHARACTERS
    assert shown.strip("…") in " ".join(text.split())
    assert all(piece.text for piece in pieces)
