"""What the router does inside transactions: takes events in, keeps the waiting line true, commits what was decided."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import and_, exists, select

from core.conversation import Cause
from core.errors import Conflict, NotFound
from core.events import (
    AgentChanged,
    DueMoved,
    Event,
    HandlerChanged,
    OfferEnded,
    PresenceChanged,
    Recorded,
    SettingsChanged,
    StatusChanged,
    TimerFired,
)
from core.ids import AgentId, ConversationId, ReservationId
from core.store.conversations import get_conversation
from core.store.outbox import Entry, bury, finish, retry_at, take_exclusive
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.conversation import outbox
from core.store.tables.routing import queue_item
from core.store.tx import Tx
from routing import engine, lease, ledger, reservations, store
from routing.clocks import follow
from routing.engine import Fact, Offer
from routing.reason import of_offer
from routing.settings import RoutingSettings

log = logging.getLogger(__name__)

HANDLER = "routing"
LISTENS = (
    HandlerChanged,
    StatusChanged,
    PresenceChanged,
    AgentChanged,
    SettingsChanged,
    OfferEnded,
    TimerFired,
    DueMoved,
)
_NO_MATTER = frozenset({"canned", "canned_reply", "inbox"})
_NEW_WAIT = frozenset({Cause.STARTED, Cause.HANDED_OFF, Cause.BOT_FAILED, Cause.NO_BOT, Cause.REOPENED})
_LATER = timedelta(seconds=5)


def wants(event: Event) -> bool:
    """Whether the router needs to hear of it."""
    match event:
        case TimerFired(kind=kind):
            return kind == reservations.TIMER
        case SettingsChanged(what=what):
            return what not in _NO_MATTER
        case _:
            return True


@dataclass(slots=True)
class Touched:
    """Whose state must be read again, in the order in which it was noticed."""

    conversations: dict[ConversationId, None] = field(default_factory=dict)
    agents: dict[AgentId, None] = field(default_factory=dict)
    everything: bool = False

    def add(self, *, conversation: ConversationId | None = None, agent: AgentId | None = None) -> None:
        if conversation is not None:
            self.conversations[conversation] = None
        if agent is not None:
            self.agents[agent] = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What the engine is to hear; ``again``: more may wait; ``rebuild``: too much changed to tell it one by one."""

    facts: tuple[Fact, ...]
    again: bool
    rebuild: bool = False


def anything_waits(tx: Tx) -> bool:
    """Whether there is an event to take in."""
    waiting = exists().where(
        outbox.c.handler == HANDLER, outbox.c.dead_at.is_(None), outbox.c.due_at <= tx.now
    )
    return bool(tx.conn.execute(select(waiting)).scalar_one())


def take_in(tx: Tx, epoch: int, settings: RoutingSettings) -> Batch:
    """Take a batch of events, end offers whose time is over, and write down who waits; raises ``stale_epoch``."""
    lease.check(tx, epoch)
    entries = take_exclusive(tx, HANDLER, settings.batch)
    _lock(tx, [recorded.event for _, recorded in entries if recorded is not None])
    touched = Touched()
    done = [entry for entry, recorded in entries if _absorb_safely(tx, entry, recorded, touched, settings)]
    finish(tx, done)
    for reservation in reservations.overdue(tx):
        _expire(tx, reservation, touched, settings)
    if touched.everything:
        touched.conversations.update(dict.fromkeys(_all_waiting(tx)))
    _keep_line_true(tx, touched)
    again = len(entries) == settings.batch
    if touched.everything:
        return Batch((), again, rebuild=True)
    return Batch(tuple(read_again(tx, touched)), again)


def commit(tx: Tx, epoch: int, offers: Sequence[Offer], settings: RoutingSettings) -> list[Fact]:
    """Write the offers; of each that is refused, what the conversation and the agent really are."""
    lease.check(tx, epoch)
    touched = Touched()
    _lock_all(tx, {offer.item.conversation for offer in offers})
    for offer in offers:
        form = of_offer(offer, settings.candidates)
        claim = ledger.Claim(offer.item.conversation, offer.item.generation, offer.agent, offer.version, form)
        try:
            tx.attempt(ledger.reserve, claim, epoch=epoch, offer_s=settings.offer_s)
        except (Conflict, NotFound) as refusal:
            log.info("offer of %s to %s refused: %s", claim.conversation, claim.agent, refusal)
            touched.add(conversation=claim.conversation, agent=claim.agent)
    if touched.conversations:
        _keep_line_true(tx, touched)
    return read_again(tx, touched)


def rebuild(tx: Tx, epoch: int) -> list[Fact]:
    """Everything, from the database; the line is put right where it and the conversations differ."""
    lease.check(tx, epoch)
    touched = Touched()
    for each in _out_of_line(tx):
        touched.add(conversation=each)
    _keep_line_true(tx, touched)
    now = store.snapshot(tx)
    agents = [engine.AgentChanged(tx.now, agent) for agent in now.agents]
    return [*agents, *(engine.Arrived(tx.now, each.item, each.offered_to) for each in now.waiting)]


def read_again(tx: Tx, touched: Touched) -> list[Fact]:
    """As facts for the engine, what is true now of whoever was touched."""
    facts: list[Fact] = []
    for agent_id in touched.agents:
        agent = store.read_agent(tx, agent_id)
        gone = engine.AgentRemoved(tx.now, agent_id)
        facts.append(gone if agent is None else engine.AgentChanged(tx.now, agent))
    for conversation in touched.conversations:
        waiting = store.read_waiting(tx, conversation)
        if waiting is None:
            facts.append(engine.Removed(tx.now, conversation))
        else:
            facts.append(engine.Arrived(tx.now, waiting.item, waiting.offered_to))
    return facts


def _absorb_safely(
    tx: Tx, entry: Entry, recorded: Recorded | None, touched: Touched, settings: RoutingSettings
) -> bool:
    """True when its entry is done with; one event that cannot be taken in does not stop the others."""
    if recorded is None:
        retry_at(tx, entry, tx.now + _LATER, "written by a newer version")
        return False
    try:
        tx.attempt(_absorb, recorded, touched, settings)
    except Exception as error:  # whatever it is, the others must go on
        log.exception("event %d of %s could not be taken in", entry.n, entry.topic)
        if entry.attempts + 1 < settings.attempts:
            retry_at(tx, entry, tx.now + _LATER, repr(error))
        else:
            bury(tx, entry, repr(error))
        return False
    return True


def _absorb(tx: Tx, recorded: Recorded, touched: Touched, settings: RoutingSettings) -> None:
    match recorded.event:
        case HandlerChanged() as event:
            follow(tx, recorded)
            if event.handler == "queue" and Cause(event.cause) in _NEW_WAIT:
                store.mark_queued(tx, event.conversation, recorded.at)
            if event.previous_agent is not None:
                ledger.note_idle(tx, event.previous_agent, recorded.at)
            touched.add(conversation=event.conversation, agent=event.agent)
            touched.add(agent=event.previous_agent)
        case StatusChanged(conversation=conversation, agent=agent):
            touched.add(conversation=conversation, agent=agent)
            if agent is not None:
                ledger.note_idle(tx, agent, recorded.at)
        case OfferEnded(agent=agent, conversation=conversation):
            touched.add(conversation=conversation, agent=agent)
        case PresenceChanged(agent=agent):
            touched.add(agent=agent)
        case AgentChanged(agent=agent):
            touched.add(agent=agent)
            _let_go_of_the_lost(tx, agent, touched)
        case TimerFired(ref=ref):
            _expire(tx, ReservationId(ref), touched, settings)
        case DueMoved(conversation=conversation):
            touched.add(conversation=conversation)
        case SettingsChanged():
            touched.everything = True
        case _:
            pass


def _let_go_of_the_lost(tx: Tx, agent_id: AgentId, touched: Touched) -> None:
    agent = store.read_agent(tx, agent_id)
    if agent is not None and not agent.active:
        for conversation in ledger.give_back(tx, agent_id):
            touched.add(conversation=conversation)


def _expire(tx: Tx, reservation: ReservationId, touched: Touched, settings: RoutingSettings) -> None:
    known = reservations.find(tx, reservation)
    if known is not None and ledger.expire(tx, reservation, settings):
        touched.add(conversation=known.conversation, agent=known.agent)


def _keep_line_true(tx: Tx, touched: Touched) -> None:
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


def _lock(tx: Tx, events: Iterable[Event]) -> None:
    _lock_all(
        tx,
        {
            event.conversation
            for event in events
            if isinstance(event, HandlerChanged | StatusChanged | OfferEnded | DueMoved)
        },
    )


def _lock_all(tx: Tx, conversations: set[ConversationId]) -> None:
    """In one order, and before any agent's row, so that nobody waits for each other in a circle."""
    chosen = conversation_table.c.id.in_(sorted(conversations))
    tx.conn.execute(
        select(conversation_table.c.id).where(chosen).order_by(conversation_table.c.id).with_for_update()
    ).all()


def _all_waiting(tx: Tx) -> list[ConversationId]:
    rows = tx.conn.execute(select(queue_item.c.conversation_id).order_by(queue_item.c.entered_at))
    return [ConversationId(each) for each in rows.scalars()]


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
