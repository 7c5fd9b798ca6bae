"""Facts about somebody outside: who they are, and what they did beside writing; ``core.events`` has the union of all facts."""

from dataclasses import dataclass

from core.ids import AgentId, ContactId, ContactMergeId, ConversationId, InboxId, MessageId, VerificationId


@dataclass(frozen=True, slots=True)
class VerificationAsked:
    """Somebody wants to prove that an address is theirs: a code goes there."""

    inbox: InboxId
    verification: VerificationId


@dataclass(frozen=True, slots=True)
class ContactsMerged:
    """The points and conversations of ``source`` belong to ``contact`` now; ``by`` nobody where both were proven."""

    contact: ContactId
    source: ContactId
    merge: ContactMergeId
    by: AgentId | None


@dataclass(frozen=True, slots=True)
class ContactsParted:
    """A merge was taken back: ``source`` stands for itself again."""

    contact: ContactId
    source: ContactId
    merge: ContactMergeId
    by: AgentId


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """Whose conversation this is changed, or what is known of them; ``cause``: merged, parted, verified or claimed."""

    conversation: ConversationId
    contact: ContactId
    cause: str
    by: AgentId | None


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A contact changed what they had said; what it was before is kept."""

    conversation: ConversationId
    message: MessageId


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """The requester can (no longer) be written to on this channel: they blocked us, or let us in again."""

    conversation: ConversationId
    reachable: bool


@dataclass(frozen=True, slots=True)
class ConversationRated:
    """The requester said how it went, from 1 to 5; ``agent`` is who held it last."""

    conversation: ConversationId
    score: int
    agent: AgentId | None
