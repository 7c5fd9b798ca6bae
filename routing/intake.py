"""What the router does inside transactions: takes events in, keeps the waiting line true, commits what was decided."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, select

from core.errors import Conflict, Invalid, NotFound
from core.events import (
    Event,
    HandlerChanged,
    OfferEnded,
    StatusChanged,
    TimerFired,
)
from core.ids import AgentId, ConversationId
from core.routing_events import DueMoved
from core.store.conversations import get_conversation
from core.store.outbox import finish, take_exclusive, waits
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import queue_item
from core.store.tx import Tx
from routing import engine, lease, ledger, refreshing, reservations, ring, roster, store
from routing.absorb import Touched, absorb_safely, expire
from routing.collecting import collecting_later
from routing.engine import Engine, Fact, Offer
from routing.ledger import wrap_up
from routing.plan import Plan, queue_policy
from routing.queue import QueueRouting
from routing.reason import of_offer
from routing.settings import RoutingSettings

log = logging.getLogger(__name__)

HANDLER = "routing"


@dataclass(frozen=True, slots=True)
class Batch:
    """What the engine is to hear of ``many`` events; ``again``: more may wait; ``rebuild``: too much changed to tell it one by one."""

    facts: tuple[Fact, ...]
    many: int
    again: bool
    rebuild: bool = False


def anything_waits(tx: Tx) -> bool:
    """Whether there is an event to take in."""
    return bool(tx.conn.execute(select(exists().where(waits(tx, HANDLER)))).scalar_one())


def take_in(tx: Tx, epoch: int, settings: RoutingSettings, most: int) -> Batch:
    """Take ``most`` events, end offers whose time is over, and write down who waits; raises ``stale_epoch``."""
    lease.check(tx, epoch)
    entries = take_exclusive(tx, HANDLER, most)
    _lock(tx, [recorded.event for _, recorded in entries if recorded is not None], settings)
    touched = Touched()
    done = [entry for entry, recorded in entries if absorb_safely(tx, entry, recorded, touched, settings)]
    finish(tx, done)
    for reservation in reservations.overdue(tx):
        expire(tx, reservation, touched, settings)
    for each in wrap_up.overdue(tx):
        touched.add(agent=wrap_up.run_out(tx, each))
    keep_line_true(tx, touched)
    again = len(entries) >= most
    if touched.everything:
        return Batch((), len(entries), again, rebuild=True)
    return Batch(tuple(read_again(tx, touched)), len(entries), again)


def commit(
    tx: Tx,
    epoch: int,
    offers: Sequence[Offer],
    settings: RoutingSettings,
    doubtful: Collection[AgentId] = (),
) -> list[Fact]:
    """Write the offers; of each that is refused, what the conversation and the agent really are.

    ``doubtful``: whose earlier offers of the same decision were refused.
    """
    lease.check(tx, epoch)
    touched = Touched()
    _lock_all(tx, {offer.item.conversation for offer in offers})
    for offer in offers:
        item = offer.item
        if offer.agent in touched.agents or offer.agent in doubtful:
            # It rests on an earlier one to the same agent that was refused; their version may be right by accident.
            touched.add(conversation=item.conversation)
            continue
        claim = ledger.Claim(
            item.conversation,
            item.generation,
            offer.agent,
            offer.version,
            of_offer(offer, settings.candidates),
            offer.standby,
        )
        offer_s = ring.seconds(item.deadline, tx.now, settings, standby=offer.standby is not None)
        try:
            tx.attempt(ledger.reserve, claim, epoch=epoch, offer_s=offer_s)
        except (Conflict, NotFound) as refusal:
            log.info("offer of %s to %s refused: %s", claim.conversation, claim.agent, refusal)
            touched.add(conversation=claim.conversation, agent=claim.agent)
    if touched.conversations:
        keep_line_true(tx, touched)
    return read_again(tx, touched)


def plan(tx: Tx, settings: RoutingSettings) -> Plan:
    """What operators decided for each queue; a queue whose settings make no sense goes by the usual ones."""
    queues = {}
    for queue in roster.read_queues(tx):
        try:
            queues[queue.id] = queue_policy(queue.routing, settings)
        except Invalid as invalid:
            log.warning("queue %s is routed as usual: %s", queue.name, invalid)
    return Plan(queue_policy(QueueRouting(), settings), queues, settings.retry_s)


def put_right(tx: Tx, epoch: int) -> None:
    """The line, where it and the conversations differ."""
    lease.check(tx, epoch)
    touched = Touched()
    for each in _out_of_line(tx):
        touched.add(conversation=each)
    keep_line_true(tx, touched)


def build(tx: Tx, settings: RoutingSettings) -> tuple[Engine, list[Offer]]:
    """An engine that knows everything, and what it offers at once. It may take seconds: nothing is locked meanwhile.

    What changes later comes in as events, and what was decided too late is refused like any other offer.
    """
    built = Engine(plan(tx, settings))
    with collecting_later():
        now = store.snapshot(tx)
        agents = [engine.AgentChanged(tx.now, agent) for agent in now.agents]
        waiting = [engine.Arrived(tx.now, each.item, each.offered_to) for each in now.waiting]
        return built, built.feed([*agents, *waiting])


def read_again(tx: Tx, touched: Touched) -> list[Fact]:
    """As facts for the engine, what is true now of whoever was touched."""
    facts: list[Fact] = []
    for agent_id in touched.agents:
        agent = roster.read_agent(tx, agent_id)
        gone = engine.AgentRemoved(tx.now, agent_id)
        facts.append(gone if agent is None else engine.AgentChanged(tx.now, agent))
    for conversation in touched.conversations:
        waiting = store.read_waiting(tx, conversation)
        if waiting is None:
            facts.append(engine.Removed(tx.now, conversation))
        else:
            facts.append(engine.Arrived(tx.now, waiting.item, waiting.offered_to))
    return facts


def keep_line_true(tx: Tx, touched: Touched) -> None:
    """Whoever waits has an item, nobody else does; an offer of what waits no longer, or elsewhere, is pulled back."""
    for each in sorted(touched.conversations):
        try:
            conversation = get_conversation(tx, each)
        except NotFound:
            store.drop_item(tx, each)
            continue
        waiting = store.is_waiting(conversation)
        offer = next(iter(reservations.open_offers(tx, conversation=each)), None)
        if offer is not None:
            touched.add(agent=offer.agent)
            if not waiting or offer.generation != conversation.generation:
                ledger.cancel_offer_of(tx, each)
        if waiting:
            store.put_item(tx, conversation)
        else:
            store.drop_item(tx, each)


def _lock(tx: Tx, events: Sequence[Event], settings: RoutingSettings) -> None:
    ids = {
        event.conversation
        for event in events
        if isinstance(event, HandlerChanged | StatusChanged | OfferEnded | DueMoved)
    }
    for event in events:
        if isinstance(event, TimerFired) and event.kind == refreshing.TIMER:
            ids.update(refreshing.concerned(tx, event, settings.line_batch))
    _lock_all(tx, ids)


def _lock_all(tx: Tx, conversations: set[ConversationId]) -> None:
    """In one order, and before any agent's row, so that nobody waits for each other in a circle."""
    chosen = conversation_table.c.id.in_(sorted(conversations))
    tx.conn.execute(
        select(conversation_table.c.id).where(chosen).order_by(conversation_table.c.id).with_for_update()
    ).all()


def _out_of_line(tx: Tx) -> list[ConversationId]:
    """Conversations that wait without an item, and items of those that do not wait."""
    table = conversation_table
    waits = and_(table.c.handler == "queue", table.c.status == "open")
    has_item = exists().where(queue_item.c.conversation_id == table.c.id)
    without = select(table.c.id).where(waits, ~has_item).order_by(table.c.updated_at)
    left_over = select(queue_item.c.conversation_id).where(
        ~exists().where(table.c.id == queue_item.c.conversation_id, waits)
    )
    ids = [*tx.conn.execute(without).scalars(), *tx.conn.execute(left_over).scalars()]
    return [ConversationId(each) for each in ids]
