"""Which one question would separate best what a customer may mean; pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log2

from core.answer import Answer
from core.ids import ArticleId

MOST_TOPICS = 4
_SURE = 0.7

Topics = Mapping[ArticleId, tuple[str, ...]]


def separating(answers: Sequence[Answer], topics: Topics, bits: float) -> tuple[str, ...]:
    """The topics to ask about, the likeliest first: of general or of particular ones, whichever tell more; () for too little.

    ``bits``: so much must be known afterwards of which article it is. Every one of them must have a topic.
    """
    levels = [_at(answers, topics, level) for level in range(max(map(len, topics.values()), default=0))]
    told = [(_bits(level), level) for level in levels if level and 1 < len(level) <= MOST_TOPICS]
    best, groups = max(told, key=lambda each: each[0], default=(0.0, {}))
    return tuple(sorted(groups, key=lambda each: -groups[each])) if best >= bits else ()


def about(answers: Sequence[Answer], topics: Topics, topic: str) -> tuple[Answer, ...]:
    """Those that are about it, generally or in particular."""
    return tuple(each for each in answers if topic in topics.get(each.article, ()))


def stands_out(answers: Sequence[Answer]) -> bool:
    """Whether the first is likelier than all others together by far."""
    return bool(answers) and answers[0].probability >= _SURE * sum(each.probability for each in answers)


def _at(answers: Sequence[Answer], topics: Topics, level: int) -> Mapping[str, float]:
    """How likely each topic is; empty where an article has none on this level."""
    likely: dict[str, float] = defaultdict(float)
    for each in answers:
        path = topics.get(each.article, ())
        if not path:
            return {}
        likely[path[min(level, len(path) - 1)]] += each.probability
    return likely


def _bits(groups: Mapping[str, float]) -> float:
    """What the answer to the question would tell."""
    whole = sum(groups.values()) or 1.0
    return -sum(part / whole * log2(part / whole) for part in groups.values() if part > 0)
