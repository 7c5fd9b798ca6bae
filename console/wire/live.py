"""The frames of the console's live socket, both ways."""

from datetime import datetime
from typing import Any

import msgspec

from console.wire.base import Answer, AuthorKind, HandlerKind, StatusState
from console.wire.conversation import ConversationSummary, Counts, Reason
from console.wire.errand import ErrandEvent
from console.wire.mail import MailCounts
from console.wire.message import Envelope, Message
from console.wire.presence import WrapUp
from console.wire.routing import NobodyServes
from console.wire.session import Me
from console.wire.status import BotState
from core.conversation import LinkKind
from core.message import DeliveryState


class _Event(Answer, frozen=True, tag_field="kind"):
    """What happened in a topic; each number of a topic has exactly one."""


class MessageEvent(_Event, frozen=True, tag="message"):
    message: Message


class NoteEvent(_Event, frozen=True, tag="note"):
    message: Message


class DeliveryEvent(_Event, frozen=True, tag="delivery"):
    """``envelope`` because the outside of a reply, such as who gets it, is written when it leaves.

    ``by``: the name of who decided it, of a reply that had failed or whose fate nobody knew.
    """

    message: str
    state: DeliveryState
    reason: str | None
    envelope: Envelope | None = None
    by: str | None = None


class HandlerEvent(_Event, frozen=True, tag="handler"):
    """``name`` of the agent or queue; ``by`` is the name of who did it, ``cause`` why."""

    handler: HandlerKind
    agent: str | None
    queue: str | None
    name: str | None
    cause: str
    by: str | None


class StatusEvent(_Event, frozen=True, tag="status"):
    status: StatusState
    until: datetime | None
    by: str | None


class StartedEvent(_Event, frozen=True, tag="started"):
    """The conversation began."""


class ReadEvent(_Event, frozen=True, tag="read"):
    """The contact has seen everything up to ``visible_n``, counted as visitors count."""

    visible_n: int


class BotEvent(_Event, frozen=True, tag="bot_answered"):
    """The bot finished a turn."""

    engine: str
    outcome: str


class MissedEvent(_Event, frozen=True, tag="target_missed"):
    """An SLA target passed unmet: first, next or resolution."""

    target: str
    due_at: datetime


class NearEvent(_Event, frozen=True, tag="target_near"):
    """An SLA target will be missed soon: first, next or resolution."""

    target: str
    due_at: datetime


class Offer(Answer, frozen=True):
    """A conversation to accept or decline before ``expires_at``; its ``last`` is what the contact said last."""

    reservation: str
    conversation: ConversationSummary
    reason: Reason
    expires_at: datetime


class OfferEvent(Offer, frozen=True, tag_field="kind", tag="offer"):
    """The agent is asked."""


class OfferEndedEvent(_Event, frozen=True, tag="offer_ended"):
    """``how``: accepted, declined, expired or cancelled."""

    reservation: str
    how: str


class PresenceEvent(Me, frozen=True, tag_field="kind", tag="presence"):
    """The agent's own state changed."""


class WrapUpEvent(WrapUp, frozen=True, tag_field="kind", tag="wrap_up"):
    """The agent wraps up a conversation."""


class WrapUpEndedEvent(_Event, frozen=True, tag="wrap_up_ended"):
    """``how``: done (the agent said so) or over (its time was)."""

    wrap_up: str
    how: str


class AssignedEvent(_Event, frozen=True, tag="assigned"):
    """The agent holds this conversation from now on."""

    conversation: str


class MovedInEvent(_Event, frozen=True, tag="moved_in"):
    """``count`` messages came from another conversation; each was told before by a ``message`` or ``note`` of its own."""

    count: int
    conversation: str
    subject: str
    by: str | None


class MovedOutEvent(_Event, frozen=True, tag="moved_out"):
    """These messages are no longer here but in another conversation."""

    count: int
    conversation: str
    subject: str
    by: str | None
    messages: tuple[str, ...]


class LinkedEvent(_Event, frozen=True, tag="linked"):
    """It goes together with another conversation; ``ours`` as in ``Link``."""

    conversation: str
    subject: str
    link: LinkKind
    ours: bool
    by: str | None


class ParticipantsEvent(_Event, frozen=True, tag="participants"):
    """Somebody beside the requester came in or went out: fetch them again."""

    by: str | None


class EditedEvent(_Event, frozen=True, tag="edited"):
    """Its sender changed a message: this is how it reads now, in its old place."""

    message: Message


class ReachEvent(_Event, frozen=True, tag="reach"):
    """The requester blocked us on this channel, or let us in again."""

    reachable: bool


class RatedEvent(_Event, frozen=True, tag="rated"):
    """The requester said how it went, from 1 to 5; ``agent`` is who held it last."""

    score: int
    agent: str | None


class ContactEvent(_Event, frozen=True, tag="contact"):
    """Whose conversation this is, or what is known of them, changed: fetch the contact again."""

    cause: str
    by: str | None


class OtherEvent(_Event, frozen=True, tag="other"):
    """Something that needs no showing; it keeps the numbers without a gap."""

    facts: dict[str, Any]


LiveEvent = (
    MessageEvent
    | NoteEvent
    | DeliveryEvent
    | HandlerEvent
    | StatusEvent
    | StartedEvent
    | ReadEvent
    | BotEvent
    | MissedEvent
    | NearEvent
    | OfferEvent
    | OfferEndedEvent
    | PresenceEvent
    | WrapUpEvent
    | WrapUpEndedEvent
    | AssignedEvent
    | MovedInEvent
    | MovedOutEvent
    | LinkedEvent
    | ParticipantsEvent
    | EditedEvent
    | ReachEvent
    | RatedEvent
    | ContactEvent
    | ErrandEvent
    | OtherEvent
)


class _Frame(Answer, frozen=True, tag_field="type"):
    """One frame from the server."""


class EventFrame(_Frame, frozen=True, tag="event"):
    """The ``n``-th event of a topic."""

    topic: str
    n: int
    at: datetime
    event: LiveEvent


class ChangedFrame(_Frame, frozen=True, tag="changed"):
    items: tuple[ConversationSummary, ...]


class GoneFrame(_Frame, frozen=True, tag="gone"):
    ids: tuple[str, ...]


class CountsFrame(Counts, frozen=True, tag_field="type", tag="counts"):
    """The agent's counts changed."""


class MeFrame(Me, frozen=True, tag_field="type", tag="me"):
    """The agent's own state changed, also where no event tells it, such as the load."""


class BotFrame(BotState, frozen=True, tag_field="type", tag="bot"):
    """The bot's state changed."""


class MailFrame(MailCounts, frozen=True, tag_field="type", tag="mail"):
    """How many mails wait for a supervisor's look; supervisors only."""


class NobodyFrame(_Frame, frozen=True, tag="nobody"):
    """Work that nobody could ever take, all of it; supervisors only, when they come and whenever it changes."""

    items: tuple[NobodyServes, ...]


class TypingFrame(_Frame, frozen=True, tag="typing"):
    conversation: str
    who: AuthorKind
    name: str | None
    on: bool


class Viewer(Answer, frozen=True):
    id: str
    name: str


class ViewingFrame(_Frame, frozen=True, tag="viewing"):
    conversation: str
    agents: tuple[Viewer, ...]


class ArticleWriter(Answer, frozen=True):
    """Somebody who has an article open; ``changed``: with text that is not saved."""

    id: str
    name: str
    language: str
    changed: bool


class WritersFrame(_Frame, frozen=True, tag="writers"):
    """Everybody who has the article open, also oneself."""

    article: str
    people: tuple[ArticleWriter, ...]


class ArticlesFrame(_Frame, frozen=True, tag="articles"):
    """These articles changed, or too many to name: lists that show them are fetched again."""

    ids: tuple[str, ...]


class KnowledgeFrame(_Frame, frozen=True, tag="knowledge"):
    """What articles rest on changed: categories, synonyms, reusables or brands."""


class OrdersFrame(_Frame, frozen=True, tag="orders"):
    """Orders, or what waits for a person about them, changed: whoever shows some fetches them again."""


class ReloadFrame(_Frame, frozen=True, tag="reload"):
    """Too old, or too slow: fetch the topic's snapshot again; ``topic`` is empty for everything."""

    topic: str


class ErrorFrame(_Frame, frozen=True, tag="error"):
    """``retry_after_s``: not before, where it is only too early."""

    code: str
    field: str | None
    expected: str | None
    retry_after_s: float | None = None


class PongFrame(_Frame, frozen=True, tag="pong"):
    pass


ServerFrame = (
    EventFrame
    | ChangedFrame
    | GoneFrame
    | CountsFrame
    | MeFrame
    | BotFrame
    | MailFrame
    | NobodyFrame
    | TypingFrame
    | ViewingFrame
    | WritersFrame
    | ArticlesFrame
    | KnowledgeFrame
    | OrdersFrame
    | ReloadFrame
    | ErrorFrame
    | PongFrame
)


class _Said(msgspec.Struct, frozen=True, tag_field="type"):
    """One frame from a client."""


class Subscribe(_Said, frozen=True, tag="subscribe"):
    """``n`` is the last event of the topic that the client has."""

    topic: str
    n: int


class Unsubscribe(_Said, frozen=True, tag="unsubscribe"):
    topic: str


class Typing(_Said, frozen=True, tag="typing"):
    conversation: str
    on: bool


class Editing(_Said, frozen=True, tag="editing"):
    """Has the article open, one at a time; said again every 20 seconds. ``article`` empty: none any more."""

    article: str
    language: str = ""
    changed: bool = False


class Ping(_Said, frozen=True, tag="ping"):
    pass


class Active(_Said, frozen=True, tag="active"):
    """The person did something here; not more often than every half minute."""


ClientFrame = Subscribe | Unsubscribe | Typing | Editing | Active | Ping
