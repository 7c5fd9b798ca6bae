"""What is on the outside of a conversation: who takes part, what it is called, what became of a reply."""

from channels.contract import Channel, Channels, Decide
from console.changes.boxes import check_outside
from console.changes.rearrange import may_change
from console.changes.work import own
from console.wire.conversation import NewParticipant, SubjectAsk
from console.wire.message import DeliveryDecision
from core.agent import Agent
from core.conversation import Closed, Conversation
from core.errors import Conflict, Invalid, NotFound
from core.ids import ContactPointId, ConversationId, MessageId
from core.message import Kind
from core.participants import join, participants_of, remove
from core.store.conversations import find_point, get_conversation, get_inbox
from core.store.messages import get_message
from core.store.tx import Tx
from core.subject import change_subject
from core.undoing import may_be_sent_again


def add_participant(
    tx: Tx, agent: Agent, conversation: ConversationId, ask: NewParticipant, channels: Channels, most: int
) -> None:
    """They get replies from now on, and may write. Raises Conflict ``not_yours``, ``closed`` or ``no_participants``.

    Raises Invalid on ``address`` for one of our own.
    """
    found = _open_and_own(tx, agent, conversation)
    channel = _channel(tx, found, channels)
    if not channel.capabilities.participants:
        raise Conflict("nobody but the requester can take part here", code="no_participants")
    sender = channel.person(ask.address, ask.name)
    check_outside(tx, sender.kind, sender.address, channels, "address")
    point = find_point(tx, sender.kind, sender.address)
    if point is not None and point.id == found.contact_point:
        raise Invalid("address", "somebody other than the one who asks", code="requester")
    known = participants_of(tx, conversation)
    if len(known) >= most and not any(point is not None and each.point == point.id for each in known):
        raise Conflict(f"{most} people take part already", code="too_many")
    join(tx, conversation, sender, agent.id)


def remove_participant(tx: Tx, agent: Agent, conversation: ConversationId, point: ContactPointId) -> None:
    """They get nothing more. Raises NotFound, Conflict ``not_yours``."""
    own(tx, agent, conversation)
    remove(tx, conversation, point, agent.id)


def set_subject(
    tx: Tx, agent: Agent, conversation: ConversationId, ask: SubjectAsk, channels: Channels
) -> None:
    """Raises Conflict ``not_yours``, or ``no_subjects`` where they have none."""
    found = own(tx, agent, conversation)
    if not _channel(tx, found, channels).capabilities.threads:
        raise Conflict("conversations have no subjects here", code="no_subjects")
    subject = ask.subject.strip()
    if not subject:
        raise Invalid("subject", "a subject", code="empty")
    change_subject(tx, conversation, subject, by=agent.id)


def decide_delivery(tx: Tx, agent: Agent, message: MessageId, ask: DeliveryDecision, decide: Decide) -> None:
    """Raises NotFound, Conflict ``not_yours``, ``moved`` (it was written to somebody else), or when nothing is in doubt."""
    reply = get_message(tx, message)
    if reply.kind is not Kind.REPLY:
        raise NotFound(f"there is no reply {message}")
    may_change(agent, get_conversation(tx, reply.conversation))
    again = ask.decision == "again"
    if again:
        may_be_sent_again(tx, reply)
    decide(tx, message, again=again, by=agent.id)


def _open_and_own(tx: Tx, agent: Agent, conversation: ConversationId) -> Conversation:
    found = own(tx, agent, conversation)
    if isinstance(found.status, Closed):
        raise Conflict(f"conversation {conversation} is closed", code="closed")
    return found


def _channel(tx: Tx, conversation: Conversation, channels: Channels) -> Channel:
    inbox = get_inbox(tx, conversation.inbox)
    channel = channels.get(inbox.kind)
    if channel is None:
        raise Conflict(f"inbox {inbox.name} has no channel", code="no_channel")
    return channel
