"""Which models make vectors of questions and articles, and the limits of that work."""

from dataclasses import dataclass, field
from pathlib import Path

NO_MODEL, MINILM, USE, E5, FOLDER, SERVICE = "none", "minilm", "use", "e5", "folder", "service"
MODELS = (NO_MODEL, MINILM, USE, E5, FOLDER, SERVICE)


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """A model of one's own as sentence-transformers keeps it (that package is the operator's to install).

    ``question`` and ``passage`` are put before texts, for models that were trained with such words.
    """

    path: Path | None = None
    question: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """An HTTP service that takes ``{"model": …, "input": […]}`` and answers ``{"data": [{"embedding": […]}]}``.

    ``key`` goes along as a bearer token. ``private``: may it be on this machine or in a private network? An answer
    to several texts is waited for ``limit_s`` seconds, to one, for which somebody may wait, ``question_s``, and read up to
    ``answer_bytes``; after a failure or none in time it is left alone for ``pause_s``.
    """

    url: str = ""
    model: str = ""
    key: str = ""
    dimensions: int = 0
    question: str = ""
    passage: str = ""
    private: bool = False
    limit_s: float = 5.0
    question_s: float = 0.5
    pause_s: float = 10.0
    answer_bytes: int = 8_388_608


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """``english`` and ``other`` are the models for English and for all other languages, and between languages:
    ``minilm`` (English only), ``use``, ``e5`` (not installed by itself), ``folder``, ``service``, or ``none``.

    ``batch`` texts at once are a worker's turn, and up to ``round`` of those that lack a vector are looked up together;
    when none does, the next look is ``poll_s`` seconds later. Models are loaded ``start_s`` seconds after the start, so
    that nobody waits for that; after ``look_polls`` looks, what is not loaded yet is tried again.
    """

    english: str = MINILM
    other: str = USE
    batch: int = 16
    round: int = 256
    poll_s: float = 2.0
    start_s: float = 2.0
    look_polls: int = 5
    folder: FolderSettings = field(default_factory=FolderSettings)
    service: ServiceSettings = field(default_factory=ServiceSettings)
