"""Models in the database: trained one at a time across all processes, with what they were trained from and how they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from bot.improving.contract import Model, ModelState, RolloutState
from bot.improving.example import Example
from bot.improving.sameness import key_of
from core.errors import Conflict, NotFound
from core.ids import AgentId
from core.store.learning import StoredEvaluation, StoredExample
from core.store.tables.improving import bot_model, bot_rollout
from core.store.tables.people import agent
from core.store.tx import Tx
from core.store.types import json_length

_TRAINING = "models of the bot"
_RUNNING = "yes"
_COUNTED = json_length(bot_model.c.examples).label("learned")


@dataclass(frozen=True, slots=True)
class Learned:
    """A model and what it learned beside the project's own sentences."""

    id: str
    fingerprint: str
    examples: tuple[Example, ...]
    evaluation: StoredEvaluation | None


def begin(tx: Tx, project: str, examples: Sequence[Example], holder: str, by: AgentId | None) -> str:
    """A model that ``holder`` trains from now on. Raises Conflict while another is trained."""
    tx.alone(_TRAINING)
    if tx.conn.execute(select(bot_model.c.id).where(bot_model.c.running == _RUNNING)).first():
        raise Conflict("a model is being trained already", code="training")
    made = tx.ids.new()
    row = _row(tx, made, project, project, examples) | {"state": ModelState.TRAINING.value}
    tx.conn.execute(insert(bot_model).values(**row, running=_RUNNING, holder=holder, trained_by_id=by))
    return made


def beat(tx: Tx, model: str, step: str, done: float) -> bool:
    """How far it is; False when somebody took it for dead, so that going on would be of no use."""
    mine = bot_model.c.id == model, bot_model.c.running == _RUNNING
    changed = tx.conn.execute(update(bot_model).where(*mine).values(step=step, done=done, beat_at=tx.now))
    return changed.rowcount == 1


def name_it(tx: Tx, model: str, fingerprint: str) -> None:
    tx.conn.execute(update(bot_model).where(bot_model.c.id == model).values(fingerprint=fingerprint))


def finish(tx: Tx, model: str, evaluation: StoredEvaluation) -> None:
    values = {"state": ModelState.TRAINED.value, "evaluation": evaluation, "step": "done", "done": 1.0}
    _end(tx, model, values)


def fail(tx: Tx, model: str, problem: str) -> None:
    _end(tx, model, {"state": ModelState.FAILED.value, "problem": problem})


def fail_gone(tx: Tx, gone_s: float, holder: str | None = None) -> int:
    """Set right what a process left behind that is gone (``holder``: this one, for sure); how many."""
    lost = bot_model.c.beat_at < tx.now - timedelta(seconds=gone_s)
    if holder is not None:
        lost |= bot_model.c.holder.startswith(holder, autoescape=True)
    found = select(bot_model.c.id).where(bot_model.c.running == _RUNNING, lost)
    gone = list(tx.conn.execute(found).scalars())
    for model in gone:
        fail(tx, model, "the process that trained it ended before it was done")
    return len(gone)


def own_model(tx: Tx, project: str) -> str:
    """The model of the project as it is installed, with nothing added; written down when it is first met."""
    tx.alone(_TRAINING)
    shipped = bot_model.c.fingerprint == project, bot_model.c.project == project
    known = select(bot_model.c.id).where(*shipped, bot_model.c.holder.is_(None)).limit(1)
    found = tx.conn.execute(known).scalar_one_or_none()
    if found is not None:
        return str(found)
    made = tx.ids.new()
    row = _row(tx, made, project, project, ()) | {"state": ModelState.TRAINED.value, "done": 1.0}
    tx.conn.execute(insert(bot_model).values(**row, ended_at=tx.now))
    return made


def in_use(tx: Tx, project: str) -> str:
    """What was rolled out last, else the project's own; a project's own is always that of the installed one."""
    done = select(bot_rollout.c.model_id).where(bot_rollout.c.state == RolloutState.DONE.value)
    last = tx.conn.execute(done.order_by(bot_rollout.c.ended_at.desc(), bot_rollout.c.id.desc()).limit(1))
    chosen = last.scalar_one_or_none()
    if chosen is None or not _learned_any(tx, chosen):
        return own_model(tx, project)
    return str(chosen)


def _learned_any(tx: Tx, model: str) -> bool:
    return bool(tx.conn.execute(select(_COUNTED).where(bot_model.c.id == model)).scalar_one())


def learned(tx: Tx, model: str) -> Learned:
    """Raises NotFound."""
    row = tx.conn.execute(select(bot_model).where(bot_model.c.id == model)).one_or_none()
    if row is None:
        raise NotFound(f"there is no model {model}")
    return Learned(row.id, row.fingerprint, _examples(row), row.evaluation)


def newest_learned(tx: Tx) -> tuple[Example, ...]:
    """What the newest model was trained with that came to its end."""
    wanted = select(bot_model).where(bot_model.c.state == ModelState.TRAINED.value)
    row = tx.conn.execute(
        wanted.order_by(bot_model.c.created_at.desc(), bot_model.c.id.desc()).limit(1)
    ).one_or_none()
    return () if row is None else _examples(row)


def one(tx: Tx, model: str) -> Model:
    """Raises NotFound."""
    row = tx.conn.execute(_shown().where(bot_model.c.id == model)).one_or_none()
    if row is None:
        raise NotFound(f"there is no model {model}")
    return _model(row)


def history(tx: Tx, most: int) -> tuple[Model, ...]:
    """The newest first."""
    rows = tx.conn.execute(
        _shown().order_by(bot_model.c.created_at.desc(), bot_model.c.id.desc()).limit(most)
    )
    return tuple(_model(row) for row in rows)


def _shown() -> Select[Any]:
    """Without the examples: of those it is only told how many a model learned."""
    columns = [column for column in bot_model.c if column is not bot_model.c.examples]
    by = agent.c.id == bot_model.c.trained_by_id
    return select(*columns, _COUNTED, agent.c.name).outerjoin(agent, by)


def _row(
    tx: Tx, model: str, fingerprint: str, project: str, examples: Sequence[Example]
) -> dict[str, object]:
    stored = tuple(StoredExample(each.text, each.intent, each.language) for each in examples)
    return {
        "id": model,
        "fingerprint": fingerprint,
        "project": project,
        "examples": stored,
        "step": "",
        "done": 0.0,
        "beat_at": tx.now,
        "created_at": tx.now,
    }


def _end(tx: Tx, model: str, values: dict[str, object]) -> None:
    mine = bot_model.c.id == model, bot_model.c.running == _RUNNING
    ended = {"running": None, "ended_at": tx.now}
    tx.conn.execute(update(bot_model).where(*mine).values(**values, **ended))


def _examples(row: Row[Any]) -> tuple[Example, ...]:
    return tuple(
        Example(key_of(each.text) or each.text, each.text, each.intent, each.language)
        for each in row.examples
    )


def _model(row: Row[Any]) -> Model:
    return Model(
        id=row.id,
        fingerprint=row.fingerprint,
        of_project=row.project,
        state=ModelState(row.state),
        step=row.step,
        done=row.done,
        problem=row.problem,
        examples=row.learned,
        shipped=row.holder is None,
        by=row.name,
        began=row.created_at,
        ended=row.ended_at,
        evaluation=row.evaluation,
    )
