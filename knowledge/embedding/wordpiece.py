"""BERT's way of cutting English into pieces that its vocabulary has: lower case, no accents, longest piece first."""

import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

UNKNOWN, BEGIN, END, PADDING = "[UNK]", "[CLS]", "[SEP]", "[PAD]"
LONGEST_WORD = 100
"""Characters; a longer run without a space is one unknown piece."""
READ_CHARACTERS = 4000
"""More than any model reads; what follows is not looked at."""

_ASCII_MARKS = frozenset(string.punctuation)
_CONTINUES = "##"
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """Pieces as numbers, the first of them being [CLS] and the last [SEP]."""

    def __init__(self, vocabulary: Sequence[str], most: int) -> None:
        self._ids: Mapping[str, int] = {piece: number for number, piece in enumerate(vocabulary)}
        self._most = most - 2

    def ids(self, text: str) -> list[int]:
        """At most ``most`` numbers; a longer text is cut."""
        found: list[int] = []
        for word in _words(text[:READ_CHARACTERS]):
            found.extend(self._pieces(word))
            if len(found) >= self._most:
                break
        return [self._ids[BEGIN], *found[: self._most], self._ids[END]]

    def _pieces(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self._ids[UNKNOWN]]
        found: list[int] = []
        start = 0
        while start < len(word):
            end = self._longest(word, start)
            if end == start:
                return [self._ids[UNKNOWN]]
            found.append(self._ids[_piece(word, start, end)])
            start = end
        return found

    def _longest(self, word: str, start: int) -> int:
        """Where the longest known piece that begins at ``start`` ends; ``start`` where there is none."""
        ends = range(len(word), start, -1)
        return next((end for end in ends if _piece(word, start, end) in self._ids), start)


def _piece(word: str, start: int, end: int) -> str:
    return f"{_CONTINUES}{word[start:end]}" if start else word[:end]


def _words(text: str) -> Iterator[str]:
    """Words, and each mark of punctuation and each Chinese character by itself."""
    kept: list[str] = []
    for character in _plain(text):
        if _is_alone(character) or character.isspace():
            if kept:
                yield "".join(kept)
                kept.clear()
            if not character.isspace():
                yield character
        else:
            kept.append(character)
    if kept:
        yield "".join(kept)


def _plain(text: str) -> str:
    """Without control characters and accents, in lower case."""
    kept = (" " if each.isspace() else each for each in text if each.isspace() or not _is_control(each))
    apart = unicodedata.normalize("NFD", "".join(kept))
    return "".join(each for each in apart if unicodedata.category(each) != "Mn").lower()


def _is_control(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character).startswith("C")


def _is_alone(character: str) -> bool:
    if character.isascii():
        return character in _ASCII_MARKS
    number = ord(character)
    return unicodedata.category(character).startswith("P") or any(low <= number <= high for low, high in _CJK)
