"""How a conversation went, as its requester says it once it is over; until it goes on they may change their mind."""

from dataclasses import dataclass

from sqlalchemy import select, update

from core.contact_events import ConversationRated
from core.conversation import Closed, Conversation, Resolved
from core.errors import Invalid
from core.events import StatusChanged, conversation_topic
from core.ids import ConversationId
from core.store.codec import event_name, recorded_from_row
from core.store.conversations import get_conversation
from core.store.tables.conversation import event, rating
from core.store.tx import Tx

BEST = 5
COMMENT_CHARACTERS = 1000
_OVER = frozenset({"resolved", "closed"})
_FEW = 20


@dataclass(frozen=True, slots=True)
class Rated:
    """``score`` from 1 to 5; ``comment`` empty for none."""

    score: int
    comment: str = ""


def rate(tx: Tx, conversation_id: ConversationId, said: Rated) -> None:
    """Keep it for this end of the conversation, in the place of what was said of it before; the same again is no news.

    Whose conversation it is the caller has checked. Raises Invalid: on ``score`` or ``comment``, and ``not_over`` while
    the conversation goes on.
    """
    if not 1 <= said.score <= BEST:
        raise Invalid("score", f"1 to {BEST}", code="malformed")
    if len(said.comment) > COMMENT_CHARACTERS:
        raise Invalid("comment", f"at most {COMMENT_CHARACTERS} characters", code="too_large")
    conversation = get_conversation(tx, conversation_id)
    over_n = over_since(tx, conversation)
    if over_n is None:
        raise Invalid("type", "a conversation that is resolved", code="not_over")
    comment = said.comment.replace("\x00", "").strip() or None
    row = {
        "conversation_id": conversation_id,
        "resolved_n": over_n,
        "agent_id": conversation.last_agent,
        "score": said.score,
        "comment": comment,
        "created_at": tx.now,
    }
    if not tx.insert_new(rating, row):
        here = (rating.c.conversation_id == conversation_id, rating.c.resolved_n == over_n)
        before = tx.conn.execute(select(rating.c.score, rating.c.comment).where(*here)).one()
        if (before.score, before.comment) == (said.score, comment):
            return
        tx.conn.execute(update(rating).where(*here).values(score=said.score, comment=comment))
    told = ConversationRated(conversation_id, said.score, conversation.last_agent)
    tx.emit(conversation_topic(conversation_id), told, visible=True)


def rated(tx: Tx, conversation: Conversation) -> int | None:
    """What was said of its present end; None where nothing was, or it goes on."""
    over_n = over_since(tx, conversation)
    if over_n is None:
        return None
    here = (rating.c.conversation_id == conversation.id, rating.c.resolved_n == over_n)
    score: int | None = tx.conn.execute(select(rating.c.score).where(*here)).scalar_one_or_none()
    return score


def over_since(tx: Tx, conversation: Conversation) -> int | None:
    """The number of the event that ended it: closing what is resolved ends it no second time. None while it goes on."""
    if not isinstance(conversation.status, Resolved | Closed):
        return None
    rows = tx.conn.execute(
        select(event)
        .where(event.c.topic == conversation_topic(conversation.id), event.c.type == _STATUS)
        .order_by(event.c.n.desc())
        .limit(_FEW)
    )
    found: int | None = None
    for row in rows:
        recorded = recorded_from_row(row)
        if recorded is None or not isinstance(recorded.event, StatusChanged):
            continue
        if recorded.event.status not in _OVER:
            break
        found = recorded.n
    return found


_STATUS = event_name(StatusChanged)
