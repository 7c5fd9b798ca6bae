"""Between routing's values and the database: waiting conversations."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Text, and_, bindparam, delete, select, type_coerce, update

from core.conversation import Conversation, InQueue, Open
from core.ids import AgentId, ConversationId, QueueId
from core.store.forms import StoredLadder, StoredRequirement
from core.store.prepared import Prepared
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.people import inbox, queue
from core.store.tables.routing import conversation_route, queue_item, reservation
from core.store.tx import Tx
from core.store.types import word
from routing.brought_back import kept_s
from routing.forms import store_ladder, to_ladder
from routing.handle_times import expected_of
from routing.ladder import Ladder, first_asked
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.roster import read_agents, read_queue
from routing.rulebook.given import given_to
from routing.rulebook.outcome import ladder_in
from routing.sla import WORTH, Pressing, Target, pressing
from routing.sla_store import policy_of

OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting conversation, and to whom it is being offered right now."""

    item: QueueItem
    offered_to: AgentId | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the engine must know, as of one instant, in order of joining and of arrival."""

    agents: tuple[AgentState, ...]
    waiting: tuple[Waiting, ...]


def snapshot(tx: Tx) -> Snapshot:
    """Read in one transaction, so that it fits together."""
    return Snapshot(tuple(read_agents(tx)), tuple(_load_line(_LINE.rows(tx.conn, {}))))


def read_waiting(tx: Tx, conversation: ConversationId) -> Waiting | None:
    """None when it does not wait."""
    row = tx.conn.execute(_ITEMS.where(queue_item.c.conversation_id == conversation)).one_or_none()
    return None if row is None else _load_waiting(row)


def is_waiting(conversation: Conversation) -> bool:
    """Whether it is to be offered: in a queue and ours to answer."""
    return isinstance(conversation.handler, InQueue) and isinstance(conversation.status, Open)


def put_item(tx: Tx, conversation: Conversation, *, declined_by: AgentId | None = None) -> None:
    """Let it wait, or bring what is known of its waiting up to date; who declined it and since when stay.

    ``conversation`` is locked and is waiting. ``declined_by`` comes last among those who declined.
    """
    known = tx.conn.execute(_KNOWN, {"id": conversation.id}).one()
    entered_at = known.queued_at or tx.now
    if known.queued_at is None:
        mark_queued(tx, conversation.id, entered_at)
    declined = tuple(AgentId(each) for each in known.declined or ())
    values: dict[str, Any] = {}
    if declined_by is not None:
        declined = (*(each for each in declined if each != declined_by), declined_by)
        values = {"declined": declined, "declined_at": tx.now}
    due = _pressing(tx, conversation, known)
    kind = known.kind or conversation.queue
    values |= {
        "queue_id": conversation.queue,
        "priority": known.queue_priority + conversation.priority + (known.route_priority or 0),
        "weight": conversation.weight,
        "requirements": _asked(tx, conversation, known, declined, entered_at),
        "preferred": conversation.last_agent,
        "entered_at": entered_at,
        "deadline": None if due is None else due.deadline,
        "target_s": None if due is None else due.target_s,
        "worth": WORTH if due is None else due.worth,
        "channel": known.channel,
        "interruptible": conversation.interruptible,
        "kind": kind,
        "handle_s": expected_of(tx, kind),
        "excluded": known.excluded or (),
        "generation": conversation.generation,
    }
    fresh = tx.insert_for(queue_item).values(conversation_id=conversation.id, **{"declined": (), **values})
    tx.conn.execute(fresh.on_conflict_do_update(index_elements=["conversation_id"], set_=values))


def _asked(
    tx: Tx, conversation: Conversation, known: Any, declined: Sequence[AgentId], entered_at: datetime
) -> StoredLadder | tuple[StoredRequirement, ...]:
    """What the rules gave it, else its queue's; who had it before is asked first where the queue wants that, or the bot got it for them."""
    given = given_to(tx, conversation.id) if known.has_ladder else None
    asked: StoredLadder | tuple[StoredRequirement, ...] = known.requirements
    if given is not None:
        asked = store_ladder(ladder_in(read_queue(tx, conversation.queue), given))
    before = conversation.last_agent
    if before is None or before in declined or before in (known.excluded or ()):
        return asked
    seconds = max(known.routing.previous_agent_s, kept_s(tx, conversation, before, entered_at))
    return store_ladder(first_asked(before, seconds, to_ladder(asked))) if seconds > 0 else asked


def _pressing(tx: Tx, conversation: Conversation, known: Any) -> Pressing | None:
    due = {
        Target.FIRST: known.first_due_at,
        Target.NEXT: known.next_due_at,
        Target.RESOLUTION: known.resolution_due_at,
    }
    return pressing(due, policy_of(tx, conversation)) if any(due.values()) else None


def drop_item(tx: Tx, conversation: ConversationId) -> None:
    """It waits no longer."""
    _DROP(tx.conn, {"id": conversation})


def mark_queued(tx: Tx, conversation: ConversationId, at: Any) -> None:
    """It has been waiting for a person since ``at``; that stays when it goes from one person to another."""
    row = conversation_table.c.id == conversation
    tx.conn.execute(update(conversation_table).where(row).values(queued_at=at))


def excluded_from(tx: Tx, conversation: ConversationId) -> Collection[AgentId]:
    """Who must never get it, as of now."""
    found: tuple[str, ...] | None = tx.conn.execute(_EXCLUDED, {"id": conversation}).scalar_one_or_none()
    return [AgentId(each) for each in found or ()]


_DROP = Prepared(delete(queue_item).where(queue_item.c.conversation_id == bindparam("id")))
_EXCLUDED = select(conversation_route.c.excluded).where(
    conversation_route.c.conversation_id == bindparam("id")
)
_KNOWN = (
    select(
        conversation_table.c.queued_at,
        conversation_table.c.first_due_at,
        conversation_table.c.next_due_at,
        conversation_table.c.resolution_due_at,
        queue.c.priority.label("queue_priority"),
        queue.c.requirements,
        queue.c.routing,
        inbox.c.kind.label("channel"),
        conversation_route.c.ladder.is_not(None).label("has_ladder"),
        conversation_route.c.priority.label("route_priority"),
        conversation_route.c.kind,
        conversation_route.c.excluded,
        queue_item.c.declined,
    )
    .select_from(conversation_table)
    .join(queue, queue.c.id == conversation_table.c.queue_id)
    .join(inbox, inbox.c.id == conversation_table.c.inbox_id)
    .outerjoin(conversation_route, conversation_route.c.conversation_id == conversation_table.c.id)
    .outerjoin(queue_item, queue_item.c.conversation_id == conversation_table.c.id)
    .where(conversation_table.c.id == bindparam("id"))
)
_OFFER_OF_ITEM = and_(
    reservation.c.conversation_id == queue_item.c.conversation_id, reservation.c.state == word(OFFERED)
)
_ITEMS = select(queue_item, reservation.c.agent_id.label("offered_to")).select_from(
    queue_item.outerjoin(reservation, _OFFER_OF_ITEM)
)


_AS_TEXT = ("requirements", "declined", "excluded")
_LINE = Prepared(
    _ITEMS.with_only_columns(
        *(type_coerce(each, Text).label(each.key) if each.key in _AS_TEXT else each for each in queue_item.c),
        reservation.c.agent_id.label("offered_to"),
        maintain_column_froms=True,
    ).order_by(queue_item.c.entered_at, queue_item.c.conversation_id)
)
_ASKED = msgspec.json.Decoder(tuple[StoredRequirement, ...] | StoredLadder)
_NAMED = msgspec.json.Decoder(tuple[str, ...])


def _load_line(rows: Sequence[Any]) -> Iterator[Waiting]:
    """Many ask for the same, and have been declined by nobody: each text is read once."""
    ladders, named = cache(lambda text: to_ladder(_ASKED.decode(text))), cache(_NAMED.decode)
    for row in rows:
        yield _waiting(row, ladders(row.requirements), named(row.declined), named(row.excluded))


def _load_waiting(row: Any) -> Waiting:
    return _waiting(row, to_ladder(row.requirements), row.declined, row.excluded)


def _waiting(row: Any, ladder: Ladder, declined: Sequence[str], excluded: Sequence[str]) -> Waiting:
    item = QueueItem(
        conversation=ConversationId(row.conversation_id),
        queue=QueueId(row.queue_id),
        priority=row.priority,
        weight=row.weight,
        ladder=ladder,
        entered_at=row.entered_at,
        generation=row.generation,
        deadline=row.deadline,
        declined=tuple(map(AgentId, declined)) if declined else (),
        declined_at=row.declined_at,
        preferred=row.preferred,
        target_s=row.target_s,
        worth=row.worth,
        channel=row.channel,
        interruptible=row.interruptible,
        kind=row.kind,
        handle_s=row.handle_s,
        excluded=frozenset(map(AgentId, excluded)) if excluded else frozenset(),
    )
    return Waiting(item, row.offered_to)
