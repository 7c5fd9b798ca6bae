"""What people decide themselves: taking a conversation, and passing it on to a queue or a colleague."""

from contextlib import suppress

from core import lifecycle
from core.conversation import AssignedTo, Cause, Conversation, InQueue, Nobody, WithBot
from core.errors import Conflict, Invalid
from core.ids import AgentId, ConversationId, QueueId
from core.store.conversations import get_conversation
from core.store.tx import Tx
from routing import reservations as rows
from routing import roster, store
from routing.ledger.offers import accept, cancel_offer_of
from routing.ledger.shared import AVAILABLE, SIGNED_IN, assign, reason_by_hand, why_not
from routing.reservations import BY_HAND, Reservation, State
from routing.why import Why


def take(tx: Tx, agent: AgentId, conversation_id: ConversationId) -> Conversation:
    """An agent helps themselves to a conversation in a queue or with the bot, whatever skills it asks for.

    What is being offered to them is accepted; other offers that they have not answered make room, the newest first.
    Raises Conflict: ``held``, ``offered`` (to somebody else just now),
    ``over`` (nothing to take), ``excluded``, ``offline``, ``at_capacity``.
    """
    conversation = get_conversation(tx, conversation_id)
    if conversation.handler == AssignedTo(agent):
        return conversation
    if isinstance(conversation.handler, AssignedTo):
        raise Conflict(f"conversation {conversation_id} is held by another agent", code="held")
    if not isinstance(conversation.handler, InQueue | WithBot):
        raise Conflict(f"conversation {conversation_id} is resolved: open it again first", code="over")
    _refuse_excluded(tx, conversation_id, agent)
    for offer in rows.open_offers(tx, conversation=conversation_id):
        if offer.agent != agent:
            raise Conflict("it is being offered to another agent at this moment", code="offered")
        return accept(tx, agent, offer.id)
    why = reason_by_hand(tx, Why.TAKEN, conversation, agent, agent)
    _make_room(tx, agent, conversation)
    rows.record_taken(tx, conversation, agent, why)
    rows.took_on(tx, agent)
    return assign(tx, conversation, agent, Cause.TAKEN, by=agent)


def transfer_to_queue(
    tx: Tx, conversation_id: ConversationId, queue: QueueId, *, by: AgentId, supervisor: bool = False
) -> Conversation:
    """Let it wait in another queue, with the start of its waiting kept; only its holder or a supervisor may.

    Who passes it on is not offered it again while anybody else is left.
    """
    roster.read_queue(tx, queue)
    conversation = _transferable(tx, conversation_id, by, supervisor=supervisor)
    if conversation.handler == InQueue(queue):
        return conversation
    return _back_to_waiting(tx, conversation, queue, by)


def transfer_to_agent(
    tx: Tx,
    conversation_id: ConversationId,
    agent: AgentId,
    *,
    by: AgentId,
    offer_s: float,
    supervisor: bool = False,
) -> Reservation:
    """Offer it to one colleague; if they do not accept it goes on to the others of its queue.

    Raises Invalid for the present holder, NotFound, Conflict ``excluded``, ``agent_unavailable`` or
    ``at_capacity``: then it stays where it is.
    """
    conversation = _transferable(tx, conversation_id, by, supervisor=supervisor)
    if conversation.handler == AssignedTo(agent):
        raise Invalid("to.agent", "another agent than the one who holds it")
    _refuse_excluded(tx, conversation_id, agent)
    after = _back_to_waiting(tx, conversation, conversation.queue, by)
    why = reason_by_hand(tx, Why.TRANSFERRED, after, agent, by)
    if not rows.add_load(tx, agent, after, AVAILABLE):
        raise why_not(tx, agent, AVAILABLE)
    return rows.offer(tx, after, agent, why, rows.Terms(BY_HAND, offer_s))


def _refuse_excluded(tx: Tx, conversation: ConversationId, agent: AgentId) -> None:
    if agent in store.excluded_from(tx, conversation):
        raise Conflict(f"agent {agent} is never to have conversation {conversation}", code="excluded")


def _make_room(tx: Tx, agent: AgentId, conversation: Conversation) -> None:
    """Reserve its weight; offers in the way are pulled back for others. Raises Conflict, and then all stays as it was.

    What somebody chose themselves goes before what was chosen for them.
    """
    if rows.add_load(tx, agent, conversation, SIGNED_IN):
        return
    for offer in reversed(rows.open_offers(tx, agent=agent)):
        with suppress(Conflict):  # it ended otherwise in this instant, which makes room too, or not
            rows.end(tx, offer, State.CANCELLED)
        if rows.add_load(tx, agent, conversation, SIGNED_IN):
            return
    raise why_not(tx, agent, SIGNED_IN)


def _transferable(tx: Tx, conversation_id: ConversationId, by: AgentId, *, supervisor: bool) -> Conversation:
    conversation = get_conversation(tx, conversation_id)
    if isinstance(conversation.handler, Nobody):
        raise Conflict(f"conversation {conversation_id} is resolved: open it again first", code="over")
    if conversation.handler != AssignedTo(by) and not supervisor:
        raise Conflict(f"conversation {conversation_id} is not held by this agent", code="not_yours")
    return conversation


def _back_to_waiting(tx: Tx, conversation: Conversation, queue: QueueId, by: AgentId) -> Conversation:
    """Passed on by ``by``, who is not offered it again while anybody else is left."""
    cancel_offer_of(tx, conversation.id)
    after = lifecycle.to_queue(tx, conversation, queue, cause=Cause.TRANSFERRED, by=by)
    store.put_item(tx, after, declined_by=by if conversation.handler == AssignedTo(by) else None)
    return after
