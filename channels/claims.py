"""Which process of an installation does what only one may do: a claim that runs out when it is not renewed."""

from datetime import timedelta

from sqlalchemy import select, update

from core.store.shared_time import shared_now
from core.store.tables.routing import lease
from core.store.tx import Tx


def hold(tx: Tx, name: str, holder: str, seconds: float) -> bool:
    """Take or renew it; False while another process has it."""
    row = tx.conn.execute(select(lease).where(lease.c.name == name).with_for_update()).one_or_none()
    now = shared_now(tx)
    expires_at = now + timedelta(seconds=seconds)
    if row is None:
        return tx.insert_new(lease, {"name": name, "holder": holder, "epoch": 1, "expires_at": expires_at})
    if row.holder != holder and row.expires_at > now:
        return False
    epoch = row.epoch if row.holder == holder else row.epoch + 1
    values = {"holder": holder, "epoch": epoch, "expires_at": expires_at}
    tx.conn.execute(update(lease).where(lease.c.name == name).values(**values))
    return True


def release(tx: Tx, name: str, holder: str) -> None:
    """Let another process begin at once."""
    ours = (lease.c.name == name, lease.c.holder == holder)
    tx.conn.execute(update(lease).where(*ours).values(expires_at=shared_now(tx)))
