"""What is known around a turn beside its words, and what leads to a person; pure."""

from dataclasses import dataclass
from enum import StrEnum

from core.ids import AgentId, QueueId


@dataclass(frozen=True, slots=True)
class Topic:
    """A rule of the supervisors' that leads to a person."""

    rule: str
    name: str


class ErrandKind(StrEnum):
    """``OWN``: what the agent wrote is asked as it stands."""

    ORDER_NUMBER = "order_number"
    PHOTO = "photo"
    ADDRESS = "address"
    DETAILS = "details"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Errand:
    """``by`` asked for it and gets it back, else ``queue`` does; ``tries``: so often it was asked."""

    id: str
    kind: ErrandKind
    question: str | None
    by: AgentId
    queue: QueueId
    tries: int


@dataclass(frozen=True, slots=True)
class Circumstances:
    """``tier`` of the contact, ``zone`` (IANA) of where they are, the ``topic`` rule that holds; None where not known.

    ``errand``: what the bot has the conversation for, where an agent sent it back.
    """

    tier: str | None = None
    zone: str | None = None
    topic: Topic | None = None
    errand: Errand | None = None


NOTHING_KNOWN = Circumstances()
