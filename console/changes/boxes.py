"""What inboxes are to one another, asked of the channel: no two take the same, each leads to those that work, none is outside."""

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


def check_through(tx: Tx, config: Mapping[str, object], through: Mapping[str, str]) -> None:
    """``through`` is the channel's. Raises Invalid with the field whose inbox is not there, of another kind, or off."""
    for field, kind in through.items():
        named = config.get(field)
        if named is None:
            continue
        row = tx.conn.execute(select(inbox).where(inbox.c.id == named)).one_or_none()
        if row is None:
            raise Invalid(field, "an inbox that exists", code="inbox_gone")
        if row.kind != kind:
            raise Invalid(
                field, f"an inbox of kind {kind}: {row.name} is of kind {row.kind}", code="inbox_kind"
            )
        if not row.enabled:
            raise Invalid(field, f"an inbox that is switched on: {row.name} is not", code="inbox_off")


def check_outside(tx: Tx, kind: str, address: str, channels: Channels, field: str) -> None:
    """Raises Invalid ``own_address`` when one of our inboxes, switched off or not, has this address of ``kind``."""
    channel = channels.get(kind)
    if channel is None:
        return
    for row in tx.conn.execute(select(inbox.c.name, inbox.c.config).where(inbox.c.kind == kind)):
        if channel.owns(row.config, address):
            expected = f"somebody else's address: it belongs to our own inbox {row.name}"
            raise Invalid(field, expected, code="own_address")
