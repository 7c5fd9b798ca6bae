"""What a conversation is called."""

from sqlalchemy import update

from core.events import SubjectChanged, conversation_topic
from core.ids import AgentId, ConversationId
from core.store.conversations import get_conversation
from core.store.tables.conversation import conversation
from core.store.tx import Tx


def change_subject(tx: Tx, conversation_id: ConversationId, subject: str, *, by: AgentId) -> None:
    """Our replies carry it from now on; nothing happens when it is the same. Raises NotFound."""
    if (get_conversation(tx, conversation_id).subject or "") == subject:
        return
    tx.conn.execute(update(conversation).where(conversation.c.id == conversation_id).values(subject=subject))
    tx.emit(conversation_topic(conversation_id), SubjectChanged(conversation_id, by))
