"""What each event means for routing: whose state must be read again, and what ends because of it."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from core.conversation import Cause
from core.events import (
    AgentChanged,
    Event,
    HandlerChanged,
    OfferEnded,
    PresenceChanged,
    Recorded,
    SettingsChanged,
    StatusChanged,
    TimerFired,
)
from core.ids import AgentId, ConversationId, ReservationId, WrapUpId
from core.routing_events import DueMoved, WrapUpEnded, WrapUpStarted
from core.store.outbox import Entry, bury, retry_at
from core.store.shared_time import shared_now
from core.store.tx import Tx
from routing import ledger, refreshing, reservations, roster, store
from routing.clocks import follow
from routing.ledger import wrap_up
from routing.route import NEW_WAIT, came_to_people
from routing.settings import RoutingSettings

log = logging.getLogger(__name__)

LISTENS = (
    HandlerChanged,
    StatusChanged,
    PresenceChanged,
    AgentChanged,
    SettingsChanged,
    OfferEnded,
    TimerFired,
    DueMoved,
    WrapUpStarted,
    WrapUpEnded,
)
_NO_MATTER = frozenset({"canned", "canned_reply", "inbox", "presence_reason", "rule"})
_LATER = timedelta(seconds=5)


def wants(event: Event) -> bool:
    """Whether the router needs to hear of it."""
    match event:
        case TimerFired(kind=kind):
            return kind in {reservations.TIMER, wrap_up.TIMER, refreshing.TIMER}
        case SettingsChanged(what=what):
            return what not in _NO_MATTER
        case _:
            return True


@dataclass(slots=True)
class Touched:
    """Whose state must be read again, in the order in which it was noticed; ``everything``: the rules themselves, too."""

    conversations: dict[ConversationId, None] = field(default_factory=dict)
    agents: dict[AgentId, None] = field(default_factory=dict)
    everything: bool = False

    def add(self, *, conversation: ConversationId | None = None, agent: AgentId | None = None) -> None:
        if conversation is not None:
            self.conversations[conversation] = None
        if agent is not None:
            self.agents[agent] = None


def absorb_safely(
    tx: Tx, entry: Entry, recorded: Recorded | None, touched: Touched, settings: RoutingSettings
) -> bool:
    """True when its entry is done with; one event that cannot be taken in does not stop the others."""
    if recorded is None:
        retry_at(tx, entry, shared_now(tx) + _LATER, "written by a newer version")
        return False
    try:
        tx.attempt(_absorb, recorded, touched, settings)
    except Exception as error:  # whatever it is, the others must go on
        log.exception("event %d of %s could not be taken in", entry.n, entry.topic)
        if entry.attempts + 1 < settings.attempts:
            retry_at(tx, entry, shared_now(tx) + _LATER, repr(error))
        else:
            bury(tx, entry, repr(error))
        return False
    return True


def _absorb(tx: Tx, recorded: Recorded, touched: Touched, settings: RoutingSettings) -> None:
    match recorded.event:
        case HandlerChanged() as event:
            _changed_hands(tx, recorded, event, touched, settings)
        case StatusChanged(conversation=conversation, agent=agent):
            touched.add(conversation=conversation, agent=agent)
            if agent is not None:
                ledger.note_idle(tx, agent, recorded.at)
        case OfferEnded(agent=agent, conversation=conversation):
            touched.add(conversation=conversation, agent=agent)
        case PresenceChanged(agent=agent) | WrapUpStarted(agent=agent) | WrapUpEnded(agent=agent):
            touched.add(agent=agent)
        case AgentChanged(agent=agent):
            touched.add(agent=agent)
            _let_go_of_the_lost(tx, agent, touched)
        case TimerFired(kind=wrap_up.TIMER, ref=ref):
            touched.add(agent=wrap_up.run_out(tx, WrapUpId(ref)))
        case TimerFired(kind=refreshing.TIMER) as fired:
            touched.conversations.update(dict.fromkeys(refreshing.go_on(tx, fired, settings.line_batch)))
        case TimerFired(ref=ref):
            expire(tx, ReservationId(ref), touched, settings)
        case DueMoved(conversation=conversation):
            touched.add(conversation=conversation)
        case SettingsChanged():
            touched.everything = True
            refreshing.begin(tx)
        case _:
            pass


def _changed_hands(
    tx: Tx, recorded: Recorded, event: HandlerChanged, touched: Touched, settings: RoutingSettings
) -> None:
    new_wait = event.handler == "queue" and Cause(event.cause) in NEW_WAIT
    if new_wait:
        # First of all: the rules may promise another time, or send it elsewhere.
        came_to_people(tx, event, settings.rules)
    follow(tx, recorded)
    if new_wait:
        store.mark_queued(tx, event.conversation, recorded.at)
    if event.cause == Cause.REOPENED:
        touched.add(agent=wrap_up.end_of_conversation(tx, event.conversation))
    if event.previous_agent is not None:
        ledger.note_idle(tx, event.previous_agent, recorded.at)
    touched.add(conversation=event.conversation, agent=event.agent)
    touched.add(agent=event.previous_agent)


def _let_go_of_the_lost(tx: Tx, agent_id: AgentId, touched: Touched) -> None:
    agent = roster.read_agent(tx, agent_id)
    if agent is not None and not agent.active:
        for conversation in ledger.give_back(tx, agent_id):
            touched.add(conversation=conversation)


def expire(tx: Tx, reservation: ReservationId, touched: Touched, settings: RoutingSettings) -> None:
    known = reservations.find(tx, reservation)
    if known is not None and ledger.expire(tx, reservation, settings):
        touched.add(conversation=known.conversation, agent=known.agent)
