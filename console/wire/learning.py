"""What the bot misunderstood, what people say it meant, and the models trained from that."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask

MisreadWhy = Literal["unsure", "fallback", "out_of_scope", "handed_over", "asked_again", "not_helped"]
ModelState = Literal["training", "trained", "failed"]
RolloutState = Literal["rolling", "going_back", "done", "failed"]
IntentName = Annotated[str, msgspec.Meta(min_length=1, max_length=100, description="the name of an intent")]


class IntentGuess(Answer, frozen=True):
    intent: str
    confidence: float


class TextLabel(Answer, frozen=True):
    """``intent`` null: not for training. ``id`` where it can be taken back; ``by`` null: it was imported."""

    id: str | None
    intent: str | None
    by: str | None
    at: datetime


class MisreadText(Answer, frozen=True):
    """``intent``: what it was taken for. ``conversation``: the newest, only for who may read conversations."""

    key: str
    text: str
    language: str
    times: int
    intent: str | None
    confidence: float | None
    ranking: tuple[IntentGuess, ...]
    why: MisreadWhy
    outcome: str
    conversation: str | None
    at: datetime
    label: TextLabel | None


class MisreadTexts(Answer, frozen=True):
    """A page of ``total``. ``intents`` a text may be labelled with; ``guessed`` and ``languages`` to narrow by."""

    items: tuple[MisreadText, ...]
    total: int
    intents: tuple[str, ...]
    guessed: tuple[str, ...]
    languages: tuple[str, ...]


class LabelAsk(Ask, frozen=True):
    """null: not for training."""

    intent: IntentName | None


class LabelUndone(Answer, frozen=True):
    """What the text means now, null: nothing yet."""

    label: TextLabel | None


class LearnedExample(Answer, frozen=True):
    text: str
    intent: str
    language: str


class ExampleClash(Answer, frozen=True):
    """The same text with two meanings."""

    text: str
    ours: str
    theirs: str


class ExamplesChange(Answer, frozen=True):
    """``changed``: from ``ours`` to ``theirs``. At most so many of each are told; ``counts``: added, removed, changed in all."""

    added: tuple[LearnedExample, ...]
    removed: tuple[LearnedExample, ...]
    changed: tuple[ExampleClash, ...]
    counts: tuple[int, int, int]


class ModelScore(Answer, frozen=True):
    """Of ``in_scope`` sentences ``rejected`` were taken for none; of ``out_of_scope`` ones ``caught`` were seen as such."""

    size: int
    right: int
    in_scope: int
    rejected: int
    out_of_scope: int
    caught: int


class IntentScore(Answer, frozen=True):
    """``before``: how many the model in use got right, null: nothing to compare with."""

    intent: str
    size: int
    right: int
    before: int | None


class IntentsConfused(Answer, frozen=True):
    """``count`` sentences that mean ``expected`` were taken for ``got``; the right ones too."""

    expected: str
    got: str
    count: int


class SentenceChange(Answer, frozen=True):
    text: str
    expected: str
    before: str
    after: str


class ModelComparison(Answer, frozen=True):
    """``before``: the model that was in use. ``better`` and ``worse``: what only one of the two understood."""

    now: ModelScore
    before: ModelScore | None
    intents: tuple[IntentScore, ...]
    confusion: tuple[IntentsConfused, ...]
    better: tuple[SentenceChange, ...]
    worse: tuple[SentenceChange, ...]


class BotModel(Answer, frozen=True):
    """``done`` 0 to 1. ``outdated``: of another project than the installed one. ``shipped``: the project's own.

    ``test`` and ``test_before``: how it and the model then in use did on the kept set.
    """

    id: str
    fingerprint: str
    state: ModelState
    step: str
    done: float
    problem: str | None
    examples: int
    shipped: bool
    outdated: bool
    in_use: bool
    by: str | None
    began: datetime
    ended: datetime | None
    test: ModelScore | None
    test_before: ModelScore | None


class BotModelDetail(Answer, frozen=True):
    """``left_out`` sentences of the kept set were learned, so they do not count. ``since``: against the model compared with."""

    model: BotModel
    test: ModelComparison | None
    labelled: ModelComparison | None
    left_out: int
    against: str | None
    since: ExamplesChange


class BotRollout(Answer, frozen=True):
    id: str
    model: str
    before: str | None
    state: RolloutState
    problem: str | None
    by: str | None
    began: datetime
    ended: datetime | None


class BotServer(Answer, frozen=True):
    """``model`` null: its Rasa is not ready."""

    id: str
    model: str | None
    problem: str | None
    seen: datetime


class BotModels(Answer, frozen=True):
    """The newest first. ``since``: the examples now against those of the newest model. ``dropped``: of intents that there are no more."""

    items: tuple[BotModel, ...]
    rollouts: tuple[BotRollout, ...]
    servers: tuple[BotServer, ...]
    examples: int
    since: ExamplesChange
    clashes: tuple[ExampleClash, ...]
    dropped: tuple[LearnedExample, ...]


class TrainingBegun(Answer, frozen=True):
    model: str
