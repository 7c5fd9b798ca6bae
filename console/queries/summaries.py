"""Conversations as lists show them: one statement for a whole page, everything a line needs joined in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, select, update

from console.wire.base import DueKind
from console.wire.conversation import (
    ContactRef,
    ConversationSummary,
    Handler,
    InboxRef,
    Last,
    Status,
)
from core.errors import NotFound
from core.ids import ConversationId
from core.receive import EXCERPT_CHARACTERS
from core.store.contacts import person_id, person_name
from core.store.tables.conversation import conversation, message, rating
from core.store.tables.people import agent, contact, inbox, queue
from core.store.tables.routing import sla_clock
from core.store.tx import Tx

_LOOKED_AT = 50
_newest = (
    select(message.c.created_at)
    .where(message.c.conversation_id == conversation.c.id, message.c.kind != "note")
    .order_by(message.c.n.desc())
    .limit(_LOOKED_AT)
    .correlate(conversation)
    .subquery()
)
_last_at = select(func.max(_newest.c.created_at)).scalar_subquery()
"""Of so many with the highest numbers: what was moved here was said before it got its number."""
_UNREAD_COUNTED = 100
_newer = (
    select(message.c.id)
    .where(
        message.c.conversation_id == conversation.c.id,
        conversation.c.handler.in_(("queue", "agent")),
        message.c.author == "contact",
        message.c.n > conversation.c.seen_n,
    )
    .limit(_UNREAD_COUNTED)
    .correlate(conversation)
    .subquery()
)
_unread = select(func.count()).select_from(_newer).scalar_subquery()
"""The contact's messages that no agent has seen (whoever answers has), at most so many; what the bot answers is read."""


_rating = (
    select(rating.c.score)
    .where(rating.c.conversation_id == conversation.c.id)
    .order_by(rating.c.resolved_n.desc())
    .limit(1)
    .correlate(conversation)
    .scalar_subquery()
)


_BITS = {"first": 1, "next": 2, "resolution": 4}
_near = (
    select(func.sum(case(_BITS, value=sla_clock.c.target, else_=0)))
    .where(
        sla_clock.c.conversation_id == conversation.c.id,
        sla_clock.c.stopped_at.is_(None),
        sla_clock.c.warned_at.is_not(None),
    )
    .correlate(conversation)
    .scalar_subquery()
)
"""The targets of which was told that they are near, a bit for each."""


def summaries() -> Select[Any]:
    """Every column that ``summary`` reads; add conditions, an order and a limit."""
    return select(
        conversation,
        inbox.c.name.label("inbox_name"),
        inbox.c.kind.label("inbox_kind"),
        person_id().label("person_id"),
        person_name().label("person_name"),
        agent.c.name.label("agent_name"),
        queue.c.name.label("queue_name"),
        _last_at.label("last_at"),
        _unread.label("unread"),
        _rating.label("rating"),
        _near.label("near"),
    ).select_from(
        conversation.join(inbox, inbox.c.id == conversation.c.inbox_id)
        .join(contact, contact.c.id == conversation.c.contact_id)
        .join(queue, queue.c.id == conversation.c.queue_id)
        .outerjoin(agent, agent.c.id == conversation.c.agent_id)
    )


def summary(row: Row[Any]) -> ConversationSummary:
    """A row of ``summaries``."""
    due_kind, due_at = _due(row)
    return ConversationSummary(
        id=row.id,
        subject=row.subject or "",
        status=Status(row.status, row.snoozed_until),
        handler=_handler(row),
        inbox=InboxRef(row.inbox_id, row.inbox_name, row.inbox_kind),
        contact=ContactRef(row.person_id, row.person_name or ""),
        language=row.language or "",
        priority=row.priority,
        queue=row.queue_id,
        due_at=due_at,
        due_kind=due_kind,
        last=Last(row.last_text, row.last_author, row.last_at or row.updated_at) if row.last_author else None,
        unread=row.unread,
        created_at=row.created_at,
        updated_at=row.updated_at,
        n=row.n,
        rating=row.rating,
        due_near=due_kind is not None and bool((row.near or 0) & _BITS[due_kind]),
    )


def summaries_of(tx: Tx, ids: Sequence[ConversationId]) -> list[ConversationSummary]:
    """Those that exist, in no order."""
    return [summary(row) for row in tx.conn.execute(summaries().where(conversation.c.id.in_(ids)))]


def summary_of(tx: Tx, conversation_id: ConversationId) -> ConversationSummary:
    """Raises NotFound."""
    row = tx.conn.execute(summaries().where(conversation.c.id == conversation_id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no conversation {conversation_id}")
    return summary(row)


def last_words(tx: Tx, ids: Sequence[ConversationId]) -> dict[str, Last]:
    """What the contact said last in each of them."""
    newest = (
        select(func.max(message.c.n))
        .where(message.c.conversation_id == conversation.c.id, message.c.author == "contact")
        .correlate(conversation)
        .scalar_subquery()
    )
    said = and_(message.c.conversation_id == conversation.c.id, message.c.n == newest)
    statement = (
        select(conversation.c.id, message.c.text, message.c.created_at)
        .join_from(conversation, message, said)
        .where(conversation.c.id.in_(ids))
    )
    return {
        row.id: Last(row.text[:EXCERPT_CHARACTERS], "contact", row.created_at)
        for row in tx.conn.execute(statement)
    }


def mark_seen(tx: Tx, ids: Iterable[ConversationId]) -> list[ConversationId]:
    """Nothing in them is unread any more; those that had something."""
    statement = (
        update(conversation)
        .where(and_(conversation.c.id.in_(list(ids)), conversation.c.seen_n < conversation.c.n))
        .values(seen_n=conversation.c.n)
        .returning(conversation.c.id)
    )
    return [ConversationId(each) for each in tx.conn.execute(statement).scalars()]


def _handler(row: Row[Any]) -> Handler:
    match row.handler:
        case "agent":
            return Handler("agent", row.agent_id, row.agent_name)
        case "queue":
            return Handler("queue", row.queue_id, row.queue_name)
        case kind:
            return Handler(kind, None, None)


def _due(row: Row[Any]) -> tuple[DueKind | None, datetime | None]:
    """The target that falls due first."""
    targets: list[tuple[datetime, DueKind]] = []
    if row.first_due_at is not None and row.first_answered_at is None:
        targets.append((row.first_due_at, "first"))
    if row.next_due_at is not None:
        targets.append((row.next_due_at, "next"))
    if row.resolution_due_at is not None and row.status not in {"resolved", "closed"}:
        targets.append((row.resolution_due_at, "resolution"))
    if not targets:
        return None, None
    at, kind = min(targets)
    return kind, at
