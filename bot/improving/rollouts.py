"""Roll-outs in the database: one server after the other takes the model, and all go back when one cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.improving.contract import ModelState, Rollout, RolloutState, Server
from core.errors import Conflict, NotFound
from core.ids import AgentId
from core.store.tables.improving import bot_model, bot_rollout, bot_server
from core.store.tables.people import agent
from core.store.tx import Tx

_ROLLING = "roll-outs of the bot"
_RUNNING = "yes"


@dataclass(frozen=True, slots=True)
class Report:
    """What a server says of itself; ``model`` is our id of what it serves, None while it is not ready."""

    server: str
    model: str | None
    fingerprint: str | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """It is this server's turn to serve ``model``."""

    rollout: str
    model: str


def begin(tx: Tx, model: str, before: str, by: AgentId | None) -> str:
    """Raises NotFound, and Conflict while one is under way or for a model that is not trained."""
    tx.alone(_ROLLING)
    row = tx.conn.execute(select(bot_model.c.state).where(bot_model.c.id == model)).one_or_none()
    if row is None:
        raise NotFound(f"there is no model {model}")
    if row.state != ModelState.TRAINED.value:
        raise Conflict("this model is not trained", code="not_trained")
    if model == before:
        raise Conflict("this model is in use already", code="model_in_use")
    if _running(tx) is not None:
        raise Conflict("a model is being rolled out already", code="rolling_out")
    made = tx.ids.new()
    tx.conn.execute(
        insert(bot_rollout).values(
            id=made,
            model_id=model,
            before_id=before,
            state=RolloutState.ROLLING.value,
            running=_RUNNING,
            started_by_id=by,
            created_at=tx.now,
        )
    )
    return made


def step(tx: Tx, report: Report, gone_s: float) -> Turn | None:
    """Say that this server is there; gives what it has to do now. Whoever comes last ends the roll-out."""
    tx.alone(_ROLLING)
    seen(tx, report)
    tx.conn.execute(delete(bot_server).where(bot_server.c.seen_at < tx.now - timedelta(seconds=gone_s)))
    running = _running(tx)
    if running is None:
        return None
    servers = tx.conn.execute(select(bot_server).order_by(bot_server.c.id)).all()
    if running.swapping is not None and running.swapping not in {each.id for each in servers}:
        running = _turn_back(tx, running, "a server ended while it took the model")
    if running.swapping not in {None, report.server}:
        return None
    target = _target(running)
    pending = [each.id for each in servers if each.model_id != target and each.gave_up_id != running.id]
    if not pending:
        _end(tx, running)
    elif pending[0] == report.server:
        _set(tx, running.id, swapping=report.server)
        return Turn(running.id, target)
    return None


def took(tx: Tx, turn: Turn, report: Report) -> None:
    """This server serves it; the next one's turn."""
    tx.alone(_ROLLING)
    seen(tx, report)
    _set(tx, turn.rollout, swapping=None)


def refused(tx: Tx, turn: Turn, report: Report) -> None:
    """This server could not take it: all go back, and who cannot go back is left as it is."""
    tx.alone(_ROLLING)
    running = _running(tx)
    if running is None or running.id != turn.rollout:
        return
    seen(tx, report)
    if running.state == RolloutState.ROLLING.value:
        _turn_back(tx, running, report.problem or "a server could not take the model")
        return
    # It is as far back as it gets: what it serves is told, and the others are not kept waiting.
    tx.conn.execute(update(bot_server).where(bot_server.c.id == report.server).values(gave_up_id=running.id))
    _set(tx, turn.rollout, swapping=None)


def forget_servers(tx: Tx) -> None:
    """At the start of the only process there is: whoever was here before is gone, and so is what it was at."""
    tx.alone(_ROLLING)
    tx.conn.execute(delete(bot_server))


def leave(tx: Tx, server: str) -> None:
    """A process that stops is not waited for."""
    tx.alone(_ROLLING)
    tx.conn.execute(delete(bot_server).where(bot_server.c.id == server))


def servers_now(tx: Tx) -> tuple[Server, ...]:
    rows = tx.conn.execute(select(bot_server).order_by(bot_server.c.id))
    return tuple(Server(row.id, row.model_id, row.fingerprint, row.problem, row.seen_at) for row in rows)


def history(tx: Tx, most: int) -> tuple[Rollout, ...]:
    """The newest first."""
    wanted = select(bot_rollout, agent.c.name).outerjoin(agent, agent.c.id == bot_rollout.c.started_by_id)
    newest = wanted.order_by(bot_rollout.c.created_at.desc(), bot_rollout.c.id.desc()).limit(most)
    return tuple(_rollout(row) for row in tx.conn.execute(newest))


def under_way(tx: Tx) -> bool:
    return _running(tx) is not None


def _running(tx: Tx) -> Row[Any] | None:
    return tx.conn.execute(select(bot_rollout).where(bot_rollout.c.running == _RUNNING)).one_or_none()


def _target(row: Row[Any]) -> str:
    return str(row.model_id if row.state == RolloutState.ROLLING.value else row.before_id)


def seen(tx: Tx, report: Report) -> None:
    """This server is there; whether it gave up a roll-out stays."""
    values = {
        "model_id": report.model,
        "fingerprint": report.fingerprint,
        "problem": report.problem,
        "seen_at": tx.now,
    }
    if not tx.insert_new(bot_server, {"id": report.server, **values}):
        tx.conn.execute(update(bot_server).where(bot_server.c.id == report.server).values(**values))


def _turn_back(tx: Tx, row: Row[Any], problem: str) -> Row[Any]:
    _set(tx, row.id, state=RolloutState.GOING_BACK.value, problem=problem, swapping=None)
    return tx.conn.execute(select(bot_rollout).where(bot_rollout.c.id == row.id)).one()


def _end(tx: Tx, row: Row[Any]) -> None:
    rolling = row.state == RolloutState.ROLLING.value
    state = RolloutState.DONE if rolling else RolloutState.FAILED
    _set(tx, row.id, state=state.value, running=None, swapping=None, ended_at=tx.now)


def _set(tx: Tx, rollout: str, **values: object) -> None:
    tx.conn.execute(update(bot_rollout).where(bot_rollout.c.id == rollout).values(**values))


def _rollout(row: Row[Any]) -> Rollout:
    return Rollout(
        id=row.id,
        model=row.model_id,
        before=row.before_id,
        state=RolloutState(row.state),
        problem=row.problem,
        by=row.name,
        began=row.created_at,
        ended=row.ended_at,
    )


def named(rollouts: Sequence[Rollout], rollout: str) -> Rollout:
    """The one with this id; it is among them."""
    return next(each for each in rollouts if each.id == rollout)
