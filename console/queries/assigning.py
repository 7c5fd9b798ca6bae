"""To whom a supervisor may give a conversation by hand, and what that would set aside."""

from collections.abc import Mapping

from sqlalchemy import select

from console.wire.presence import Assignable, Assignables
from core.conversation import AssignedTo
from core.ids import AgentId, ConversationId
from core.store.conversations import peek_conversation
from core.store.tables.people import agent
from core.store.tx import Tx
from routing import roster
from routing.ledger.override import wanted as wanting
from routing.override import Wanted, exceeds
from routing.presence import AgentState


def assignables(tx: Tx, conversation_id: ConversationId) -> Assignables:
    """Every active agent but who holds it: first those for whom nothing is set aside, by name. Raises NotFound."""
    conversation = peek_conversation(tx, conversation_id)
    wanted = wanting(tx, conversation)
    holder = conversation.handler.agent if isinstance(conversation.handler, AssignedTo) else None
    names = {AgentId(row.id): row for row in tx.conn.execute(select(agent.c.id, agent.c.name, agent.c.roles))}
    shown = [
        _shown(each, wanted, names)
        for each in roster.read_agents(tx)
        if each.active and each.id != holder and "agent" in names[each.id].roles
    ]
    shown.sort(key=lambda each: (len(each.exceeds) > 0, each.name))
    return Assignables(wanted.weight, tuple(shown))


def _shown(state: AgentState, wanted: Wanted, names: Mapping[AgentId, object]) -> Assignable:
    name = str(getattr(names[state.id], "name", ""))
    found = tuple(each.value for each in exceeds(state, wanted))
    return Assignable(state.id, name, state.presence, state.load, state.capacity, found)
