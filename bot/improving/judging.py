"""How well a model understands, and what another one did better or worse on the same sentences; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.contract import Intent
from bot.improving.example import Example

_REJECTED = frozenset({Intent.OUT_OF_SCOPE.value, Intent.FALLBACK.value})
"""What a model says of a sentence that means none of its intents."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence that means ``expected`` and was taken for ``got``."""

    key: str
    text: str
    expected: str
    got: str

    @property
    def right(self) -> bool:
        return self.expected == self.got or (self.out_of_scope and self.rejected)

    @property
    def out_of_scope(self) -> bool:
        return self.expected == Intent.OUT_OF_SCOPE.value

    @property
    def rejected(self) -> bool:
        return self.got in _REJECTED


@dataclass(frozen=True, slots=True)
class IntentScore:
    """Of ``size`` sentences that mean it ``right`` were understood."""

    intent: str
    size: int
    right: int


@dataclass(frozen=True, slots=True)
class Confused:
    """``count`` sentences that mean ``expected`` were taken for ``got``; the right ones too."""

    expected: str
    got: str
    count: int


@dataclass(frozen=True, slots=True)
class Score:
    """Of ``in_scope`` sentences ``rejected`` were taken for none; of ``out_of_scope`` ones ``caught`` were seen as such."""

    size: int
    right: int
    in_scope: int
    rejected: int
    out_of_scope: int
    caught: int
    intents: tuple[IntentScore, ...]
    confusion: tuple[Confused, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence that the two models take for different intents."""

    text: str
    expected: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``before`` None: there is nothing to compare with. ``better`` and ``worse``: what only one of them understood."""

    now: Score
    before: Score | None
    better: tuple[Changed, ...]
    worse: tuple[Changed, ...]


def score(judged: Sequence[Judged]) -> Score:
    """Intents by name; what was confused by expected and then by taken."""
    size = Counter(each.expected for each in judged)
    right = Counter(each.expected for each in judged if each.right)
    pairs = Counter((each.expected, each.got) for each in judged)
    outside = [each for each in judged if each.out_of_scope]
    inside = [each for each in judged if not each.out_of_scope]
    return Score(
        size=len(judged),
        right=sum(right.values()),
        in_scope=len(inside),
        rejected=sum(each.rejected for each in inside),
        out_of_scope=len(outside),
        caught=sum(each.rejected for each in outside),
        intents=tuple(IntentScore(intent, size[intent], right[intent]) for intent in sorted(size)),
        confusion=tuple(Confused(*pair, pairs[pair]) for pair in sorted(pairs)),
    )


def compare(now: Sequence[Judged], before: Sequence[Judged] | None, most: int) -> Comparison:
    """By the sentences that both judged, where there are such; at most ``most`` that changed are named each way."""
    earlier = {each.key: each for each in before or ()}
    both = [(earlier[each.key], each) for each in now if each.key in earlier]
    if not both:
        return Comparison(score(now), None, (), ())
    better = [_changed(old, new) for old, new in both if new.right and not old.right]
    worse = [_changed(old, new) for old, new in both if old.right and not new.right]
    scores = score([new for _, new in both]), score([old for old, _ in both])
    return Comparison(*scores, tuple(better[:most]), tuple(worse[:most]))


def _changed(old: Judged, new: Judged) -> Changed:
    return Changed(new.text, new.expected, old.got, new.got)


def unseen(sentences: Sequence[Example], learned: Iterable[str]) -> list[Example]:
    """Those that are not among what was learned (keys): who knows the answers beforehand proves nothing."""
    known = frozenset(learned)
    return [each for each in sentences if each.key not in known]


def folds(examples: Sequence[Example], count: int) -> list[list[Example]]:
    """As even shares as can be, each with a share of every intent; the same each time. None is empty."""
    shares: list[list[Example]] = [[] for _ in range(count)]
    by_intent = sorted(examples, key=lambda each: (each.intent, each.key))
    for place, each in enumerate(by_intent):
        shares[place % count].append(each)
    return [share for share in shares if share]


def honest(
    examples: Sequence[Example],
    direct: Mapping[str, str],
    held_out: Mapping[str, str],
    learned: Iterable[str],
) -> list[Judged]:
    """What a model takes labelled sentences for, without what it learned by heart.

    ``direct``: what it says itself, which counts for what it did not learn; ``held_out``: what one says that was trained
    without the sentence. What has neither is left out.
    """
    known = frozenset(learned)
    found = []
    for each in examples:
        got = held_out.get(each.key) if each.key in known else direct.get(each.key)
        if got is not None:
            found.append(Judged(each.key, each.text, each.intent, got))
    return found
