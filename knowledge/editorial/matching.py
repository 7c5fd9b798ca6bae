"""What two sequences have in common, in order: the longest common subsequence, within bounded time and memory."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

CELLS = 100_000_000
"""A table of so many bits (12 MB, about 0.1 s); what is larger is not looked into."""


@dataclass(frozen=True, slots=True)
class Block:
    """``old[old_start:old_end]`` became ``new[new_start:new_end]``; where ``equal``, both are the same."""

    equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def blocks(old: Sequence[Hashable], new: Sequence[Hashable], cells: int = CELLS) -> tuple[Block, ...]:
    """From the start to the end of both, equal and changed ones in turn.

    Sequences longer than ``cells`` allows for are one changed block between what both begin and end with.
    """
    head = _same(old, new)
    tail = min(_same(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    old_end, new_end = len(old) - tail, len(new) - tail
    middle = _between(old[head:old_end], new[head:new_end], cells)
    found = [Block(True, 0, head, 0, head)]
    found += [
        Block(
            each.equal, each.old_start + head, each.old_end + head, each.new_start + head, each.new_end + head
        )
        for each in middle
    ]
    found.append(Block(True, old_end, len(old), new_end, len(new)))
    return _joined(found)


def _same(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _between(old: Sequence[Hashable], new: Sequence[Hashable], cells: int) -> list[Block]:
    if len(old) * len(new) > cells:
        return [Block(False, 0, len(old), 0, len(new))]
    # Numbered, so that the library compares what is equal and not merely what has one hash.
    numbers: dict[Hashable, int] = {}
    sides = [[numbers.setdefault(each, len(numbers)) for each in side] for side in (old, new)]
    return [
        Block(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in LCSseq.opcodes(*sides)
    ]


def _joined(found: Sequence[Block]) -> tuple[Block, ...]:
    """Without empty blocks, neighbours of one kind as one."""
    joined: list[Block] = []
    for each in found:
        if each.old_start == each.old_end and each.new_start == each.new_end:
            continue
        last = joined[-1] if joined else None
        if last is not None and last.equal == each.equal:
            joined[-1] = Block(each.equal, last.old_start, each.old_end, last.new_start, each.new_end)
        else:
            joined.append(each)
    return tuple(joined)
