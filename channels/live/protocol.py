"""The live protocol's frames, both ways, and what is wrong with those that are none."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from channels.live.shown import MessageOut
from core.errors import Invalid
from core.web import invalid

Id = Annotated[str, msgspec.Meta(max_length=64)]
Tag = Annotated[str, msgspec.Meta(min_length=2, max_length=35)]
Token = Annotated[str, msgspec.Meta(max_length=200)]
SignedToken = Annotated[str, msgspec.Meta(max_length=4096)]
Detail = Annotated[str, msgspec.Meta(max_length=1000)]
Address = Annotated[str, msgspec.Meta(max_length=320)]
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
    """Who comes, and the last number they have seen of which conversation; ``identity`` is a token that their site signed."""

    session: Token | None = None
    identity: SignedToken | None = None
    language: Tag = "en"
    conversation: Id | None = None
    n: Count = 0
    page: Page | None = None


class Say(msgspec.Struct, frozen=True, tag_field="type", tag="message"):
    """Something to store once: ``key`` is the client's own, the same in each repeat.

    ``details`` answers the questions that are asked before a chat, by their keys.
    """

    key: str
    text: str = ""
    uploads: tuple[Id, ...] = ()
    choice: Choice | None = None
    details: dict[Id, Detail] = {}


class Typing(msgspec.Struct, frozen=True, tag_field="type", tag="typing"):
    """The visitor began or stopped to type."""

    on: bool


class Read(msgspec.Struct, frozen=True, tag_field="type", tag="read"):
    """The visitor has seen everything up to ``n``."""

    n: Count


class Ping(msgspec.Struct, frozen=True, tag_field="type", tag="ping"):
    """Is the server still there?"""


class Rate(msgspec.Struct, frozen=True, tag_field="type", tag="rate"):
    """How the conversation went, from 1 to 5, once it is resolved; again changes it."""

    score: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Detail = ""


class Prove(msgspec.Struct, frozen=True, tag_field="type", tag="prove"):
    """The visitor wants to prove that an address is theirs: a code goes there. ``address`` only for email."""

    kind: Literal["email", "telegram"]
    address: Address | None = None


class Code(msgspec.Struct, frozen=True, tag_field="type", tag="code"):
    """The code that came there."""

    proof: Id
    code: Annotated[str, msgspec.Meta(max_length=20)]


ClientFrame = Hello | Say | Typing | Read | Rate | Prove | Code | Ping


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


class RatedFact(msgspec.Struct, frozen=True, tag_field="kind", tag="rated"):
    """The visitor said how it went."""

    score: int


class OtherFact(msgspec.Struct, frozen=True, tag_field="kind", tag="other"):
    """Nothing to show; it only takes its number."""


Fact = MessageFact | JoinedFact | LeftFact | HandlerFact | StatusFact | DeliveryFact | RatedFact | OtherFact


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


class Question(msgspec.Struct, frozen=True):
    """Asked before the first message; ``kind`` is text, email or choice (one of ``options``)."""

    key: str
    label: str
    kind: str
    required: bool
    options: tuple[str, ...] = ()


class Offers(msgspec.Struct, frozen=True):
    """What this inbox offers beside talking.

    ``rating``: asks how it went. ``articles``: suggests some while one types. ``mail``: goes on by mail when an address is
    left. ``prove``: kinds of address that a visitor may prove to be theirs.
    """

    rating: bool = False
    articles: bool = False
    mail: bool = False
    prove: tuple[str, ...] = ()


class InboxOut(msgspec.Struct, frozen=True):
    """How the inbox presents itself."""

    name: str
    brand: Brand
    greeting: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    offers: Offers = Offers()


class ServiceOut(msgspec.Struct, frozen=True):
    """Whether people are there now (null: nothing is known), when they are next, and how long one waits for one."""

    open: bool | None = None
    opens_at: datetime | None = None
    expected_wait_s: int | None = None


class UserOut(msgspec.Struct, frozen=True):
    """A visitor who is proven: their name, and the kinds of their proven addresses."""

    name: str | None
    proven: tuple[str, ...]


class LimitsOut(msgspec.Struct, frozen=True):
    """What a message may hold."""

    text_bytes: int
    upload_bytes: int
    uploads: int


class ConversationOut(msgspec.Struct, frozen=True):
    """``n`` is its newest number; the events that follow begin after ``after``; ``read`` is how far the visitor has read."""

    id: str
    n: int
    after: int
    status: str
    handler: str
    agent: str | None
    read: int = 0
    rating: int | None = None


class Welcome(msgspec.Struct, frozen=True, tag_field="type", tag="welcome"):
    """The answer to hello; ``resumed`` is false for a new session, ``visitor`` names whose it is (no secret)."""

    session: str
    resumed: bool
    inbox: InboxOut
    conversation: ConversationOut | None
    limits: LimitsOut
    heartbeat_s: float
    service: ServiceOut = ServiceOut()
    user: UserOut | None = None
    visitor: str = ""


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


class ReadOut(msgspec.Struct, frozen=True, tag_field="type", tag="read"):
    """The visitor has read up to ``n``, here or elsewhere."""

    conversation: str
    n: int


class WaitingOut(msgspec.Struct, frozen=True, tag_field="type", tag="waiting"):
    """The conversation's place in its queue, 1 for next, and how long that may take; null: it does not wait any more."""

    conversation: str
    position: int | None
    expected_wait_s: int | None


class ProvingOut(msgspec.Struct, frozen=True, tag_field="type", tag="proving"):
    """A code is on its way; ``link`` leads to where it is to be had, where that is for the visitor to open."""

    proof: str
    kind: str
    link: str | None
    expires_in_s: int


class ProvenOut(msgspec.Struct, frozen=True, tag_field="type", tag="proven"):
    """The code was right: the address is theirs."""

    proof: str
    kind: str
    address: str


class ErrorOut(msgspec.Struct, frozen=True, tag_field="type", tag="error"):
    """What is wrong with the frame, where, and what was expected; the socket lives on. ``retry_after_s``: not before."""

    code: str
    field: str | None
    expected: str
    key: str | None
    retry_after_s: float | None = None


class Reload(msgspec.Struct, frozen=True, tag_field="type", tag="reload"):
    """Too far behind: drop what you have and say hello with n = 0."""


class Pong(msgspec.Struct, frozen=True, tag_field="type", tag="pong"):
    """Still there."""


ServerFrame = (
    Welcome
    | EventOut
    | Stored
    | TypingOut
    | ReadOut
    | WaitingOut
    | ProvingOut
    | ProvenOut
    | ErrorOut
    | Reload
    | Pong
)


class TextsOut(msgspec.Struct, frozen=True):
    """What the page says, in ``language``: ``words`` by key, with ``{name}`` where a value goes; ``direction`` is ltr or rtl."""

    language: str
    direction: str
    words: dict[str, str]


class Config(msgspec.Struct, frozen=True):
    """What a page is told before it opens a socket."""

    inbox: InboxOut
    limits: LimitsOut
    texts: TextsOut


encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
_TYPES = "hello, message, typing, read, rate, prove, code or ping"


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
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Invalid("frame", "a JSON object", code="malformed") from None


class _Keyed(msgspec.Struct):
    key: str | None = None


def key_of(data: bytes) -> str | None:
    """The key of a frame that could not be taken, where it can be made out."""
    try:
        return msgspec.json.decode(data, type=_Keyed).key
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
