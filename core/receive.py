"""One message from outside into the store: seen before, whose, which conversation, and the facts that follow."""

from collections.abc import Callable
from dataclasses import dataclass

from core import lifecycle
from core.conversation import (
    Conversation,
    Handler,
    InQueue,
    Resolved,
    Snoozed,
    Waiting,
    WithBot,
    handler_name,
)
from core.errors import Rejected
from core.events import MessageReceived, conversation_topic
from core.ids import ConversationId, MessageId
from core.inbox import Inbox
from core.message import ByContact, Exact, Inbound, Kind, Message, in_brief
from core.store.conversations import Situation, ensure_point, find_situation, find_thread, get_conversation
from core.store.messages import find_inbound, insert_message
from core.store.tables.conversation import event
from core.store.tx import Said, Tx

EXCERPT_CHARACTERS = 200

Resolve = Callable[[Tx, Inbound], ConversationId | None]


@dataclass(frozen=True, slots=True)
class Received:
    """Where the message is; ``visible_n`` is its place in what the requester sees."""

    conversation: ConversationId
    message: MessageId
    n: int
    visible_n: int
    duplicate: bool


def by_exact_key(tx: Tx, inbound: Inbound) -> ConversationId | None:
    """The default: the channel names the thread, unique among the conversations of an inbox that are not closed."""
    if not isinstance(inbound.thread, Exact):
        raise TypeError(f"the adapter must resolve {type(inbound.thread).__name__} itself")
    found = find_thread(tx, inbound.inbox, inbound.thread.key)
    return None if found is None else found.id


def receive_message(tx: Tx, inbound: Inbound, resolve: Resolve = by_exact_key) -> Received:
    """Store the message once, with its contact, its conversation and its events.

    The provider may be told "received" when this has committed. Repeating it changes nothing.
    Raises Rejected when the inbox is switched off, NotFound when there is none.
    """
    situation = find_situation(tx, inbound, _key_of(inbound))
    if situation.seen is not None:
        return _seen(tx, inbound)
    if not situation.inbox.enabled:
        raise Rejected(f"inbox {inbound.inbox} is switched off", code="inbox_off")
    point = situation.point or ensure_point(tx, inbound.sender)
    known = _resolved(tx, inbound, situation, resolve)
    conversation = (
        lifecycle.start(
            tx,
            situation.inbox,
            point,
            _key_of(inbound),
            handler=_first_handler(situation.inbox),
            language=inbound.language,
        )
        if known is None
        else _awake(tx, known, situation.inbox)
    )
    return _add(tx, conversation, inbound, ByContact(point.contact))


def _seen(tx: Tx, inbound: Inbound) -> Received:
    row = find_inbound(tx, inbound.inbox, inbound.external_id)
    topic = conversation_topic(row.conversation_id)
    told = tx.conn.execute(event.select().where(event.c.topic == topic, event.c.n == row.n)).one()
    return Received(ConversationId(row.conversation_id), MessageId(row.id), row.n, told.visible_n, True)


def _resolved(tx: Tx, inbound: Inbound, situation: Situation, resolve: Resolve) -> Conversation | None:
    if resolve is by_exact_key and isinstance(inbound.thread, Exact):
        return situation.thread
    known = resolve(tx, inbound)
    return None if known is None else get_conversation(tx, known)


def _key_of(inbound: Inbound) -> str:
    return inbound.thread.key if isinstance(inbound.thread, Exact) else inbound.external_id


def _first_handler(inbox: Inbox) -> Handler:
    return WithBot() if inbox.bot else InQueue(inbox.queue)


def _awake(tx: Tx, conversation: Conversation, inbox: Inbox) -> Conversation:
    match conversation.status:
        case Waiting() | Snoozed():
            return lifecycle.wake(tx, conversation)
        case Resolved():
            return lifecycle.reopen(tx, conversation, bot=inbox.bot)
        case _:
            return conversation


def _add(tx: Tx, conversation: Conversation, inbound: Inbound, author: ByContact) -> Received:
    message = Message(
        id=MessageId(tx.ids.new()),
        conversation=conversation.id,
        kind=Kind.INBOUND,
        author=author,
        parts=inbound.parts,
        delivery=None,
        key=None,
        created_at=tx.now,
    )
    said = Said(in_brief(message.parts)[:EXCERPT_CHARACTERS], "contact")
    told = tx.emit(
        conversation_topic(conversation.id),
        MessageReceived(
            conversation.id,
            message.id,
            handler_name(conversation.handler),
            conversation.turn,
            first=conversation.last_author != "contact",
        ),
        visible=True,
        said=said,
    )
    insert_message(
        tx,
        message,
        inbox=inbound.inbox,
        n=told.n,
        turn=conversation.turn,
        external_id=inbound.external_id,
    )
    return Received(conversation.id, message.id, told.n, told.visible_n or 0, False)
