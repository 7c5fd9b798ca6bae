"""A model behind HTTP, in the form that most embedding services speak: texts in, one list of numbers for each out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from core.clock import Clock
from core.errors import Invalid, Unavailable
from knowledge.embedding.arrays import unit
from knowledge.embedding.circuit import Circuit, Trouble
from knowledge.embedding.fingerprint import fingerprint
from knowledge.embedding.settings import SERVICE, ServiceSettings
from knowledge.embedding.texts import clean


@dataclass(frozen=True, slots=True)
class Request:
    """The answer is waited for ``limit_s`` seconds and read up to ``answer_bytes``."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    limit_s: float
    answer_bytes: int


Post = Callable[[Request], bytes]
"""Sends it and gives the answer's body; raises Unavailable. For worker threads."""

_PROBE = "."


class _Asked(msgspec.Struct):
    model: str
    input: list[str]


class _Vector(msgspec.Struct):
    embedding: list[float]
    index: int | None = None


class _Answered(msgspec.Struct):
    data: list[_Vector]


class Service:
    """Satisfies ``Embedder`` once ``ready`` has returned. After a failure it is left alone: search goes on by words, at once.

    Only ``ready`` asks it again, so that nobody who asked a question waits for a service that is known to be down.
    """

    name = SERVICE

    def __init__(self, settings: ServiceSettings, post: Post, clock: Clock) -> None:
        """Asks nothing yet. Raises Invalid without an address."""
        if not settings.url.startswith(("https://", "http://")):
            raise Invalid(
                "PARLEY_KNOWLEDGE_EMBEDDING_SERVICE_URL",
                f"an address with http:// or https://, not {settings.url!r}",
            )
        self._settings = settings
        self._post = post
        self._circuit = Circuit("the embedding service", clock, settings.pause_s)
        self._known = False
        self.dimensions = settings.dimensions

    @property
    def fingerprint(self) -> str:
        settings = self._settings
        return fingerprint(
            SERVICE, settings.url, settings.model, settings.question, settings.passage, str(self.dimensions)
        )

    @property
    def trouble(self) -> Trouble | None:
        return self._circuit.trouble

    def ready(self) -> None:
        """Ask it if it has to be asked: how long its vectors are, or whether it answers again. Raises Unavailable."""
        if self._known and self._circuit.trouble is None:
            return
        if not self._circuit.may_try():
            raise _resting()
        rows = self._asked([_PROBE], self._settings.question_s)
        self.dimensions, self._known = rows.shape[1], True

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._of(self._settings.question, texts)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._of(self._settings.passage, texts)

    def _of(self, before: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        if self._circuit.trouble is not None:
            raise _resting()
        settings = self._settings
        limit_s = settings.question_s if len(texts) == 1 else settings.limit_s
        return self._asked([before + clean(text) or _PROBE for text in texts], limit_s)

    def _asked(self, texts: list[str], limit_s: float) -> NDArray[np.float32]:
        settings = self._settings
        headers = {"Content-Type": "application/json"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        body = msgspec.json.encode(_Asked(settings.model, texts))
        request = Request(settings.url, headers, body, limit_s, settings.answer_bytes)
        try:
            rows = self._read(self._post(request), len(texts))
        except Exception as error:
            self._circuit.failed(str(error))
            raise
        self._circuit.answered()
        return rows

    def _read(self, answer: bytes, count: int) -> NDArray[np.float32]:
        """Raises Unavailable for whatever is not ``count`` vectors of one length."""
        try:
            data = msgspec.json.decode(answer, type=_Answered).data
        except msgspec.MsgspecError as error:
            raise _odd(str(error)) from error
        places = [place if each.index is None else each.index for place, each in enumerate(data)]
        if sorted(places) != list(range(count)):
            raise _odd(f"{len(data)} vectors for {count} texts")
        lengths = {len(each.embedding) for each in data}
        if len(lengths) != 1 or not min(lengths) or (self.dimensions and self.dimensions not in lengths):
            raise _odd(f"vectors of {sorted(lengths)} numbers, expected {self.dimensions or 'one length'}")
        rows = np.zeros((count, *lengths), np.float32)
        for place, each in zip(places, data, strict=True):
            rows[place] = each.embedding
        return unit(rows)


def _resting() -> Unavailable:
    return Unavailable("the embedding service failed and is left alone for now", code="embedding")


def _odd(what: str) -> Unavailable:
    return Unavailable(f"the embedding service answered {what}", code="embedding")
