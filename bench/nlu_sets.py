"""The intent sets of `--data`, cut to size: what is learned from, what thresholds are chosen on, what is measured."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

STRANGE = "out_of_scope"
FOLDS = 5
QUICK_INTENTS, QUICK_EXAMPLES, QUICK_ROWS = 15, 8, 30


class Row(msgspec.Struct, frozen=True):
    """A line of a set."""

    id: str
    text: str
    intent: str
    oos: bool
    split: str

    @property
    def wanted(self) -> str | None:
        return None if self.oos else self.intent


@dataclass(frozen=True, slots=True)
class Trial:
    """Learn from ``train``, then say what ``asked`` are."""

    train: Sequence[Row]
    asked: Sequence[Row]


@dataclass(frozen=True, slots=True)
class IntentSet:
    """``val`` is empty where the set has no such rows: thresholds then come from folds of ``train``."""

    name: str
    train: Sequence[Row]
    val: Sequence[Row]
    test: Sequence[Row]

    @property
    def strangers(self) -> bool:
        return any(row.oos for row in self.test)

    def trials(self, folds: int) -> list[Trial]:
        """The first is measured (validation rows before test rows); the others are folds to choose thresholds on."""
        found = [Trial(self.train, [*self.val, *self.test])]
        if self.strangers and not self.val:
            parts = [[row for row in self.train if _fold(row) == part] for part in range(folds)]
            found += [Trial([row for row in self.train if row not in part], part) for part in parts]
        return found

    def without_strangers(self) -> "IntentSet":
        """Learning from texts in scope only."""
        return IntentSet(self.name, [row for row in self.train if not row.oos], self.val, self.test)


def read(data: Path, name: str, *, quick: bool) -> IntentSet:
    """Raises RuntimeError where the set is not there."""
    path = data / "intent" / f"{name}.jsonl"
    if not path.is_file():
        raise RuntimeError(f"--data: expected {path}")
    rows = [msgspec.json.decode(line, type=Row) for line in path.read_bytes().splitlines() if line.strip()]
    if quick:
        rows = _fewer(rows)
    by_split = {split: [row for row in rows if row.split == split] for split in ("train", "val", "test")}
    return IntentSet(name, by_split["train"], by_split["val"], by_split["test"])


def write(folder: Path, trial: Trial, config: str) -> None:
    """A Rasa project of understanding alone; in JSON, for its YAML form would read brackets in texts as marks."""
    folder.mkdir(parents=True)
    examples = [{"text": row.text, "intent": row.wanted or STRANGE, "entities": []} for row in trial.train]
    intents = sorted({str(each["intent"]) for each in examples} | {STRANGE})
    (folder / "nlu.json").write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}))
    (folder / "domain.yml").write_text(json.dumps({"version": "3.1", "intents": intents}))
    (folder / "config.yml").write_text(config)


def _fewer(rows: Sequence[Row]) -> list[Row]:
    """Some intents with some rows each, the same ones every time."""
    chosen = {row.intent for row in rows if row.oos}
    chosen |= set(
        sorted({row.intent for row in rows if not row.oos and row.split == "train"})[:QUICK_INTENTS]
    )
    taken: dict[tuple[str, str], int] = {}
    kept = []
    for row in sorted(rows, key=_order):
        key = (row.split, row.intent if row.split == "train" else str(row.oos))
        taken[key] = taken.get(key, 0) + (row.intent in chosen)
        if row.intent in chosen and taken[key] <= (QUICK_EXAMPLES if row.split == "train" else QUICK_ROWS):
            kept.append(row)
    return kept


def _order(row: Row) -> str:
    return hashlib.sha1(row.id.encode(), usedforsecurity=False).hexdigest()


def _fold(row: Row) -> int:
    return int(_order(row), 16) % FOLDS
