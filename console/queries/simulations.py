"""Simulations as the console lists and shows them."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Row, Select, select

from console.wire import planning as wire
from core.errors import Conflict, NotFound
from core.store.tables.people import agent
from core.store.tables.routing import simulation
from core.store.tx import Tx


def list_simulations(tx: Tx, most: int) -> tuple[wire.Simulation, ...]:
    """The newest first."""
    rows = _SHOWN.order_by(simulation.c.created_at.desc(), simulation.c.id.desc()).limit(most)
    return tuple(_shown(row) for row in tx.conn.execute(rows))


def show_simulation(tx: Tx, id: str) -> wire.SimulationDetail:
    """Raises NotFound."""
    row = tx.conn.execute(_SHOWN.where(simulation.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no simulation {id}")
    result = _result(tx, id)
    shown = None if result is None else msgspec.convert(result, wire.SimulationResult, strict=False)
    return wire.SimulationDetail(_shown(row), shown)


def report_of(tx: Tx, id: str, language: str) -> str:
    """A page of HTML. Raises NotFound, or Conflict ``unfinished`` while there is none."""
    result = _result(tx, id)
    if result is None:
        _ = show_simulation(tx, id)
        raise Conflict(f"simulation {id} has no report: it has not come to its end", code="unfinished")
    reports: Mapping[str, str] = result["reports"]
    return reports.get(language) or reports["en"]


def _result(tx: Tx, id: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = tx.conn.execute(
        select(simulation.c.result).where(simulation.c.id == id)
    ).scalar_one_or_none()
    return found


class _Asked(msgspec.Struct, frozen=True):
    source: wire.SimulationSource
    policies: tuple[str, ...]
    sample: str | None = None
    past_days: int | None = None


def asked_of(ask: wire.SimulationAsk, policies: tuple[str, ...]) -> dict[str, object]:
    """What is stored of it: never an own scenario, which may be large."""
    source = "past" if ask.past_days is not None else "sample" if ask.sample is not None else "own"
    return {"v": 1, "source": source, "policies": policies, "sample": ask.sample, "past_days": ask.past_days}


def _shown(row: Row[Any]) -> wire.Simulation:
    asked = msgspec.convert(row.asked, _Asked)
    code, _, detail = (row.error or "").partition(": ")
    return wire.Simulation(
        id=row.id,
        name=row.name,
        state=row.state,
        source=asked.source,
        sample=asked.sample,
        past_days=asked.past_days,
        policies=asked.policies,
        progress=row.progress,
        error=code or None,
        detail=detail or None,
        by=row.by,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


_SHOWN: Select[Any] = select(
    simulation.c.id,
    simulation.c.name,
    simulation.c.state,
    simulation.c.asked,
    simulation.c.progress,
    simulation.c.error,
    simulation.c.created_at,
    simulation.c.ended_at,
    agent.c.name.label("by"),
).outerjoin(agent, agent.c.id == simulation.c.by_id)
