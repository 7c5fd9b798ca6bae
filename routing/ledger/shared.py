"""What the use cases of the ledger have in common."""

from collections.abc import Collection

from core import lifecycle
from core.agent import PresenceState
from core.conversation import Cause, Conversation
from core.errors import Conflict, NotFound, ParleyError
from core.ids import AgentId
from core.store.tx import Tx
from routing import reason, roster, store
from routing.presence import is_offered_work, may_take_by_hand
from routing.why import Why

AVAILABLE = frozenset(filter(is_offered_work, PresenceState))
SIGNED_IN = frozenset(filter(may_take_by_hand, PresenceState))
ANYBODY = frozenset(PresenceState)


def assign(tx: Tx, conversation: Conversation, agent: AgentId, cause: Cause, *, by: AgentId) -> Conversation:
    """The agent holds it from now on; its weight is on them already, as an offer's."""
    after = lifecycle.assign(tx, conversation, agent, cause=cause, by=by, loaded=True)
    store.drop_item(tx, conversation.id)
    return after


def note_decliner(tx: Tx, conversation: Conversation, agent: AgentId) -> None:
    """They come last from now on, if it still waits."""
    if store.is_waiting(conversation):
        store.put_item(tx, conversation, declined_by=agent)


def why_not(tx: Tx, agent: AgentId, wanted: Collection[PresenceState]) -> ParleyError:
    """Why an agent's row would not take another conversation."""
    known = roster.read_agent(tx, agent)
    if known is None:
        return NotFound(f"there is no agent {agent}")
    if not known.active or known.presence not in wanted:
        state = known.presence.value if known.active else "deactivated"
        return Conflict(f"agent {agent} is {state}", code="agent_unavailable")
    return Conflict(f"agent {agent} holds {known.load} of {known.capacity} already", code="at_capacity")


def reason_by_hand(tx: Tx, why: Why, conversation: Conversation, agent: AgentId, by: AgentId) -> reason.Form:
    """What is kept of a decision of a person's."""
    waiting = store.read_waiting(tx, conversation.id)
    known = roster.read_agent(tx, agent)
    if known is None:
        raise NotFound(f"there is no agent {agent}")
    return reason.by_hand(why, None if waiting is None else waiting.item, known, by, tx.now)
