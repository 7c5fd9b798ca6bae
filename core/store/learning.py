"""The stored forms of what the bot learned from: rankings of a turn, examples, and how a model did."""

import msgspec


class StoredGuess(msgspec.Struct, frozen=True):
    """An intent that a turn may have meant; ``confidence`` 0 to 1."""

    intent: str
    confidence: float


class StoredExample(msgspec.Struct, frozen=True):
    """A redacted sentence and what it means."""

    text: str
    intent: str
    language: str


class StoredLabel(msgspec.Struct, frozen=True):
    """What a sentence was taken for before somebody labelled it anew; ``intent`` None: not for training."""

    intent: str | None
    by: str | None
    at: str


class StoredIntentScore(msgspec.Struct, frozen=True):
    intent: str
    size: int
    right: int


class StoredConfusion(msgspec.Struct, frozen=True):
    """``count`` sentences that mean ``expected`` were taken for ``got``."""

    expected: str
    got: str
    count: int


class StoredScore(msgspec.Struct, frozen=True):
    """Of ``in_scope`` sentences ``rejected`` were taken for none; of ``out_of_scope`` ones ``caught`` were seen as such."""

    size: int
    right: int
    in_scope: int
    rejected: int
    out_of_scope: int
    caught: int
    intents: tuple[StoredIntentScore, ...]
    confusion: tuple[StoredConfusion, ...]


class StoredChange(msgspec.Struct, frozen=True):
    """A sentence that two models take for different intents."""

    text: str
    expected: str
    before: str
    after: str


class StoredComparison(msgspec.Struct, frozen=True):
    """How a model did on a set of sentences, beside the model that was in use (None: there was none)."""

    now: StoredScore
    before: StoredScore | None
    better: tuple[StoredChange, ...]
    worse: tuple[StoredChange, ...]


class StoredEvaluation(msgspec.Struct, frozen=True):
    """``test``: the kept set; ``labelled``: what customers wrote, each judged by a model that did not learn from it.

    ``held_out``: for each labelled sentence (by its key) what it was taken for; ``left_out`` sentences of the kept set
    are among the examples and do not count. ``against``: the model compared with.
    """

    test: StoredComparison
    labelled: StoredComparison | None
    held_out: dict[str, str]
    left_out: int
    against: str | None
