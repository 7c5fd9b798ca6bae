"""What the help center asks of channels: where a person is reached for a brand, and whose token a reader brings."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from channels.contract import Channels, Door, Open, Proves
from core.errors import Invalid
from core.inbox import Inbox
from core.store.conversations import load_inbox
from core.store.database import Database
from core.store.tables import people
from core.store.tx import Tx
from knowledge.helpcenter.contract import Prove, Reach, Ways


def reach_by(db: Database, channels: Channels) -> Reach:
    """By the inboxes of the brand; where it has none, by those that are of no brand. The first of each kind of door counts."""

    async def reach(brand: str | None) -> Ways:
        inboxes = await db.read(_inboxes, brand)
        doors = [(inbox, door) for inbox in inboxes if (door := _door(channels, inbox)) is not None]

        def first(of: Callable[[Door], str | None]) -> tuple[str | None, str | None]:
            return next(((of(door), inbox.id) for inbox, door in doors if of(door)), (None, None))

        script, shown = first(lambda door: door.script)
        page, _ = first(lambda door: door.page)
        mail, _ = first(lambda door: door.mail)
        return Ways(script, shown, page, mail)

    return reach


def prove_by(db: Database, channels: Channels) -> Prove:
    """By the sites whose secrets the inboxes of the brand have."""

    async def prove(token: str, brand: str | None) -> bool:
        inboxes = await db.read(_own_inboxes, brand)
        return any(_proves(channels, inbox, token) for inbox in inboxes)

    return prove


def _proves(channels: Channels, inbox: Inbox, token: str) -> bool:
    channel: object = channels.get(inbox.kind)
    try:
        return isinstance(channel, Proves) and channel.proves(inbox, token)
    except Invalid:
        return False


def _inboxes(tx: Tx, brand: str | None) -> Sequence[Inbox]:
    return _own_inboxes(tx, brand) or _own_inboxes(tx, None)


def _own_inboxes(tx: Tx, brand: str | None) -> Sequence[Inbox]:
    table = people.inbox
    enabled = select(table).where(table.c.enabled, table.c.brand_id.is_not_distinct_from(brand))
    rows = tx.conn.execute(enabled.order_by(table.c.created_at, table.c.id))
    return [load_inbox(row) for row in rows]


def _door(channels: Channels, inbox: Inbox) -> Door | None:
    """None for what has none, and for what is not configured as it should be."""
    channel: object = channels.get(inbox.kind)
    if not isinstance(channel, Open):
        return None
    try:
        return channel.door(inbox)
    except Invalid:
        return None
