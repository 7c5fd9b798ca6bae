"""The bot's turns as they were recorded, for those who learn from them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row

from core.ids import TurnId
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import message
from core.store.tx import Tx


def turns_up_to(tx: Tx, turn_id: TurnId, most: int) -> list[Row[Any]]:
    """Of the bot's time with the conversation up to this turn, the oldest first, each with its message's text and kind."""
    this = tx.conn.execute(select(bot_turn).where(bot_turn.c.id == turn_id)).one_or_none()
    if this is None:
        return []
    rows = tx.conn.execute(
        select(bot_turn, message.c.text, message.c.kind)
        .join(message, message.c.id == bot_turn.c.message_id)
        .where(
            bot_turn.c.conversation_id == this.conversation_id,
            bot_turn.c.turn == this.turn,
            bot_turn.c.created_at <= this.created_at,
        )
        .order_by(bot_turn.c.created_at.desc(), message.c.n.desc())
        .limit(most)
    )
    return list(reversed(rows.all()))
