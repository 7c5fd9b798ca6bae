"""A model of the operator's own, in a folder as sentence-transformers keeps it; that package is theirs to install."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from core.errors import Invalid
from knowledge.embedding.arrays import unit
from knowledge.embedding.fingerprint import fingerprint
from knowledge.embedding.settings import FOLDER, FolderSettings
from knowledge.embedding.texts import clean


class Folder:
    """Satisfies ``Embedder``; one call at a time. Raises Invalid when settings name no folder."""

    name = FOLDER

    def __init__(self, settings: FolderSettings) -> None:
        if settings.path is None or not settings.path.is_dir():
            raise Invalid(
                "PARLEY_KNOWLEDGE_EMBEDDING_FOLDER_PATH", f"a folder that is there, not {settings.path}"
            )
        self._settings = settings
        # Never from the network, and no code out of the folder.
        self._model = SentenceTransformer(str(settings.path), local_files_only=True, trust_remote_code=False)
        self.fingerprint = fingerprint(FOLDER, _state(settings.path), settings.question, settings.passage)
        self.dimensions = int(self._model.encode(["."]).shape[1])
        self._lock = Lock()

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._of(self._settings.question, texts)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._of(self._settings.passage, texts)

    def _of(self, before: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock:
            read = [before + clean(text) for text in texts]
            return unit(np.asarray(self._model.encode(read, show_progress_bar=False), np.float32))


def _state(folder: Path) -> str:
    """Names, sizes and times of the files: to read gigabytes at each start would take too long."""
    whole = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        found = path.stat()
        whole.update(f"{path.relative_to(folder)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return whole.hexdigest()
