"""Words that a misspelt one may have meant: near it by the fewest slips, and then the most common."""

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from knowledge.index.settings import SearchSettings
from knowledge.index.view import View

TWO_SLIPS_FROM = 8
TAKEN = 3

Slips = Callable[[str, Sequence[str], int], Iterable[tuple[int, int]]]


@cache
def _slips() -> Slips:
    """Which of the words are within so many slips, by number, and how many: optimal string alignment.

    Imported with the first misspelt word, for it takes a tenth of a second.
    """
    process: Any = importlib.import_module("rapidfuzz.process")
    distance: Any = importlib.import_module("rapidfuzz.distance").OSA.distance

    def within(word: str, others: Sequence[str], most: int) -> Iterable[tuple[int, int]]:
        found = process.extract_iter(word, others, scorer=distance, score_cutoff=most)
        return ((number, slips) for _, slips, number in found)

    return within


def near(word: str, view: View, limits: SearchSettings, *, begun: bool) -> list[str]:
    """At most ``TAKEN`` words with the same first letter; ``begun``: the word may go on. A slip is a letter
    too many, too few, another one, or two that changed places; two are allowed in longer words.
    """
    counted = view.words(word[0], limits.spellings)
    found = slipped(word, list(counted), 2 if len(word) >= TWO_SLIPS_FROM else 1, begun=begun)
    likeliest = sorted(found, key=lambda other: (found[other], -counted[other]))
    alive = (other for other in likeliest if view.has_word(other))
    return [other for other, _ in zip(alive, range(TAKEN), strict=False)]


def slipped(word: str, others: Sequence[str], most: int, *, begun: bool) -> Mapping[str, int]:
    """By how many slips the others differ, those by more than ``most`` left out."""
    within, length = _slips(), len(word)
    found = {others[number]: slips for number, slips in within(word, others, most)}
    if begun:
        longer = [other for other in others if len(other) > length]
        for cut in (length, length + 1, length - 1):
            for number, slips in within(word, [other[:cut] for other in longer], most):
                other = longer[number]
                found[other] = min(slips, found.get(other, slips))
    return found
