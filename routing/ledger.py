"""Reservations in the database: each change is "as expected, or refused", in one transaction with its events.

The unique index on open offers makes a second offer of one conversation impossible, the guarded update of the
agent's row an offer above capacity. Rows are locked in one order: conversation, reservation, agent.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from core import lifecycle
from core.agent import PresenceState
from core.conversation import (
    AssignedTo,
    Cause,
    Conversation,
    InQueue,
    Nobody,
    Snoozed,
    Waiting,
    WithBot,
)
from core.errors import Conflict, Invalid, NotFound, ParleyError
from core.events import PresenceChanged, agent_topic
from core.ids import AgentId, ConversationId, QueueId, ReservationId
from core.store.conversations import change_load, get_conversation
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.people import agent as agent_table
from core.store.tx import Tx
from routing import lease, reason, store
from routing import reservations as rows
from routing.presence import is_offered_work, keeps_open_offers, may_take_by_hand
from routing.reservations import BY_HAND, Reservation, State
from routing.settings import RoutingSettings
from routing.strategy import Why

_AVAILABLE = frozenset(filter(is_offered_work, PresenceState))
_SIGNED_IN = frozenset(filter(may_take_by_hand, PresenceState))


@dataclass(frozen=True, slots=True)
class Claim:
    """What the router proposes, with what it rests on: the conversation's generation and the agent's version."""

    conversation: ConversationId
    generation: int
    agent: AgentId
    version: int
    reason: Mapping[str, object]


def reserve(tx: Tx, claim: Claim, *, epoch: int, offer_s: float) -> Reservation:
    """Offer the conversation to the agent, as the router of this epoch.

    Raises Conflict: ``stale_epoch`` (another router decides now), ``moved_on`` (the conversation is not as the claim
    has it), ``agent_moved`` (the agent is not), ``already_offered``.
    """
    lease.check(tx, epoch)
    conversation = get_conversation(tx, claim.conversation)
    if not store.is_waiting(conversation) or conversation.generation != claim.generation:
        raise Conflict(f"conversation {conversation.id} does not wait as it did", code="moved_on")
    if not rows.add_load(tx, claim.agent, conversation.weight, _AVAILABLE, version=claim.version):
        raise Conflict(f"agent {claim.agent} is not as free as before", code="agent_moved")
    return rows.offer(tx, conversation, claim.agent, claim.reason, rows.Terms(epoch, offer_s))


def accept(tx: Tx, agent: AgentId, reservation: ReservationId) -> Conversation:
    """The agent takes what was offered to them; accepting twice is accepting once.

    Raises NotFound, Conflict ``expired``, or Conflict ``over`` when the offer ended otherwise.
    """
    offer, conversation = _locked(tx, agent, reservation)
    if offer.state is State.ACCEPTED and conversation.handler == AssignedTo(agent):
        return conversation
    if offer.state is State.EXPIRED or (offer.state is State.OFFERED and offer.expires_at <= tx.now):
        raise Conflict(f"the offer {offer.id} ran out at {offer.expires_at:%H:%M:%S} UTC", code="expired")
    if not store.is_waiting(conversation) or conversation.generation != offer.generation:
        raise Conflict(f"conversation {conversation.id} is no longer waiting", code="over")
    rows.end(tx, offer, State.ACCEPTED)
    return _assign(tx, conversation, agent, Cause.OFFER_ACCEPTED)


def decline(tx: Tx, agent: AgentId, reservation: ReservationId, why: str | None = None) -> None:
    """The agent would rather not; they are not offered it again while anybody else is left.

    Declining what has ended anyway changes nothing. Raises NotFound, or Conflict ``over`` once accepted.
    """
    offer, conversation = _locked(tx, agent, reservation)
    if offer.state is State.ACCEPTED:
        raise Conflict(f"the offer {offer.id} was accepted", code="over")
    if offer.state is not State.OFFERED:
        return
    rows.end(tx, offer, State.DECLINED, {} if why is None else {"declined": why})
    _note_decliner(tx, conversation, agent)


def expire(tx: Tx, reservation: ReservationId, settings: RoutingSettings) -> bool:
    """End an offer whose time is over; who misses too many counts as not responding. False when there is none.

    The agent is not offered it again while anybody else is left, unless they come back from not responding.
    """
    offer, conversation = _locked(tx, None, reservation)
    if offer.state is not State.OFFERED or offer.expires_at > tx.now:
        return False
    rows.end(tx, offer, State.EXPIRED)
    if not _has_stopped_responding(tx, offer.agent, settings.missed_offers):
        _note_decliner(tx, conversation, offer.agent)
        return True
    set_presence(tx, offer.agent, PresenceState.NOT_RESPONDING, "missed_offers")
    return True


def cancel_offer_of(tx: Tx, conversation: ConversationId) -> AgentId | None:
    """Pull back the open offer of a conversation that waits no longer; whose it was."""
    offers = rows.open_offers(tx, conversation=conversation)
    for offer in offers:
        rows.end(tx, offer, State.CANCELLED)
    return offers[0].agent if offers else None


def take(tx: Tx, agent: AgentId, conversation_id: ConversationId) -> Conversation:
    """An agent helps themselves to a conversation in a queue or with the bot, whatever skills it asks for.

    What is being offered to them is accepted; other offers that they have not answered make room, the newest first.
    Raises Conflict: ``held``, ``offered`` (to somebody else just now),
    ``over`` (nothing to take), ``offline``, ``at_capacity``.
    """
    conversation = get_conversation(tx, conversation_id)
    if conversation.handler == AssignedTo(agent):
        return conversation
    if isinstance(conversation.handler, AssignedTo):
        raise Conflict(f"conversation {conversation_id} is held by another agent", code="held")
    if not isinstance(conversation.handler, InQueue | WithBot):
        raise Conflict(f"conversation {conversation_id} is resolved: open it again first", code="over")
    for offer in rows.open_offers(tx, conversation=conversation_id):
        if offer.agent != agent:
            raise Conflict("it is being offered to another agent at this moment", code="offered")
        return accept(tx, agent, offer.id)
    why = _reason_by_hand(tx, Why.TAKEN, conversation, agent, agent)
    _make_room(tx, agent, conversation.weight)
    change_load(tx, agent, -conversation.weight)
    rows.record_taken(tx, conversation, agent, why)
    return _assign(tx, conversation, agent, Cause.TAKEN)


def transfer_to_queue(
    tx: Tx, conversation_id: ConversationId, queue: QueueId, *, by: AgentId, supervisor: bool = False
) -> Conversation:
    """Let it wait in another queue, with the start of its waiting kept; only its holder or a supervisor may.

    Who passes it on is not offered it again while anybody else is left.
    """
    store.read_queue(tx, queue)
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

    Raises Invalid for the present holder, NotFound, Conflict ``agent_unavailable`` or ``at_capacity``: then it
    stays where it is.
    """
    conversation = _transferable(tx, conversation_id, by, supervisor=supervisor)
    if conversation.handler == AssignedTo(agent):
        raise Invalid("to.agent", "another agent than the one who holds it")
    after = _back_to_waiting(tx, conversation, conversation.queue, by)
    why = _reason_by_hand(tx, Why.TRANSFERRED, after, agent, by)
    if not rows.add_load(tx, agent, after.weight, _AVAILABLE):
        raise _why_not(tx, agent, _AVAILABLE)
    return rows.offer(tx, after, agent, why, rows.Terms(BY_HAND, offer_s))


def set_presence(tx: Tx, agent: AgentId, state: PresenceState, why: str | None = None) -> None:
    """Change an agent's presence; going offline (or not responding) pulls back what is being offered to them.

    Conversations that they hold stay theirs. Raises NotFound.
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
        "version": known.version + 1,
        "idle_since": tx.now if back else known.idle_since,
    }
    tx.conn.execute(update(agent_table).where(row).values(**values))
    tx.emit(agent_topic(agent), PresenceChanged(agent, state.value))
    if not keeps_open_offers(state):
        cancel_offers_to(tx, agent)


def cancel_offers_to(tx: Tx, agent: AgentId) -> None:
    """Pull back whatever is being offered to them."""
    for offer in rows.open_offers(tx, agent=agent):
        rows.end(tx, offer, State.CANCELLED)


def give_back(tx: Tx, agent: AgentId) -> list[ConversationId]:
    """The agent is gone for good: what they hold goes back to its queue, the longest waiting first.

    What waits for the customer keeps its status, so that it is offered when the customer writes.
    """
    cancel_offers_to(tx, agent)
    held = select(conversation_table.c.id).where(conversation_table.c.agent_id == agent)
    order = (conversation_table.c.queued_at, conversation_table.c.created_at, conversation_table.c.id)
    ids = [ConversationId(each) for each in tx.conn.execute(held.order_by(*order)).scalars()]
    for each in ids:
        conversation = get_conversation(tx, each)
        if conversation.handler != AssignedTo(agent):
            continue
        if isinstance(conversation.status, Waiting | Snoozed):
            handler = InQueue(conversation.queue)
            lifecycle.change(tx, conversation, handler=handler, cause=Cause.AGENT_LOST)
        else:
            after = lifecycle.to_queue(tx, conversation, conversation.queue, cause=Cause.AGENT_LOST)
            store.put_item(tx, after)
    return ids


def note_idle(tx: Tx, agent: AgentId, at: datetime) -> None:
    """Whoever holds nothing any more has been idle since then."""
    freed = (agent_table.c.id == agent, agent_table.c.load == 0, agent_table.c.idle_since < at)
    tx.conn.execute(update(agent_table).where(*freed).values(idle_since=at))


def _make_room(tx: Tx, agent: AgentId, weight: int) -> None:
    """Reserve the weight; offers in the way are pulled back for others. Raises Conflict, and then all stays as it was.

    What somebody chose themselves goes before what was chosen for them.
    """
    if rows.add_load(tx, agent, weight, _SIGNED_IN):
        return
    for offer in reversed(rows.open_offers(tx, agent=agent)):
        with suppress(Conflict):  # it ended otherwise in this instant, which makes room too, or not
            rows.end(tx, offer, State.CANCELLED)
        if rows.add_load(tx, agent, weight, _SIGNED_IN):
            return
    raise _why_not(tx, agent, _SIGNED_IN)


def _locked(tx: Tx, agent: AgentId | None, reservation: ReservationId) -> tuple[Reservation, Conversation]:
    """The reservation with its conversation locked; only the agent's own unless ``agent`` is None."""
    known = rows.find(tx, reservation)
    if known is None or agent not in {None, known.agent}:
        raise NotFound(f"there is no offer {reservation}")
    conversation = get_conversation(tx, known.conversation)
    return rows.find(tx, reservation) or known, conversation


def _assign(tx: Tx, conversation: Conversation, agent: AgentId, cause: Cause) -> Conversation:
    after = lifecycle.assign(tx, conversation, agent, cause=cause, by=agent)
    store.drop_item(tx, conversation.id)
    tx.conn.execute(update(agent_table).where(agent_table.c.id == agent).values(idle_since=tx.now))
    return after


def _note_decliner(tx: Tx, conversation: Conversation, agent: AgentId) -> None:
    if store.is_waiting(conversation):
        store.put_item(tx, conversation)
        store.add_decliner(tx, conversation.id, agent)


def _has_stopped_responding(tx: Tx, agent: AgentId, limit: int) -> bool:
    """Whether the last ``limit`` offers since they were last seen at work all ran out unanswered."""
    known = tx.conn.execute(select(agent_table).where(agent_table.c.id == agent)).one()
    if known.presence != PresenceState.AVAILABLE.value:
        return False
    return rows.missed_in_a_row(tx, agent, known.idle_since, limit) >= limit


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
    store.put_item(tx, after)
    if conversation.handler == AssignedTo(by):
        store.add_decliner(tx, conversation.id, by)
    return after


def _why_not(tx: Tx, agent: AgentId, wanted: Collection[PresenceState]) -> ParleyError:
    """Why an agent's row would not take another conversation."""
    known = store.read_agent(tx, agent)
    if known is None:
        return NotFound(f"there is no agent {agent}")
    if not known.active or known.presence not in wanted:
        state = known.presence.value if known.active else "deactivated"
        return Conflict(f"agent {agent} is {state}", code="agent_unavailable")
    return Conflict(f"agent {agent} holds {known.load} of {known.capacity} already", code="at_capacity")


def _reason_by_hand(tx: Tx, why: Why, conversation: Conversation, agent: AgentId, by: AgentId) -> reason.Form:
    waiting = store.read_waiting(tx, conversation.id)
    known = store.read_agent(tx, agent)
    if known is None:
        raise NotFound(f"there is no agent {agent}")
    return reason.by_hand(why, None if waiting is None else waiting.item, known, by, tx.now)
