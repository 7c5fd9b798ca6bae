"""No two inboxes take the same thing: asked before one is saved, of the channel, which alone knows."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from core.errors import Invalid
from core.store.tables.people import inbox
from core.store.tx import Tx

Clashes = Callable[[Mapping[str, object], Mapping[str, object]], str | None]
"""As ``Channel.clashes``."""


def check_alone(tx: Tx, id: str | None, kind: str, config: Mapping[str, object], clashes: Clashes) -> None:
    """``id`` is the inbox that is changed. Raises Invalid ``clash``, naming the other enabled inbox."""
    statement = select(inbox.c.id, inbox.c.name, inbox.c.config).where(inbox.c.kind == kind, inbox.c.enabled)
    for row in tx.conn.execute(statement.order_by(inbox.c.id)):
        field = None if row.id == id else clashes(config, row.config)
        if field is not None:
            raise Invalid(field, f"another one: inbox {row.name} reads this mailbox already", code="clash")
