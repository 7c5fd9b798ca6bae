"""Where each conversation goes on by mail, how far its replies went, and what a visitor has not seen of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update

from channels.addresses import MAIL
from core.events import conversation_topic
from core.ids import ContactPointId, ConversationId, InboxId, MessageId
from core.message import DeliveryState, Message
from core.store.codec import load_message
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation, participant
from core.store.tables.conversation import message as message_table
from core.store.tables.conversation import timer as timer_table
from core.store.tables.mail import continuation as table
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx

TIMER = "continue"
_MOST = 50


class Stage(StrEnum):
    """``SENDING``: a mail is on its way. ``UNCERTAIN``: nobody knows whether one arrived; it is never sent again.

    ``OFF``: nobody takes part by mail any more; what went before stays counted.
    """

    OFF = "off"
    READY = "ready"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Continuation:
    """``inbox`` is the mailbox, ``address`` the participant's. ``sent_n``: replies up to there went by mail, or may have."""

    conversation: ConversationId
    inbox: InboxId
    point: ContactPointId
    address: str
    name: str | None
    sent_n: int
    stage: Stage


def find(tx: Tx, conversation: ConversationId) -> Continuation | None:
    statement = (
        select(table, contact_point.c.address, contact.c.name)
        .select_from(table.join(contact_point).join(contact))
        .where(table.c.conversation_id == conversation)
    )
    row = tx.conn.execute(statement).one_or_none()
    if row is None:
        return None
    return Continuation(
        conversation,
        InboxId(row.inbox_id),
        ContactPointId(row.contact_point_id),
        row.address,
        row.name,
        row.sent_n,
        Stage(row.state),
    )


def newest_by_mail(tx: Tx, conversation: ConversationId) -> ContactPointId | None:
    """The participant who joined last under an e-mail address."""
    statement = (
        select(contact_point.c.id)
        .select_from(participant.join(contact_point))
        .where(
            participant.c.conversation_id == conversation,
            participant.c.joined,
            contact_point.c.kind == MAIL,
        )
        .order_by(participant.c.created_at.desc(), contact_point.c.id.desc())
        .limit(1)
    )
    found = tx.conn.execute(statement).scalar_one_or_none()
    return None if found is None else ContactPointId(found)


def forget_former(tx: Tx, conversation: ConversationId, point: ContactPointId) -> None:
    """Addresses that the visitor left before this one; not those that an agent let in."""
    former = select(contact_point.c.id).where(contact_point.c.kind == MAIL, contact_point.c.id != point)
    tx.conn.execute(
        delete(participant).where(
            participant.c.conversation_id == conversation,
            participant.c.added_by.is_(None),
            participant.c.contact_point_id.in_(former),
        )
    )


def put(tx: Tx, conversation: ConversationId, inbox: InboxId, point: ContactPointId) -> None:
    """It goes on there from now on; what went by mail before stays counted."""
    row = {
        "conversation_id": conversation,
        "inbox_id": inbox,
        "contact_point_id": point,
        "sent_n": 0,
        "state": Stage.READY.value,
        "reason": None,
        "updated_at": tx.now,
    }
    if not tx.insert_new(table, row):
        tx.conn.execute(
            update(table)
            .where(table.c.conversation_id == conversation)
            .values(inbox_id=inbox, contact_point_id=point, updated_at=tx.now)
        )
        resting = (Stage.OFF.value, Stage.FAILED.value)
        tx.conn.execute(
            update(table)
            .where(table.c.conversation_id == conversation, table.c.state.in_(resting))
            .values(state=Stage.READY.value, reason=None)
        )


def rest(tx: Tx, conversation: ConversationId) -> None:
    """It goes on nowhere."""
    move(tx, conversation, Stage.OFF)
    tx.cancel_timer(conversation_topic(conversation), TIMER)


def move(
    tx: Tx,
    conversation: ConversationId,
    stage: Stage,
    *,
    sent_n: int | None = None,
    reason: str | None = None,
) -> None:
    values: dict[str, object] = {"state": stage.value, "reason": reason, "updated_at": tx.now}
    if sent_n is not None:
        values["sent_n"] = sent_n
    tx.conn.execute(update(table).where(table.c.conversation_id == conversation).values(**values))


def unread(tx: Tx, known: Continuation) -> Sequence[Message]:
    """Our replies that the visitor has not seen and that did not go by mail, oldest first.

    What came before their own newest message they have seen.
    """
    said = select(func.max(message_table.c.n)).where(
        message_table.c.conversation_id == known.conversation, message_table.c.kind == "inbound"
    )
    after = max(known.sent_n, tx.conn.execute(said).scalar() or 0)
    rows = tx.conn.execute(
        select(message_table)
        .where(
            message_table.c.conversation_id == known.conversation,
            message_table.c.kind == "reply",
            message_table.c.delivery == DeliveryState.SENT.value,
            message_table.c.n > after,
        )
        .order_by(message_table.c.n)
        .limit(_MOST)
    )
    return [load_message(row) for row in rows]


def number_of(tx: Tx, message: MessageId) -> int:
    """Its place in the conversation."""
    n: int = tx.conn.execute(select(message_table.c.n).where(message_table.c.id == message)).scalar_one()
    return n


def wrote_by_mail(tx: Tx, known: Continuation) -> bool:
    """Whether the newest message from outside came through the mailbox."""
    statement = (
        select(message_table.c.inbox_id)
        .where(message_table.c.conversation_id == known.conversation, message_table.c.kind == "inbound")
        .order_by(message_table.c.n.desc())
        .limit(1)
    )
    return tx.conn.execute(statement).scalar_one_or_none() == known.inbox


def timer_is_set(tx: Tx, conversation: ConversationId, by: datetime) -> bool:
    """Whether somebody looks at it until then."""
    statement = select(timer_table.c.due_at).where(
        timer_table.c.topic == conversation_topic(conversation), timer_table.c.kind == TIMER
    )
    due = tx.conn.execute(statement).scalar_one_or_none()
    return due is not None and due <= by


def bot_asks(tx: Tx, inbox: InboxId, visitor: str) -> bool:
    """Whether the bot has asked this visitor for something in their open conversation and waits for it."""
    newest = (
        select(bot_turn.c.active_form)
        .join(conversation, conversation.c.id == bot_turn.c.conversation_id)
        .where(
            conversation.c.inbox_id == inbox,
            conversation.c.thread_key == visitor,
            conversation.c.status != "closed",
        )
        .order_by(bot_turn.c.created_at.desc(), bot_turn.c.id.desc())
        .limit(1)
    )
    return tx.conn.execute(newest).scalar_one_or_none() is not None


def note_at(tx: Tx, conversation: ConversationId, n: int, note: str) -> None:
    """Beside the delivery of the reply with this number, for agents; it is no news to the visitor."""
    tx.conn.execute(
        update(message_table)
        .where(message_table.c.conversation_id == conversation, message_table.c.n == n)
        .values(delivery_reason=note)
    )


def mailed_as(tx: Tx, message: MessageId, message_id: str) -> None:
    """Under which Message-ID a mail with this reply left, so that later mails name it."""
    tx.conn.execute(update(message_table).where(message_table.c.id == message).values(external_id=message_id))
