"""Facts about messages that stand elsewhere now, and conversations that belong together; ``core.events`` has the union of all."""

from dataclasses import dataclass
from datetime import datetime

from core.ids import AgentId, ConversationId, MessageId, RearrangementId


@dataclass(frozen=True, slots=True)
class ConversationLinked:
    """The conversation goes together with another; ``kind`` as in ``core.conversation.LinkKind``.

    ``ours``: it is this one that was split off, merged or follows, and not the other.
    """

    conversation: ConversationId
    other: ConversationId
    kind: str
    by: AgentId | None
    ours: bool = True


@dataclass(frozen=True, slots=True)
class MessagePlaced:
    """A message that stood in another conversation stands here now: under this event's number, or its old one again."""

    conversation: ConversationId
    message: MessageId


@dataclass(frozen=True, slots=True)
class MessagesMoved:
    """``count`` messages came from the ``other`` conversation (``way`` in) or went there (out), by a ``rearrangement``.

    ``owed``: an answer of ours is owed here after it, since ``owed_since``; None where that is as it was.
    """

    conversation: ConversationId
    other: ConversationId
    rearrangement: RearrangementId
    way: str
    count: int
    owed: bool
    owed_since: datetime | None
    by: AgentId | None
