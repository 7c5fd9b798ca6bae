"""One message from outside into the store: seen before, whose, which conversation, and the facts that follow."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import update

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
from core.message import ByContact, Exact, Inbound, Kind, Message, plain_text
from core.store.conversations import ensure_point, find_thread, get_conversation, get_inbox
from core.store.messages import find_inbound, insert_message
from core.store.tables.conversation import conversation as table
from core.store.tables.conversation import event
from core.store.tx import Tx

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
    seen = find_inbound(tx, inbound.inbox, inbound.external_id)
    if seen is not None:
        visible_n = tx.conn.execute(
            event.select().where(
                event.c.topic == conversation_topic(seen.conversation_id), event.c.n == seen.n
            )
        ).one()
        return Received(
            ConversationId(seen.conversation_id), MessageId(seen.id), seen.n, visible_n.visible_n, True
        )
    inbox = get_inbox(tx, inbound.inbox)
    if not inbox.enabled:
        raise Rejected(f"inbox {inbox.id} is switched off", code="inbox_off")
    point = ensure_point(tx, inbound.sender)
    known = resolve(tx, inbound)
    conversation = (
        lifecycle.start(
            tx, inbox, point, _key_of(inbound), handler=_first_handler(inbox), language=inbound.language
        )
        if known is None
        else _awake(tx, get_conversation(tx, known), inbox)
    )
    return _add(tx, conversation, inbound, ByContact(point.contact))


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
    told = tx.emit(
        conversation_topic(conversation.id),
        MessageReceived(conversation.id, message.id, handler_name(conversation.handler), conversation.turn),
        visible=True,
    )
    text = plain_text(message.parts)
    insert_message(
        tx,
        message,
        inbox=inbound.inbox,
        n=told.n,
        turn=conversation.turn,
        external_id=inbound.external_id,
    )
    tx.conn.execute(
        update(table)
        .where(table.c.id == conversation.id)
        .values(last_text=text[:EXCERPT_CHARACTERS], last_author="contact", updated_at=tx.now)
    )
    return Received(conversation.id, message.id, told.n, told.visible_n or 0, False)
