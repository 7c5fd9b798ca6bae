"""What supervisors set for measuring the bot: what a conversation costs, and whom an inbox holds out."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from console.changes.rows import Noun, told
from console.wire.outcomes import MeasuringAsk
from core.errors import Conflict, Invalid
from core.holding_out import check_share
from core.store.tables.deflection import handling_cost
from core.store.tables.people import inbox
from core.store.tx import Tx

_ROW = "cost"
_MEASURING = Noun("measuring", handling_cost, ())


@dataclass(frozen=True, slots=True)
class Changed:
    """For the trail: what was changed, and from what to what."""

    what: str
    about: str
    before: str
    after: str


def save(tx: Tx, ask: MeasuringAsk) -> list[Changed]:
    """What was really changed. Raises Invalid with the field, Conflict ``newer_version``."""
    if ask.currency is None and (ask.cost is not None or ask.by_channel):
        raise Invalid("currency", "a currency for the figures", code="empty")
    found = [*_costs(tx, ask), *_shares(tx, ask)]
    if found:
        told(tx, _MEASURING, _ROW)
    return found


def _costs(tx: Tx, ask: MeasuringAsk) -> list[Changed]:
    row = tx.conn.execute(select(handling_cost).with_for_update()).one_or_none()
    version = 0 if row is None else row.version
    if ask.version is not None and ask.version != version:
        raise Conflict("somebody changed this in the meantime: look at it again", code="newer_version")
    known = (None, None, {}) if row is None else (row.currency, row.cost, row.by_channel)
    wanted: tuple[Any, ...] = (ask.currency, ask.cost, dict(ask.by_channel))
    values = {"currency": ask.currency, "cost": ask.cost, "by_channel": wanted[2], "version": version + 1}
    if row is None:
        tx.conn.execute(insert(handling_cost).values(id=_ROW, **values))
    else:
        tx.conn.execute(update(handling_cost).values(**values))
    return [] if known == wanted else [Changed("handling cost changed", _ROW, _words(known), _words(wanted))]


def _words(figures: tuple[Any, ...]) -> str:
    currency, cost, by_channel = figures
    each = [f"{channel}:{value:g}" for channel, value in sorted(by_channel.items())]
    return ",".join([currency or "-", "-" if cost is None else f"{cost:g}", *each])


def _shares(tx: Tx, ask: MeasuringAsk) -> list[Changed]:
    found = []
    for id, share in sorted(ask.hold_outs.items()):
        check_share(share, f"hold_outs.{id}")
        row = tx.conn.execute(
            select(inbox.c.hold_out).where(inbox.c.id == id).with_for_update()
        ).one_or_none()
        if row is None:
            raise Invalid(f"hold_outs.{id}", "an inbox that exists", code="inbox_gone")
        if row.hold_out != share:
            tx.conn.execute(update(inbox).where(inbox.c.id == id).values(hold_out=share))
            found.append(Changed("hold-out changed", id, f"{row.hold_out:g}", f"{share:g}"))
    return found
