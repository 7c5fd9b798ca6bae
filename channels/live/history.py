"""What a visitor has had with us before: their own conversations in this inbox, and nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, tuple_

from channels.live import lists
from core.errors import NotFound
from core.ids import ConversationId, InboxId
from core.message import in_brief
from core.receive import EXCERPT_CHARACTERS
from core.store.codec import load_parts
from core.store.tables.conversation import conversation, message
from core.store.tx import Tx

_SEEN = ("sent", "delivered", "read")
"""Deliveries of replies that have reached a visitor."""
_OVER = ("resolved", "closed")


@dataclass(frozen=True, slots=True)
class Whose:
    """A visitor of an inbox, proven by their session."""

    inbox: InboxId
    visitor: str


def own_conversations(tx: Tx, whose: Whose, most: int, before: str | None = None) -> lists.HistoryOut:
    """Newest first; ``before`` is the cursor of the page before, one that names none of theirs begins anew."""
    mine = (conversation.c.inbox_id == whose.inbox, conversation.c.thread_key == whose.visitor)
    statement = select(conversation).where(*mine)
    came = (conversation.c.created_at, conversation.c.id)
    if before is not None:
        known = tx.conn.execute(select(*came).where(*mine, conversation.c.id == before)).one_or_none()
        if known is not None:
            statement = statement.where(tuple_(*came) < tuple_(*known))
    order = (conversation.c.created_at.desc(), conversation.c.id.desc())
    rows = tx.conn.execute(statement.order_by(*order).limit(most + 1)).all()
    shown = rows[:most]
    words = _newest_words(tx, [row.id for row in shown])
    return lists.HistoryOut(
        tuple(_item(row, words) for row in shown), shown[-1].id if len(rows) > most else None
    )


def own_conversation(tx: Tx, whose: Whose, conversation_id: str) -> ConversationId:
    """The same id, once it is known to be theirs. Raises NotFound for one that is not, whoever's it is."""
    found = tx.conn.execute(
        select(conversation.c.id).where(
            conversation.c.id == conversation_id,
            conversation.c.inbox_id == whose.inbox,
            conversation.c.thread_key == whose.visitor,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFound("there is no such conversation of this session")
    return ConversationId(found)


def _item(row: Any, words: Mapping[str, tuple[str, str, datetime]]) -> lists.EarlierOut:
    text, author, at = words.get(row.id, ("", "", row.created_at))
    status = row.status if row.status in _OVER else "open"
    return lists.EarlierOut(row.id, status, row.created_at, at, text, author, row.visible_n, row.read_n)


def _newest_words(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[str, str, datetime]]:
    """Of each, the newest that its requester may see: no note, and no reply that has not left."""
    seen = (message.c.kind == "inbound") | (and_(message.c.kind == "reply", message.c.delivery.in_(_SEEN)))
    newest = (
        select(message.c.conversation_id, func.max(message.c.n).label("n"))
        .where(message.c.conversation_id.in_(ids), seen)
        .group_by(message.c.conversation_id)
        .subquery()
    )
    same = and_(message.c.conversation_id == newest.c.conversation_id, message.c.n == newest.c.n)
    rows = tx.conn.execute(select(message).join(newest, same))
    return {
        row.conversation_id: (
            in_brief(load_parts(row.parts))[:EXCERPT_CHARACTERS],
            row.author,
            row.created_at,
        )
        for row in rows
    }
