"""What the bot has a conversation for, where an agent sent it."""

import msgspec
from sqlalchemy import select

from console.wire.errand import Errand, ErrandKind
from core.ids import ConversationId
from core.store.tables.conversation import conversation
from core.store.tables.handing import bot_errand
from core.store.tables.people import agent
from core.store.tx import Tx


def errand_of(tx: Tx, conversation_id: ConversationId) -> Errand | None:
    """None where it is on none now: somebody who took the conversation ended it by that."""
    statement = (
        select(bot_errand, agent.c.name)
        .join(agent, agent.c.id == bot_errand.c.by_id)
        .join(conversation, conversation.c.id == bot_errand.c.conversation_id)
        .where(
            conversation.c.id == conversation_id,
            conversation.c.handler == "bot",
            bot_errand.c.turn == conversation.c.turn,
            bot_errand.c.ended.is_(None),
        )
    )
    row = tx.conn.execute(statement).one_or_none()
    if row is None:
        return None
    return Errand(msgspec.convert(row.kind, ErrandKind), row.question, row.name, row.created_at)
