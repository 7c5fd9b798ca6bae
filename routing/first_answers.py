"""From the first message of a conversation to the first answer by anybody, bot or person: a figure for reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from core.ids import ConversationId
from core.message import DeliveryState, Kind
from core.store.tables.conversation import conversation, message
from core.store.tx import Tx
from routing.calendar import ROUND_THE_CLOCK, WorkingTime

NEVER_LEFT = (DeliveryState.WITHDRAWN.value, DeliveryState.FAILED.value)
_BY = frozenset({"agent", "bot"})


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """``answered_at`` and ``by`` (agent or bot) None: nobody has answered yet."""

    conversation: ConversationId
    asked_at: datetime
    answered_at: datetime | None
    by: str | None

    def seconds(self, time: WorkingTime = ROUND_THE_CLOCK) -> float | None:
        """How long it took, in counted time."""
        return None if self.answered_at is None else time.between(self.asked_at, self.answered_at)


def first_answers(tx: Tx, since: datetime, until: datetime) -> Sequence[FirstAnswer]:
    """Of conversations whose first message from outside came in that time (``until`` not included), as it came.

    Notes and what never left are no answers, nor is what was said before the customer wrote.
    """
    asked = (
        select(message.c.conversation_id, func.min(message.c.created_at).label("asked_at"))
        .join(conversation, conversation.c.id == message.c.conversation_id)
        # A conversation begins no later than its first message.
        .where(message.c.kind == Kind.INBOUND.value, conversation.c.created_at < until)
        .group_by(message.c.conversation_id)
        .having(func.min(message.c.created_at) >= since, func.min(message.c.created_at) < until)
        .subquery()
    )
    answers = and_(
        message.c.conversation_id == asked.c.conversation_id,
        message.c.kind == Kind.REPLY.value,
        message.c.author.in_(_BY),
        message.c.created_at >= asked.c.asked_at,
        func.coalesce(message.c.delivery, "").not_in(NEVER_LEFT),
    )
    rows = tx.conn.execute(
        select(asked.c.conversation_id, asked.c.asked_at, message.c.author, message.c.created_at)
        .select_from(asked.outerjoin(message, answers))
        .order_by(asked.c.asked_at, asked.c.conversation_id, message.c.created_at, message.c.n)
    )
    first: dict[str, FirstAnswer] = {}
    for row in rows:
        found = FirstAnswer(ConversationId(row.conversation_id), row.asked_at, row.created_at, row.author)
        first.setdefault(row.conversation_id, found)
    return tuple(first.values())
