"""What an agent does with work: take it, pass it on, finish it; routing's ledger and the lifecycle judge."""

from datetime import datetime

from console.parts import Errands
from console.wire.conversation import Transfer
from core import lifecycle
from core.agent import Agent, Permission, permissions_of
from core.conversation import AssignedTo, Closed, Conversation, Resolved, WithBot
from core.errors import Conflict, Invalid
from core.ids import AgentId, ConversationId, QueueId
from core.message import Text
from core.reply import add_note
from core.store.conversations import get_conversation
from core.store.tx import Tx
from routing import ledger


def transfer(tx: Tx, agent: Agent, conversation: ConversationId, ask: Transfer, offer_s: float) -> None:
    """To a queue, or as an offer to one agent; the note goes along. Only who holds it, or a supervisor."""
    if (ask.to.queue is None) == (ask.to.agent is None):
        raise Invalid("to", "a queue or an agent")
    if ask.note is not None and ask.note.strip():
        add_note(tx, conversation, agent.id, (Text(ask.note),), f"transfer:{tx.ids.new()}")
    supervisor = supervises(agent)
    if ask.to.queue is not None:
        queue = QueueId(ask.to.queue)
        ledger.transfer_to_queue(tx, conversation, queue, by=agent.id, supervisor=supervisor)
    elif ask.to.agent is not None:
        to = AgentId(ask.to.agent)
        ledger.transfer_to_agent(tx, conversation, to, by=agent.id, offer_s=offer_s, supervisor=supervisor)


def resolve(tx: Tx, agent: Agent, conversation: ConversationId) -> None:
    ledger.complete(tx, own(tx, agent, conversation), agent.id)


def wait(tx: Tx, agent: Agent, conversation: ConversationId) -> None:
    lifecycle.wait(tx, own(tx, agent, conversation), by=agent.id)


def snooze(tx: Tx, agent: Agent, conversation: ConversationId, until: datetime) -> None:
    lifecycle.snooze(tx, own(tx, agent, conversation), until, by=agent.id)


def reopen(tx: Tx, agent: Agent, conversation: ConversationId) -> None:
    """What waits or sleeps wakes; what is resolved comes to who opens it, or to its queue when they have no room."""
    before = get_conversation(tx, conversation)
    match before.status:
        case Closed():
            raise Conflict(f"conversation {conversation} is closed", code="closed")
        case Resolved():
            lifecycle.reopen(tx, before, bot=False, by=agent.id)
            try:
                tx.attempt(ledger.take, agent.id, conversation)
            except Conflict:
                return
        case _:
            lifecycle.wake(tx, own(tx, agent, conversation), by=agent.id)


def send_bot(
    tx: Tx, agent: Agent, conversation: ConversationId, errands: Errands, ask: str, question: str | None
) -> None:
    """The bot asks the customer for it and brings it back. Only who holds it, or a supervisor."""
    found = own(tx, agent, conversation)
    if isinstance(found.handler, WithBot):
        raise Conflict(f"the bot has conversation {conversation} already", code="with_bot")
    errands.give(tx, found, agent.id, ask, question)
    ledger.cancel_offer_of(tx, conversation)


def own(tx: Tx, agent: Agent, conversation: ConversationId) -> Conversation:
    """Raises Conflict ``not_yours`` unless the agent holds it or is a supervisor."""
    found = get_conversation(tx, conversation)
    if found.handler != AssignedTo(agent.id) and not supervises(agent):
        raise Conflict(f"conversation {conversation} is not held by this agent", code="not_yours")
    return found


def supervises(agent: Agent) -> bool:
    return Permission.SUPERVISE in permissions_of(agent.roles)
