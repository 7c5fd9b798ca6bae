"""The live protocol's frames, both ways, and what is wrong with those that are none."""

from datetime import datetime
from typing import Annotated

import msgspec

from core.errors import Invalid
from core.web import invalid

Id = Annotated[str, msgspec.Meta(max_length=64)]
Tag = Annotated[str, msgspec.Meta(min_length=2, max_length=35)]
Token = Annotated[str, msgspec.Meta(max_length=200)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Page(msgspec.Struct, frozen=True):
    """The page that shows the widget."""

    url: str = ""
    title: str = ""


class Choice(msgspec.Struct, frozen=True):
    """A pressed button: the message that offered it, and which of its options."""

    message: Id
    option: Id


class Hello(msgspec.Struct, frozen=True, tag_field="type", tag="hello"):
    """Who comes, and the last number they have seen of which conversation."""

    session: Token | None = None
    language: Tag = "en"
    conversation: Id | None = None
    n: Count = 0
    page: Page | None = None


class Say(msgspec.Struct, frozen=True, tag_field="type", tag="message"):
    """Something to store once: ``key`` is the client's own, the same in each repeat."""

    key: str
    text: str = ""
    uploads: tuple[Id, ...] = ()
    choice: Choice | None = None


class Typing(msgspec.Struct, frozen=True, tag_field="type", tag="typing"):
    """The visitor began or stopped to type."""

    on: bool


class Read(msgspec.Struct, frozen=True, tag_field="type", tag="read"):
    """The visitor has seen everything up to ``n``."""

    n: Count


class Ping(msgspec.Struct, frozen=True, tag_field="type", tag="ping"):
    """Is the server still there?"""


ClientFrame = Hello | Say | Typing | Read | Ping


class TextPart(msgspec.Struct, frozen=True, tag_field="type", tag="text"):
    """Plain text."""

    text: str


class MediaPart(msgspec.Struct, frozen=True):
    """A file, by an address that expires; ``type`` is image or file."""

    type: str
    url: str
    name: str
    size: int
    media_type: str


class Option(msgspec.Struct, frozen=True):
    """One button."""

    id: str
    label: str


class ButtonsPart(msgspec.Struct, frozen=True, tag_field="type", tag="buttons"):
    """Choices to press."""

    options: tuple[Option, ...]


class ChoicePart(msgspec.Struct, frozen=True, tag_field="type", tag="choice"):
    """A pressed button, as the visitor's own message."""

    message: str
    option: str
    label: str


class ArticlePart(msgspec.Struct, frozen=True, tag_field="type", tag="article"):
    """An article, shown short."""

    article: str
    title: str
    excerpt: str
    url: str | None


PartOut = TextPart | MediaPart | ButtonsPart | ChoicePart | ArticlePart


class AuthorOut(msgspec.Struct, frozen=True):
    """``kind`` is contact, bot, agent or system."""

    kind: str
    name: str | None


class MessageOut(msgspec.Struct, frozen=True):
    """``key`` only on what the visitor sent."""

    id: str
    author: AuthorOut
    parts: tuple[PartOut, ...]
    at: datetime
    delivery: str | None
    key: str | None


class MessageFact(msgspec.Struct, frozen=True, tag_field="kind", tag="message"):
    """Something was said."""

    message: MessageOut


class JoinedFact(msgspec.Struct, frozen=True, tag_field="kind", tag="joined"):
    """An agent answers from here on."""

    name: str


class LeftFact(msgspec.Struct, frozen=True, tag_field="kind", tag="left"):
    """The agent no longer answers; ``handler`` is who does: bot, queue or nobody."""

    handler: str


class HandlerFact(msgspec.Struct, frozen=True, tag_field="kind", tag="handler"):
    """The conversation changed hands, no agent being in it: bot, queue or nobody."""

    handler: str


class StatusFact(msgspec.Struct, frozen=True, tag_field="kind", tag="status"):
    """open, resolved or closed."""

    status: str


class DeliveryFact(msgspec.Struct, frozen=True, tag_field="kind", tag="delivery"):
    """A message that the visitor has got further."""

    message: str
    state: str


class OtherFact(msgspec.Struct, frozen=True, tag_field="kind", tag="other"):
    """Nothing to show; it only takes its number."""


Fact = MessageFact | JoinedFact | LeftFact | HandlerFact | StatusFact | DeliveryFact | OtherFact


class EventOut(msgspec.Struct, frozen=True, tag_field="type", tag="event"):
    """The ``n``-th thing that a visitor may see of a conversation."""

    conversation: str
    n: int
    at: datetime
    event: Fact


class Brand(msgspec.Struct, frozen=True):
    """Colour (``#rrggbb``) and side of the launcher."""

    color: str | None
    position: str


class InboxOut(msgspec.Struct, frozen=True):
    """How the inbox presents itself."""

    name: str
    brand: Brand
    greeting: str
    languages: tuple[str, ...]


class LimitsOut(msgspec.Struct, frozen=True):
    """What a message may hold."""

    text_bytes: int
    upload_bytes: int
    uploads: int


class ConversationOut(msgspec.Struct, frozen=True):
    """``n`` is its newest number; the events that follow begin after ``after``."""

    id: str
    n: int
    after: int
    status: str
    handler: str
    agent: str | None


class Welcome(msgspec.Struct, frozen=True, tag_field="type", tag="welcome"):
    """The answer to hello; ``resumed`` is false for a new session."""

    session: str
    resumed: bool
    inbox: InboxOut
    conversation: ConversationOut | None
    limits: LimitsOut
    heartbeat_s: float


class Stored(msgspec.Struct, frozen=True, tag_field="type", tag="stored"):
    """The frame with this key is on disk, also when it was so before."""

    key: str
    message: str
    conversation: str
    n: int


class TypingOut(msgspec.Struct, frozen=True, tag_field="type", tag="typing"):
    """``who`` is bot or agent."""

    who: str
    on: bool


class ErrorOut(msgspec.Struct, frozen=True, tag_field="type", tag="error"):
    """What is wrong with the frame, where, and what was expected; the socket lives on."""

    code: str
    field: str | None
    expected: str
    key: str | None


class Reload(msgspec.Struct, frozen=True, tag_field="type", tag="reload"):
    """Too far behind: drop what you have and say hello with n = 0."""


class Pong(msgspec.Struct, frozen=True, tag_field="type", tag="pong"):
    """Still there."""


class Config(msgspec.Struct, frozen=True):
    """What a page is told before it opens a socket."""

    inbox: InboxOut
    limits: LimitsOut


encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
_TYPES = "hello, message, typing, read or ping"


def decode(data: bytes) -> ClientFrame:
    """Raises Invalid: ``malformed`` or ``unknown_type``, with the field."""
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError as error:
        problem = invalid(error, ClientFrame)
        if problem.field == "type":
            raise Invalid("type", _TYPES, code="unknown_type") from None
        field = "frame" if problem.field == "body" else problem.field
        raise Invalid(field, problem.expected, code="malformed") from None
    except (msgspec.DecodeError, UnicodeError):
        raise Invalid("frame", "a JSON object", code="malformed") from None


class _Keyed(msgspec.Struct):
    key: str | None = None


def key_of(data: bytes) -> str | None:
    """The key of a frame that could not be taken, where it can be made out."""
    try:
        return msgspec.json.decode(data, type=_Keyed).key
    except (msgspec.DecodeError, UnicodeError):
        return None
