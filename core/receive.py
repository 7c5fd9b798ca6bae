"""One message from outside into the store: seen before, whose, which conversation, and the facts that follow."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core import holding_out, lifecycle
from core.answer import Handoff
from core.contact import ContactPoint
from core.conversation import (
    Closed,
    Conversation,
    Handler,
    InQueue,
    LinkKind,
    Resolved,
    Snoozed,
    Waiting,
    WithBot,
    handler_name,
)
from core.errors import Rejected
from core.events import MessageReceived, NoticeReceived, Recorded, conversation_topic
from core.ids import ConversationId, MessageId
from core.inbox import BotMode, Inbox
from core.lifecycle import Opening
from core.links import link
from core.message import ByContact, Evidence, Exact, Inbound, Kind, Message, in_brief
from core.participants import note_others
from core.store.conversations import (
    Situation,
    add_context,
    ensure_point,
    find_situation,
    find_thread,
    get_conversation,
    peek_conversation,
    proven,
)
from core.store.messages import find_inbound, insert_message
from core.store.tables.conversation import event
from core.store.tx import Said, Tx

EXCERPT_CHARACTERS = 200
NOT_FOR_BOT = "not_for_bot"
"""Why the bot gives a conversation up when a message comes that it may not answer, such as a mailing list's."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message belongs: a conversation, or a new one for None, and ``why``; ``link`` says how it goes with ``linked``.

    ``others_join``: a verified sender may bring others along.
    """

    conversation: ConversationId | None
    why: tuple[Evidence, ...] = ()
    linked: ConversationId | None = None
    link: LinkKind | None = None
    others_join: bool = True


Resolve = Callable[[Tx, Inbound], Place]


@dataclass(frozen=True, slots=True)
class Received:
    """Where the message is; ``visible_n`` is its place in what the requester sees."""

    conversation: ConversationId
    message: MessageId
    n: int
    visible_n: int
    duplicate: bool


def by_exact_key(tx: Tx, inbound: Inbound) -> Place:
    """The default: the channel names the thread, unique among the conversations of an inbox that are not closed."""
    if not isinstance(inbound.thread, Exact):
        raise TypeError(f"the adapter must resolve {type(inbound.thread).__name__} itself")
    found = find_thread(tx, inbound.inbox, inbound.thread.key)
    return Place(None if found is None else found.id)


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
    point = ensure_point(tx, inbound.sender) if situation.point is None else situation.point
    point = proven(tx, point, inbound.sender)
    known, place = _resolved(tx, inbound, situation, resolve)
    if known is None:
        conversation = _begun(tx, situation.inbox, point, inbound, place)
    else:
        conversation = _awake(tx, known, situation.inbox, inbound)
        if inbound.context:
            add_context(tx, conversation.id, inbound.context)
    if inbound.others:
        note_others(tx, conversation, inbound.others, joined=inbound.sender.verified and place.others_join)
    message = _message(tx, conversation, inbound, ByContact(point.contact), place.why)
    received = _add(tx, conversation, inbound, message, situation.inbox)
    if place.linked is not None and place.link is not None:
        link(tx, conversation.id, place.linked, place.link)
    return received


def _seen(tx: Tx, inbound: Inbound) -> Received:
    row = find_inbound(tx, inbound.inbox, inbound.external_id)
    topic = conversation_topic(row.conversation_id)
    told = tx.conn.execute(event.select().where(event.c.topic == topic, event.c.n == row.n)).one()
    # Where it was moved to since, the requester has been told nothing.
    visible_n = told.visible_n or 0
    return Received(ConversationId(row.conversation_id), MessageId(row.id), row.n, visible_n, True)


def _resolved(
    tx: Tx, inbound: Inbound, situation: Situation, resolve: Resolve
) -> tuple[Conversation | None, Place]:
    if resolve is by_exact_key and isinstance(inbound.thread, Exact):
        return situation.thread, Place(None)
    place = resolve(tx, inbound)
    if place.conversation is None:
        return None, place
    found = get_conversation(tx, place.conversation)
    if isinstance(found.status, Closed) and not _is_automatic(inbound):
        # It was closed, or merged into another one, while this message was on its way: nobody would look there.
        return None, replace(place, conversation=None, linked=found.id, link=LinkKind.FOLLOW_UP)
    return found, place


def _begun(tx: Tx, inbox: Inbox, point: ContactPoint, inbound: Inbound, place: Place) -> Conversation:
    subject = None if inbound.envelope is None else inbound.envelope.subject
    opening = Opening(_key_of(inbound), inbound.language, subject, inbound.context, inbound.public)
    to_bot = _answers(inbox, inbound) and not _goes_on_with_a_person(tx, place)
    lot = holding_out.draw(tx, inbox, point.contact) if to_bot else None
    answers = to_bot and not (lot is not None and lot.held_out)
    handler: Handler = WithBot() if answers else InQueue(inbox.queue)
    begun = lifecycle.start(tx, inbox, point, opening, handler=handler)
    if lot is not None:
        holding_out.remember(tx, begun.id, inbox.id, lot)
    return begun


def _goes_on_with_a_person(tx: Tx, place: Place) -> bool:
    """It answers, in a new conversation, where an agent has held the one before: a person is what they expect."""
    if place.linked is None or place.link not in {LinkKind.FOLLOW_UP, LinkKind.NEW_SUBJECT}:
        return False
    return peek_conversation(tx, place.linked).last_agent is not None


def _key_of(inbound: Inbound) -> str:
    return inbound.thread.key if isinstance(inbound.thread, Exact) else inbound.external_id


def _awake(tx: Tx, conversation: Conversation, inbox: Inbox, inbound: Inbound) -> Conversation:
    if _is_automatic(inbound):
        return conversation
    if isinstance(conversation.handler, WithBot) and not inbound.to_bot:
        return lifecycle.hand_off(tx, conversation.id, conversation.turn, Handoff(NOT_FOR_BOT, ""))
    match conversation.status:
        case Waiting() | Snoozed():
            return lifecycle.wake(tx, conversation)
        case Resolved():
            answers = _answers(inbox, inbound) and not holding_out.was_held_out(tx, conversation.id)
            return lifecycle.reopen(tx, conversation, bot=answers)
        case _:
            return conversation


def _answers(inbox: Inbox, inbound: Inbound) -> bool:
    return inbox.bot is BotMode.ANSWER and inbound.to_bot and not _is_automatic(inbound)


def _is_automatic(inbound: Inbound) -> bool:
    return inbound.envelope is not None and inbound.envelope.automatic is not None


def _message(
    tx: Tx, conversation: Conversation, inbound: Inbound, author: ByContact, why: tuple[Evidence, ...]
) -> Message:
    return Message(
        id=MessageId(tx.ids.new()),
        conversation=conversation.id,
        kind=Kind.INBOUND,
        author=author,
        parts=inbound.parts,
        delivery=None,
        key=None,
        created_at=tx.now,
        envelope=None if inbound.envelope is None else replace(inbound.envelope, why=why),
    )


def _add(tx: Tx, conversation: Conversation, inbound: Inbound, message: Message, inbox: Inbox) -> Received:
    told = (
        _told_quietly(tx, conversation, message)
        if _is_automatic(inbound)
        else _tell(tx, conversation, message, inbound, inbox)
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


def _told_quietly(tx: Tx, conversation: Conversation, message: Message) -> Recorded:
    """A machine's message wakes nobody: nor the bot, which listens to MessageReceived alone."""
    told = NoticeReceived(conversation.id, message.id)
    return tx.emit(conversation_topic(conversation.id), told, visible=True)


def _tell(tx: Tx, conversation: Conversation, message: Message, inbound: Inbound, inbox: Inbox) -> Recorded:
    said = Said(in_brief(message.parts)[:EXCERPT_CHARACTERS], "contact")
    first = conversation.last_author != "contact"
    received = MessageReceived(
        conversation.id,
        message.id,
        handler_name(conversation.handler),
        conversation.turn,
        first=first,
        suggest=first and _is_suggested(conversation, inbound, inbox),
        quiet=inbound.quiet,
        promise=_is_promised(conversation, inbound, inbox),
        network=inbound.network,
    )
    return tx.emit(conversation_topic(conversation.id), received, visible=True, said=said)


def _is_suggested(conversation: Conversation, inbound: Inbound, inbox: Inbox) -> bool:
    """In the midst of a person's exchange, or in another inbox's conversation, a suggestion is only in the way."""
    fit = inbox.bot is BotMode.SUGGEST and inbound.to_bot and not inbound.quiet
    return fit and conversation.last_agent is None and conversation.inbox == inbound.inbox


def _is_promised(conversation: Conversation, inbound: Inbound, inbox: Inbox) -> bool:
    """Who waits for a person, of those whom the bot could answer."""
    waits = isinstance(conversation.handler, InQueue)
    return waits and _answers(inbox, inbound) and not inbound.quiet
