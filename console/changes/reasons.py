"""The reasons that supervisors keep for each state of presence."""

from sqlalchemy import func, select

from console.changes.rows import Noun, add, put
from console.wire.presence import PresenceReasonAsk
from core.store.tables.people import presence_reason
from core.store.tx import Tx

REASON = Noun("presence_reason", presence_reason, ("name", "state"))


def save_reason(tx: Tx, id: str | None, ask: PresenceReasonAsk) -> str:
    """New for None."""
    values: dict[str, object] = {"state": ask.state, "name": ask.name.strip()}
    if ask.position is not None:
        values["position"] = ask.position
    elif id is None:
        last = select(func.max(presence_reason.c.position)).where(presence_reason.c.state == ask.state)
        known = tx.conn.execute(last).scalar_one()
        values["position"] = 0 if known is None else known + 1
    return add(tx, REASON, values) if id is None else put(tx, REASON, id, values)
