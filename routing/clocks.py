"""The clocks of promised times follow the conversation's events, each clock by itself.

Every clock remembers the number of the last event that it took in, so that following an event twice, or an older
one late, changes nothing.
"""

from core.conversation import Conversation
from core.events import HandlerChanged, Recorded, TimerFired, conversation_topic
from core.ids import ConversationId
from core.routing_events import RoutingRuleApplied, TargetMissed, TargetNear
from core.store.conversations import get_conversation
from core.store.tx import Tx
from routing import sla
from routing.clock_store import DUE_TIMER, NEAR_TIMER, publish, read_clocks, write_clocks
from routing.promises import Clocks, moved
from routing.sla import Policy, SlaClock
from routing.sla_store import policy_of

TIMERS = frozenset({DUE_TIMER, NEAR_TIMER})


def follow(tx: Tx, recorded: Recorded) -> None:
    """Start, pause, resume and stop what the event starts, pauses, resumes and stops; repeatable."""
    event = recorded.event
    conversation_id = getattr(event, "conversation", None)
    if isinstance(event, TimerFired):
        conversation_id = ConversationId(recorded.topic.partition(":")[2])
    if conversation_id is None:
        return
    conversation = get_conversation(tx, conversation_id)
    before, seen = read_clocks(tx, conversation.id)
    policy = policy_of(tx, conversation)
    if isinstance(event, TimerFired):
        after: Clocks = _told(tx, conversation, before, policy)
    else:
        after = moved(before, event, recorded.at)
    changed = {
        target: clock
        for target, clock in after.items()
        if clock != before.get(target) and seen.get(target, -1) < recorded.n
    }
    write_clocks(tx, conversation.id, changed, recorded.n)
    if changed or isinstance(event, HandlerChanged | RoutingRuleApplied):
        publish(tx, conversation, {**before, **changed}, policy)


def _told(tx: Tx, conversation: Conversation, clocks: Clocks, policy: Policy | None) -> Clocks:
    """Those whose deadline or warning has come are marked, and each is told once; who is late is not warned as well."""
    return {target: _tell(tx, conversation, clock, policy) for target, clock in clocks.items()}


def _tell(tx: Tx, conversation: Conversation, clock: SlaClock, policy: Policy | None) -> SlaClock:
    topic, target = conversation_topic(conversation.id), clock.target.value
    marked = sla.miss(clock, policy, tx.now)
    if marked.missed_at is not None:
        if marked != clock:
            tx.emit(topic, TargetMissed(conversation.id, target, marked.missed_at))
        return marked
    marked, due = sla.warn(clock, policy, tx.now), sla.due(clock, policy)
    if marked != clock and due is not None:
        tx.emit(topic, TargetNear(conversation.id, target, due))
    return marked
