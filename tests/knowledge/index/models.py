"""A model for tests: words of one group are alike, all others are not."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.contract import Embedder
from knowledge.text import tokens

SIZE = 64


class Grouped:
    """Texts are near by their words, and ``groups`` of words count as one word; ``asked`` is what it was given."""

    name = "grouped"
    dimensions = SIZE

    def __init__(self, *groups: str, fingerprint: str = "grouped-1") -> None:
        self.fingerprint = fingerprint
        self.asked: list[str] = []
        self._groups = {token: group for group in groups for token in tokens(group)}

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.questions(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(SIZE, np.float32)
        for token in tokens(text):
            digest = hashlib.blake2b(self._groups.get(token, token).encode(), digest_size=4).digest()
            vector[int.from_bytes(digest, "big") % SIZE] += 1.0
        vector[0] += 0.01
        vector /= np.linalg.norm(vector)
        return vector


class OneModel:
    """The same for every language; ``none``: there is no model."""

    def __init__(self, model: Embedder | None) -> None:
        self.model = model

    def of(self, language: str) -> Embedder | None:
        return self.model

    def between(self) -> Embedder | None:
        return self.model
