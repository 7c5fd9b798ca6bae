"""The bench of understanding counts right, and measures on rows that nothing was learned from or chosen on."""

import json
from pathlib import Path

import pytest

from bench import nlu_measures as measures
from bench.harness import Options
from bench.nlu import SETS, measure
from bench.nlu_measures import Told
from bench.nlu_sets import read

VALIDATION = [Told("a", "a", 0.9, score / 10, 1.0) for score in range(1, 11)]
TEST = [
    Told("a", "a", 0.95, 0.9, 1.0),
    Told("b", "a", 0.95, 0.4, 1.0),
    Told(None, "a", 0.5, 0.1, 1.0),
    Told(None, "a", 0.5, 0.6, 1.0),
]


def test_accuracy_is_of_texts_in_scope_with_nothing_rejected() -> None:
    assert measures.accuracy(TEST) == 0.5


def test_a_threshold_rejects_the_named_share_of_validation_texts() -> None:
    limit = measures.threshold(VALIDATION, 0.2)
    assert measures.below(VALIDATION, limit, strangers=False) == 0.2
    assert measures.below(TEST, limit, strangers=True) == 0.5
    assert measures.below(TEST, limit, strangers=False) == 0.0


def test_auroc_is_how_often_a_text_in_scope_stands_above_a_stranger() -> None:
    assert measures.auroc(TEST) == 0.75
    assert measures.auroc([Told("a", "a", 1, 0.5, 1), Told(None, "a", 1, 0.5, 1)]) == 0.5


def test_confidence_that_is_as_often_right_as_it_says_has_no_error() -> None:
    assert measures.calibration_error(TEST) == pytest.approx(0.45)
    honest = [Told("a", "a", 0.5, 1, 1), Told("b", "a", 0.5, 1, 1)]
    assert measures.calibration_error(honest) == 0


def a_set(folder: Path, splits: tuple[str, ...], count: int) -> Path:
    (folder / "intent").mkdir()
    rows = [
        {
            "id": f"{split}-{intent}-{number}",
            "text": f"{intent} text {number}",
            "intent": intent,
            "oos": intent == "x",
            "split": split,
        }
        for split in splits
        for intent in ("a", "b", "x")
        for number in range(count)
        if not (intent == "x" and split == "train")
    ]
    text = "\n".join(json.dumps(row) for row in rows)
    for name in SETS:
        (folder / "intent" / f"{name}.jsonl").write_text(text)
    return folder


def test_without_validation_rows_folds_of_what_is_learned_from_stand_in(tmp_path: Path) -> None:
    found = read(a_set(tmp_path, ("train", "test"), 20), SETS[0], quick=False)
    measured, *folds = found.trials(5)
    assert {row.split for row in measured.asked} == {"test"}
    assert sorted(row.id for fold in folds for row in fold.asked) == sorted(row.id for row in found.train)
    for fold in folds:
        assert not {row.id for row in fold.asked} & {row.id for row in fold.train}


def test_validation_rows_are_asked_before_test_rows_and_never_learned_from(tmp_path: Path) -> None:
    found = read(a_set(tmp_path, ("train", "val", "test"), 3), SETS[0], quick=False)
    trials = found.trials(5)
    assert len(trials) == 1
    assert [row.split for row in trials[0].asked] == ["val"] * 9 + ["test"] * 9
    assert {row.split for row in trials[0].train} == {"train"}


def test_without_data_it_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="--data DIR"):
        measure(Options(quick=True))


@pytest.mark.rasa
def test_it_trains_and_asks_rasa_as_shipped(tmp_path: Path) -> None:
    found = measure(Options(quick=True, data=a_set(tmp_path, ("train", "val", "test"), 12)))
    ours = found.figures[SETS[0]]["ours"]  # type: ignore[index]
    assert ours["accuracy"] > 0.9
    assert ours["learned_from"] == 16
    assert ours["asked"] == 36
