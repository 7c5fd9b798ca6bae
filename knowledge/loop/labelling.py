"""What a cluster is called: its most central question, and the words that set it apart."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log

from knowledge.loop.clustering import Likeness, Question, Scale
from knowledge.loop.redacting import MARKS, cut
from knowledge.text import is_unspaced, tokens, words
from knowledge.words import FUNCTION_WORDS, stem

CHARACTERS = 90
_HAN_LENGTHS = (2, 3, 4)
_ALWAYS = 0.8
"""A word that is so often a part of a longer one is left to that."""
_TERMS = 3
_SHARE = 0.3
"""A telling word stands in so many of the questions."""


def label(members: Sequence[Question], others: Sequence[str], scale: Scale) -> str:
    """``others`` are questions of the same language, to tell which words are special."""
    central = cut(most_central(members, scale).text, CHARACTERS)
    known = set(tokens(central))
    found = telling([each.text for each in members], others)
    # Another form of a word that stands there already says nothing more.
    terms = [word for word in found if not set(tokens(word)) <= known]
    return f"{central} · {', '.join(terms)}" if terms else central


def most_central(members: Sequence[Question], scale: Scale) -> Question:
    """The one that all others are most like; the shorter of two that are."""
    likeness = Likeness(members, scale)
    worth = [(round(sum(likeness.of(at)), 3), -len(each.text)) for at, each in enumerate(members)]
    return members[max(range(len(members)), key=lambda at: worth[at])]


def telling(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    """A few words, as they are written, that stand in many of ``texts`` and in few of ``others``; none of a single text."""
    if len(texts) < 2:  # noqa: PLR2004 - one text has nothing in common with another
        return []
    inside, written = _words_of(texts)
    outside, _ = _words_of(others)
    enough = max(2, _SHARE * len(texts))
    worth = {
        word: count / len(texts) * log((1 + len(others)) / (1 + outside[word]) + 1)
        for word, count in inside.items()
        if count >= enough
    }
    found = {word for word in worth if not is_unspaced(word)} | _han_words(worth, inside, [*texts, *others])
    best = sorted(found, key=lambda word: (-worth[word], -len(word), word))[:_TERMS]
    return [written[word].most_common(1)[0][0] for word in best]


def _words_of(texts: Sequence[str]) -> tuple[Counter[str], dict[str, Counter[str]]]:
    counted: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for text in texts:
        found = _terms(text)
        counted.update(set(found.values()))
        for word, root in found.items():
            written.setdefault(root, Counter())[word] += 1
    return counted, written


def _terms(text: str) -> dict[str, str]:
    """Word as written -> what it is counted as; runs of some characters where a script has no spaces."""
    for mark in MARKS:
        text = text.replace(mark, " ")
    found: dict[str, str] = {}
    for piece in words(text):
        if is_unspaced(piece):
            found.update({run: run for run in _runs(piece)})
        elif _tells(piece) and len(piece) > 2 and not piece.isdigit():  # noqa: PLR2004 - no word that tells is shorter
            found[piece] = stem(piece)
    return found


def _runs(piece: str) -> Iterator[str]:
    """Of two to four characters, none that says little at either end: "么刻" is no word."""
    for length in _HAN_LENGTHS:
        for start in range(len(piece) - length + 1):
            run = piece[start : start + length]
            if run[0] not in FUNCTION_WORDS and run[-1] not in FUNCTION_WORDS and _tells(run):
                yield run


def _han_words(worth: Mapping[str, float], count: Mapping[str, int], texts: Sequence[str]) -> set[str]:
    """Of these runs those that are words by their company, the longest of those that stand in each other.

    A run that always has the same neighbour is a part of a word: "开发" in "开发票".
    """
    pieces = [piece for text in texts for piece in words(text) if is_unspaced(piece)]
    free = {run for run in worth if is_unspaced(run) and _is_free(run, pieces)}
    return {
        run
        for run in free
        if not any(run != other and run in other and count[other] >= _ALWAYS * count[run] for other in free)
    }


def _is_free(run: str, pieces: Sequence[str]) -> bool:
    before: set[str] = set()
    after: set[str] = set()
    for piece in pieces:
        at = piece.find(run)
        while at >= 0:
            before.add(_neighbour(piece[at - 1 : at]))
            after.add(_neighbour(piece[at + len(run) : at + len(run) + 1]))
            at = piece.find(run, at + 1)
    return all("" in side or len(side) > 1 for side in (before, after))


def _neighbour(character: str) -> str:
    """Empty where a word may begin or end: at the edge of a text, or beside a character that says little."""
    return "" if character in FUNCTION_WORDS else character


def _tells(word: str) -> bool:
    return word not in FUNCTION_WORDS and not all(character in FUNCTION_WORDS for character in word)
