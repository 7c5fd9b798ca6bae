"""What the bot got for an agent comes back to them, if they are there and have room."""

from core.agent import PresenceState
from core.conversation import AssignedTo, Cause, InQueue
from core.ids import AgentId, ConversationId
from core.store.conversations import get_conversation
from core.store.tx import Tx
from routing import reservations as rows
from routing import store
from routing.ledger.shared import assign, reason_by_hand
from routing.why import Why

_AT_WORK = frozenset({PresenceState.AVAILABLE, PresenceState.BUSY})


def come_back(tx: Tx, conversation_id: ConversationId, agent: AgentId) -> bool:
    """False, and it waits on in its queue, where they are away, full, or not to have it."""
    conversation = get_conversation(tx, conversation_id)
    if not isinstance(conversation.handler, InQueue) or agent in store.excluded_from(tx, conversation_id):
        return False
    why = reason_by_hand(tx, Why.PREVIOUS_AGENT, conversation, agent, agent)
    if not rows.add_load(tx, agent, conversation, _AT_WORK):
        return False
    rows.record_taken(tx, conversation, agent, why)
    rows.took_on(tx, agent)
    after = assign(tx, conversation, agent, Cause.CAME_BACK, by=agent)
    return after.handler == AssignedTo(agent)
