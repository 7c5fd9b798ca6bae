"""Conversations as lists and as the open one show them, and what an agent does to them."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from console.wire.base import (
    Address,
    Answer,
    Ask,
    AuthorKind,
    DueKind,
    HandlerKind,
    Line,
    Moment,
    Name,
    StatusState,
    Subject,
)
from console.wire.contact import ContactDetail
from console.wire.errand import Errand
from console.wire.message import Message
from core.conversation import LinkKind

RearrangementKind = Literal["split", "merge", "move"]
RivalPhase = Literal["on_time", "late", "guarded"]
RoutingTrigger = Literal["agent", "conversation"]


class Status(Answer, frozen=True):
    """``until`` only for snoozed ones."""

    state: StatusState
    until: datetime | None


class Handler(Answer, frozen=True):
    """``id`` and ``name`` of the queue or the agent."""

    kind: HandlerKind
    id: str | None
    name: str | None


class InboxRef(Answer, frozen=True):
    id: str
    name: str
    kind: str


class ContactRef(Answer, frozen=True):
    """``name`` is empty for somebody who has not said it."""

    id: str
    name: str


class Last(Answer, frozen=True):
    text: str
    author_kind: AuthorKind
    at: datetime


class ConversationSummary(Answer, frozen=True):
    """One line of a list; ``n`` is the conversation's last event, ``due_at`` the next open SLA target.

    ``rating``: what the customer said of it last, from 1 to 5. ``due_near``: the warning of that target has come.
    """

    id: str
    subject: str
    status: Status
    handler: Handler
    inbox: InboxRef
    contact: ContactRef
    language: str
    priority: int
    queue: str | None
    due_at: datetime | None
    due_kind: DueKind | None
    last: Last | None
    unread: int
    created_at: datetime
    updated_at: datetime
    n: int
    rating: int | None = None
    due_near: bool = False


class Counts(Answer, frozen=True):
    """How many are neither resolved nor closed: held by the asker, waiting in queues, all of them."""

    mine: int
    queue: int
    all: int


class ConversationPage(Answer, frozen=True):
    items: tuple[ConversationSummary, ...]
    next: str | None
    counts: Counts


class TimelineEvent(Answer, frozen=True):
    """What happened beside the messages; ``by`` is an agent's name."""

    n: int
    kind: str
    at: datetime
    by: str | None
    facts: dict[str, Any]


class HandoffArticle(Answer, frozen=True):
    article: str
    title: str


class HandoffStep(Answer, frozen=True):
    """What the bot did: answered, told (of an order), suggested, asked, asked_back; ``about`` titles or an intent."""

    code: str
    about: str


class Handoff(Answer, frozen=True):
    """Why the bot passed the conversation on; ``confidence`` from 0 to 1.

    ``summary`` has three lines, in the customer's language; the same as facts: ``matter`` (the intent that says what it is
    about) and ``quotes`` (the customer's own words), ``steps``, ``reason``. ``mood``: calm, unhappy, urgent, angry. ``topic``:
    the rule that sent it to people. ``back_at``: when the customer was told that somebody is there; ``case``: its number.
    """

    summary: str
    intent: str | None
    confidence: float | None
    slots: dict[str, str]
    reason: str
    tried: tuple[str, ...]
    articles: tuple[HandoffArticle, ...]
    quotes: tuple[str, ...]
    steps: tuple[HandoffStep, ...]
    matter: str | None
    language: str | None
    mood: str | None
    tier: str | None
    topic: str | None
    back_at: datetime | None
    case: int | None


class Candidate(Answer, frozen=True):
    """``index``: how much of the capacity is taken, from 0 to 1. ``cost_s``: the expected handle time, and what keeping
    them from other work costs. ``previous``: held the conversation before.
    """

    agent: str
    name: str
    index: float
    skills: dict[str, int]
    idle_s: int | None
    cost_s: float | None
    declined: bool
    previous: bool


class Rival(Answer, frozen=True):
    """A conversation that was compared; ``index`` in the measure of its queue's ``policy``, times of that moment.

    ``slack_s``: until it was due, negative when it was late. ``handle_s``: expected of the agent who was chosen.
    """

    conversation: str
    name: str
    queue: str
    policy: str
    index: float
    phase: RivalPhase
    waited_s: int
    slack_s: int
    target_s: int
    handle_s: int
    worth: float


class Reason(Answer, frozen=True):
    """Why this agent. What is null or empty was not known, or did not matter.

    ``considered``: so many agents were free and able. ``by``: who did it by hand; ``after``: who did not accept before.
    ``overridden``: what the router would have minded (as ``routing.override``, or ``queue``, ``skill:ID``). ``asked``: the
    levels that counted, at the step ``step`` (from 0) of ``steps``; ``by_name``: the ladder names the agent.
    ``trigger``: who had the choice. ``rivals``: the first few of ``competed`` conversations, this one first.
    """

    code: str
    text: str
    candidates: tuple[Candidate, ...]
    considered: int
    by: str | None
    after: str | None
    overridden: tuple[str, ...]
    waited_s: int | None
    due_s: int | None
    asked: dict[str, int]
    step: int | None
    steps: int | None
    by_name: bool
    trigger: RoutingTrigger | None
    choice: str | None
    policy: str | None
    competed: int
    rivals: tuple[Rival, ...]


class Participant(Answer, frozen=True):
    """Somebody beside the requester; only who ``joined`` gets replies. ``name`` is empty for who has not said it."""

    id: str
    address: str
    name: str
    joined: bool


class ConversationRef(Answer, frozen=True):
    id: str
    subject: str
    contact: ContactRef
    status: Status


class Link(Answer, frozen=True):
    """``ours``: this conversation was split off from, merged into or follows the other one, and not the other way."""

    kind: LinkKind
    conversation: ConversationRef
    ours: bool


class SubjectRef(Answer, frozen=True):
    id: str
    subject: str


class Rearrangement(Answer, frozen=True):
    """``count`` messages went from here to ``other`` (``out``) or came from there; ``by`` is an agent's name."""

    id: str
    kind: RearrangementKind
    at: datetime
    by: str
    other: SubjectRef
    out: bool
    count: int
    undoable: bool


class Can(Answer, frozen=True):
    """What its channel can do: replies to several people at once, others taking part beside the requester, several
    conversations with one person, and rearranging them.
    """

    copies: bool
    participants: bool
    threads: bool
    rearrange: bool


class Rating(Answer, frozen=True):
    """How it went, from 1 to 5, in the customer's eyes; ``agent`` is the name of who held it last, if anybody."""

    score: int
    comment: str
    agent: str | None
    at: datetime


class ConversationDetail(Answer, frozen=True):
    """``position`` is where to resume the conversation's topic; ``rearrangements`` not undone, the newest first.

    ``errand``: what the bot has it for, while it does. ``context`` is what else is known of where the customer is: ``page``, ``start`` (a link's payload), and what they
    answered before the chat, by its key. ``public``: others read along, as in a group. ``unreachable_since``: what is
    written here does not arrive. ``ratings``: the newest first, one for each time that it was resolved and rated.
    """

    summary: ConversationSummary
    contact: ContactDetail
    messages: tuple[Message, ...]
    events: tuple[TimelineEvent, ...]
    earlier: tuple[ConversationSummary, ...]
    handoff: Handoff | None
    errand: Errand | None
    why: Reason | None
    position: int
    participants: tuple[Participant, ...]
    links: tuple[Link, ...]
    rearrangements: tuple[Rearrangement, ...]
    can: Can
    context: dict[str, str]
    public: bool
    unreachable_since: datetime | None
    ratings: tuple[Rating, ...]


class WriteFirst(Ask, frozen=True):
    """An agent begins: in this inbox, to this contact or this address (exactly one of the two)."""

    inbox: str
    text: Annotated[str, msgspec.Meta(min_length=1)]
    contact: str | None = None
    address: Address | None = None
    subject: Subject = ""


class SubjectAsk(Ask, frozen=True):
    subject: Subject


class NewParticipant(Ask, frozen=True):
    address: Address
    name: Name | None = None


class Split(Ask, frozen=True):
    """These messages begin a conversation of their own; without a subject it has that of the first one."""

    messages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=500)]
    subject: Subject | None = None


class Merge(Ask, frozen=True):
    """Everything goes into another conversation; ``keep_people``: who reads and writes here does so there too."""

    into: str
    keep_people: bool = False


class Move(Ask, frozen=True):
    to: str


class Rearranged(Answer, frozen=True):
    """Where the messages are now."""

    conversation: str


class TransferTarget(Ask, frozen=True):
    """Exactly one of the two."""

    queue: str | None = None
    agent: str | None = None


class Transfer(Ask, frozen=True):
    to: TransferTarget
    note: str | None = None


class Snooze(Ask, frozen=True):
    until: Moment


class OfferAnswer(Ask, frozen=True):
    reason: Line | None = None


class Accepted(Answer, frozen=True):
    conversation: str
