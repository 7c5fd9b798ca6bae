"""The lease of the one router: who decides now, and the number that fences off whoever decided before."""

from datetime import timedelta

from sqlalchemy import select, update

from core.errors import Conflict
from core.store.shared_time import shared_now
from core.store.tables.routing import lease
from core.store.tx import Tx

NAME = "routing"


def hold(tx: Tx, holder: str, seconds: float, epoch: int | None = None) -> int | None:
    """Take or renew the lease; its epoch, or None while somebody else holds it.

    The epoch rises whenever the lease is taken, by whomever, so that what was decided before is refused. It is taken by
    the time that all processes share, so that a machine whose clock is ahead takes it from nobody. Who was late, but
    finds it as it was when its ``epoch`` began, goes on: nobody else has decided meanwhile.
    """
    if _is_anothers(tx, holder):
        return None
    row = tx.conn.execute(_OURS.with_for_update()).one_or_none()
    now = shared_now(tx)
    expires_at = now + timedelta(seconds=seconds)
    if row is None:
        new = {"name": NAME, "holder": holder, "epoch": 1, "expires_at": expires_at}
        return 1 if tx.insert_new(lease, new) else None
    ours = row.holder == holder and (row.expires_at > now or row.epoch == epoch)
    if not ours and row.expires_at > now:
        return None
    next_epoch = int(row.epoch) if ours else int(row.epoch) + 1
    values = {"holder": holder, "epoch": next_epoch, "expires_at": expires_at}
    tx.conn.execute(update(lease).where(lease.c.name == NAME).values(**values))
    return next_epoch


def _is_anothers(tx: Tx, holder: str) -> bool:
    """Who stands by looks without a lock: it neither waits for the router that decides nor keeps it waiting."""
    row = tx.conn.execute(_OURS).one_or_none()
    return row is not None and row.holder != holder and row.expires_at > shared_now(tx)


def release(tx: Tx, epoch: int) -> None:
    """Let the next one begin at once."""
    ours = (lease.c.name == NAME, lease.c.epoch == epoch)
    tx.conn.execute(update(lease).where(*ours).values(expires_at=shared_now(tx)))


def check(tx: Tx, epoch: int) -> None:
    """Raise Conflict ``stale_epoch`` unless this is the lease's epoch; it stays so until the transaction ends."""
    if current(tx) != epoch:
        raise stale(epoch)


def stale(epoch: int) -> Conflict:
    """What the router of an epoch that is over is answered."""
    return Conflict(f"another router decides: epoch {epoch} is over", code="stale_epoch")


def current(tx: Tx) -> int | None:
    """The epoch of the router that decides; it stays so until the transaction ends."""
    found: int | None = tx.conn.execute(_CURRENT).scalar_one_or_none()
    return found


_OURS = select(lease).where(lease.c.name == NAME)
_CURRENT = select(lease.c.epoch).where(lease.c.name == NAME).with_for_update(read=True)
