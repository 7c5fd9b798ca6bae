"""Whether what stopped a clock met its promise, or whether it was only no longer owed."""

from sqlalchemy import func, select

from core.ids import ConversationId
from core.message import Kind
from core.store.tables.conversation import message
from core.store.tx import Tx
from routing.first_answers import NEVER_LEFT
from routing.sla import SlaClock, Target


def met(tx: Tx, conversation: ConversationId, clock: SlaClock) -> bool:
    """A resolution is met by stopping; a response by a person's answer while it ran. False while it runs.

    Resolving, the bot and what was moved elsewhere end a response unmet. Notes and what never left are no answers.
    """
    if clock.stopped_at is None or clock.target is Target.RESOLUTION:
        return clock.stopped_at is not None
    answer = select(message.c.id).where(
        message.c.conversation_id == conversation,
        message.c.kind == Kind.REPLY.value,
        message.c.author == "agent",
        message.c.created_at >= clock.started_at,
        message.c.created_at <= clock.stopped_at,
        func.coalesce(message.c.delivery, "").not_in(NEVER_LEFT),
    )
    return tx.conn.execute(answer.limit(1)).first() is not None
