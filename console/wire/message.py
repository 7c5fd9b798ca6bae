"""Messages, their parts and their delivery; what an agent writes; uploads and canned replies."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Address, Answer, Ask, AuthorKind, Language, Name
from core.message import DeliveryState, Fold, Kind, Proof


class TextPart(Answer, frozen=True, tag="text", tag_field="type"):
    """Plain text, always."""

    text: str


class Attached(Answer, frozen=True):
    """A stored file: ``url`` is signed and expires; ``size`` in bytes."""

    url: str
    name: str
    size: int
    media_type: str


class ImagePart(Attached, frozen=True, tag="image", tag_field="type"):
    """To be shown."""


class FilePart(Attached, frozen=True, tag="file", tag_field="type"):
    """To be saved and not shown."""


class ButtonOption(Answer, frozen=True):
    id: str
    label: str


class ButtonsPart(Answer, frozen=True, tag="buttons", tag_field="type"):
    options: tuple[ButtonOption, ...]


class ArticlePart(Answer, frozen=True, tag="article", tag_field="type"):
    """An article of the knowledge base, shown short."""

    article: str
    title: str
    excerpt: str
    url: str | None


class FoldedPart(Answer, frozen=True, tag="folded", tag_field="type"):
    """Plain text that came along: quoted history or a signature."""

    what: Fold
    text: str


class FormattedPart(Answer, frozen=True, tag="formatted", tag_field="type"):
    """The message as its sender formatted it: ``url`` is sanitised HTML for a sandboxed frame, signed and expiring.

    With ``&images=1`` behind the address its images from elsewhere (``remote_images`` of them) are loaded too.
    """

    url: str
    remote_images: int


class QuotedPart(Answer, frozen=True, tag="quoted", tag_field="type"):
    """What this message answers, cut short; ``message`` where we have it."""

    text: str
    message: str | None


class LocationPart(Answer, frozen=True, tag="location", tag_field="type"):
    """A place, in degrees (WGS 84)."""

    latitude: float
    longitude: float
    name: str | None
    address: str | None


class ContactPart(Answer, frozen=True, tag="contact", tag_field="type"):
    """Somebody's visiting card, as the sender passed it on."""

    name: str
    phone: str | None


Part = (
    TextPart
    | ImagePart
    | FilePart
    | ButtonsPart
    | ArticlePart
    | FoldedPart
    | FormattedPart
    | QuotedPart
    | LocationPart
    | ContactPart
)


class Party(Answer, frozen=True):
    address: str
    name: str | None


class Evidence(Answer, frozen=True):
    """``code`` names what speaks for (or, with a negative weight, against) the place of a message."""

    code: str
    weight: float


class Envelope(Answer, frozen=True):
    """The outside of a mail; ``why`` says why it is in its conversation, ``automatic`` what kind of machine wrote it.

    ``problems`` are codes of why parts of it may be missing here.
    """

    subject: str
    sender: Party
    to: tuple[Party, ...]
    copies: tuple[Party, ...]
    proof: Proof
    why: tuple[Evidence, ...]
    automatic: str | None
    problems: tuple[str, ...] = ()


class Author(Answer, frozen=True):
    kind: AuthorKind
    id: str | None
    name: str | None


class Delivery(Answer, frozen=True):
    state: DeliveryState
    reason: str | None


class Message(Answer, frozen=True):
    """``key`` is the name that its sender's client gave it; ``delivery`` only replies have.

    ``edited_at``: its sender changed it since; what it said before is asked for apart.
    """

    id: str
    author: Author
    kind: Kind
    parts: tuple[Part, ...]
    at: datetime
    delivery: Delivery | None
    key: str | None
    n: int
    envelope: Envelope | None = None
    edited_at: datetime | None = None


class Version(Answer, frozen=True):
    """What a message said at some time: ``at`` is when its sender wrote it so."""

    parts: tuple[Part, ...]
    at: datetime


class Write(Ask, frozen=True):
    """A repeat with the same ``key`` is stored once; text or uploads must be there.

    ``copies``: who of the participants gets this reply too, by address; null for all who joined. ``insertions``: what was
    put into it from articles, as ``POST …/insertions`` named it.
    """

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    kind: Literal["reply", "note"]
    text: str = ""
    uploads: Annotated[tuple[str, ...], msgspec.Meta(max_length=10)] = ()
    copies: Annotated[tuple[Address, ...], msgspec.Meta(max_length=100)] | None = None
    insertions: Annotated[
        tuple[Annotated[str, msgspec.Meta(max_length=64)], ...], msgspec.Meta(max_length=20)
    ] = ()


class DeliveryDecision(Ask, frozen=True):
    """A person's word on a reply that failed, or of which nobody knows whether it arrived."""

    decision: Literal["again", "arrived"]


class Upload(Answer, frozen=True):
    """A stored file, to be named in a reply; ``size`` in bytes."""

    id: str
    name: str
    size: int
    media_type: str


class Canned(Answer, frozen=True):
    """A prepared reply, inserted with ``/shortcut``."""

    id: str
    shortcut: str
    language: str
    title: str
    text: str


class CannedAsk(Ask, frozen=True):
    shortcut: Annotated[
        str,
        msgspec.Meta(pattern=r"^[^\s/]{1,40}$", description="up to 40 characters without spaces and slashes"),
    ]
    language: Language
    title: Name
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=8000)]
