"""A group gets another number when it becomes a supergroup: its conversations follow."""

from sqlalchemy import or_, select, update

from channels.telegram.place import where
from core.ids import InboxId
from core.store.tables.conversation import conversation as table
from core.store.tx import Tx


def follow(tx: Tx, inbox: InboxId, old: int, new: int) -> None:
    """Give the conversations of chat ``old`` the thread keys of ``new``; where one is open there already it stays."""
    of_chat = or_(table.c.thread_key == str(old), table.c.thread_key.startswith(f"{old}:", autoescape=True))
    rows = tx.conn.execute(
        select(table.c.id, table.c.thread_key, table.c.status)
        .where(table.c.inbox_id == inbox, of_chat)
        .order_by(table.c.id)
        .with_for_update()
    ).all()
    taken = select(table.c.thread_key).where(
        table.c.inbox_id == inbox, table.c.status != "closed", table.c.thread_key.startswith(str(new))
    )
    open_there = set(tx.conn.execute(taken).scalars())
    for row in rows:
        place = where(row.thread_key)
        if place is None:
            continue
        key = type(place)(new, place.person).key
        if row.status == "closed" or key not in open_there:
            tx.conn.execute(update(table).where(table.c.id == row.id).values(thread_key=key))
