"""How long what the bot brought back for an agent is kept for them, while they have no room for it."""

from datetime import datetime
from math import ceil

from sqlalchemy import bindparam, select

from core.conversation import Conversation
from core.ids import AgentId
from core.store.prepared import Prepared
from core.store.tables.handing import bot_errand
from core.store.tx import Tx
from routing.queue import ComingBackSettings
from routing.roster import read_agent

# Under the next turn it still waits as it came back: whoever took it since would have raised it again.
_CAME_BACK = Prepared(
    select(bot_errand.c.ended_at).where(
        bot_errand.c.conversation_id == bindparam("conversation"),
        bot_errand.c.turn == bindparam("turn"),
        bot_errand.c.ended_at.is_not(None),
    )
)


def kept_s(tx: Tx, waiting: Conversation, agent: AgentId, entered_at: datetime) -> int:
    """In seconds since it came (``entered_at``); 0 where it did not just come back, or its agent could not be offered it."""
    bound = {"conversation": waiting.id, "turn": waiting.turn - 1}
    row = _CAME_BACK.one(tx.conn, bound)
    known = None if row is None else read_agent(tx, agent)
    if known is None or not known.available or waiting.weight > known.capacity:
        return 0
    if waiting.queue not in known.queues:
        return 0
    waited: int = ceil((row.ended_at - entered_at).total_seconds())
    return waited + tx.setting(ComingBackSettings).head_start_s
