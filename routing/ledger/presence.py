"""Presence: what is on offer to somebody stands or falls with it."""

from datetime import datetime

from sqlalchemy import select, update

from core.agent import SYSTEM, PresenceState
from core.errors import NotFound
from core.events import PresenceChanged, agent_topic
from core.ids import AgentId
from core.store.tables.people import agent as agent_table
from core.store.tx import Tx
from routing import reservations as rows
from routing.presence import keeps_open_offers
from routing.reservations import State


def set_presence(
    tx: Tx, agent: AgentId, state: PresenceState, why: str | None = None, *, by: str | None = None
) -> None:
    """Change an agent's presence; going offline (or not responding) pulls back what is being offered to them.

    Conversations that they hold stay theirs. ``by``: another agent, or the system; else they themselves. Raises NotFound.
    """
    if not keeps_open_offers(state):
        cancel_offers_to(tx, agent)
    row = agent_table.c.id == agent
    known = tx.conn.execute(select(agent_table).where(row).with_for_update()).one_or_none()
    if known is None:
        raise NotFound(f"there is no agent {agent}")
    if (known.presence, known.presence_reason) == (state.value, why):
        return
    back = state is PresenceState.AVAILABLE and known.presence != state.value
    values = {
        "presence": state.value,
        "presence_reason": why,
        "presence_since": tx.now,
        "presence_by": by or agent,
        "version": known.version + 1,
        "idle_since": tx.now if back else known.idle_since,
    }
    tx.conn.execute(update(agent_table).where(row).values(**values))
    tx.emit(
        agent_topic(agent),
        PresenceChanged(agent, state.value, None if by == SYSTEM else AgentId(by or agent)),
    )
    if not keeps_open_offers(state):
        cancel_offers_to(tx, agent)


def cancel_offers_to(tx: Tx, agent: AgentId) -> None:
    """Pull back whatever is being offered to them."""
    for offer in rows.open_offers(tx, agent=agent):
        rows.end(tx, offer, State.CANCELLED)


def note_idle(tx: Tx, agent: AgentId, at: datetime) -> None:
    """Whoever holds nothing any more has been idle since then."""
    freed = (agent_table.c.id == agent, agent_table.c.load == 0, agent_table.c.idle_since < at)
    tx.conn.execute(update(agent_table).where(*freed).values(idle_since=at))
