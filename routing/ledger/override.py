"""A supervisor decides: this agent gets it, whatever the router would mind. It is recorded, and it is shown."""

from core import lifecycle
from core.conversation import AssignedTo, Cause, Conversation, Nobody
from core.errors import Conflict
from core.ids import AgentId, ConversationId
from core.store.conversations import get_conversation, get_inbox
from core.store.tx import Tx
from routing import reason, roster, store
from routing import reservations as rows
from routing.ladder import step_at
from routing.ledger.offers import cancel_offer_of
from routing.ledger.shared import ANYBODY, assign, reason_by_hand, why_not
from routing.override import Wanted, exceeds
from routing.reservations import BY_HAND
from routing.why import Why


def override(
    tx: Tx, conversation_id: ConversationId, agent: AgentId, by: AgentId, offer_s: float | None = None
) -> Conversation:
    """Give it to the agent, also above their capacity, from a queue, the bot or whoever holds it.

    With ``offer_s`` it is offered to them for so many seconds instead. An offer to somebody else is pulled back. What
    was set aside (see ``routing.override.Excess``) is in the reason. Raises NotFound, Conflict ``over`` (resolved) or
    ``agent_unavailable`` (deactivated).
    """
    conversation = get_conversation(tx, conversation_id)
    if conversation.handler == AssignedTo(agent):
        return conversation
    if isinstance(conversation.handler, Nobody):
        raise Conflict(f"conversation {conversation_id} is resolved: open it again first", code="over")
    why = _reason(tx, conversation, agent, by)
    cancel_offer_of(tx, conversation_id)
    if offer_s is not None and not store.is_waiting(conversation):
        conversation = lifecycle.to_queue(tx, conversation, conversation.queue, cause=Cause.ASSIGNED, by=by)
        store.put_item(tx, conversation)
    if not rows.add_load(tx, agent, conversation, ANYBODY, above=True):
        raise why_not(tx, agent, ANYBODY)
    if offer_s is not None:
        rows.offer(tx, conversation, agent, why, rows.Terms(BY_HAND, offer_s))
        return conversation
    rows.record_taken(tx, conversation, agent, why)
    rows.took_on(tx, agent)
    return assign(tx, conversation, agent, Cause.ASSIGNED, by=by)


def wanted(tx: Tx, conversation: Conversation) -> Wanted:
    """What is asked of whoever is to have it, as of now."""
    queue = roster.read_queue(tx, conversation.queue)
    waiting = store.read_waiting(tx, conversation.id)
    if waiting is None:
        return Wanted(
            queue,
            queue.ladder,
            len(queue.ladder.steps) - 1,
            conversation.weight,
            get_inbox(tx, conversation.inbox).kind,
            conversation.interruptible,
            frozenset(store.excluded_from(tx, conversation.id)),
        )
    item = waiting.item
    step = step_at(item.ladder, tx.now - item.entered_at)
    return Wanted(
        queue,
        item.ladder,
        step,
        item.weight,
        item.channel,
        item.interruptible,
        frozenset(store.excluded_from(tx, conversation.id)),
        item.declined,
    )


def _reason(tx: Tx, conversation: Conversation, agent: AgentId, by: AgentId) -> reason.Form:
    form = reason_by_hand(tx, Why.ASSIGNED, conversation, agent, by)
    known = roster.read_agent(tx, agent)
    found = () if known is None else exceeds(known, wanted(tx, conversation))
    plain = {key: value for key, value in form.items() if key != "overridden"}
    return {**plain, "overridden": [each.value for each in found]} if found else plain
