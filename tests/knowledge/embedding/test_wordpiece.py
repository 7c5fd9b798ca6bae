"""Texts are cut as the model's own tokenizer cut those it learned from."""

from importlib.resources import files

import pytest

from knowledge.embedding.wordpiece import WordPiece

VOCABULARY = files("knowledge.embedding").joinpath("data/bert-uncased.txt").read_text("utf-8").splitlines()
CUT = WordPiece(VOCABULARY, 128)


def pieces(text: str) -> list[str]:
    return [VOCABULARY[number] for number in CUT.ids(text)][1:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How do I RETURN it?", ["how", "do", "i", "return", "it", "?"]),
        ("unaffable", ["una", "##ffa", "##ble"]),
        ("Café", ["cafe"]),
        ("don't", ["don", "'", "t"]),
        ("e-mail\ta\x00b", ["e", "-", "mail", "ab"]),
        ("灯泡", ["[UNK]", "[UNK]"]),
        ("a" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_marks_and_accents(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_the_first_and_last_pieces_are_marks_and_a_long_text_is_cut() -> None:
    ids = CUT.ids("lamp " * 10_000)
    assert len(ids) == 128
    assert (VOCABULARY[ids[0]], VOCABULARY[ids[-1]]) == ("[CLS]", "[SEP]")


@pytest.mark.parametrize("odd", ["\ud800", "🙂", "\u202e", "𠀀", "a\u0301" * 5000])
def test_odd_characters_are_cut_too(odd: str) -> None:
    assert CUT.ids(odd)[0] == VOCABULARY.index("[CLS]")
