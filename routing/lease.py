"""The lease of the one router: who decides now, and the number that fences off whoever decided before."""

from datetime import timedelta

from sqlalchemy import select, update

from core.errors import Conflict
from core.store.tables.routing import lease
from core.store.tx import Tx

NAME = "routing"


def hold(tx: Tx, holder: str, seconds: float) -> int | None:
    """Take or renew the lease; its epoch, or None while somebody else holds it.

    The epoch rises whenever the lease is taken, by whomever, so that what was decided before is refused.
    """
    expires_at = tx.now + timedelta(seconds=seconds)
    row = tx.conn.execute(select(lease).where(lease.c.name == NAME).with_for_update()).one_or_none()
    if row is None:
        new = {"name": NAME, "holder": holder, "epoch": 1, "expires_at": expires_at}
        return 1 if tx.insert_new(lease, new) else None
    ours = row.holder == holder and row.expires_at > tx.now
    if not ours and row.expires_at > tx.now:
        return None
    epoch = int(row.epoch) if ours else int(row.epoch) + 1
    values = {"holder": holder, "epoch": epoch, "expires_at": expires_at}
    tx.conn.execute(update(lease).where(lease.c.name == NAME).values(**values))
    return epoch


def release(tx: Tx, epoch: int) -> None:
    """Let the next one begin at once."""
    ours = (lease.c.name == NAME, lease.c.epoch == epoch)
    tx.conn.execute(update(lease).where(*ours).values(expires_at=tx.now))


def check(tx: Tx, epoch: int) -> None:
    """Raise Conflict ``stale_epoch`` unless this is the lease's epoch; it stays so until the transaction ends."""
    now = select(lease.c.epoch).where(lease.c.name == NAME).with_for_update(read=True)
    if tx.conn.execute(now).scalar_one_or_none() != epoch:
        raise Conflict(f"another router decides: epoch {epoch} is over", code="stale_epoch")
