"""Which messages of a reply Telegram has taken already, so that another attempt goes on behind them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select

from channels.telegram.place import message_number
from core.contact import ContactPoint
from core.edit import set_reachable
from core.ids import ConversationId, MessageId
from core.store.conversations import find_point
from core.store.tables.conversation import message
from core.store.tables.intake import delivered_piece as table
from core.store.tx import Tx

_TAKEN = select(table.c.piece, table.c.external_id).where(table.c.message_id == bindparam("reply"))
_NEWEST = (
    select(message.c.external_id)
    .where(
        message.c.conversation_id == bindparam("conversation"),
        message.c.kind == "inbound",
        message.c.external_id.is_not(None),
    )
    .order_by(message.c.n.desc())
    .limit(1)
)


def taken(tx: Tx, reply: MessageId) -> dict[int, str]:
    """The external id of each message that was taken, by its number within the reply."""
    return {row.piece: row.external_id for row in tx.conn.execute(_TAKEN, {"reply": reply})}


def record(tx: Tx, reply: MessageId, first: int, external_ids: Sequence[str]) -> None:
    """Several for an album."""
    rows = [
        {"message_id": reply, "piece": first + at, "external_id": each, "created_at": tx.now}
        for at, each in enumerate(external_ids)
    ]
    tx.conn.execute(insert(table), rows)


def newest_inbound(tx: Tx, conversation: ConversationId) -> int | None:
    """The number of what its person wrote last."""
    return message_number(tx.conn.execute(_NEWEST, {"conversation": conversation}).scalar())


def out_of_reach(tx: Tx, kind: str, address: str) -> None:
    """They have blocked us, or are gone."""
    point: ContactPoint | None = find_point(tx, kind, address)
    if point is not None:
        set_reachable(tx, point, reachable=False)
