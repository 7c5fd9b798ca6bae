"""Splitting, merging and moving what stands in conversations; each is written down with what undoes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select

from core import lifecycle
from core.contact import ContactPoint
from core.conversation import (
    AssignedTo,
    Cause,
    Closed,
    Conversation,
    InQueue,
    LinkKind,
    Nobody,
    Resolved,
    Snoozed,
    WithBot,
    handler_name,
    status_name,
)
from core.errors import Conflict, Invalid
from core.ids import AgentId, ContactId, ContactPointId, ConversationId, MessageId, RearrangementId
from core.inbox import Inbox
from core.lifecycle import Opening
from core.links import link
from core.message import DeliveryState, Kind
from core.moving import Moved, Rows, has_unread, mark_read, place, rows_of, settle, tell, unanswered
from core.participants import bring, participants_of
from core.store.conversations import get_conversation, get_inbox
from core.store.forms import StoredState, StoredUndo
from core.store.messages import get_message
from core.store.tables.conversation import message
from core.store.tables.conversation import rearrangement as table
from core.store.tables.people import contact_point
from core.store.tx import Tx

SPLIT, MERGE, MOVE = "split", "merge", "move"
_ON_ITS_WAY = frozenset({DeliveryState.QUEUED.value, DeliveryState.SENDING.value})
_CAUSES = {SPLIT: Cause.SPLIT, MERGE: Cause.MERGED, MOVE: Cause.MOVED}


@dataclass(frozen=True, slots=True)
class Done:
    """What was written down, and where the messages are now."""

    rearrangement: RearrangementId
    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class _Plan:
    """``rows`` of the source go to the target with ``people``; ``before`` is how a merge finds the source."""

    kind: str
    id: RearrangementId
    source: Conversation
    rows: Rows
    by: AgentId
    people: Mapping[ContactPointId, bool] = field(default_factory=dict)
    before: StoredState | None = None


def split(
    tx: Tx, source_id: ConversationId, messages: Sequence[MessageId], *, subject: str | None, by: AgentId
) -> Done:
    """These messages begin a conversation of their own, which waits in the source's queue, linked to the source.

    Its requester is who sent the first of them from outside. Without a ``subject`` it has that message's. Raises
    Conflict: ``not_here``, ``on_its_way``, ``only_ours`` (nobody from outside wrote any of them), ``nothing_left``.
    """
    source = get_conversation(tx, source_id)
    rows = _chosen(tx, source_id, messages)
    first = next((row for row in rows if _by_a_person(row)), None)
    first = first or next((row for row in rows if row.kind == Kind.INBOUND.value), None)
    if first is None:
        raise Conflict("a reply or a note cannot stand alone: choose what it answers too", code="only_ours")
    _leave_something(tx, source_id, rows)
    inbox = get_inbox(tx, source.inbox)
    requester = _sender(tx, first, inbox)
    if requester is None:
        raise Conflict("nobody could be answered there: its sender has no address here", code="only_ours")
    if not subject:
        subject = source.subject if first.envelope is None else first.envelope.subject
    id = RearrangementId(tx.ids.new())
    opening = Opening(id, source.language, subject)
    target = lifecycle.start(tx, inbox, requester, opening, handler=InQueue(source.queue), cause=Cause.SPLIT)
    people = _senders(tx, rows, inbox, target)
    return _carry_out(tx, _Plan(SPLIT, id, source, rows, by, people), target)


def merge(
    tx: Tx, source_id: ConversationId, into: ConversationId, *, keep_people: bool, by: AgentId, most: int
) -> Done:
    """Every message goes into the other conversation, and the source is closed; what follows it, goes there too.

    Who read and wrote in the source does so in the other one if ``keep_people``, or if they are the same contact; else
    they are only noted there. Raises Conflict: ``closed`` (the other one), ``empty``, ``on_its_way``, ``too_many``
    (more than ``most`` messages).
    """
    source, target = _both(tx, source_id, into, "into")
    rows = rows_of(tx, source_id)
    if not rows:
        raise Conflict("there is nothing in it to merge", code="empty")
    if len(rows) > most:
        raise Conflict(f"it has {len(rows)} messages; at most {most} can be merged at once", code="too_many")
    _only_settled(rows)
    people = _people(tx, source, target, keep=keep_people)
    plan = _Plan(MERGE, RearrangementId(tx.ids.new()), source, rows, by, people, _state(source))
    return _carry_out(tx, plan, target)


def move(tx: Tx, message_id: MessageId, to: ConversationId, *, by: AgentId) -> Done:
    """One message goes into another conversation; its sender is only noted there.

    Raises Conflict: ``closed`` (the other one), ``on_its_way``, ``nothing_left``, ``not_here`` (it was moved just now).
    """
    source_id = get_message(tx, message_id).conversation
    source, target = _both(tx, source_id, to, "to")
    rows = _chosen(tx, source_id, [message_id])
    _leave_something(tx, source_id, rows)
    people = _senders(tx, rows, get_inbox(tx, source.inbox), target)
    plan = _Plan(MOVE, RearrangementId(tx.ids.new()), source, rows, by, people)
    return _carry_out(tx, plan, target)


def _both(
    tx: Tx, source: ConversationId, target: ConversationId, field_name: str
) -> tuple[Conversation, Conversation]:
    """Locked in the order of their ids, so that nobody waits for each other in a circle."""
    if source == target:
        raise Invalid(field_name, "another conversation")
    found = {each: get_conversation(tx, each) for each in sorted((source, target))}
    if isinstance(found[target].status, Closed):
        raise Conflict(f"conversation {target} is closed", code="closed")
    return found[source], found[target]


def _chosen(tx: Tx, source: ConversationId, messages: Sequence[MessageId]) -> Rows:
    rows = rows_of(tx, source, messages)
    if len(rows) != len(set(messages)):
        raise Conflict("not all of these messages are in this conversation (any more)", code="not_here")
    _only_settled(rows)
    return rows


def _only_settled(rows: Rows) -> None:
    """A reply that is being sent goes to the requester that it was written to."""
    if any(row.delivery in _ON_ITS_WAY for row in rows):
        raise Conflict("a reply is still on its way: wait until it is sent", code="on_its_way")


def _leave_something(tx: Tx, source: ConversationId, rows: Rows) -> None:
    chosen = [row.id for row in rows]
    others = select(message.c.id).where(message.c.conversation_id == source, message.c.id.not_in(chosen))
    if tx.conn.execute(others.limit(1)).first() is None:
        raise Conflict("nothing would be left: merge the conversation instead", code="nothing_left")


def _by_a_person(row: Any) -> bool:
    return row.kind == Kind.INBOUND.value and (row.envelope is None or row.envelope.automatic is None)


def _sender(tx: Tx, row: Any, inbox: Inbox) -> ContactPoint | None:
    """From where its sender wrote; where the message does not tell, any address of theirs on this kind of channel."""
    statement = select(contact_point).where(
        contact_point.c.contact_id == row.author_id, contact_point.c.kind == inbox.kind
    )
    address = None if row.envelope is None else row.envelope.sender.address
    found = tx.conn.execute(
        statement.order_by((contact_point.c.address == (address or "")).desc(), contact_point.c.created_at)
    ).first()
    if found is None:
        return None
    return ContactPoint(
        ContactPointId(found.id), ContactId(found.contact_id), found.kind, found.address, found.verified
    )


def _senders(tx: Tx, rows: Rows, inbox: Inbox, target: Conversation) -> dict[ContactPointId, bool]:
    """Who wrote them: noted where they come to, and nobody joins by it."""
    points = [_sender(tx, row, inbox) for row in rows if _by_a_person(row)]
    return {each.id: False for each in points if each is not None and each.id != target.contact_point}


def _people(tx: Tx, source: Conversation, target: Conversation, *, keep: bool) -> dict[ContactPointId, bool]:
    """Who read and wrote in the source, and whether they do so in the target."""
    joined = {source.contact_point: True} | {
        each.point: each.joined for each in participants_of(tx, source.id)
    }
    joined.pop(target.contact_point, None)
    rows = tx.conn.execute(
        select(contact_point.c.id, contact_point.c.contact_id).where(contact_point.c.id.in_(joined))
    )
    contacts = {row.id: row.contact_id for row in rows}
    return {point: there and (keep or contacts[point] == target.contact) for point, there in joined.items()}


def _carry_out(tx: Tx, plan: _Plan, target: Conversation) -> Done:
    source, rows, by = plan.source, plan.rows, plan.by
    read = not has_unread(tx, source.id, rows) and not has_unread(tx, target.id)
    moved = place(tx, rows, target.id)
    people = bring(tx, target.id, plan.people, by)
    cause = _CAUSES[plan.kind]
    if plan.kind == MERGE:
        link(tx, source.id, target.id, LinkKind.MERGED, by=by)
        source = lifecycle.change(tx, source, status=Closed(), handler=Nobody(), cause=cause, by=by)
    else:
        source = _taken_from_the_bot(tx, source, cause, by)
        if plan.kind == SPLIT:
            link(tx, target.id, source.id, LinkKind.SPLIT, by=by)
    reopened = isinstance(target.status, Resolved)
    target = _awake(tx, target, rows, cause, by)
    for each in (source, target):
        settle(tx, each.id)
    at = tell(tx, Moved(plan.id, source.id, target.id, len(rows), by), source, target)
    if read:
        mark_read(tx, target.id)
    reopened = reopened and not isinstance(target.status, Resolved)
    undo = StoredUndo(moved, people, at, plan.before, reopened)
    row = {
        "id": plan.id,
        "kind": plan.kind,
        "source_id": source.id,
        "target_id": target.id,
        "by_id": by,
        "undo": undo,
        "created_at": tx.now,
        "undone_at": None,
    }
    tx.conn.execute(insert(table).values(row))
    return Done(plan.id, target.id)


def _taken_from_the_bot(tx: Tx, conversation: Conversation, cause: Cause, by: AgentId) -> Conversation:
    """What the bot has prepared is about other messages now; a person has stepped in, and people go on."""
    if not isinstance(conversation.handler, WithBot):
        return conversation
    return lifecycle.change(tx, conversation, handler=InQueue(conversation.queue), cause=cause, by=by)


def _awake(tx: Tx, target: Conversation, rows: Rows, cause: Cause, by: AgentId) -> Conversation:
    """Open again if something came in that waits for an answer."""
    target = _taken_from_the_bot(tx, target, cause, by)
    if {row.id for row in rows}.isdisjoint(unanswered(tx, target.id).messages):
        return target
    if isinstance(target.status, Resolved):
        return lifecycle.reopen(tx, target, bot=False, by=by)
    return lifecycle.wake(tx, target, by=by)


def _state(conversation: Conversation) -> StoredState:
    return StoredState(
        status_name(conversation.status),
        handler_name(conversation.handler),
        conversation.queue,
        conversation.handler.agent if isinstance(conversation.handler, AssignedTo) else None,
        conversation.status.until if isinstance(conversation.status, Snoozed) else None,
    )
