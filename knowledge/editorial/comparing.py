"""What changed between two texts, line by line and within changed lines word by word; Chinese character by character."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import LCSseq

from knowledge.editorial.matching import Block, blocks

ALIKE = 0.4
"""A line is a changed form of another when so much of both is common; else one went and another came."""
PAIRS = 40_000
"""So many lines of a changed block are held against one another; in larger ones they are paired in order."""
LETTERS = 25_000_000
"""Two lines whose lengths multiply to more are held against one another by how many words they have in common, and words
within a line by what it begins and ends with."""
_BLANK = 0.05
_TOKEN = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+|\s+|.", re.DOTALL)
_WORD = re.compile(r"\w")


class Change(StrEnum):
    """What became of a line."""

    EQUAL = "equal"
    INSERTED = "inserted"
    DELETED = "deleted"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a line's text; ``changed``: it is on this side only."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A line as one of the texts has it; ``number`` counts from 1."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """``old`` is None for an inserted line, ``new`` for a deleted one."""

    change: Change
    old: Side | None
    new: Side | None


def compare(old: str, new: str) -> tuple[Line, ...]:
    """Every line of both texts, in order: deleted ones before those inserted in their place.

    The time is bounded: half a second for the worst two texts of 50,000 characters, some milliseconds for usual ones.
    """
    before, after = lines_of(old), lines_of(new)
    found: list[Line] = []
    for block in _without_crumbs(blocks(before, after), before):
        if block.equal:
            found += [
                _kept(before, at, block.new_start + at - block.old_start)
                for at in range(block.old_start, block.old_end)
            ]
        else:
            found += _changed(before, after, block)
    return tuple(found)


def same(lines: Sequence[Line]) -> bool:
    return all(line.change is Change.EQUAL for line in lines)


def lines_of(text: str) -> list[str]:
    """An empty text has no lines."""
    return text.replace("\r\n", "\n").split("\n") if text else []


def words_of(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two forms of one line, in pieces; a space between two changed words counts as changed with them."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    found = _without_crumbs(blocks(ours, theirs, LETTERS), ours)
    return (
        _pieces([("".join(ours[each.old_start : each.old_end]), each.equal) for each in found]),
        _pieces([("".join(theirs[each.new_start : each.new_end]), each.equal) for each in found]),
    )


def _pieces(parts: Sequence[tuple[str, bool]]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for text, equal in parts:
        if not text:
            continue
        if joined and joined[-1].changed is not equal:
            joined[-1] = Piece(joined[-1].text + text, not equal)
        else:
            joined.append(Piece(text, not equal))
    return tuple(joined)


def _without_crumbs(found: Sequence[Block], ours: Sequence[str]) -> list[Block]:
    """Common spaces, signs and empty lines between two changes are nothing to hold on to: they would tear a change apart."""
    last = len(found) - 1
    kept: list[Block] = []
    for at, each in enumerate(found):
        crumb = each.equal and 0 < at < last and not _holds(ours[each.old_start : each.old_end])
        equal = each.equal and not crumb
        if kept and not kept[-1].equal and not equal:
            kept[-1] = Block(False, kept[-1].old_start, each.old_end, kept[-1].new_start, each.new_end)
        else:
            kept.append(Block(equal, each.old_start, each.old_end, each.new_start, each.new_end))
    return kept


def _holds(tokens: Sequence[str]) -> bool:
    return any(_WORD.search(token) for token in tokens)


def _changed(before: Sequence[str], after: Sequence[str], block: Block) -> Iterator[Line]:
    at, to = block.old_start, block.new_start
    for old, new in (*_pairs(before, after, block), (block.old_end, block.new_end)):
        yield from (Line(Change.DELETED, _gone(before, each), None) for each in range(at, old))
        yield from (Line(Change.INSERTED, None, _gone(after, each)) for each in range(to, new))
        if old == block.old_end:
            continue
        if before[old] == after[new]:
            yield _kept(before, old, new)
        else:
            mine, theirs = words_of(before[old], after[new])
            yield Line(Change.REPLACED, Side(old + 1, mine), Side(new + 1, theirs))
        at, to = old + 1, new + 1


def _pairs(before: Sequence[str], after: Sequence[str], block: Block) -> list[tuple[int, int]]:
    """Which lines are forms of one another: in order, so that together they have most in common."""
    olds, news = range(block.old_start, block.old_end), range(block.new_start, block.new_end)
    if len(olds) * len(news) > PAIRS:
        in_order = zip(olds, news, strict=False)
        return [(old, new) for old, new in in_order if _alike(before[old], after[new]) > 0]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    shares = [[_alike(before[old], after[new]) for new in news] for old in olds]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            paired = shares[i][j] + best[i + 1][j + 1] if shares[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(olds) and j < len(news) and best[i][j]:
        if shares[i][j] and best[i][j] == shares[i][j] + best[i + 1][j + 1]:
            found.append((olds[i], news[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _alike(old: str, new: str) -> float:
    """The share that both have in common, of the longer one; 0 below ``ALIKE``, and hardly anything for two empty lines."""
    if not old.strip() or not new.strip():
        return _BLANK if old == new else 0.0
    if len(old) * len(new) > LETTERS:
        return _alike_in_words(old, new)
    return float(LCSseq.normalized_similarity(old, new, score_cutoff=ALIKE))


def _alike_in_words(old: str, new: str) -> float:
    ours, theirs = Counter(_TOKEN.findall(old)), Counter(_TOKEN.findall(new))
    share = (ours & theirs).total() / max(ours.total(), theirs.total())
    return share if share >= ALIKE else 0.0


def _kept(before: Sequence[str], old: int, new: int) -> Line:
    pieces = _pieces([(before[old], True)])
    return Line(Change.EQUAL, Side(old + 1, pieces), Side(new + 1, pieces))


def _gone(lines: Sequence[str], at: int) -> Side:
    return Side(at + 1, _pieces([(lines[at], False)]))
