"""Cutting texts: nothing is lost, nothing too long, nothing broken that belongs together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.sending.words import Mark, Style, Words, clean, joined, split, units

ALPHABET = st.sampled_from("ab .\n。！ é\u0301\u200d\ufe0f😀👩🇩🇪🏽한字")
TEXTS = st.one_of(st.text(ALPHABET, max_size=300), st.text(max_size=80)).map(clean)


@st.composite
def formatted(draw: st.DrawFn) -> Words:
    """Words with marks that lie side by side, as ours do."""
    text = draw(TEXTS)
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    styles = draw(st.lists(st.sampled_from(Style), min_size=len(ranges), max_size=len(ranges)))
    return Words(text, tuple(Mark(a, b, style) for (a, b), style in zip(ranges, styles, strict=True)))


def seen(words: Words) -> list[tuple[str, Style | None]]:
    """Every character that is no blank, and how it is formatted."""
    return [
        (character, next((mark.style for mark in words.marks if mark.start <= at < mark.end), None))
        for at, character in enumerate(words.text)
        if not character.isspace()
    ]


@given(formatted(), st.integers(2, 60))
def test_pieces_together_say_the_same_in_the_same_formatting(words: Words, longest: int) -> None:
    assert [each for piece in split(words, longest) for each in seen(piece)] == seen(words)


@given(formatted(), st.integers(2, 60))
def test_no_piece_is_empty_blank_at_its_ends_or_too_long(words: Words, longest: int) -> None:
    for piece in split(words, longest):
        assert piece.text
        assert piece.text == piece.text.strip()
        assert len(piece.text.encode("utf-16-le")) <= 2 * longest


@given(formatted(), st.integers(2, 60))
def test_marks_lie_inside_of_their_piece(words: Words, longest: int) -> None:
    for piece in split(words, longest):
        assert all(0 <= mark.start < mark.end <= len(piece.text) for mark in piece.marks)


@given(formatted(), st.integers(40, 80))
def test_a_mark_that_fits_into_half_a_piece_is_never_broken(words: Words, longest: int) -> None:
    def amount(several: list[Words]) -> int:
        return sum(len(each.marks) for each in several)

    small = [mark for mark in words.marks if units(words.text[mark.start : mark.end]) <= longest // 4]
    if len(small) == len(words.marks):
        shown = [mark for mark in small if words.text[mark.start : mark.end].strip()]
        assert amount(split(words, longest)) == len(shown)


@given(st.lists(st.sampled_from(["👩🏽\u200d🚀", "🇩🇪", "e\u0301", "x"]), max_size=60), st.integers(16, 40))
def test_an_emoji_of_several_characters_stays_whole(clusters: list[str], longest: int) -> None:
    whole = [piece.text for piece in split(Words("".join(clusters)), longest)]
    rest = list(clusters)
    for text in whole:
        taken = ""
        while len(taken) < len(text):
            taken += rest.pop(0)
        assert taken == text


@given(st.lists(formatted(), max_size=4))
def test_what_is_joined_keeps_its_formatting(several: list[Words]) -> None:
    assert seen(joined(several)) == [each for words in several for each in seen(words)]


def test_a_text_as_long_as_allowed_is_one_piece_and_one_unit_more_is_two() -> None:
    assert [units(each.text) for each in split(Words("😀" * 2048), 4096)] == [4096]
    assert [units(each.text) for each in split(Words("😀" * 2048 + "x"), 4096)] == [4096, 1]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("first line\nsecond line", ["first line", "second line"]),
        ("One, two, 3. Three four five", ["One, two, 3.", "Three four five"]),
        ("one two three four", ["one two three", "four"]),
        ("先说这个。再说那个，很长很长很长", ["先说这个。再说那个，很长很长很长"]),
        ("a" * 20, ["a" * 16, "a" * 4]),
        ("title\n\nlong line here", ["title\n\nlong line", "here"]),
    ],
)
def test_a_text_is_cut_where_a_reader_would_pause(text: str, pieces: list[str]) -> None:
    assert [each.text for each in split(Words(text), 16)] == pieces


def test_a_very_long_text_takes_no_time_to_speak_of() -> None:
    assert len(split(Words("word " * 40_000), 4096)) == 49


def test_halves_of_characters_and_nul_are_no_text() -> None:
    assert clean("\ud83d a\0b \udc00") == "? ab ?"
