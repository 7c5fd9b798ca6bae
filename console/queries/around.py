"""What is known around a conversation: where the customer came from, whether they can be reached, how they say it went."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from console.wire.conversation import Rating
from core.ids import ConversationId
from core.store.forms import StoredHandoff
from core.store.tables.conversation import conversation, rating
from core.store.tables.people import agent, contact_point
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Around:
    """As in ``ConversationDetail``."""

    handoff: StoredHandoff | None
    context: dict[str, str]
    public: bool
    unreachable_since: datetime | None
    ratings: tuple[Rating, ...]


def around(tx: Tx, conversation_id: ConversationId, most: int) -> Around:
    """Of one that exists, with at most so many ratings."""
    statement = (
        select(
            conversation.c.handoff,
            conversation.c.context,
            conversation.c.public,
            contact_point.c.unreachable_since,
        )
        .outerjoin_from(conversation, contact_point, contact_point.c.id == conversation.c.contact_point_id)
        .where(conversation.c.id == conversation_id)
    )
    row = tx.conn.execute(statement).one()
    ratings = _ratings(tx, conversation_id, most)
    return Around(row.handoff, row.context, row.public, row.unreachable_since, ratings)


def _ratings(tx: Tx, conversation_id: ConversationId, most: int) -> tuple[Rating, ...]:
    statement = (
        select(rating, agent.c.name)
        .outerjoin_from(rating, agent, agent.c.id == rating.c.agent_id)
        .where(rating.c.conversation_id == conversation_id)
        .order_by(rating.c.resolved_n.desc())
        .limit(most)
    )
    return tuple(
        Rating(row.score, row.comment or "", row.name, row.created_at) for row in tx.conn.execute(statement)
    )
