"""What others may ask of improving the bot: values and one Protocol, which ``bot.improving.desk`` fulfils."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.improving.example import Clash, Difference, Example
from bot.improving.misread import Why
from core.ids import AgentId, ConversationId
from core.store.learning import StoredEvaluation, StoredGuess

__all__ = ["Clash", "Difference", "Example", "Why"]


class Kept(StrEnum):
    """Which of the misunderstood texts are wanted."""

    OPEN = "open"
    LABELLED = "labelled"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of misunderstood texts; None: any."""

    kept: Kept = Kept.OPEN
    why: Why | None = None
    intent: str | None = None
    language: str | None = None
    days: int = 90
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """What somebody said a text means; ``intent`` None: it is not for training. ``by`` None: it was imported."""

    id: str | None
    intent: str | None
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MisreadText:
    """One text, however often it came: ``times``, and what became of it the last time."""

    key: str
    text: str
    language: str
    times: int
    intent: str | None
    confidence: float | None
    ranking: tuple[StoredGuess, ...]
    why: Why
    outcome: str
    conversation: ConversationId
    at: datetime
    label: Label | None


@dataclass(frozen=True, slots=True)
class MisreadPage:
    """``total`` texts in all; ``intents`` and ``languages`` are those that were guessed."""

    items: tuple[MisreadText, ...]
    total: int
    intents: tuple[str, ...]
    languages: tuple[str, ...]


class ModelState(StrEnum):
    """How far a model is; one that is trained can be rolled out."""

    TRAINING = "training"
    TRAINED = "trained"
    FAILED = "failed"


class RolloutState(StrEnum):
    """``GOING_BACK``: a server could not take it, those that did take the former one again; then it has ``FAILED``."""

    ROLLING = "rolling"
    GOING_BACK = "going_back"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model, or one on its way: ``step`` and ``done`` (0 to 1) say how far; ``of_project`` is its project's hash.

    ``shipped``: it is the project's own, with no examples of ours. ``examples`` counts them.
    """

    id: str
    fingerprint: str
    of_project: str
    state: ModelState
    step: str
    done: float
    problem: str | None
    examples: int
    shipped: bool
    by: str | None
    began: datetime
    ended: datetime | None
    evaluation: StoredEvaluation | None


@dataclass(frozen=True, slots=True)
class Rollout:
    """From one model to another, server by server; ``before`` None: nobody had chosen one."""

    id: str
    model: str
    before: str | None
    state: RolloutState
    problem: str | None
    by: str | None
    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Server:
    """A process with a Rasa of its own; ``model`` None: it is not ready."""

    id: str
    model: str | None
    fingerprint: str | None
    problem: str | None
    seen: datetime


@dataclass(frozen=True, slots=True)
class Models:
    """The newest models and roll-outs first; ``in_use``: what was chosen last; ``project``: the hash of what is installed.

    ``since``: how the examples differ from those of the newest model. ``clashes``: examples that contradict the project;
    ``dropped``: those of intents that it has no more, with which nothing is trained.
    """

    items: tuple[Model, ...]
    rollouts: tuple[Rollout, ...]
    servers: tuple[Server, ...]
    in_use: str | None
    project: str
    examples: int
    since: Difference
    clashes: tuple[Clash, ...]
    dropped: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class ModelDetail:
    """``since``: how what it learned differs from what the model did that it was compared with."""

    model: Model
    since: Difference


class Improving(Protocol):
    """Everything that the console and the commands do about it."""

    async def intents(self) -> Sequence[str]:
        """What a text may be labelled with, in the order of the project."""
        ...

    async def misread(self, wanted: Wanted) -> MisreadPage: ...

    async def label(self, key: str, intent: str | None, by: AgentId) -> Label:
        """Raises NotFound for a text that nobody kept, Invalid for an intent that there is not."""
        ...

    async def undo(self, label: str, by: AgentId) -> Label | None:
        """What the text means now. Raises NotFound, and Conflict when it was labelled again since."""
        ...

    async def models(self) -> Models: ...

    async def model(self, model: str) -> ModelDetail:
        """Raises NotFound."""
        ...

    async def train(self, by: AgentId | None) -> str:
        """The id of the model that is on its way. Raises Conflict while one is, Unavailable where Rasa is not there."""
        ...

    async def roll_out(self, model: str, by: AgentId | None) -> Rollout:
        """Begins it. Raises NotFound, and Conflict while one is under way, or for a model that is not trained."""
        ...


TURN_SOURCE, IMPORT_SOURCE = "turn", "import"
"""Where an example comes from."""
