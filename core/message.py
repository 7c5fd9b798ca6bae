"""One utterance or internal note: its parts, its author, and how far its delivery got."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.contact import Sender
from core.ids import AgentId, ArticleId, ContactId, ConversationId, InboxId, MediaId, MessageId


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, always; whoever shows it escapes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file; ``inline`` asks to be shown as an image. ``size`` in bytes."""

    media: MediaId
    name: str
    media_type: str
    size: int
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One button: ``id`` is opaque and travels, ``meaning`` stays here."""

    id: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """Choices that the contact can press."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A pressed button, and the message that offered it."""

    message: MessageId
    option: str
    label: str


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article of the knowledge base, shown short."""

    article: ArticleId
    language: str
    title: str
    excerpt: str


Part = Text | Attachment | Buttons | Choice | ArticleCard


@dataclass(frozen=True, slots=True)
class ByContact:
    """The requester or another person outside."""

    contact: ContactId


@dataclass(frozen=True, slots=True)
class ByBot:
    """The bot; ``turn`` is the conversation's turn token that it answered under."""

    turn: int


@dataclass(frozen=True, slots=True)
class ByAgent:
    """A person of ours."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class BySystem:
    """Parley itself: a promise outside business hours, a notice."""


Author = ByContact | ByBot | ByAgent | BySystem


class Kind(StrEnum):
    """Which way a message goes."""

    INBOUND = "inbound"
    REPLY = "reply"
    NOTE = "note"


class DeliveryState(StrEnum):
    """How far a reply got."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A state and, where it failed, the reason in words."""

    state: DeliveryState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """``key`` is the client's or provider's own name for it; ``delivery`` only replies have."""

    id: MessageId
    conversation: ConversationId
    kind: Kind
    author: Author
    parts: tuple[Part, ...]
    delivery: Delivery | None
    key: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Exact:
    """A thread that the channel itself names: the conversation with this key in this inbox."""

    key: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message from outside, decoded by an adapter; ``external_id`` is unique within the inbox.

    ``thread`` is ``Exact``, or an evidence value of the adapter's own.
    """

    inbox: InboxId
    external_id: str
    sender: Sender
    parts: tuple[Part, ...]
    thread: object
    sent_at: datetime
    others: tuple[Sender, ...] = field(default=())
    language: str | None = None


def in_brief(parts: Sequence[Part]) -> str:
    """For a list of conversations: the words, or the names of the files where there are none."""
    return plain_text(parts) or ", ".join(part.name for part in parts if isinstance(part, Attachment))


def plain_text(parts: Sequence[Part]) -> str:
    """What the parts say in words: for search, for the bot and for lists."""
    lines: list[str] = []
    for part in parts:
        match part:
            case Text(text):
                lines.append(text)
            case Choice(label=label):
                lines.append(label)
            case ArticleCard(title=title, excerpt=excerpt):
                lines.append(f"{title}\n{excerpt}")
            case Attachment() | Buttons():
                pass
    return "\n".join(lines)
