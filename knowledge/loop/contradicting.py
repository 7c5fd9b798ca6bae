"""Where two texts say the same thing with other numbers or with a "not" in one of them, and how alike they are; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.text import normalised, tokens
from knowledge.words import FUNCTION_WORDS

NEAR = 0.6
"""So much of two sentences' words must be shared before they can contradict one another."""
_LEAST_WORDS = 3
_SENTENCES = 150
"""So many sentences of a text are compared."""
_SENTENCE_CHARACTERS = 400
_PIECE = re.compile(r"[^.!?。！？；\n]+(?:[.](?=\d)[^.!?。！？；\n]+)*[.!?。！？；]?")
_NUMBER = re.compile(r"([$€£¥￥])?\s*(\d+(?:[.,:]\d+)*)\s*(%|[a-z]+|[\u4e00-\u9fff]{1,2})?")
_NOT = re.compile(
    r"\b(?:not|no|never|cannot|can't|don't|doesn't|won't|isn't|aren't|without|unable|excluded|except)\b|不|没有|無|无法|禁止|除外|勿"
)
_NUMBERS_IN_WORDS = re.compile("[一二两三四五六七八九十百]+(?=天|日|周|个月|月|年|元|小时|分钟|次|件)")
_ROOTS = {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
    "minutes": "minute",
}


class Kind(StrEnum):
    """``CONTRADICTION``: both cannot be right. ``DUPLICATE``: one of the two would do."""

    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Found:
    """The passages concerned, as they are written, and how sure it is: 0 to 100."""

    kind: Kind
    first: str
    second: str
    score: int


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    words: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    negated: bool


def alike(first: str, second: str) -> float:
    """0 to 1: of the telling words of both, the share that both have."""
    return _dice(_words(first), _words(second))


def contradiction(first: str, second: str) -> Found | None:
    """The clearest one between two plain texts, if there is any."""
    found: list[Found] = []
    others = _said(second)
    for one in _said(first):
        for other in others:
            near = _dice(one.words, other.words)
            if near >= NEAR and _contradict(one, other):
                found.append(Found(Kind.CONTRADICTION, one.text, other.text, round(100 * near)))
    return max(found, key=lambda each: each.score, default=None)


def _said(text: str) -> list[_Said]:
    sentences = [piece.strip() for piece in _PIECE.findall(text) if piece.strip()][:_SENTENCES]
    said = (_of(sentence[:_SENTENCE_CHARACTERS]) for sentence in sentences)
    return [each for each in said if len(each.words) >= _LEAST_WORDS]


def _of(sentence: str) -> _Said:
    plain = normalised(sentence)
    numbers = {
        (found[2], found[1] or _ROOTS.get(found[3] or "", found[3] or ""))
        for found in _NUMBER.finditer(plain)
    }
    numbers |= {
        (found.group(), plain[found.end() : found.end() + 1]) for found in _NUMBERS_IN_WORDS.finditer(plain)
    }
    bare = _NOT.sub(" ", _NUMBERS_IN_WORDS.sub(" ", re.sub(r"\d+(?:[.,:]\d+)*", " ", plain)))
    return _Said(sentence, _words(bare), frozenset(numbers), _NOT.search(plain) is not None)


def _contradict(one: _Said, other: _Said) -> bool:
    """Other numbers of the same unit, or the one denies what the other says."""
    units = {unit for _, unit in one.numbers} & {unit for _, unit in other.numbers}
    for unit in units:
        ours = {number for number, of in one.numbers if of == unit}
        theirs = {number for number, of in other.numbers if of == unit}
        if ours.isdisjoint(theirs):
            return True
    return one.negated != other.negated and one.numbers == other.numbers


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(text) if word not in FUNCTION_WORDS)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def duplicate(first: Sequence[str], second: Sequence[str], same_at: float) -> Found | None:
    """Of two articles as title and text: whether they say the same."""
    near = max(alike(first[1], second[1]), (alike(first[0], second[0]) + alike(first[1], second[1])) / 2)
    if near < same_at:
        return None
    return Found(
        Kind.DUPLICATE, first[1][:_SENTENCE_CHARACTERS], second[1][:_SENTENCE_CHARACTERS], round(100 * near)
    )
