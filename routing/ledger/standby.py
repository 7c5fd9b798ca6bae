"""The second agent of an offer: asked in the same transaction in which the first one declines or lets it ring out."""

from datetime import timedelta

from sqlalchemy import select

from core.conversation import Conversation
from core.store.tables import people
from core.store.tx import Tx
from routing import lease, reason, roster, store
from routing import reservations as rows
from routing.ladder import allows, step_at
from routing.ledger.shared import AVAILABLE
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.reservations import BY_HAND, Reservation


def ask(tx: Tx, ended: Reservation, conversation: Conversation) -> Reservation | None:
    """Offer it to who stood by, if they could still be offered it and the router that chose them still decides.

    An agent who is free beside a conversation that waits would have been offered it, so whoever stands by and is
    still free has nothing better to do. None, and nothing changes, where that is not so, or where another queue of
    theirs keeps agents free for itself, which only the router can count: it decides anew.
    """
    if ended.standby is None or ended.epoch == BY_HAND or not store.is_waiting(conversation):
        return None
    if lease.current(tx) != ended.epoch or conversation.generation != ended.generation:
        return None
    waiting = store.read_waiting(tx, conversation.id)
    agent = roster.read_agent(tx, ended.standby)
    if (
        waiting is None
        or agent is None
        or not may_have(waiting.item, agent, tx.now - waiting.item.entered_at)
        or _is_kept_elsewhere(tx, waiting.item, agent)
    ):
        return None
    if not rows.add_load(tx, agent.id, conversation, AVAILABLE, version=agent.version):
        return None
    why = reason.of_standby(waiting.item, agent, tx.now, after=ended.agent)
    offer_s = (ended.expires_at - ended.created_at).total_seconds()
    return rows.offer(tx, conversation, agent.id, why, rows.Terms(ended.epoch, offer_s))


def may_have(item: QueueItem, agent: AgentState, waited: timedelta) -> bool:
    """Whether the agent could be offered it at this instant."""
    return (
        agent.available
        and item.queue in agent.queues
        and agent.id not in {*item.declined, *item.excluded}
        and (agent.channels is None or item.channel in agent.channels)
        and waited.total_seconds() >= agent.delays.get(item.queue, 0.0)
        and allows(item.ladder, step_at(item.ladder, waited), agent.id, agent.skills)
        and agent.has_room(item.weight, interruptible=item.interruptible)
    )


def _is_kept_elsewhere(tx: Tx, item: QueueItem, agent: AgentState) -> bool:
    """Whether any of their other queues has a reserve, however many of its members are free just now."""
    others = agent.queues - {item.queue}
    if not others:
        return False
    kept = select(people.queue.c.routing).where(people.queue.c.id.in_(others))
    return any(each.reserve for each in tx.conn.execute(kept).scalars())
