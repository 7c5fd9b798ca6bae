"""Messages that change their conversation: new numbers there, old ones back, and what both conversations show after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from core.conversation import AssignedTo, Closed, Conversation, InQueue, Resolved
from core.events import conversation_topic
from core.ids import AgentId, ConversationId, MessageId, RearrangementId
from core.message import Kind, Message, in_brief
from core.rearranging_events import MessagePlaced, MessagesMoved
from core.receive import EXCERPT_CHARACTERS
from core.store.codec import load_message
from core.store.forms import StoredMoved
from core.store.tables.conversation import conversation as table
from core.store.tables.conversation import message, rearrangement
from core.store.tx import Tx

Rows = Sequence[Row[Any]]

_BY_TIME = (message.c.created_at, message.c.n)
_LOOKED_AT = 100
"""So many of the newest messages are looked at for one that a person wrote."""


def rows_of(tx: Tx, conversation: ConversationId, only: Sequence[MessageId] | None = None) -> Rows:
    """Its messages (or those named that stand in it), as rows of the table, the oldest first."""
    statement = select(message).where(message.c.conversation_id == conversation).order_by(*_BY_TIME)
    if only is not None:
        statement = statement.where(message.c.id.in_(only))
    return tx.conn.execute(statement).all()


def place(tx: Tx, rows: Rows, target: ConversationId) -> tuple[StoredMoved, ...]:
    """Put them into the target behind what it has, each told by an event of its own; what undoes it."""
    topic = conversation_topic(target)
    taken = _keys_in(tx, target, [row.key for row in rows if row.key is not None])
    moved: list[StoredMoved] = []
    for row in rows:
        told = tx.emit(topic, MessagePlaced(target, MessageId(row.id)))
        values: dict[str, Any] = {"conversation_id": target, "n": told.n}
        if row.key in taken:
            # Keys are their senders' own, and unique in one conversation only.
            values["key"] = row.id
        tx.conn.execute(update(message).where(message.c.id == row.id).values(**values))
        moved.append(StoredMoved(row.id, row.n, row.key if row.key in taken else None))
    return tuple(moved)


def put_back(tx: Tx, moved: Sequence[StoredMoved], source: ConversationId) -> None:
    """Each to the number that it had there, and under its key, unless that was used there again since."""
    topic = conversation_topic(source)
    rows = tx.conn.execute(
        select(message.c.id, message.c.key).where(message.c.id.in_([each.message for each in moved]))
    )
    now = {row.id: row.key for row in rows}
    keys = {each.message: each.key or now.get(each.message) for each in moved}
    taken = _keys_in(tx, source, [key for key in keys.values() if key is not None])
    for each in moved:
        tx.emit(topic, MessagePlaced(source, MessageId(each.message)))
        key = keys[each.message]
        values = {"conversation_id": source, "n": each.n, "key": each.message if key in taken else key}
        tx.conn.execute(update(message).where(message.c.id == each.message).values(**values))


def _keys_in(tx: Tx, conversation: ConversationId, keys: Sequence[str]) -> frozenset[str]:
    found = select(message.c.key).where(
        message.c.conversation_id == conversation,
        message.c.key.in_(keys),
        message.c.kind != Kind.INBOUND.value,
    )
    return frozenset(tx.conn.execute(found).scalars()) if keys else frozenset()


def find_moved(tx: Tx, source: ConversationId, key: str, agent: AgentId) -> Message | None:
    """The agent's own reply or note that stood in ``source`` under this key before it was moved."""
    statement = (
        select(message, rearrangement.c.undo)
        .join(rearrangement, rearrangement.c.target_id == message.c.conversation_id)
        .where(
            rearrangement.c.source_id == source,
            rearrangement.c.undone_at.is_(None),
            message.c.key == key,
            message.c.kind != Kind.INBOUND.value,
            message.c.author_id == agent,
        )
    )
    for row in tx.conn.execute(statement):
        if any(each.message == row.id for each in row.undo.moved):
            return load_message(row)
    return None


def settle(tx: Tx, conversation: ConversationId) -> None:
    """What lists show of it and when it was first answered, from the messages that it has now.

    Where none is left that anybody said, the last words stay, so that it can still be known by them.
    """
    said = (
        select(message)
        .where(message.c.conversation_id == conversation, message.c.kind != Kind.NOTE.value)
        .order_by(*(column.desc() for column in _BY_TIME))
        .limit(_LOOKED_AT)
    )
    answered = select(func.min(message.c.created_at)).where(
        message.c.conversation_id == conversation,
        message.c.kind == Kind.REPLY.value,
        message.c.author == "agent",
    )
    values: dict[str, Any] = {
        "first_answered_at": tx.conn.execute(answered).scalar_one(),
        "updated_at": tx.now,
    }
    newest = next((row for row in tx.conn.execute(said) if not _automatic(row)), None)
    if newest is not None:
        text = in_brief(load_message(newest).parts)[:EXCERPT_CHARACTERS]
        values |= {"last_text": text, "last_author": newest.author}
    tx.conn.execute(update(table).where(table.c.id == conversation).values(**values))


def has_unread(tx: Tx, conversation: ConversationId, rows: Rows | None = None) -> bool:
    """Whether an agent has yet to see something that a contact wrote: in all of it, or among ``rows`` of it."""
    seen_n: int = tx.conn.execute(select(table.c.seen_n).where(table.c.id == conversation)).scalar_one()
    if rows is not None:
        return any(row.author == "contact" and row.n > seen_n for row in rows)
    newer = select(message.c.id).where(
        message.c.conversation_id == conversation, message.c.author == "contact", message.c.n > seen_n
    )
    return tx.conn.execute(newer.limit(1)).first() is not None


def mark_read(tx: Tx, conversation: ConversationId) -> None:
    """Whoever put messages here has seen them."""
    tx.conn.execute(update(table).where(table.c.id == conversation).values(seen_n=table.c.n))


@dataclass(frozen=True, slots=True)
class Unanswered:
    """``messages`` are a contact's since anybody of ours said something, ``owed``: since an agent did."""

    owed: bool
    messages: tuple[MessageId, ...] = ()
    since: datetime | None = None


def unanswered(tx: Tx, conversation: ConversationId) -> Unanswered:
    """What of it waits for an answer, machines' messages aside."""
    by_agents: list[Row[Any]] = []
    by_anybody: list[Row[Any]] = []
    for row in rows_of(tx, conversation):
        match row.author:
            case "contact" if not _automatic(row):
                by_agents.append(row)
                by_anybody.append(row)
            case "agent" if row.kind == Kind.REPLY.value:
                by_agents, by_anybody = [], []
            case "bot" if row.kind == Kind.REPLY.value:
                by_anybody = []
            case _:
                pass
    ids = tuple(MessageId(row.id) for row in by_anybody)
    return Unanswered(bool(by_agents), ids, by_anybody[0].created_at if by_anybody else None)


def _automatic(row: Row[Any]) -> bool:
    return row.envelope is not None and row.envelope.automatic is not None


@dataclass(frozen=True, slots=True)
class Moved:
    """That ``count`` messages went from one conversation to another (or back), and who did it."""

    rearrangement: RearrangementId
    source: ConversationId
    target: ConversationId
    count: int
    by: AgentId


def tell(tx: Tx, moved: Moved, source: Conversation, target: Conversation) -> int:
    """In both conversations, as they are after it; the number of the event in the target."""
    numbers = {}
    for here, other, way in ((source, target, "out"), (target, source, "in")):
        waits = _waits(tx, here)
        told = tx.emit(
            conversation_topic(here.id),
            MessagesMoved(
                here.id,
                other.id,
                moved.rearrangement,
                way,
                moved.count,
                owed=waits.owed,
                owed_since=waits.since,
                by=moved.by,
            ),
        )
        numbers[here.id] = told.n
    return numbers[target.id]


def _waits(tx: Tx, conversation: Conversation) -> Unanswered:
    """Nobody is owed anything by people where none has it, or where it is over."""
    people = isinstance(conversation.handler, InQueue | AssignedTo)
    if not people or isinstance(conversation.status, Resolved | Closed):
        return Unanswered(owed=False)
    return unanswered(tx, conversation.id)
