"""Taking back a split, a merge or a move, the newest first, for as long as nothing has come to rest on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update

from core import lifecycle
from core.conversation import (
    Cause,
    Closed,
    Conversation,
    Handler,
    InQueue,
    LinkKind,
    Nobody,
    Open,
    Resolved,
    Snoozed,
    Status,
    Waiting,
)
from core.errors import Conflict, NotFound
from core.events import conversation_topic
from core.ids import AgentId, ConversationId, QueueId, RearrangementId
from core.links import unlink
from core.message import DeliveryState, Kind, Message
from core.moving import Moved, put_back, settle, tell
from core.participants import send_back
from core.rearrange import MERGE, SPLIT
from core.store.conversations import get_conversation, peek_conversation
from core.store.forms import StoredState
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.conversation import message
from core.store.tables.conversation import rearrangement as table
from core.store.tables.people import contact_point
from core.store.tx import Tx

_ON_ITS_WAY = (DeliveryState.QUEUED.value, DeliveryState.SENDING.value)
_NEVER_SAID = (DeliveryState.FAILED.value, DeliveryState.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class Rearrangement:
    """One that stands: ``count`` messages went from ``source`` to ``target``."""

    id: RearrangementId
    kind: str
    source: ConversationId
    target: ConversationId
    by: AgentId
    at: datetime
    count: int
    undoable: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """Where the messages are again. ``held``: the agent who held it then; ``status`` it had then, open until they do again."""

    source: ConversationId
    target: ConversationId
    held: AgentId | None
    status: Status


def rearrangements_of(tx: Tx, conversation: ConversationId, most: int) -> list[Rearrangement]:
    """Those that stand, from it and into it, the newest first."""
    statement = (
        select(table)
        .where(
            or_(table.c.source_id == conversation, table.c.target_id == conversation),
            table.c.undone_at.is_(None),
        )
        .order_by(table.c.created_at.desc(), table.c.id.desc())
        .limit(most)
    )
    return [
        Rearrangement(
            RearrangementId(row.id),
            row.kind,
            ConversationId(row.source_id),
            ConversationId(row.target_id),
            AgentId(row.by_id),
            row.created_at,
            len(row.undo.moved),
            _what_rests_on_it(tx, row) is None,
        )
        for row in tx.conn.execute(statement).all()
    ]


def between(tx: Tx, rearrangement: RearrangementId) -> tuple[ConversationId, ConversationId]:
    """The source and the target of a rearrangement. Raises NotFound."""
    row = _find(tx, rearrangement)
    return ConversationId(row.source_id), ConversationId(row.target_id)


def undo(tx: Tx, rearrangement: RearrangementId, *, by: AgentId) -> Undone:
    """Every message back to where it was, under its old number, and the people who came with them away again.

    A split's conversation is closed, empty; a merge's source stands as it stood, but what an agent or the bot held waits
    in its queue. Raises NotFound, or Conflict: ``undone`` (it was), ``newer`` (something newer must be undone first),
    ``went_on`` (people have written there since), ``answered`` (we have), ``on_its_way``, ``already_open``.
    """
    ends = between(tx, rearrangement)
    found = {each: get_conversation(tx, each) for each in sorted(ends)}
    source, target = (found[each] for each in ends)
    row = _find(tx, rearrangement)
    why = _what_rests_on_it(tx, row)
    if why is not None:
        raise why
    stored = row.undo
    source = _as_it_stood(tx, source, stored.source, by)
    put_back(tx, stored.moved, source.id)
    send_back(tx, target.id, stored.people, by)
    target = _let_go(tx, row, target, by)
    for each in (source, target):
        settle(tx, each.id)
    if row.kind == SPLIT:
        _forget_words(tx, target.id)
    tell(tx, Moved(rearrangement, target.id, source.id, len(stored.moved), by), target, source)
    tx.conn.execute(update(table).where(table.c.id == rearrangement).values(undone_at=tx.now))
    state = stored.source
    held = None if state is None or state.agent is None else AgentId(state.agent)
    return Undone(source.id, target.id, held, source.status if held is None else _status(tx, state))


def may_be_sent_again(tx: Tx, reply: Message) -> None:
    """Raise Conflict ``moved`` when it was written to somebody else than who would get it now."""
    came = select(table).where(table.c.target_id == reply.conversation, table.c.undone_at.is_(None))
    here = peek_conversation(tx, reply.conversation)
    for row in tx.conn.execute(came).all():
        if any(each.message == reply.id for each in row.undo.moved):
            there = peek_conversation(tx, ConversationId(row.source_id))
            if there.contact_point != here.contact_point:
                raise Conflict("it was written to somebody else, before it was moved here", code="moved")


def _find(tx: Tx, rearrangement: RearrangementId) -> Row[Any]:
    row = tx.conn.execute(select(table).where(table.c.id == rearrangement)).one_or_none()
    if row is None:
        raise NotFound(f"there is no rearrangement {rearrangement}")
    return row


def _what_rests_on_it(tx: Tx, row: Row[Any]) -> Conflict | None:
    """Why it cannot be undone (any more)."""
    if row.undone_at is not None:
        return Conflict("it was undone before", code="undone")
    checks: tuple[Callable[[Tx, Row[Any]], Conflict | None], ...] = (
        _newer,
        _gone,
        _on_its_way,
        _went_on if row.kind == SPLIT else _answered,
        _written_by_who_came,
        _begun_anew,
    )
    return next((why for check in checks if (why := check(tx, row)) is not None), None)


def _newer(tx: Tx, row: Row[Any]) -> Conflict | None:
    ends = (row.source_id, row.target_id)
    later = or_(
        table.c.created_at > row.created_at, and_(table.c.created_at == row.created_at, table.c.id > row.id)
    )
    newer = select(table.c.id).where(
        or_(table.c.source_id.in_(ends), table.c.target_id.in_(ends)), later, table.c.undone_at.is_(None)
    )
    if tx.conn.execute(newer.limit(1)).first() is None:
        return None
    return Conflict("these conversations were rearranged again since: undo that first", code="newer")


def _ids(row: Row[Any]) -> list[str]:
    return [each.message for each in row.undo.moved]


def _gone(tx: Tx, row: Row[Any]) -> Conflict | None:
    there = select(func.count()).where(
        message.c.conversation_id == row.target_id, message.c.id.in_(_ids(row))
    )
    if tx.conn.execute(there).scalar_one() == len(row.undo.moved):
        return None
    return Conflict("not all of the messages are there any more", code="went_on")


def _on_its_way(tx: Tx, row: Row[Any]) -> Conflict | None:
    unsettled = message.c.id.in_(_ids(row)), message.c.delivery.in_(_ON_ITS_WAY)
    if tx.conn.execute(select(message.c.id).where(*unsettled).limit(1)).first() is None:
        return None
    return Conflict("a reply is still on its way: wait until it is sent", code="on_its_way")


def _went_on(tx: Tx, row: Row[Any]) -> Conflict | None:
    """A conversation that was split off must be empty again."""
    more = message.c.conversation_id == row.target_id, message.c.id.not_in(_ids(row))
    if tx.conn.execute(select(message.c.id).where(*more).limit(1)).first() is None:
        return None
    return Conflict("it has gone on since: merge it instead", code="went_on")


def _answered(tx: Tx, row: Row[Any]) -> Conflict | None:
    """What we said there since may be about what came."""
    said = (
        message.c.conversation_id == row.target_id,
        message.c.kind == Kind.REPLY.value,
        message.c.author.in_(("agent", "bot")),
        message.c.n > row.undo.at,
        message.c.delivery.not_in(_NEVER_SAID),
    )
    if tx.conn.execute(select(message.c.id).where(*said).limit(1)).first() is None:
        return None
    return Conflict("it was answered there since: move the messages instead", code="answered")


def _written_by_who_came(tx: Tx, row: Row[Any]) -> Conflict | None:
    """Their messages would stay behind, where they have no place."""
    came = [each.point for each in row.undo.people]
    if not came:
        return None
    theirs = select(contact_point.c.contact_id).where(contact_point.c.id.in_(came))
    requester = select(conversation_table.c.contact_id).where(conversation_table.c.id == row.target_id)
    wrote = (
        message.c.conversation_id == row.target_id,
        message.c.kind == Kind.INBOUND.value,
        message.c.n > row.undo.at,
        message.c.author_id.in_(theirs),
        message.c.author_id.not_in(requester),
    )
    if tx.conn.execute(select(message.c.id).where(*wrote).limit(1)).first() is None:
        return None
    return Conflict("who came with the messages has written there since", code="went_on")


def _begun_anew(tx: Tx, row: Row[Any]) -> Conflict | None:
    if row.kind != MERGE or row.undo.source is None or row.undo.source.status == "closed":
        return None
    source, thread = conversation_table, peek_conversation(tx, ConversationId(row.source_id))
    open_now = (
        source.c.inbox_id == thread.inbox,
        source.c.thread_key == thread.thread_key,
        source.c.status != "closed",
    )
    if tx.conn.execute(select(source.c.id).where(*open_now)).first() is None:
        return None
    return Conflict("the same thread has begun anew since", code="already_open")


def _as_it_stood(tx: Tx, source: Conversation, state: StoredState | None, by: AgentId) -> Conversation:
    """Only a merge changed how its source stands; what was held waits, until whoever held it takes it again."""
    if state is None:
        return source
    status = Open() if state.agent is not None else _status(tx, state)
    if isinstance(status, Snoozed):
        tx.set_timer(conversation_topic(source.id), lifecycle.SNOOZE_TIMER, status.until)
    return lifecycle.change(tx, source, status=status, handler=_handler(state), cause=Cause.UNDONE, by=by)


def _status(tx: Tx, state: StoredState | None) -> Status:
    match state:
        case StoredState(status="waiting"):
            return Waiting()
        case StoredState(status="snoozed", until=until) if until is not None and until > tx.now:
            return Snoozed(until)
        case StoredState(status="resolved"):
            return Resolved()
        case StoredState(status="closed"):
            return Closed()
        case _:
            return Open()


def _handler(state: StoredState) -> Handler:
    return Nobody() if state.handler == "nobody" else InQueue(QueueId(state.queue))


def _let_go(tx: Tx, row: Row[Any], target: Conversation, by: AgentId) -> Conversation:
    """The target without what had come: a split's is over, what was resolved is so again."""
    if row.kind == SPLIT:
        unlink(tx, target.id, ConversationId(row.source_id), LinkKind.SPLIT)
        return lifecycle.change(tx, target, status=Closed(), handler=Nobody(), cause=Cause.UNDONE, by=by)
    if row.kind == MERGE:
        unlink(tx, ConversationId(row.source_id), target.id, LinkKind.MERGED)
    if row.undo.reopened and isinstance(target.status, Open):
        return lifecycle.change(tx, target, status=Resolved(), handler=Nobody(), cause=Cause.UNDONE, by=by)
    return target


def _forget_words(tx: Tx, conversation: ConversationId) -> None:
    """A conversation that never was: no list shows it."""
    values = {"last_text": "", "last_author": ""}
    tx.conn.execute(
        update(conversation_table).where(conversation_table.c.id == conversation).values(**values)
    )
