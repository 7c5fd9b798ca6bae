"""Which questions ask the same: each new one joins the cluster it is most like, or begins one.

Alike are two questions by their vectors and by the words they share, rare words counting more; a cluster is as like a
question as the few members that are most like it are on average, so that no chain of neighbours grows into everything.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from knowledge.loop.settings import LoopSettings
from knowledge.text import tokens
from knowledge.words import FUNCTION_WORDS

if TYPE_CHECKING:  # numpy takes a tenth of a second to import
    import numpy as np
    from numpy.typing import NDArray

_FUNCTION_WEIGHT = 0.2
"""Of words such as "how" and "the", beside others that are as frequent."""


@dataclass(frozen=True, slots=True)
class Question:
    """``cluster`` None while it is in none; ``vector`` of unit length, None without a model."""

    id: str
    text: str
    cluster: str | None = None
    vector: "NDArray[np.float32] | None" = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Scale:
    """``background``: the cosine of texts that have nothing in common, by the model in use."""

    settings: LoopSettings
    background: float = 0.0

    def alike(self, words: float, cosine: float | None) -> float:
        """0 to 1; a pair without vectors is judged by its words, on the same scale."""
        settings = self.settings
        if cosine is None:
            return words * settings.join_at / settings.words_join_at
        near = (cosine - self.background) / (1 - self.background)
        return (1 - settings.words) * near + settings.words * words


class Bag:
    """The words of many questions, and how much two of them share: Dice's measure, rare words counting more."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = [frozenset(tokens(text)) for text in texts]
        seen = Counter(word for words in self.words for word in words)
        self._weight = {word: self._of(word, count) for word, count in seen.items()}
        self.whole = [sum(self._weight[word] for word in words) for words in self.words]
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self.words):
            for word in words:
                self._where[word].append(at)

    def _of(self, word: str, count: int) -> float:
        return log(1 + len(self.words) / count) * (_FUNCTION_WEIGHT if word in FUNCTION_WORDS else 1.0)

    def shared(self, one: int) -> Mapping[int, float]:
        """With each other one that has a word of it, 0 to 1."""
        common: defaultdict[int, float] = defaultdict(float)
        for word in self.words[one]:
            weight = self._weight[word]
            for other in self._where[word]:
                common[other] += weight
        return {other: 2 * sum_ / (self.whole[one] + self.whole[other]) for other, sum_ in common.items()}


class Likeness:
    """How like each question is to every other one."""

    def __init__(self, questions: Sequence[Question], scale: Scale) -> None:
        self._questions = questions
        self._bag = Bag(each.text for each in questions)
        self._scale = scale
        self._rows = [at for at, each in enumerate(questions) if each.vector is not None]
        self._matrix = _matrix([questions[at] for at in self._rows])

    def of(self, one: int) -> list[float]:
        """To all, in their order."""
        shared, vector = self._bag.shared(one), self._questions[one].vector
        cosines: dict[int, float] = {}
        if vector is not None and self._matrix is not None:
            cosines = dict(zip(self._rows, (self._matrix @ vector).tolist(), strict=True))
        count = len(self._questions)
        return [self._scale.alike(shared.get(at, 0.0), cosines.get(at)) for at in range(count)]


def _matrix(questions: Sequence[Question]) -> "NDArray[np.float32] | None":
    if not questions:
        return None
    import numpy as np  # noqa: PLC0415 - see above

    return np.stack([each.vector for each in questions if each.vector is not None])


def placed(
    known: Sequence[Question], new: Sequence[Question], scale: Scale, name: Callable[[], str]
) -> list[Question]:
    """``new`` with their clusters, in order; ``known`` are in some already, and ``name`` makes the id of another one."""
    likeness = Likeness((*known, *new), scale)
    members: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(known):
        members[each.cluster or ""].append(at)
    result: list[Question] = []
    for at, each in enumerate(new, len(known)):
        like = likeness.of(at)
        best, how = _nearest(like, members, scale.settings.nearest)
        cluster = best if best is not None and how >= scale.settings.join_at else name()
        members[cluster].append(at)
        result.append(replace(each, cluster=cluster))
    return result


def _nearest(
    like: Sequence[float], members: Mapping[str, Sequence[int]], nearest: int
) -> tuple[str | None, float]:
    best: tuple[float, str] | None = None
    for cluster, rows in members.items():
        top = nlargest(nearest, (like[at] for at in rows))
        found = (sum(top) / len(top), cluster)
        if best is None or found[0] > best[0]:
            best = found
    return (None, 0.0) if best is None else (best[1], best[0])


def belongs(question: Question, members: Sequence[Question], scale: Scale) -> bool:
    """Whether it asks what the members of one cluster ask."""
    if not members:
        return False
    like = Likeness((question, *members), scale).of(0)[1:]
    top = nlargest(scale.settings.nearest, like)
    return sum(top) / len(top) >= scale.settings.join_at
