"""Which conversations go together, and how."""

from sqlalchemy import delete

from core.conversation import LinkKind
from core.events import conversation_topic
from core.ids import AgentId, ConversationId
from core.rearranging_events import ConversationLinked
from core.store.tables.conversation import conversation_link
from core.store.tx import Tx


def link(
    tx: Tx, conversation: ConversationId, other: ConversationId, kind: LinkKind, *, by: AgentId | None = None
) -> None:
    """Say it once, in the conversation itself and in the other one; saying it again does nothing."""
    row = {
        "conversation_id": conversation,
        "other_id": other,
        "kind": kind.value,
        "by_id": by,
        "created_at": tx.now,
    }
    if tx.insert_new(conversation_link, row):
        for topic, theirs in ((conversation, other), (other, conversation)):
            event = ConversationLinked(topic, theirs, kind.value, by, ours=topic == conversation)
            tx.emit(conversation_topic(topic), event)


def unlink(tx: Tx, conversation: ConversationId, other: ConversationId, kind: LinkKind) -> None:
    """Take it back; where there is no such link nothing happens."""
    tx.conn.execute(
        delete(conversation_link).where(
            conversation_link.c.conversation_id == conversation,
            conversation_link.c.other_id == other,
            conversation_link.c.kind == kind.value,
        )
    )
