"""What every embedding model is to the rest: a name, a fingerprint, and vectors for questions and for passages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:  # numpy takes a tenth of a second to import, which a start without a model does not pay
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.embedding.circuit import Trouble


class Embedder(Protocol):
    """Safe to call from any number of threads, never from the event loop: a text takes 3 to 200 ms of CPU.

    Rows have unit length, so the product of two is their cosine. An empty or odd text (control characters, lone
    surrogates, very long) has a vector like any other: models cut what they do not read. Raises Unavailable where the
    model is a service that does not answer; the others raise nothing.
    """

    @property
    def name(self) -> str:
        """Short and stable, such as ``minilm``; what settings and the ranking's coefficients call it by."""
        ...

    @property
    def fingerprint(self) -> str:
        """Of weights, tokenizer and how both are used: vectors of different fingerprints are never compared.

        At most 64 characters; the column ``embedding.model`` holds it.
        """
        ...

    @property
    def dimensions(self) -> int:
        """How long a vector is."""
        ...

    def questions(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """For what customers ask and for what articles are asked (titles, question variants): shape (n, dimensions)."""
        ...

    def passages(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """For longer texts that answer: shape (n, dimensions). Models without such a difference treat both alike."""
        ...


@runtime_checkable
class Remote(Embedder, Protocol):
    """An embedder that is not always there."""

    def ready(self) -> None:
        """Returns at once, or asks it whether it is there. Raises Unavailable."""
        ...

    @property
    def trouble(self) -> "Trouble | None":
        """Why it is not asked; None while it is."""
        ...
