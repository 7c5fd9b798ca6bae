"""The one place where a conversation's status or handler changes: turn, generation, load and events move together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from core.answer import Handoff
from core.contact import ContactPoint
from core.conversation import (
    AssignedTo,
    Cause,
    Closed,
    Conversation,
    Handler,
    InQueue,
    Nobody,
    Open,
    Resolved,
    Snoozed,
    Status,
    Waiting,
    WithBot,
    handler_name,
    status_name,
    weighs_on,
)
from core.errors import Conflict, Invalid
from core.events import ConversationStarted, Event, HandlerChanged, StatusChanged, conversation_topic
from core.ids import AgentId, ConversationId, QueueId
from core.inbox import Inbox
from core.store.codec import store_handler, store_handoff, store_status
from core.store.conversations import change_load, find_thread, get_conversation, update_conversation
from core.store.tables.conversation import conversation as table
from core.store.tx import Tx

SNOOZE_TIMER = "snooze"
_SHOWN_TO_CONTACT = frozenset({"open", "resolved", "closed"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What a conversation begins with; ``thread_key`` is unique among the open ones of its inbox."""

    thread_key: str
    language: str | None = None
    subject: str | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    public: bool = False


def start(
    tx: Tx,
    inbox: Inbox,
    point: ContactPoint,
    opening: Opening,
    *,
    handler: Handler,
    cause: Cause = Cause.NO_BOT,
) -> Conversation:
    """A new open conversation; ``handler`` is the bot, a queue (for this ``cause``), or the agent who writes first."""
    begun = Conversation(
        id=ConversationId(tx.ids.new()),
        inbox=inbox.id,
        contact=point.contact,
        contact_point=point.id,
        thread_key=opening.thread_key,
        subject=opening.subject,
        status=Open(),
        handler=handler,
        queue=handler.queue if isinstance(handler, InQueue) else inbox.queue,
        last_agent=handler.agent if isinstance(handler, AssignedTo) else None,
        language=opening.language,
        last_author="",
        priority=0,
        weight=inbox.weight,
        interruptible=inbox.interruptible,
        turn=1,
        generation=1,
        n=0,
        visible_n=0,
        created_at=tx.now,
        updated_at=tx.now,
        public=opening.public,
    )
    _insert(tx, begun, opening.context)
    topic = conversation_topic(begun.id)
    tx.emit(topic, ConversationStarted(begun.id, begun.contact, begun.inbox))
    if not isinstance(handler, WithBot):
        why = Cause.WROTE_FIRST if isinstance(handler, AssignedTo) else cause
        event = _handler_changed(begun, before=None, cause=why, by=None)
        tx.emit(topic, event, visible=True)
    _move_load(tx, None, begun)
    return begun


def _insert(tx: Tx, begun: Conversation, context: Mapping[str, str]) -> None:
    tx.conn.execute(
        insert(table),
        {
            "id": begun.id,
            "inbox_id": begun.inbox,
            "contact_id": begun.contact,
            "contact_point_id": begun.contact_point,
            "thread_key": begun.thread_key,
            "queue_id": begun.queue,
            "subject": begun.subject,
            **store_status(begun.status),
            **store_handler(begun.handler),
            "language": begun.language,
            "priority": begun.priority,
            "weight": begun.weight,
            "interruptible": begun.interruptible,
            "turn": 1,
            "generation": 1,
            "n": 0,
            "visible_n": 0,
            "last_text": "",
            "last_author": "",
            "context": dict(context),
            "public": begun.public,
            "created_at": tx.now,
            "updated_at": tx.now,
        },
    )


def change(
    tx: Tx,
    before: Conversation,
    *,
    status: Status | None = None,
    handler: Handler | None = None,
    cause: Cause = Cause.TRANSFERRED,
    by: AgentId | None = None,
) -> Conversation:
    """Give the conversation a new status, a new handler, or both.

    ``before`` as read in this transaction; raises Conflict when it changed since. A new handler raises the turn,
    so that whatever the old one prepared is stale. Nothing happens when nothing would change.
    """
    after = replace(
        before,
        status=before.status if status is None else status,
        handler=before.handler if handler is None else handler,
    )
    return before if after == before else _change(tx, before, after, _Why(cause, by))


@dataclass(frozen=True, slots=True)
class _Why:
    """``loaded``: the weight is on the new holder already."""

    cause: Cause
    by: AgentId | None
    loaded: bool = False


def _change(tx: Tx, before: Conversation, after: Conversation, why: _Why) -> Conversation:
    changed_hands = after.handler != before.handler
    after = replace(
        after,
        turn=before.turn + 1 if changed_hands else before.turn,
        generation=before.generation + 1,
        queue=after.handler.queue if isinstance(after.handler, InQueue) else before.queue,
        last_agent=after.handler.agent if isinstance(after.handler, AssignedTo) else before.last_agent,
        updated_at=tx.now,
    )
    values: dict[str, Any] = {
        **store_status(after.status),
        **store_handler(after.handler),
        "turn": after.turn,
        "generation": after.generation,
        "updated_at": tx.now,
    }
    told = _told(before, after, why)
    shown = [visible for _, visible in told]
    n, visible_n = update_conversation(tx, before, values, events=len(told), visible=sum(shown))
    _move_load(tx, before, after, loaded=why.loaded)
    if isinstance(before.status, Snoozed) and not isinstance(after.status, Snoozed):
        tx.cancel_timer(conversation_topic(after.id), SNOOZE_TIMER)
    for at, (event, visible) in enumerate(told, 1):
        later = len(told) - at
        as_shown = visible_n - sum(shown[at:]) if visible else None
        tx.emit_as(n - later, conversation_topic(after.id), event, as_shown)
    return after


def _told(before: Conversation, after: Conversation, why: _Why) -> list[tuple[Event, bool]]:
    """What follows from a change, in order, and whether the requester may see it."""
    told: list[tuple[Event, bool]] = []
    if after.status != before.status:
        told.append(_status_changed(after, why.by))
    if after.handler != before.handler:
        told.append((_handler_changed(after, before=before, cause=why.cause, by=why.by), True))
    return told


def hand_off(
    tx: Tx,
    conversation_id: ConversationId,
    turn: int,
    handoff: Handoff,
    *,
    queue: QueueId | None = None,
    cause: Cause = Cause.HANDED_OFF,
) -> Conversation:
    """The bot passes the conversation on to a queue (by default the inbox's), with what an agent should know.

    ``cause``: handed off, or came back from what an agent had sent it for. Raises Conflict ``stale_turn`` when the bot no longer holds it.
    """
    before = get_conversation(tx, conversation_id)
    if not isinstance(before.handler, WithBot) or before.turn != turn:
        raise Conflict(f"turn {turn} of conversation {conversation_id} is over", code="stale_turn")
    values: dict[str, Any] = {"handoff": store_handoff(handoff)}
    if handoff.language is not None:
        values["language"] = handoff.language
    tx.conn.execute(update(table).where(table.c.id == before.id).values(**values))
    cause = Cause.BOT_FAILED if handoff.reason == "bot_failed" else cause
    before = replace(before, language=handoff.language or before.language)
    return change(tx, before, handler=InQueue(queue or before.queue), status=Open(), cause=cause)


def assign(
    tx: Tx,
    before: Conversation,
    agent: AgentId,
    *,
    cause: Cause,
    by: AgentId | None = None,
    loaded: bool = False,
) -> Conversation:
    """Routing's ledger calls this after its own checks; nobody else does.

    ``loaded``: the weight is on the agent already, as that of an offer.
    """
    after = replace(before, handler=AssignedTo(agent), status=Open())
    return before if after == before else _change(tx, before, after, _Why(cause, by, loaded))


def to_queue(
    tx: Tx, before: Conversation, queue: QueueId, *, cause: Cause, by: AgentId | None = None
) -> Conversation:
    """Let it wait in ``queue`` for the next agent."""
    return change(tx, before, handler=InQueue(queue), status=Open(), cause=cause, by=by)


def to_bot(tx: Tx, before: Conversation, *, by: AgentId | None = None) -> Conversation:
    """Give it back to the bot."""
    return change(tx, before, handler=WithBot(), status=Open(), cause=Cause.RETURNED_TO_BOT, by=by)


def resolve(tx: Tx, before: Conversation, *, by: AgentId | None = None) -> Conversation:
    """Answered; a new message opens it again."""
    if isinstance(before.status, Closed):
        raise Conflict(f"conversation {before.id} is closed")
    return change(tx, before, status=Resolved(), handler=Nobody(), cause=Cause.RESOLVED, by=by)


def close(tx: Tx, before: Conversation, *, by: AgentId | None = None) -> Conversation:
    """Done for good."""
    return change(tx, before, status=Closed(), handler=Nobody(), cause=Cause.RESOLVED, by=by)


def wait(tx: Tx, before: Conversation, *, by: AgentId | None = None) -> Conversation:
    """Wait for the customer or a third party; a message from the customer wakes it."""
    _only_held(before)
    return change(tx, before, status=Waiting(), by=by)


def snooze(tx: Tx, before: Conversation, until: datetime, *, by: AgentId | None = None) -> Conversation:
    """Put it away until a time in the future; the timer ``snooze`` wakes it."""
    _only_held(before)
    if until <= tx.now:
        raise Invalid("until", "a time in the future")
    after = change(tx, before, status=Snoozed(until), by=by)
    tx.set_timer(conversation_topic(before.id), SNOOZE_TIMER, until)
    return after


def wake(tx: Tx, before: Conversation, *, by: AgentId | None = None) -> Conversation:
    """Back from waiting or snoozed to open; others stay as they are."""
    if not isinstance(before.status, Waiting | Snoozed):
        return before
    return change(tx, before, status=Open(), by=by)


def reopen(tx: Tx, before: Conversation, *, bot: bool, by: AgentId | None = None) -> Conversation:
    """From resolved to open: to the queue when a person answered before, else to the bot where there is one."""
    if not isinstance(before.status, Resolved):
        return before
    handler: Handler = WithBot() if bot and before.last_agent is None else InQueue(before.queue)
    return change(tx, before, status=Open(), handler=handler, cause=Cause.REOPENED, by=by)


def write_first(tx: Tx, inbox: Inbox, point: ContactPoint, opening: Opening, agent: AgentId) -> Conversation:
    """An agent begins a conversation; Conflict when this thread has one that is not closed."""
    existing = find_thread(tx, inbox.id, opening.thread_key)
    if existing is not None:
        raise Conflict(f"conversation {existing.id} with this contact is still open", code="already_open")
    return start(tx, inbox, point, opening, handler=AssignedTo(agent))


def _only_held(conversation: Conversation) -> None:
    if not isinstance(conversation.handler, AssignedTo):
        raise Conflict(f"conversation {conversation.id} is held by no agent", code="not_held")


def _move_load(tx: Tx, before: Conversation | None, after: Conversation, *, loaded: bool = False) -> None:
    old = None if before is None else weighs_on(before.status, before.handler)
    new = weighs_on(after.status, after.handler)
    if old == new:
        return
    if old is not None and before is not None:
        change_load(tx, old, -before.weight, interruptible=before.interruptible)
    if new is not None and not loaded:
        change_load(tx, new, after.weight, interruptible=after.interruptible)


def _status_changed(after: Conversation, by: AgentId | None) -> tuple[StatusChanged, bool]:
    name = status_name(after.status)
    agent = after.handler.agent if isinstance(after.handler, AssignedTo) else None
    until = after.status.until if isinstance(after.status, Snoozed) else None
    return StatusChanged(after.id, name, until, agent, by), name in _SHOWN_TO_CONTACT


def _handler_changed(
    after: Conversation, *, before: Conversation | None, cause: Cause, by: AgentId | None
) -> HandlerChanged:
    held_before = None if before is None else before.handler
    return HandlerChanged(
        conversation=after.id,
        handler=handler_name(after.handler),
        queue=after.handler.queue if isinstance(after.handler, InQueue) else None,
        agent=after.handler.agent if isinstance(after.handler, AssignedTo) else None,
        previous_agent=held_before.agent if isinstance(held_before, AssignedTo) else None,
        turn=after.turn,
        cause=cause.value,
        by=by,
    )
