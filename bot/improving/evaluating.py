"""What a new model is asked so that it can be compared with the one in use, and what its answers come to; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.improving.example import Example
from bot.improving.judging import Comparison, Judged, Score, compare, folds, honest, unseen
from core.store.learning import (
    StoredChange,
    StoredComparison,
    StoredConfusion,
    StoredEvaluation,
    StoredIntentScore,
    StoredScore,
)

NOW, BEFORE, FOLD = "now", "before", "fold-"
"""Names of what is asked: the new model, the one in use, and one trained without a share of the examples."""


@dataclass(frozen=True, slots=True)
class Exam:
    """``tests``: the kept set without what either model learned (``left_out`` sentences). ``labelled``: what customers wrote.

    ``shares`` of the labelled are each asked of a model that was trained without them. ``before``: the model in use, what
    it learned (keys) and what was once said of that by models without it.
    """

    tests: tuple[Example, ...]
    left_out: int
    labelled: tuple[Example, ...]
    shares: tuple[tuple[Example, ...], ...]
    before: str | None
    learned_before: frozenset[str]
    held_out_before: Mapping[str, str]

    @property
    def new_before(self) -> tuple[Example, ...]:
        """Labelled sentences that the model in use never saw."""
        return tuple(each for each in self.labelled if each.key not in self.learned_before)

    def questions(self) -> dict[str, tuple[Example, ...]]:
        """Who is asked what."""
        asked = {NOW: self.tests}
        if self.before is not None:
            asked[BEFORE] = self.tests + self.new_before
        return asked | {f"{FOLD}{number}": share for number, share in enumerate(self.shares)}


@dataclass(frozen=True, slots=True)
class Known:
    """What is learned: by the new model, the one in use, and by both from the project itself (keys)."""

    examples: Sequence[Example]
    before: str | None
    examples_before: Sequence[Example]
    held_out_before: Mapping[str, str]
    project: frozenset[str]


def set_exam(tests: Sequence[Example], known: Known, fold_count: int, most: int) -> Exam:
    """``most`` labelled sentences are asked at most, the newest, which come last."""
    learned_before = frozenset(each.key for each in known.examples_before)
    learned = {each.key for each in known.examples} | learned_before | known.project
    kept = unseen(tests, learned)
    labelled = tuple(known.examples[-most:])
    return Exam(
        tuple(kept),
        len(tests) - len(kept),
        labelled,
        tuple(map(tuple, folds(labelled, fold_count))),
        known.before,
        learned_before,
        known.held_out_before,
    )


def mark(exam: Exam, answers: Mapping[str, Sequence[str | None]], most: int) -> StoredEvaluation:
    """``answers`` to ``exam.questions()``, in the same order; ``most`` changed sentences are named each way."""
    said = {
        name: {each.key: got or "" for each, got in zip(asked, answers.get(name, ()), strict=True)}
        for name, asked in exam.questions().items()
    }
    before = None if exam.before is None else _judged(exam.tests, said[BEFORE])
    tests = compare(_judged(exam.tests, said[NOW]), before, most)
    held_out: dict[str, str] = {}
    for name, found in said.items():
        if name.startswith(FOLD):
            held_out |= found
    return StoredEvaluation(
        test=_stored(tests),
        labelled=_labelled(exam, held_out, said, most),
        held_out=held_out,
        left_out=exam.left_out,
        against=exam.before,
    )


def _labelled(
    exam: Exam, held_out: Mapping[str, str], said: Mapping[str, Mapping[str, str]], most: int
) -> StoredComparison | None:
    if not exam.labelled:
        return None
    now = honest(exam.labelled, {}, held_out, (each.key for each in exam.labelled))
    before = None
    if exam.before is not None:
        before = honest(exam.labelled, said[BEFORE], exam.held_out_before, exam.learned_before)
    return _stored(compare(now, before, most))


def _judged(examples: Sequence[Example], said: Mapping[str, str]) -> list[Judged]:
    return [Judged(each.key, each.text, each.intent, said[each.key]) for each in examples]


def _stored(found: Comparison) -> StoredComparison:
    return StoredComparison(
        now=_score(found.now),
        before=None if found.before is None else _score(found.before),
        better=tuple(
            StoredChange(each.text, each.expected, each.before, each.after) for each in found.better
        ),
        worse=tuple(StoredChange(each.text, each.expected, each.before, each.after) for each in found.worse),
    )


def _score(found: Score) -> StoredScore:
    return StoredScore(
        size=found.size,
        right=found.right,
        in_scope=found.in_scope,
        rejected=found.rejected,
        out_of_scope=found.out_of_scope,
        caught=found.caught,
        intents=tuple(StoredIntentScore(each.intent, each.size, each.right) for each in found.intents),
        confusion=tuple(StoredConfusion(each.expected, each.got, each.count) for each in found.confusion),
    )
