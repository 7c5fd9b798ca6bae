"""What changed of who a contact is, told in their conversations, so that whoever looks at one sees it."""

from collections.abc import Sequence

from sqlalchemy import select

from core.contact_events import ContactChanged
from core.events import conversation_topic
from core.ids import AgentId, ContactId, ConversationId
from core.store.contacts import stands_for
from core.store.tables.conversation import conversation
from core.store.tx import Tx

TOLD = 200
"""How many of the conversations that are not closed hear of it, the newest first."""


def tell(tx: Tx, people: Sequence[ContactId], cause: str, by: AgentId | None) -> None:
    """In those of ``people``, of whom the first is the contact that is meant; ``cause`` as in ``ContactChanged``."""
    newest = (
        select(conversation.c.id)
        .where(conversation.c.contact_id.in_(people), conversation.c.status != "closed")
        .order_by(conversation.c.updated_at.desc(), conversation.c.id)
        .limit(TOLD)
    )
    person = stands_for(tx, people[0])
    # In the order of ids, so that nobody waits for each other in a circle.
    for where in sorted(tx.conn.execute(newest).scalars()):
        told = ConversationId(where)
        tx.emit(conversation_topic(told), ContactChanged(told, person, cause, by))
