"""One exchange with one requester: its status, its handler, and which changes are allowed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from core.ids import AgentId, ContactId, ContactPointId, ConversationId, InboxId, QueueId


@dataclass(frozen=True, slots=True)
class Open:
    """Ours to answer."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """For the customer or a third party."""


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Put away until a time; a message from the customer wakes it earlier."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Resolved:
    """Answered; a new message from the customer opens it again."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Done for good; a new message starts another conversation."""


Status = Open | Waiting | Snoozed | Resolved | Closed


@dataclass(frozen=True, slots=True)
class WithBot:
    """The bot answers."""


@dataclass(frozen=True, slots=True)
class InQueue:
    """Waits for an agent."""

    queue: QueueId


@dataclass(frozen=True, slots=True)
class AssignedTo:
    """An agent holds it."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nothing is left to do."""


Handler = WithBot | InQueue | AssignedTo | Nobody


class Cause(StrEnum):
    """Why a conversation changed hands."""

    STARTED = "started"
    HANDED_OFF = "handed_off"
    BOT_FAILED = "bot_failed"
    NO_BOT = "no_bot"
    OFFER_ACCEPTED = "offer_accepted"
    TAKEN = "taken"
    ROUTED = "routed"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    AGENT_LOST = "agent_lost"
    RETURNED_TO_BOT = "returned_to_bot"
    CAME_BACK = "came_back"
    REOPENED = "reopened"
    RESOLVED = "resolved"
    WROTE_FIRST = "wrote_first"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One exchange with one requester.

    ``turn`` rises whenever it changes hands: whatever was prepared for an earlier turn is stale.
    ``generation`` rises with every change of status, handler or priority. ``n`` counts the events of its
    topic, ``visible_n`` those that the requester may see. ``weight`` is what it loads an agent with, ``interruptible``:
    only beside other work that is.
    ``last_author`` (contact, bot, agent, system, or nobody yet: "") said the newest words. ``last_agent`` held it last, if anybody ever did; ``queue`` is the one it is or was last in.
    ``public``: others read along, as in a group: nothing personal may be said.
    """

    id: ConversationId
    inbox: InboxId
    contact: ContactId
    contact_point: ContactPointId
    thread_key: str
    subject: str | None
    status: Status
    handler: Handler
    queue: QueueId
    last_agent: AgentId | None
    language: str | None
    last_author: str
    priority: int
    weight: int
    turn: int
    generation: int
    n: int
    visible_n: int
    created_at: datetime
    updated_at: datetime
    public: bool = False
    interruptible: bool = False


class LinkKind(StrEnum):
    """How one conversation goes together with another.

    ``suspected``: a message that may belong there, by its own word only. ``new_subject`` and ``follow_up``: it went on
    there under another subject, or after that one was over. ``split`` off from it; ``merged`` into it.
    """

    SUSPECTED = "suspected"
    NEW_SUBJECT = "new_subject"
    FOLLOW_UP = "follow_up"
    SPLIT = "split"
    MERGED = "merged"


def status_name(status: Status) -> str:
    """The word that the store and every wire use for a status."""
    match status:
        case Open():
            return "open"
        case Waiting():
            return "waiting"
        case Snoozed():
            return "snoozed"
        case Resolved():
            return "resolved"
        case Closed():
            return "closed"
        case _:
            assert_never(status)


def handler_name(handler: Handler) -> str:
    """The word that the store and every wire use for a kind of handler."""
    match handler:
        case WithBot():
            return "bot"
        case InQueue():
            return "queue"
        case AssignedTo():
            return "agent"
        case Nobody():
            return "nobody"
        case _:
            assert_never(handler)


def weighs_on(status: Status, handler: Handler) -> AgentId | None:
    """The agent whose load this conversation counts against; waiting and snoozed work weighs nothing."""
    if isinstance(handler, AssignedTo) and isinstance(status, Open):
        return handler.agent
    return None
