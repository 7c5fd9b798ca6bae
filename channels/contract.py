"""What a channel is to the rest of Parley: what it can show, how it sends, and what each side may rely on.

An adapter **must**
- decode what comes from outside into ``core.message.Inbound`` and hand it to ``core.receive.receive_message`` in one
  transaction, and tell the provider "received" only after that has committed;
- give each inbound an ``external_id`` that is the same when the provider repeats itself, and unique in its inbox;
- name in ``Sender.verified`` only what it has proof of (a signed webhook, a session's secret, its own account);
- answer input that it cannot take with ``Rejected`` (``Invalid`` names the field), without storing anything;
- raise ``Unavailable`` from ``send`` only when the message was certainly not delivered, ``Undeliverable`` when it
  never will be, and let everything else (a time-out, a broken connection) through as it is: the outcome is then
  unknown, and the dispatcher decides by ``Capabilities.repeats_harmless`` what follows.

It **must not**
- write to the tables of others, change a conversation's status or handler, or wait for anything inside a transaction;
- send what it was not given, or again by itself: attempts, their order and their pauses are the dispatcher's;
- remember anything between two messages that a restart would lose.

It **may**
- resolve threads by evidence of its own (``receive_message`` takes a ``resolve``), serve routes, and run services.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable

from core.contact import Sender
from core.ids import AgentId, ConversationId, InboxId, MediaId, MessageId
from core.inbox import Inbox
from core.message import Attachment, Author, BySystem, Envelope, Part, Party
from core.store.tx import Tx
from core.web import Route

UNKNOWN = "unknown_field"
"""The code of the refusal of a field of a configuration that there is not."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a kind of channel can do; others ask these and never which channel it is.

    ``text_characters``: the longest text of one message, longer ones are sent in several. ``by_stream``: the
    conversation's own stream is the delivery, so a reply is sent once it is committed. ``repeats_harmless``: the same
    message id twice is shown once. ``starts``: an agent may write first to somebody known there. ``copies``: a reply
    reaches the participants who joined, beside the requester. ``participants``: somebody beside the requester may
    take part. ``threads``: one person may have several conversations at once, and they have subjects. ``anonymous``:
    its addresses are made by us and mean nothing to a person. ``weight``, ``interruptible``: of a new inbox unless
    somebody says otherwise, what one conversation loads an agent with, and whether it weighs only beside such others.
    """

    buttons: bool
    articles: bool
    attachments: bool
    typing: bool
    starts: bool
    by_stream: bool
    repeats_harmless: bool
    text_characters: int
    attachment_bytes: int
    copies: bool = False
    participants: bool = False
    threads: bool = False
    anonymous: bool = False
    weight: int = 1
    interruptible: bool = False

    @property
    def rearranges(self) -> bool:
        """Messages may go elsewhere: nobody has seen a stream of them, and there can be an elsewhere."""
        return self.threads and not self.by_stream


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way: ``parts`` are already such as the channel can show; ``message`` names it for repeats.

    ``envelope`` is what ``Channel.envelope`` answered for it. ``author_name`` is what customers may call an agent.
    ``language`` and ``subject`` are the conversation's.
    """

    message: MessageId
    conversation: ConversationId
    inbox: Inbox
    thread_key: str
    to: str
    parts: tuple[Part, ...]
    envelope: Envelope | None = None
    subject: str | None = None
    author: Author = field(default_factory=BySystem)
    author_name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a reply is for, as ``contact_point.address`` writes them: the requester and, in order, who reads along."""

    to: Party
    copies: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took it; ``external_id`` is its own name for what it took, where it has one.

    ``note`` says what an agent should know of it although it was sent: who of several was refused.
    """

    external_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ProbeStep:
    """One thing that was tried of a configuration, such as ``imap.tls``; ``detail`` in the other side's words."""

    name: str
    state: Literal["ok", "failed", "not_tried"]
    code: str = ""
    detail: str = ""


class Channel(Protocol):
    """One kind of inbox. ``tests/contracts/test_channels.py`` is what every channel passes."""

    @property
    def kind(self) -> str:
        """The name of its folder, of its inboxes and of its contact points."""
        ...

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def secrets(self) -> Sequence[str]:
        """Fields of the configuration, dotted, that are written and never shown."""
        ...

    @property
    def destinations(self) -> Sequence[str]:
        """Fields, dotted, that say to whom the secrets are given; where one changes, they must be given anew."""
        ...

    @property
    def through(self) -> Mapping[str, str]:
        """Fields that name another inbox, each with the kind that it must be of."""
        ...

    def check(self, config: Mapping[str, object]) -> None:
        """Raise Invalid, naming the field, unless an inbox could work with this configuration."""
        ...

    def clashes(self, config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
        """The field by which an inbox with ``config`` would take what an enabled one with ``other`` takes already."""
        ...

    def owns(self, config: Mapping[str, object], address: str) -> bool:
        """Whether what is sent to ``address``, as ``person`` writes it, comes back to an inbox with ``config``."""
        ...

    async def probe(self, config: Mapping[str, object]) -> Sequence[ProbeStep]:
        """Try it, and say in order how far one comes; nothing where there is nothing to reach. Raises as ``check``."""
        ...

    def person(self, address: str, name: str | None = None) -> Sender:
        """Who takes part in a conversation here under this address as somebody wrote it; unverified.

        Raises Invalid on ``address`` unless it could be one.
        """
        ...

    def envelope(self, tx: Tx, outgoing: Outgoing, recipients: Recipients) -> Envelope | None:
        """The outside of this reply as it will be sent, kept with it; None where replies have none."""
        ...

    def wait_s(self, outgoing: Outgoing) -> float:
        """Seconds until the provider may be given this reply, 0 for now; asking keeps its place in the line.

        Asked in the transaction that lets the reply go, so it takes no time. Raises ``pacing.AskFirst`` where several
        processes stand in the line: the transaction ends without a trace, and runs again when its turn was granted.
        """
        ...

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Deliver one reply. Raises Unavailable or Undeliverable; see above what each promises."""
        ...

    def routes(self) -> Sequence[Route]:
        """What it serves itself; each path begins with its kind, or is what its users expect."""
        ...

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        """What an administrator copies to make the inbox work, where there is such a thing; ``address`` is ours."""
        ...


@dataclass(frozen=True, slots=True)
class Door:
    """How somebody who reads a page of ours begins to write to an inbox, as far as they can.

    ``script``, with the inbox's id as its ``data-inbox``, puts it on that page; ``page`` is one of its own; ``mail`` is
    an address to write to. Both paths are ours.
    """

    script: str | None = None
    page: str | None = None
    mail: str | None = None


@runtime_checkable
class Open(Protocol):
    """A channel whose inboxes anybody may write to first."""

    def door(self, inbox: Inbox) -> Door: ...


@runtime_checkable
class Proves(Protocol):
    """A channel whose inboxes know a site by secrets: it signs tokens for who is signed in there."""

    def proves(self, inbox: Inbox, token: str) -> bool:
        """Whether the site of this inbox signed it, and it is still valid."""
        ...


Channels = Mapping[str, Channel]


class Decide(Protocol):
    """A person's word on a reply that failed or whose fate is unknown: send it again, or take it as sent."""

    def __call__(self, tx: Tx, message_id: MessageId, *, again: bool, by: AgentId) -> None:
        """Raises Conflict when there is nothing to decide."""
        ...


@dataclass(frozen=True, slots=True)
class Upload:
    """What came with a request to store a file: its name, the type it claims, and its bytes in pieces."""

    name: str
    claimed: str
    read: Callable[[], Awaitable[bytes]]
    """The next piece, empty at the end."""


class Library(Protocol):
    """Files that belong to messages: stored once, shown through addresses that expire."""

    async def store(self, owner: str, upload: Upload) -> Attachment:
        """Keep it for ``owner`` until a message takes it.

        Raises Invalid with ``too_large``, ``empty`` or ``media_type`` (its content is not what it claims to be).
        """
        ...

    def claim(self, tx: Tx, owner: str, uploads: Sequence[MediaId]) -> tuple[Attachment, ...]:
        """Take the owner's uploads into a message. Raises Invalid on ``uploads`` for one that is not theirs."""
        ...

    def url(self, media: MediaId) -> str:
        """A path on this server that shows it to whoever has the path, for a while."""
        ...


class TakenState(StrEnum):
    """What became of something that an inbox took in before anybody looked at it."""

    STORED = "stored"
    DONE = "done"
    QUARANTINED = "quarantined"
    HELD = "held"
    SET_ASIDE = "set_aside"
    TOO_LARGE = "too_large"


WITH_A_REASON = (TakenState.QUARANTINED, TakenState.HELD, TakenState.SET_ASIDE, TakenState.TOO_LARGE)
"""States in which something waits for a person to look, and says why."""

INTAKE = "mail"
"""A ``StateChanged`` with how many wait in each state of ``WITH_A_REASON``."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One mail as it came; ``reason_code`` is a short name, ``reason`` says it in words. ``size`` in bytes."""

    id: str
    inbox: InboxId
    sender: str | None
    subject: str | None
    received_at: datetime
    size: int
    state: TakenState
    reason_code: str | None
    reason: str | None
    message: MessageId | None


class Intake(Protocol):
    """Everything that came, as it came, and what became of it; nothing of it is ever dropped."""

    def list(
        self, tx: Tx, state: TakenState, cursor: str | None, most: int
    ) -> tuple[Sequence[Taken], str | None]:
        """The newest first, and the cursor of the next page, None at the end."""
        ...

    def get(self, tx: Tx, id: str) -> Taken:
        """Raises NotFound."""
        ...

    def raw(self, tx: Tx, id: str) -> bytes:
        """As it was received; only the headers of what was too large. Raises NotFound when it is no longer kept."""
        ...

    def counts(self, tx: Tx) -> Mapping[str, int]:
        """How many there are in each state of ``WITH_A_REASON``."""
        ...

    async def replay(self, id: str) -> None:
        """Take it up again, and now in any case: no limit, no rule for machines sets it aside.

        What is done stays as it is. Raises NotFound, Conflict ``gone`` when its source is no longer kept.
        """
        ...
