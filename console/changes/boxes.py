"""What is an inbox's own, asked of the channel, which alone knows: no two take it, and nobody writes to it as to others."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from channels.contract import Channels
from core.errors import Invalid
from core.store.tables.people import inbox
from core.store.tx import Tx

Clashes = Callable[[Mapping[str, object], Mapping[str, object]], str | None]
"""As ``Channel.clashes``."""


def check_alone(tx: Tx, id: str | None, kind: str, config: Mapping[str, object], clashes: Clashes) -> None:
    """``id`` is the inbox that is changed. Raises Invalid, naming the other enabled inbox."""
    statement = select(inbox.c.id, inbox.c.name, inbox.c.config).where(inbox.c.kind == kind, inbox.c.enabled)
    for row in tx.conn.execute(statement.order_by(inbox.c.id)):
        field = None if row.id == id else clashes(config, row.config)
        if field is not None:
            raise Invalid(field, f"another one: inbox {row.name} uses this one already")


def check_outside(tx: Tx, kind: str, address: str, channels: Channels, field: str) -> None:
    """Raises Invalid ``own_address`` when one of our inboxes, switched off or not, has this address of ``kind``."""
    channel = channels.get(kind)
    if channel is None:
        return
    for row in tx.conn.execute(select(inbox.c.name, inbox.c.config).where(inbox.c.kind == kind)):
        if channel.owns(row.config, address):
            expected = f"somebody else's address: it belongs to our own inbox {row.name}"
            raise Invalid(field, expected, code="own_address")
