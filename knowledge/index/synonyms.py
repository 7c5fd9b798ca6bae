"""Words that editors say mean the same, as a question is read: which of them stand in it, and what else they are called."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.text import is_unspaced, normalised, tokens


@dataclass(frozen=True, slots=True)
class Group:
    """Words or short phrases of one language that mean the same."""

    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    """One word of a group as it is looked for in a question, and the words it stands beside."""

    word: str
    tokens: tuple[str, ...]
    plain: str
    others: tuple[str, ...]


class Synonyms:
    """The groups of all languages; each word of a group is the others' synonym."""

    def __init__(self, groups: Iterable[Group] = ()) -> None:
        self._by_first: dict[str, list[_Member]] = {}
        for group in groups:
            for word in group.words:
                others = tuple(other for other in group.words if other != word)
                found = tuple(tokens(word))
                if found and others:
                    self._by_first.setdefault(found[0], []).append(
                        _Member(word, found, normalised(word), others)
                    )

    def of(self, question: str, asked: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The words of groups that stand in the question, each with the others of its group."""
        if not self._by_first:
            return
        plain, in_order = normalised(question), tokens(question)
        for token in asked:
            for member in self._by_first.get(token, ()):
                if _stands(member, plain, in_order):
                    yield member.word, member.others


def _stands(member: _Member, plain: str, in_order: Sequence[str]) -> bool:
    """Scripts without spaces are looked for as they are written, words by their stems and one after the other."""
    if is_unspaced(member.plain):
        return member.plain in plain
    size = len(member.tokens)
    return any(
        tuple(in_order[start : start + size]) == member.tokens for start in range(len(in_order) - size + 1)
    )
