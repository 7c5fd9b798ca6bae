"""How alike texts are: counts of words and characters and vectors of models, each with its weight, as one cosine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union

import numpy as np
from scipy import sparse

from components.learning import unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

Block = Union["sparse.csr_matrix", "NDArray[np.float32]"]
"""One featurizer's features of some texts, a row each."""


@dataclass
class Texts:
    """Features ready to be compared: each block's rows are one long, or zeros where it has nothing to say."""

    blocks: dict[str, Block]
    length: NDArray[np.float64]
    """Of shape (texts,): the length of a row over all blocks."""

    def some(self, places: NDArray[np.int64]) -> Texts:
        """Leaves out all others."""
        return Texts({name: block[places] for name, block in self.blocks.items()}, self.length[places])

    @property
    def dense(self) -> list[str]:
        """Names of the blocks that come from models."""
        return [name for name, block in self.blocks.items() if not sparse.issparse(block)]

    def present(self) -> NDArray[np.bool_]:
        """Which model reads which text, shape (texts, models)."""
        if not self.dense:
            return np.zeros((len(self.length), 0), bool)
        return np.stack([np.asarray(self.blocks[name]).any(axis=1) for name in self.dense], axis=1)


@dataclass
class Likeness:
    """Learns from the examples how rare each word is and where the vectors' middle lies."""

    weights: Mapping[str, float]
    default: float
    rarity: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    middle: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def learn(self, raw: Mapping[str, Block]) -> None:
        """Takes the features of all examples, by the featurizer's alias."""
        for name, block in raw.items():
            if sparse.issparse(block):
                seen = np.asarray((block != 0).sum(axis=0)).ravel()
                self.rarity[name] = (np.log((1 + block.shape[0]) / (1 + seen)) + 1).astype(np.float32)
            else:
                there = unit(np.asarray(block)[np.asarray(block).any(axis=1)])
                self.middle[name] = there.mean(axis=0) if len(there) else np.zeros(block.shape[1], np.float32)

    def read(self, raw: Mapping[str, Block], count: int) -> Texts:
        """Takes the features of `count` texts; blocks that the examples had not are left out."""
        blocks: dict[str, Block] = {}
        squares = np.zeros(count)
        for name in (*self.rarity, *self.middle):
            block = raw.get(name)
            if block is None:
                block = _nothing(count, len(self.rarity[name]) if name in self.rarity else self.middle[name])
            blocks[name] = self._sparse(name, block) if name in self.rarity else self._dense(name, block)
            squares += self._weight(name) * _has_something(blocks[name])
        return Texts(blocks, np.sqrt(np.maximum(squares, 1e-9)))

    def between(self, texts: Texts, kept: Texts) -> tuple[Rows, list[Rows]]:
        """Gives the cosine over all blocks, shape (texts, kept), and the models' own cosines."""
        found = np.zeros((len(texts.length), len(kept.length)), np.float32)
        cosines: list[Rows] = []
        for name, block in texts.blocks.items():
            product = block @ kept.blocks[name].T
            alike = np.asarray(product.todense() if sparse.issparse(product) else product, np.float32)
            found += np.float32(self._weight(name)) * alike
            if not sparse.issparse(product):
                cosines.append(alike)
        found /= (texts.length[:, None] * kept.length[None, :]).astype(np.float32)
        return found, cosines

    def _weight(self, name: str) -> float:
        return self.weights.get(name, self.default)

    def _sparse(self, name: str, block: Block) -> Block:
        counts = sparse.csr_matrix(block, dtype=np.float32)
        counts.data = np.log1p(counts.data)
        rare = counts.multiply(self.rarity[name][None, :]).tocsr()
        lengths = np.sqrt(np.asarray(rare.multiply(rare).sum(axis=1)).ravel())
        return sparse.diags(1 / np.maximum(lengths, 1e-9)).dot(rare).astype(np.float32).tocsr()

    def _dense(self, name: str, block: Block) -> Block:
        rows = np.asarray(block, np.float32)
        there = rows.any(axis=1, keepdims=True)
        return unit(np.where(there, unit(rows) - self.middle[name], 0).astype(np.float32))


def stack(rows: Sequence[Mapping[str, Block]]) -> dict[str, Block]:
    """Puts the features of texts, one row each, into blocks; what a text lacks is zeros."""
    widths = {name: block for row in rows for name, block in row.items()}
    return {name: _column([row.get(name) for row in rows], like) for name, like in widths.items()}


def _column(found: Sequence[Block | None], like: Block) -> Block:
    if sparse.issparse(like):
        empty = sparse.csr_matrix((1, like.shape[1]), dtype=np.float32)
        return sparse.vstack([empty if each is None else each for each in found], format="csr")
    empty_row = np.zeros((1, like.shape[1]), np.float32)
    return np.vstack([empty_row if each is None else np.asarray(each) for each in found])


def _nothing(count: int, like: int | NDArray[np.float32]) -> Block:
    if isinstance(like, int):
        return sparse.csr_matrix((count, like), dtype=np.float32)
    return np.zeros((count, len(like)), np.float32)


def _has_something(block: Block) -> NDArray[np.bool_]:
    if sparse.issparse(block):
        return np.asarray(sparse.csr_matrix(block).getnnz(axis=1) > 0)
    return np.asarray(np.asarray(block).any(axis=1))
