"""Simulations in the database: one runs at a time, and whatever its process did not end is given up."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from core.errors import Conflict, NotFound
from core.ids import AgentId
from core.store.tables.routing import simulation
from core.store.tx import Tx

RUNNING, DONE, FAILED = "running", "done", "failed"


def begin(tx: Tx, name: str, asked: Mapping[str, object], by: AgentId, quiet_s: float) -> str:
    """Its id. Raises Conflict ``simulating`` while another one runs that was heard of in the last ``quiet_s``."""
    tx.alone("simulations")
    give_up(tx, quiet_s)
    if tx.conn.execute(select(simulation.c.id).where(simulation.c.state == RUNNING)).first() is not None:
        raise Conflict("another simulation runs: wait for its end, or remove it", code="simulating")
    id = tx.ids.new()
    values = {"id": id, "name": name, "state": RUNNING, "asked": dict(asked), "by_id": by}
    tx.conn.execute(insert(simulation).values(**values, created_at=tx.now, seen_at=tx.now))
    return id


def note(tx: Tx, id: str, progress: float) -> bool:
    """It goes on, and is so far (0 to 1). False when nobody wants it any more."""
    row = (simulation.c.id == id, simulation.c.state == RUNNING)
    changed = tx.conn.execute(update(simulation).where(*row).values(progress=progress, seen_at=tx.now))
    return changed.rowcount == 1


def finish(tx: Tx, id: str, result: Mapping[str, object], kept: int) -> None:
    """Only the newest ``kept`` that have ended stay."""
    _end(tx, id, {"state": DONE, "progress": 1.0, "result": dict(result)})
    ended = select(simulation.c.id).where(simulation.c.state != RUNNING)
    old = ended.order_by(simulation.c.created_at.desc(), simulation.c.id.desc()).offset(kept).limit(1000)
    ids = tx.conn.execute(old).scalars().all()
    tx.conn.execute(delete(simulation).where(simulation.c.id.in_(ids)))


def fail(tx: Tx, id: str, error: str) -> None:
    """``error`` is a code, perhaps with words behind a colon."""
    _end(tx, id, {"state": FAILED, "error": error})


def give_up(tx: Tx, quiet_s: float) -> None:
    """What runs, and of which nothing was heard for so long, has lost its process."""
    row = (simulation.c.state == RUNNING, simulation.c.seen_at <= tx.now - timedelta(seconds=quiet_s))
    tx.conn.execute(update(simulation).where(*row).values(state=FAILED, error="interrupted", ended_at=tx.now))


def remove(tx: Tx, id: str) -> None:
    """Its process notices by itself. Raises NotFound."""
    if not tx.conn.execute(delete(simulation).where(simulation.c.id == id)).rowcount:
        raise NotFound(f"there is no simulation {id}")


def _end(tx: Tx, id: str, values: Mapping[str, object]) -> None:
    row = (simulation.c.id == id, simulation.c.state == RUNNING)
    tx.conn.execute(update(simulation).where(*row).values(**values, ended_at=tx.now))
