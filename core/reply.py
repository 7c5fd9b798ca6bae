"""Our side of a conversation: replies wait for their channel, notes stay inside, deliveries move on."""

from sqlalchemy import func, update

from core.conversation import AssignedTo, Closed, Conversation
from core.errors import Conflict, Invalid
from core.events import AnswerSuggested, DeliveryChanged, NoteAdded, ReplyQueued, conversation_topic
from core.ids import AgentId, ConversationId, MessageId
from core.message import (
    Author,
    ByAgent,
    ByBot,
    BySystem,
    Delivery,
    DeliveryState,
    Envelope,
    Kind,
    Message,
    Part,
    in_brief,
)
from core.participants import participants_of
from core.receive import EXCERPT_CHARACTERS
from core.store.codec import store_author
from core.store.conversations import get_conversation
from core.store.messages import find_by_key, insert_message, move_delivery
from core.store.tables.conversation import conversation as table
from core.store.tx import Said, Tx


def queue_reply(
    tx: Tx,
    conversation_id: ConversationId,
    author: Author,
    parts: tuple[Part, ...],
    key: str,
    *,
    envelope: Envelope | None = None,
) -> Message:
    """Store a reply for its channel to send; the same ``key`` again gives the first one and changes nothing.

    ``envelope.copies`` are those who read along, of the participants who joined; without an envelope all of them do.
    Raises Conflict ``stale_turn`` when the bot answers under a turn that is over, ``not_yours`` when an agent
    does not hold the conversation, ``closed`` when nobody may write any more, and Invalid on ``copies`` that name
    somebody who did not join.
    """
    if not parts:
        raise Invalid("text", "something to say", code="empty")
    conversation = get_conversation(tx, conversation_id)
    before = find_by_key(tx, conversation_id, key)
    if before is not None:
        return before
    may_speak(conversation, author)
    if envelope is not None:
        _only_joined(tx, conversation_id, envelope)
    message = Message(
        MessageId(tx.ids.new()),
        conversation_id,
        Kind.REPLY,
        author,
        parts,
        Delivery(DeliveryState.QUEUED),
        key,
        tx.now,
        envelope,
    )
    name = str(store_author(author)["author"])
    said = Said(in_brief(parts)[:EXCERPT_CHARACTERS], name)
    told = tx.emit(
        conversation_topic(conversation_id),
        ReplyQueued(conversation_id, message.id, name, conversation.inbox),
        said=said,
    )
    insert_message(tx, message, inbox=conversation.inbox, n=told.n, turn=conversation.turn)
    if isinstance(author, ByAgent):
        answered = func.coalesce(table.c.first_answered_at, tx.now)
        tx.conn.execute(
            update(table)
            .where(table.c.id == conversation_id)
            .values(first_answered_at=answered, seen_n=told.n)
        )
    return message


def _only_joined(tx: Tx, conversation: ConversationId, envelope: Envelope) -> None:
    joined = {each.address for each in participants_of(tx, conversation) if each.joined}
    if not joined.issuperset(party.address for party in envelope.copies):
        raise Invalid("copies", "addresses that take part in the conversation", code="copies")


def may_speak(conversation: Conversation, author: Author) -> None:
    """Raise Conflict unless this author may answer the customer now.

    The bot speaks under the conversation's present turn, and never while an agent holds it. Its farewell is queued
    after ``lifecycle.hand_off`` in the same transaction, under the turn that this returned.
    """
    if isinstance(conversation.status, Closed):
        raise Conflict(f"conversation {conversation.id} is closed", code="closed")
    match author:
        case ByBot(turn):
            if not _turn_holds(conversation, turn):
                raise Conflict(f"turn {turn} of conversation {conversation.id} is over", code="stale_turn")
        case ByAgent(agent):
            if conversation.handler != AssignedTo(agent):
                raise Conflict(f"conversation {conversation.id} is not held by this agent", code="not_yours")
        case BySystem():
            pass
        case _:
            raise TypeError(f"{type(author).__name__} does not reply")


def add_note(
    tx: Tx, conversation_id: ConversationId, author: AgentId | ByBot, parts: tuple[Part, ...], key: str
) -> Message:
    """Store an internal note, which no contact ever sees; the same ``key`` again gives the first one."""
    if not parts:
        raise Invalid("text", "something to note", code="empty")
    conversation = get_conversation(tx, conversation_id)
    before = find_by_key(tx, conversation_id, key)
    if before is not None:
        return before
    by = author if isinstance(author, ByBot) else ByAgent(author)
    message = Message(MessageId(tx.ids.new()), conversation_id, Kind.NOTE, by, parts, None, key, tx.now)
    told = tx.emit(
        conversation_topic(conversation_id),
        AnswerSuggested(conversation_id, message.id)
        if isinstance(author, ByBot)
        else NoteAdded(conversation_id, message.id, author),
    )
    insert_message(
        tx,
        message,
        inbox=conversation.inbox,
        n=told.n,
        turn=conversation.turn,
    )
    return message


def set_delivery(
    tx: Tx,
    message_id: MessageId,
    delivery: Delivery,
    expected: frozenset[DeliveryState],
    *,
    by: AgentId | None = None,
    external_id: str | None = None,
) -> bool:
    """Move a reply's delivery on if its present state is among ``expected``; False, and nothing changes, if not.

    The requester hears of it once it is sent, and of what follows. ``by`` whom, where a person decided it.
    ``external_id``: the provider's own name for it, where it gave one.
    """
    conversation = move_delivery(tx, message_id, delivery, expected, external_id)
    if conversation is None:
        return False
    tx.emit(
        conversation_topic(conversation),
        DeliveryChanged(conversation, message_id, delivery.state.value, by),
        visible=delivery.state is DeliveryState.SENT,
    )
    return True


def check_turn(message: Message, conversation: Conversation) -> bool:
    """The second check of the turn token, in the transaction that marks a reply ``sending`` and locked its conversation.

    Only what the bot says can become stale; False means: withdraw it.
    """
    return not isinstance(message.author, ByBot) or _turn_holds(conversation, message.author.turn)


def _turn_holds(conversation: Conversation, turn: int) -> bool:
    return conversation.turn == turn and not isinstance(conversation.handler, AssignedTo)
