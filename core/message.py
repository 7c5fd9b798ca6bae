"""One utterance or internal note: its parts, its author, and how far its delivery got."""

from collections.abc import Mapping, Sequence
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


class Fold(StrEnum):
    """What is folded away below a text."""

    QUOTE = "quote"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Folded:
    """Plain text that came along and was not written this time: shown folded, and no part of what was said."""

    what: Fold
    text: str


@dataclass(frozen=True, slots=True)
class Formatted:
    """The message as its sender formatted it: sanitised HTML, stored; so many of its images lie elsewhere."""

    media: MediaId
    remote_images: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """What this message answers, cut short: no part of what was said. ``message`` None for one that we do not have."""

    text: str
    message: MessageId | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A place on earth, in degrees (WGS 84); ``name`` and ``address`` where the sender's map knew them."""

    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class SharedContact:
    """Somebody's visiting card, as the sender passed it on: proof of nothing."""

    name: str
    phone: str | None = None


Part = (
    Text
    | Attachment
    | Buttons
    | Choice
    | ArticleCard
    | Folded
    | Formatted
    | Quoted
    | Location
    | SharedContact
)


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
    """A state and, where it failed or reached only some, the reason in words."""

    state: DeliveryState
    reason: str | None = None


class Proof(StrEnum):
    """How far we know that a message comes from the address that it names as its sender."""

    NONE = "none"
    REPLY_ADDRESS = "reply_address"
    AUTHENTICATED = "authenticated"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Party:
    """An address on a message, as ``contact_point.address`` writes it, and the name beside it."""

    address: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (or against) where a message was put; ``code`` names it, ``weight`` is its score."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is on the outside of a message, for channels that have it.

    ``why`` says why it stands in its conversation. ``automatic`` is the kind of machine that wrote it, if one did.
    ``problems`` are codes of why parts of it may be missing here.
    """

    subject: str
    sender: Party
    to: tuple[Party, ...] = ()
    copies: tuple[Party, ...] = ()
    proof: Proof = Proof.NONE
    why: tuple[Evidence, ...] = ()
    automatic: str | None = None
    problems: tuple[str, ...] = ()


def copies_to(addresses: Sequence[str]) -> Envelope:
    """An agent's choice of who reads along; the rest of the outside is written when the reply is sent."""
    return Envelope("", Party(""), copies=tuple(Party(address) for address in addresses))


@dataclass(frozen=True, slots=True)
class Message:
    """``key`` is the client's or provider's own name for it; ``delivery`` only replies have.

    ``parts`` are the newest ones: what an edited message said before is kept (``core.edit``).
    """

    id: MessageId
    conversation: ConversationId
    kind: Kind
    author: Author
    parts: tuple[Part, ...]
    delivery: Delivery | None
    key: str | None
    created_at: datetime
    envelope: Envelope | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """A thread that the channel itself names: the conversation with this key in this inbox."""

    key: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message from outside, decoded by an adapter; ``external_id`` is unique within the inbox.

    ``thread`` is ``Exact``, or an evidence value of the adapter's own. ``others`` read along: they join the conversation
    when the sender is verified, and are only shown when not. What a machine wrote (``envelope.automatic``) is stored and
    wakes nobody. ``to_bot``: the bot may answer it, where the inbox has one; ``quiet``: the bot keeps the conversation and
    has nothing to answer, because it says only how its writer can be reached. ``context`` is what else is known of where the
    writer is (a page, a link's payload, what was asked before the chat): the conversation keeps the newest of each.
    ``public``: others read along, so that nothing personal may be said. ``network``: a name for where it came from, where
    the adapter sees that: the bot counts by it.
    """

    inbox: InboxId
    external_id: str
    sender: Sender
    parts: tuple[Part, ...]
    thread: object
    sent_at: datetime
    others: tuple[Sender, ...] = field(default=())
    language: str | None = None
    envelope: Envelope | None = None
    to_bot: bool = True
    context: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    quiet: bool = False
    network: str | None = None


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
            case Location():
                lines.append(place_in_words(part))
            case SharedContact(name=name, phone=phone):
                lines.append(", ".join(word for word in (name, phone) if word))
            case Attachment() | Buttons() | Folded() | Formatted() | Quoted():
                pass
    return "\n".join(lines)


def place_in_words(place: Location) -> str:
    """Its name and address, else its degrees."""
    words = [word for word in (place.name, place.address) if word]
    return ", ".join(words) if words else f"{place.latitude:.5f}, {place.longitude:.5f}"
