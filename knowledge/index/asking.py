"""What is asked: the question's tokens, and what may stand in an article instead of some of them.

A word only begun may be completed, one that no article has may be misspelt, and editors say which words mean the same.
All of it is taken from articles that the reader may read.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.index.settings import SearchSettings
from knowledge.index.spelling import near
from knowledge.index.synonyms import Synonyms
from knowledge.index.view import View
from knowledge.text import is_unspaced, tokens, words

SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """Some of the question's tokens, and by what an article may have them instead, likeliest first."""

    tokens: tuple[str, ...]
    instead: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """``corrected``: words taken for others; ``synonyms``: words of the question, and what was looked for beside each."""

    tokens: tuple[str, ...]
    slots: tuple[Slot, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every token to look up."""
        others = (token for slot in self.slots for some in slot.instead for token in some)
        return tuple(dict.fromkeys((*self.tokens, *others)))

    def as_in(self, everything: Collection[str]) -> tuple[str, ...]:
        """The question as an article with these tokens has it."""
        asked = self.tokens
        for slot in self.slots:
            if all(token in everything for token in slot.tokens):
                continue
            other = next((some for some in slot.instead if all(token in everything for token in some)), None)
            if other is not None:
                rest = [token for token in asked if token not in slot.tokens]
                asked = tuple(dict.fromkeys((*rest, *other)))
        return asked


@dataclass(slots=True)
class _Reading:
    """A question while it is looked into."""

    slots: list[Slot] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)
    synonyms: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def read(question: str, view: View, synonyms: Synonyms, limits: SearchSettings, *, complete: bool) -> Asked:
    """``complete``: the last word may be only begun, unless a space ends it."""
    question = question[: limits.query_characters]
    asked = tuple(dict.fromkeys(tokens(question)))[: limits.query_tokens]
    reading = _Reading()
    written = words(question)
    begun = written[-1] if complete and written and not question[-1:].isspace() else None
    for words_asked, others in synonyms.of(question, asked):
        _add_synonyms(reading, words_asked, others, view)
    if begun is not None:
        _complete(reading, begun, view, limits)
    _correct(reading, written, begun, view, limits)
    return Asked(asked, tuple(reading.slots), tuple(reading.corrected), tuple(reading.synonyms))


def _complete(reading: _Reading, begun: str, view: View, limits: SearchSettings) -> None:
    if len(begun) < SHORTEST_PREFIX or is_unspaced(begun):
        return
    counted: dict[str, int] = {}
    for shelf in view.shelves:
        for word, count in view.snapshot.words(shelf, begun, limits.completions):
            if word not in counted and view.snapshot.has_word(shelf, word):
                counted[word] = count
    likeliest = sorted(counted, key=lambda word: -counted[word])[: limits.completions]
    _instead(reading, begun, likeliest)


def _correct(
    reading: _Reading, written: Sequence[str], begun: str | None, view: View, limits: SearchSettings
) -> None:
    for word in dict.fromkeys(written):
        if len(word) < limits.corrected_characters or is_unspaced(word) or not word.isalpha():
            continue
        if any(view.knows(token) for token in tokens(word)):
            continue
        if any(slot.tokens == tuple(tokens(word)) for slot in reading.slots):
            continue
        likeliest = near(word, view, limits, begun=word == begun)
        if likeliest and _instead(reading, word, likeliest):
            reading.corrected.append((word, likeliest[0]))


def _instead(reading: _Reading, word: str, others: Iterable[str]) -> bool:
    own = tuple(tokens(word))
    found = tuple(dict.fromkeys(tuple(tokens(other)) for other in others))
    found = tuple(some for some in found if some != own)
    if found:
        reading.slots.append(Slot(own, found))
    return bool(found)


def _add_synonyms(reading: _Reading, word: str, others: Sequence[str], view: View) -> None:
    """Only those all of whose tokens stand in articles that the reader may read: nothing else is said or looked for."""
    known = [other for other in others if all(view.knows(token) for token in tokens(other))]
    if known and _instead(reading, word, known):
        reading.synonyms.append((word, tuple(known)))
