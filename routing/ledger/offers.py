"""Offers: made by the router, accepted or declined by their agent, ended by their time."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from core.agent import SYSTEM, PresenceState
from core.conversation import AssignedTo, Cause, Conversation
from core.errors import Conflict, NotFound
from core.ids import AgentId, ConversationId, ReservationId
from core.store.conversations import get_conversation
from core.store.prepared import Prepared
from core.store.tables.people import agent as agent_table
from core.store.tables.routing import conversation_route
from core.store.tables.routing import lease as lease_table
from core.store.tx import Tx
from routing import lease, store
from routing import reservations as rows
from routing.ledger import standby
from routing.ledger.presence import set_presence
from routing.ledger.shared import AVAILABLE, assign, note_decliner
from routing.reservations import Reservation, State
from routing.settings import RoutingSettings


@dataclass(frozen=True, slots=True)
class Claim:
    """What the router proposes, with what it rests on: the conversation's generation and the agent's version.

    ``standby`` is asked next if they do not accept.
    """

    conversation: ConversationId
    generation: int
    agent: AgentId
    version: int
    reason: Mapping[str, object]
    standby: AgentId | None = None


def reserve(tx: Tx, claim: Claim, *, epoch: int, offer_s: float) -> Reservation:
    """Offer the conversation to the agent, as the router of this epoch.

    Raises Conflict: ``stale_epoch`` (another router decides now), ``moved_on`` (the conversation is not as the claim
    has it), ``excluded``, ``agent_moved`` (the agent is not as the claim has them), ``already_offered``.
    """
    conversation = get_conversation(tx, claim.conversation)
    deciding, excluded = _now(tx, claim.conversation)
    if deciding != epoch:
        raise lease.stale(epoch)
    if not store.is_waiting(conversation) or conversation.generation != claim.generation:
        raise Conflict(f"conversation {conversation.id} does not wait as it did", code="moved_on")
    if claim.agent in excluded:
        raise Conflict(f"agent {claim.agent} is excluded from {conversation.id}", code="excluded")
    n = rows.claim_room(tx, claim.agent, conversation, AVAILABLE, claim.version)
    if n is None:
        raise Conflict(f"agent {claim.agent} is not as free as before", code="agent_moved")
    terms = rows.Terms(epoch, offer_s, claim.standby)
    return rows.offer(tx, conversation, claim.agent, claim.reason, terms, n)


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
    rows.end_accepted(tx, offer)
    return assign(tx, conversation, agent, Cause.OFFER_ACCEPTED, by=agent)


def decline(tx: Tx, agent: AgentId, reservation: ReservationId, why: str | None = None) -> None:
    """The agent would rather not; they are not offered it again while anybody else is left.

    Whoever stands by is offered it at once. Declining what has ended anyway changes nothing.
    Raises NotFound, or Conflict ``over`` once accepted.
    """
    offer, conversation = _locked(tx, agent, reservation)
    if offer.state is State.ACCEPTED:
        raise Conflict(f"the offer {offer.id} was accepted", code="over")
    if offer.state is not State.OFFERED:
        return
    rows.end(tx, offer, State.DECLINED, {} if why is None else {"declined": why})
    note_decliner(tx, conversation, agent)
    standby.ask(tx, offer, conversation)


def expire(tx: Tx, reservation: ReservationId, settings: RoutingSettings) -> bool:
    """End an offer whose time is over; who misses too many counts as not responding. False when there is none.

    The agent is not offered it again while anybody else is left, unless they come back from not responding. Whoever
    stands by is offered it at once.
    """
    offer, conversation = _locked(tx, None, reservation)
    if offer.state is not State.OFFERED or offer.expires_at > tx.now:
        return False
    rows.end(tx, offer, State.EXPIRED)
    if _has_stopped_responding(tx, offer.agent, settings.missed_offers):
        set_presence(tx, offer.agent, PresenceState.NOT_RESPONDING, "missed_offers", by=SYSTEM)
    else:
        note_decliner(tx, conversation, offer.agent)
    standby.ask(tx, offer, conversation)
    return True


def cancel_offer_of(tx: Tx, conversation: ConversationId) -> AgentId | None:
    """Pull back the open offer of a conversation that waits no longer; whose it was."""
    offers = rows.open_offers(tx, conversation=conversation)
    for offer in offers:
        rows.end(tx, offer, State.CANCELLED)
    return offers[0].agent if offers else None


def _now(tx: Tx, conversation: ConversationId) -> tuple[int | None, tuple[str, ...]]:
    """The epoch that decides, which stays so until the transaction ends, and who must never get it; in one statement."""
    row = _NOW.one(tx.conn, {"id": conversation})
    return (None, ()) if row is None else (row.epoch, row.excluded or ())


_NOW = Prepared(
    select(lease_table.c.epoch, conversation_route.c.excluded)
    .select_from(
        lease_table.outerjoin(conversation_route, conversation_route.c.conversation_id == bindparam("id"))
    )
    .where(lease_table.c.name == lease.NAME)
    .with_for_update(read=True, of=lease_table)
)


def _locked(tx: Tx, agent: AgentId | None, reservation: ReservationId) -> tuple[Reservation, Conversation]:
    """The reservation with its conversation, which was locked before; only the agent's own unless ``agent`` is None."""
    conversation = rows.lock_offered(tx, reservation)
    known = None if conversation is None else rows.find(tx, reservation)
    if conversation is None or known is None or agent not in {None, known.agent}:
        raise NotFound(f"there is no offer {reservation}")
    return known, conversation


def _has_stopped_responding(tx: Tx, agent: AgentId, limit: int) -> bool:
    """Whether the last ``limit`` offers since they were last seen at work all ran out unanswered; 0: never."""
    if limit <= 0:
        return False
    known = tx.conn.execute(select(agent_table).where(agent_table.c.id == agent)).one()
    if known.presence != PresenceState.AVAILABLE.value:
        return False
    return rows.missed_in_a_row(tx, agent, known.idle_since, limit) >= limit
