"""An agent leaves with work in hand: it goes back to its queues, the longest waiting first."""

from sqlalchemy import select

from core import lifecycle
from core.agent import PresenceState
from core.conversation import AssignedTo, Cause, InQueue, Snoozed, Waiting
from core.ids import AgentId, ConversationId
from core.store.conversations import get_conversation
from core.store.tables.conversation import conversation as conversation_table
from core.store.tx import Tx
from routing import store
from routing.ledger import wrap_up
from routing.ledger.presence import cancel_offers_to, set_presence


def hand_back(tx: Tx, agent: AgentId, *, by: str | None = None) -> list[ConversationId]:
    """They sign out and leave nothing behind; ``by`` as in ``set_presence``. What went back, in its order.

    They are offline first, so that nothing of it comes back to them.
    """
    set_presence(tx, agent, PresenceState.OFFLINE, by=by)
    return give_back(tx, agent)


def give_back(tx: Tx, agent: AgentId) -> list[ConversationId]:
    """What they hold goes back to its queue, the longest waiting first; what they had to wrap up is over.

    What waits for the customer keeps its status, so that it is offered when the customer writes.
    """
    cancel_offers_to(tx, agent)
    held = select(conversation_table.c.id).where(conversation_table.c.agent_id == agent)
    order = (conversation_table.c.queued_at, conversation_table.c.created_at, conversation_table.c.id)
    ids = [ConversationId(each) for each in tx.conn.execute(held.order_by(*order)).scalars()]
    for each in ids:
        _let_go(tx, agent, each)
    wrap_up.end_all(tx, agent)
    return ids


def _let_go(tx: Tx, agent: AgentId, conversation_id: ConversationId) -> None:
    conversation = get_conversation(tx, conversation_id)
    if conversation.handler != AssignedTo(agent):
        return
    if isinstance(conversation.status, Waiting | Snoozed):
        handler = InQueue(conversation.queue)
        lifecycle.change(tx, conversation, handler=handler, cause=Cause.AGENT_LOST)
    else:
        after = lifecycle.to_queue(tx, conversation, conversation.queue, cause=Cause.AGENT_LOST)
        store.put_item(tx, after)
