"""Puts new questions into clusters, in the background: read a few, compare them beside the event loop, write them down."""

import itertools
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import Unavailable
from core.store.database import Database
from core.store.tx import Tx
from core.tasks import Workers
from knowledge.embedding.contract import Embedder
from knowledge.loop import store
from knowledge.loop.cluster import insert_cluster
from knowledge.loop.clustering import Question, Scale, belongs, placed
from knowledge.loop.labelling import label
from knowledge.loop.settings import LoopSettings
from knowledge.loop.store import AnswerKey, Held

log = logging.getLogger(__name__)

_NEW = "new "
_RELABELLED_AT = (1, 2, 3, 5, 8, 12, 20, 40, 80, 160, 320, 640)
"""Sizes at which a cluster gets a new label: a name that changed with each question would be none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A model, and the cosine that it gives to texts that have nothing in common."""

    model: Embedder
    background: float


ReadingOf = Callable[[str], Reading | None]
"""Of a language; it may take seconds, and runs in a worker. None: there is no model, and words decide."""


def no_model(_language: str) -> Reading | None:
    return None


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of one language's new questions: their clusters, labels, and which answers were asked for like this.

    Clusters of ``made`` have no id yet. ``vectors`` are those of older questions that had none of this model.
    """

    language: str
    questions: Sequence[Question]
    vectors: Sequence[Question]
    made: frozenset[str]
    labels: Mapping[str, str]
    alike: Mapping[AnswerKey, bool]
    model: str | None


class Gatherer:
    """One step takes a bounded number of questions; two processes at once cost time and change nothing."""

    def __init__(
        self,
        db: Database,
        workers: Workers,
        settings: LoopSettings | None = None,
        reading: ReadingOf = no_model,
    ) -> None:
        self._db = db
        self._workers = workers
        self._settings = settings or LoopSettings()
        self._reading = reading

    async def step(self) -> int:
        """How many questions were placed, of each language at most ``at_once``."""
        done = 0
        for language in await self._db.read(store.languages_waiting):
            held = await self._db.large.read(store.held, language, self._settings)
            done += await self._db.run(write, await self._workers.run(self._place, held))
        return done

    def _place(self, held: Held) -> Placed:
        """In a worker."""
        reading = self._read(held.language)
        try:
            return self._placed(held, reading)
        except Unavailable as error:
            log.info("no vectors for questions in %s, words decide: %s", held.language, error)
            return self._placed(held, None)

    def _placed(self, held: Held, reading: Reading | None) -> Placed:
        model = None if reading is None else reading.model
        scale = Scale(self._settings, 0.0 if reading is None else reading.background)
        usable = [
            store.with_vector(each, None if model is None else model.fingerprint) for each in held.known
        ]
        known = _embedded(usable, model, self._settings.at_once)
        new = _embedded(held.new, model, self._settings.at_once)
        count = itertools.count()
        questions = placed(known, new, scale, lambda: f"{_NEW}{next(count)}")
        members: defaultdict[str, list[Question]] = defaultdict(list)
        for each in (*known, *questions):
            members[each.cluster or ""].append(each)
        asked = [(key, _embedded([Question("", text)], model, 1)[0]) for key, text in held.answers.items()]
        return Placed(
            language=held.language,
            questions=questions,
            vectors=[
                now for before, now in zip(usable, known, strict=True) if before.vector is not now.vector
            ],
            made=frozenset(each for each in members if each.startswith(_NEW)),
            labels=_labels(held, questions, members, scale),
            alike={key: belongs(question, members[key[0]], scale) for key, question in asked},
            model=None if model is None else model.fingerprint,
        )

    def _read(self, language: str) -> Reading | None:
        try:
            return self._reading(language)
        except Unavailable:
            return None
        except Exception:
            log.exception("no model for %s: words decide", language)
            return None


def _embedded(questions: Sequence[Question], model: Embedder | None, most: int) -> list[Question]:
    """With vectors, as far as ``most`` of those that have none."""
    lacking = [each for each in questions if each.vector is None][:most]
    if model is None or not lacking:
        return list(questions)
    rows = model.questions([each.text for each in lacking])
    made = {each.id: replace(each, vector=row) for each, row in zip(lacking, rows, strict=True)}
    return [made.get(each.id, each) for each in questions]


def _labels(
    held: Held, questions: Sequence[Question], members: Mapping[str, Sequence[Question]], scale: Scale
) -> dict[str, str]:
    others = [*(each.text for each in held.known), *(each.text for each in questions)]
    grown = Counter(each.cluster or "" for each in questions)
    before = Counter(held.sizes)
    wanted = {
        each
        for each in grown
        if any(before[each] < size <= before[each] + grown[each] for size in _RELABELLED_AT)
    }
    return {
        each: label(members[each][-scale.settings.of_cluster :], others, scale)
        for each in sorted(wanted | held.unnamed)
        if members.get(each)
    }


def write(tx: Tx, result: Placed) -> int:
    """What another process placed meanwhile stays where it is; how many were placed."""
    tx.alone(store.THE_CLUSTERS)
    free = store.still_waiting(tx, [each.id for each in result.questions])
    placing = [each for each in result.questions if each.id in free]
    clusters = {each.cluster or "" for each in placing}
    ids = {each: each for each in store.existing(tx, clusters - result.made)}
    for each in sorted(clusters & result.made):
        ids[each] = insert_cluster(tx, result.language, result.labels[each])
    count = 0
    for question in placing:
        if (question.cluster or "") in ids:
            store.place(tx, question, ids[question.cluster or ""], result.model)
            count += 1
    for question in result.vectors:
        store.keep_vector(tx, question, result.model)
    for each in result.labels.keys() - result.made:
        store.relabel(tx, each, result.labels[each])
    for key, alike in result.alike.items():
        store.settle(tx, key, alike=alike)
    return count
