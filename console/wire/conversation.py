"""Conversations as lists and as the open one show them, and what an agent does to them."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from console.wire.base import Answer, Ask, AuthorKind, DueKind, HandlerKind, Line, Moment, StatusState
from console.wire.contact import ContactDetail
from console.wire.message import Message


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
    """One line of a list; ``n`` is the conversation's last event, ``due_at`` the next open SLA target."""

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


class Handoff(Answer, frozen=True):
    """Why the bot passed the conversation on; ``confidence`` from 0 to 1."""

    summary: str
    intent: str | None
    confidence: float | None
    slots: dict[str, str]
    reason: str
    tried: tuple[str, ...]
    articles: tuple[HandoffArticle, ...]


class Candidate(Answer, frozen=True):
    """``index`` is what the router compared: how much of the capacity is taken, from 0 to 1."""

    agent: str
    name: str
    index: float
    skills: dict[str, int]


class Reason(Answer, frozen=True):
    """Why this agent."""

    code: str
    text: str
    candidates: tuple[Candidate, ...]


class ConversationDetail(Answer, frozen=True):
    """``position`` is where to resume the conversation's topic."""

    summary: ConversationSummary
    contact: ContactDetail
    messages: tuple[Message, ...]
    events: tuple[TimelineEvent, ...]
    earlier: tuple[ConversationSummary, ...]
    handoff: Handoff | None
    why: Reason | None
    position: int


class WriteFirst(Ask, frozen=True):
    """An agent begins: in this inbox, to this contact."""

    contact: str
    inbox: str
    text: Annotated[str, msgspec.Meta(min_length=1)]


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
