"""What is learned from the examples: which intent a text has, how sure that is, and whether the bot is for it at all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from components import learning
from components.likeness import Likeness, Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from components.learning import Numbers, Rows
    from components.likeness import Block

_FOLDS = 5
_MANY = 3000
_FOLDS_OF_MANY = 2
_EVEN = 0.5
_STEPS = 1000
"""The shares of false rejects that are told apart: a thousandth."""


@dataclass(frozen=True)
class Options:
    """`weights` are the blocks' by the featurizer's alias, `other_weight` that of all others.

    `examples` are kept to compare with, `strength` and `rounds` are the regression's. `strange` is the intent whose
    examples are out of scope; `false_rejects` the share of texts that are in scope which may be taken for that.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    other_weight: float = 1.0
    examples: int = 1500
    strength: float = 60.0
    rounds: int = 60
    strange: str = "out_of_scope"
    false_rejects: float = 0.05


@dataclass(frozen=True)
class Found:
    """What one text means: intents by confidence, without the one for what is out of scope.

    `score` grows with how much it belongs here; `share` is the part of texts in scope with a lower one. `in_scope`, 0 to
    1, is 0.5 where that share is the one of false rejects, and 1 from twice that on.
    """

    ranking: Sequence[tuple[str, float]]
    score: float
    share: float
    in_scope: float

    @property
    def strange(self) -> bool:
        """Tells whether it counts as out of scope."""
        return self.in_scope < _EVEN


class Understanding:
    """Immutable once made: by `learn` from examples, or by `load` from what `save` wrote."""

    def __init__(
        self, options: Options, likeness: Likeness, kept: Texts, weights: Rows, facts: Mapping[str, object]
    ) -> None:
        """`weights` turn likenesses to the kept examples into sides; `facts` are what JSON can hold."""
        self._options = options
        self._likeness = likeness
        self._kept = kept
        self._weights = weights
        self._facts = facts
        self._intents = np.array(facts["intents"])
        self._steps = np.array(facts["steps"], np.float64)

    @classmethod
    def learn(cls, raw: Mapping[str, Block], intents: Sequence[str], options: Options) -> Understanding:
        """Takes the features and the intent of each example, at least one."""
        names, labels = np.unique(np.array(intents), return_inverse=True)
        likeness = Likeness(options.weights, options.other_weight)
        likeness.learn(raw)
        texts = likeness.read(raw, len(labels))
        places = learning.kept(labels, options.examples)
        kept = texts.some(places)
        alike, cosines = likeness.between(texts, kept)
        straight = learning.straighten(alike[places])
        rows = alike @ straight
        fitted = learning.fit(rows, labels, len(names), options.strength, options.rounds)
        trial = _Trial(rows, labels, places, cosines, texts.present())
        facts = {"intents": names.tolist(), **_calibrated(trial, names, options)}
        weights = np.vstack([straight @ fitted[:-1], fitted[-1:]])
        return cls(options, likeness, kept, weights, facts)

    def of(self, raw: Mapping[str, Block], count: int) -> list[Found]:
        """Takes the features of `count` texts."""
        if not count:
            return []
        texts = self._likeness.read(raw, count)
        alike, cosines = self._likeness.between(texts, self._kept)
        sides, strange = _apart(learning.logits(alike, self._weights), self._intents, self._options.strange)
        near = learning.nearest(cosines, texts.present())
        shares = learning.confidences(sides, float(str(self._facts["temperature"])))
        scores = learning.belonging(sides, near, strange)
        return [self._found(*each) for each in zip(shares, scores, strict=True)]

    def _found(self, confidences: Rows, score: float) -> Found:
        intents = self._intents[self._intents != self._options.strange]
        if not len(intents):
            intents = self._intents
        order = np.argsort(-confidences, kind="stable")
        ranking = [(str(intents[place]), float(confidences[place])) for place in order]
        share = float(np.searchsorted(self._steps, score)) / len(self._steps) if len(self._steps) else 1.0
        bound = self._options.false_rejects
        in_scope = min(1.0, _EVEN * share / bound) if bound else 1.0
        return Found(ranking, float(score), share, in_scope)

    def save(self, folder: Path) -> None:
        """Writes arrays and JSON, nothing that could run when it is read."""
        arrays: dict[str, Any] = {"weights": self._weights, "length": self._kept.length}
        for name, block in self._kept.blocks.items():
            if sparse.issparse(block):
                for part in ("data", "indices", "indptr"):
                    arrays[f"{part}:{name}"] = getattr(block, part)
                arrays[f"rarity:{name}"] = self._likeness.rarity[name]
            else:
                arrays[f"rows:{name}"] = block
                arrays[f"middle:{name}"] = self._likeness.middle[name]
        np.savez(folder / "understanding.npz", **arrays)
        (folder / "understanding.json").write_text(json.dumps(self._facts), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, options: Options) -> Understanding:
        """Reads what `save` wrote; OSError or ValueError where that is not there or something else."""
        facts = json.loads((folder / "understanding.json").read_text(encoding="utf-8"))
        likeness = Likeness(options.weights, options.other_weight)
        blocks: dict[str, Block] = {}
        with np.load(folder / "understanding.npz", allow_pickle=False) as arrays:
            length = arrays["length"]
            for key in arrays.files:
                part, _, name = key.partition(":")
                if part == "rarity":
                    likeness.rarity[name] = arrays[key]
                    parts = [arrays[f"{each}:{name}"] for each in ("data", "indices", "indptr")]
                    blocks[name] = sparse.csr_matrix(tuple(parts), shape=(len(length), len(arrays[key])))
                elif part == "middle":
                    likeness.middle[name] = arrays[key]
                    blocks[name] = arrays[f"rows:{name}"]
            return cls(options, likeness, Texts(blocks, length), arrays["weights"], facts)


@dataclass(frozen=True)
class _Trial:
    """The examples once more, to be understood by what was learned from the others."""

    rows: Rows
    labels: Numbers
    places: Numbers
    cosines: list[Rows]
    present: NDArray[np.bool_]

    def of(self, part: Numbers, count: int, options: Options) -> tuple[Rows, NDArray[np.float64]]:
        """Gives the sides of the examples of `part`, and how near the nearest other one is."""
        rest = np.setdiff1d(np.arange(len(self.labels)), part)
        fitted = learning.fit(self.rows[rest], self.labels[rest], count, options.strength, options.rounds)
        others = ~np.isin(self.places, part)
        near = learning.nearest([each[part][:, others] for each in self.cosines], self.present[part])
        return learning.logits(self.rows[part], fitted), near


def _calibrated(trial: _Trial, names: Rows, options: Options) -> dict[str, object]:
    """Gives the temperature, and the scores below which each thousandth of texts in scope lies."""
    if len(trial.labels) < 2 * _FOLDS or len(names) < 2:  # noqa: PLR2004 - nothing to tell apart
        return {"temperature": 1.0, "steps": []}
    parts = list(learning.folds(trial.labels, _FOLDS))
    parts = parts[: _FOLDS_OF_MANY if len(trial.labels) > _MANY else _FOLDS]
    tried = [trial.of(part, len(names), options) for part in parts]
    sides, strange = _apart(np.vstack([each for each, _ in tried]), names, options.strange)
    labels = trial.labels[np.concatenate(parts)]
    scores = learning.belonging(sides, np.concatenate([near for _, near in tried]), strange)
    inside = names[labels] != options.strange
    if not inside.any():
        return {"temperature": 1.0, "steps": []}
    own = np.searchsorted(names[names != options.strange], names[labels[inside]])
    steps = np.quantile(scores[inside], (np.arange(_STEPS) + 0.5) / _STEPS)
    return {"temperature": learning.temperature(sides[inside], own), "steps": steps.tolist()}


def _apart(sides: Rows, intents: Rows, strange: str) -> tuple[Rows, Rows | None]:
    """Takes the side of what is out of scope from the others', if examples of that were given."""
    out = intents == strange
    if not out.any() or out.all():
        return sides, None
    return sides[:, ~out], sides[:, out]
