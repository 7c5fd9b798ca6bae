"""What an agent rearranges: messages that belong elsewhere, with undo; who held something goes on holding it."""

from contextlib import suppress
from typing import Any

from sqlalchemy import select

from channels.contract import Channels
from console.changes.work import supervises
from console.wire.conversation import Merge, Move, Split
from core import lifecycle, rearrange, undoing
from core.agent import Agent
from core.conversation import AssignedTo, Conversation, InQueue, Snoozed, Waiting
from core.errors import Conflict
from core.ids import AgentId, ConversationId, InboxId, MessageId, RearrangementId
from core.store.conversations import get_conversation
from core.store.messages import get_message
from core.store.tables.people import inbox
from core.store.tx import Tx
from routing import ledger


def split(tx: Tx, agent: Agent, source: ConversationId, ask: Split, channels: Channels) -> ConversationId:
    """The agent holds the new one if they have room; else it waits in the queue."""
    _allowed(tx, agent, channels, source)
    subject = None if ask.subject is None else ask.subject.strip()
    messages = [MessageId(each) for each in ask.messages]
    done = rearrange.split(tx, source, messages, subject=subject, by=agent.id)
    _try_to_take(tx, agent.id, done.conversation)
    return done.conversation


def merge(
    tx: Tx, agent: Agent, source: ConversationId, ask: Merge, channels: Channels, most: int
) -> ConversationId:
    """Who held the source holds what it went into, unless somebody has it or nothing is left to do there."""
    into = ConversationId(ask.into)
    held = _allowed(tx, agent, channels, source, into)[source].handler
    done = rearrange.merge(tx, source, into, keep_people=ask.keep_people, by=agent.id, most=most)
    if isinstance(held, AssignedTo) and isinstance(get_conversation(tx, into).handler, InQueue):
        _try_to_take(tx, held.agent, into)
    return done.conversation


def move(tx: Tx, agent: Agent, message: MessageId, ask: Move, channels: Channels) -> ConversationId:
    """Where it is then."""
    source, to = get_message(tx, message).conversation, ConversationId(ask.to)
    _allowed(tx, agent, channels, source, to)
    if get_message(tx, message).conversation != source:
        raise Conflict("it was moved just now", code="not_here")
    return rearrange.move(tx, message, to, by=agent.id).conversation


def undo(tx: Tx, agent: Agent, rearrangement: RearrangementId, channels: Channels) -> ConversationId:
    """Where the messages are again, held by who held it, if they have room."""
    _allowed(tx, agent, channels, *undoing.between(tx, rearrangement))
    undone = undoing.undo(tx, rearrangement, by=agent.id)
    if undone.held is not None and _try_to_take(tx, undone.held, undone.source):
        back = get_conversation(tx, undone.source)
        match undone.status:
            case Waiting():
                lifecycle.wait(tx, back, by=agent.id)
            case Snoozed(until):
                lifecycle.snooze(tx, back, until, by=agent.id)
            case _:
                pass
    return undone.source


def may_change(agent: Agent, conversation: Conversation) -> None:
    """Raises Conflict ``not_yours`` when another agent holds it, unless a supervisor asks."""
    held = conversation.handler
    if isinstance(held, AssignedTo) and held.agent != agent.id and not supervises(agent):
        raise Conflict(f"conversation {conversation.id} is held by another agent", code="not_yours")


def _allowed(
    tx: Tx, agent: Agent, channels: Channels, *ids: ConversationId
) -> dict[ConversationId, Conversation]:
    """All of them, locked. Raises NotFound, Conflict ``not_yours`` or ``cannot_rearrange``."""
    found = {each: get_conversation(tx, each) for each in sorted(set(ids))}
    kinds = _kinds(tx, [each.inbox for each in found.values()])
    for each in found.values():
        may_change(agent, each)
        channel = channels.get(kinds[each.inbox])
        if channel is None or not channel.capabilities.rearranges:
            raise Conflict("a live conversation stays in the order it was held in", code="cannot_rearrange")
    if len(set(kinds.values())) > 1:
        raise Conflict("these conversations are held over different channels", code="cannot_rearrange")
    return found


def _kinds(tx: Tx, inboxes: list[InboxId]) -> dict[Any, str]:
    rows = tx.conn.execute(select(inbox.c.id, inbox.c.kind).where(inbox.c.id.in_(inboxes)))
    return {InboxId(row.id): row.kind for row in rows}


def _try_to_take(tx: Tx, agent: AgentId, conversation: ConversationId) -> bool:
    with suppress(Conflict):
        tx.attempt(ledger.take, agent, conversation)
        return True
    return False
