"""The rows of reservations, and the guarded update of the agent's row that goes with each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from core.agent import PresenceState
from core.conversation import Conversation
from core.errors import Conflict
from core.events import OfferEnded, OfferMade, agent_topic
from core.ids import AgentId, ConversationId, ReservationId
from core.store.conversations import change_load
from core.store.tables.people import agent as agent_table
from core.store.tables.routing import reservation as table
from core.store.tx import Tx
from routing import store

TIMER = "offer"
BY_HAND = 0
"""The epoch of what people decide; no router's lease has it."""


class State(StrEnum):
    """Where a reservation stands; it ends once."""

    OFFERED = store.OFFERED
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reservation:
    """An offer of a conversation to one agent; ``reason`` in the form of ``routing.reason``."""

    id: ReservationId
    conversation: ConversationId
    agent: AgentId
    state: State
    weight: int
    generation: int
    epoch: int
    reason: Mapping[str, object]
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Terms:
    """By whose authority (a router's epoch) and for how many seconds an offer stands."""

    epoch: int
    offer_s: float


def add_load(
    tx: Tx, agent: AgentId, weight: int, states: Collection[PresenceState], *, version: int | None = None
) -> bool:
    """Make room on an agent who is there and has it; False, and nothing changes, otherwise.

    ``version``: only if nothing about them changed since then.
    """
    guards = [
        agent_table.c.id == agent,
        agent_table.c.active,
        agent_table.c.presence.in_([state.value for state in states]),
        agent_table.c.load + weight <= agent_table.c.capacity,
    ]
    if version is not None:
        guards.append(agent_table.c.version == version)
    values = {"load": agent_table.c.load + weight, "version": agent_table.c.version + 1}
    return tx.conn.execute(update(agent_table).where(*guards).values(**values)).rowcount == 1


def offer(
    tx: Tx, conversation: Conversation, agent: AgentId, reason: Mapping[str, object], terms: Terms
) -> Reservation:
    """Write an open offer, its timer and its event. Raises Conflict ``already_offered``."""
    expires_at = tx.now + timedelta(seconds=terms.offer_s)
    made = _new(tx, conversation, agent, reason, (State.OFFERED, terms.epoch, expires_at))
    if not tx.insert_new(table, _row(made)):
        raise Conflict(f"conversation {conversation.id} is being offered already", code="already_offered")
    tx.set_timer(agent_topic(agent), TIMER, expires_at, made.id)
    tx.emit(agent_topic(agent), OfferMade(agent, conversation.id, made.id, expires_at))
    return made


def record_taken(
    tx: Tx, conversation: Conversation, agent: AgentId, reason: Mapping[str, object]
) -> Reservation:
    """Write what an agent took by hand, as if offered and accepted in the same instant."""
    made = _new(tx, conversation, agent, reason, (State.ACCEPTED, BY_HAND, tx.now))
    tx.conn.execute(insert(table).values(**_row(made), ended_at=tx.now))
    return made


def end(tx: Tx, ended: Reservation, state: State, note: Mapping[str, object] | None = None) -> None:
    """Close an open offer and give its room back; ``note`` goes with its reason. Raises Conflict ``over``."""
    values: dict[str, Any] = {"state": state.value, "ended_at": tx.now}
    if note:
        values["reason"] = {**ended.reason, **note}
    still_open = (table.c.id == ended.id, table.c.state == State.OFFERED.value)
    if tx.conn.execute(update(table).where(*still_open).values(**values)).rowcount != 1:
        raise Conflict(f"the offer {ended.id} is over", code="over")
    change_load(tx, ended.agent, -ended.weight)
    tx.cancel_timer(agent_topic(ended.agent), TIMER, ended.id)
    event = OfferEnded(ended.agent, ended.conversation, ended.id, state.value)
    tx.emit(agent_topic(ended.agent), event)


def find(tx: Tx, reservation: ReservationId) -> Reservation | None:
    """As it is now."""
    row = tx.conn.execute(select(table).where(table.c.id == reservation)).one_or_none()
    return None if row is None else _load(row)


def open_offers(
    tx: Tx, *, conversation: ConversationId | None = None, agent: AgentId | None = None
) -> list[Reservation]:
    """What is on offer, the oldest first: of a conversation (at most one), or to an agent."""
    chosen = select(table).where(table.c.state == State.OFFERED.value)
    if conversation is not None:
        chosen = chosen.where(table.c.conversation_id == conversation)
    if agent is not None:
        chosen = chosen.where(table.c.agent_id == agent)
    return [_load(row) for row in tx.conn.execute(chosen.order_by(table.c.created_at, table.c.id))]


def overdue(tx: Tx) -> list[ReservationId]:
    """Open offers whose time is over."""
    late = select(table.c.id).where(table.c.state == State.OFFERED.value, table.c.expires_at <= tx.now)
    return [ReservationId(each) for each in tx.conn.execute(late.order_by(table.c.expires_at)).scalars()]


def latest_reason(tx: Tx, conversation: ConversationId) -> Mapping[str, object] | None:
    """Why the agent has it, or is being offered it; None when no offer was ever made."""
    chosen = table.c.state.in_([State.OFFERED.value, State.ACCEPTED.value])
    statement = select(table.c.reason).where(table.c.conversation_id == conversation, chosen)
    newest = statement.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(1)
    found: Mapping[str, object] | None = tx.conn.execute(newest).scalar_one_or_none()
    return found


def missed_in_a_row(tx: Tx, agent: AgentId, since: datetime, most: int) -> int:
    """How many of the agent's latest offers made after ``since`` ran out unanswered; ``most`` at most."""
    statement = (
        select(table.c.state)
        .where(table.c.agent_id == agent, table.c.created_at >= since, table.c.ended_at.is_not(None))
        .order_by(table.c.ended_at.desc(), table.c.id.desc())
        .limit(most)
    )
    states = tx.conn.execute(statement).scalars().all()
    missed = [state == State.EXPIRED.value for state in states]
    return missed.index(False) if False in missed else len(missed)


def _new(
    tx: Tx,
    conversation: Conversation,
    agent: AgentId,
    reason: Mapping[str, object],
    terms: tuple[State, int, datetime],
) -> Reservation:
    state, epoch, expires_at = terms
    return Reservation(
        id=ReservationId(tx.ids.new()),
        conversation=conversation.id,
        agent=agent,
        state=state,
        weight=conversation.weight,
        generation=conversation.generation,
        epoch=epoch,
        reason=reason,
        created_at=tx.now,
        expires_at=expires_at,
    )


def _row(made: Reservation) -> dict[str, Any]:
    return {
        "id": made.id,
        "conversation_id": made.conversation,
        "agent_id": made.agent,
        "state": made.state.value,
        "weight": made.weight,
        "generation": made.generation,
        "epoch": made.epoch,
        "reason": dict(made.reason),
        "created_at": made.created_at,
        "expires_at": made.expires_at,
    }


def _load(row: Any) -> Reservation:
    return Reservation(
        id=ReservationId(row.id),
        conversation=ConversationId(row.conversation_id),
        agent=AgentId(row.agent_id),
        state=State(row.state),
        weight=row.weight,
        generation=row.generation,
        epoch=row.epoch,
        reason=row.reason,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
