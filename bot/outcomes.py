"""What became of the bot's turns, counted for the status page and the metrics."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.store.tables.bot import bot_turn
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Turns by outcome (``bot.contract.Outcome``), by engine and by language; ``mean_ms`` None when there were none."""

    turns: int
    by_outcome: Mapping[str, int]
    by_engine: Mapping[str, int]
    by_language: Mapping[str, int]
    mean_ms: float | None


def count_outcomes(tx: Tx, since: datetime | None = None) -> Outcomes:
    """All turns, or those since a time."""
    columns = (bot_turn.c.outcome, bot_turn.c.engine, bot_turn.c.language)
    statement = select(*columns, func.count().label("turns"), func.sum(bot_turn.c.milliseconds).label("ms"))
    if since is not None:
        statement = statement.where(bot_turn.c.created_at >= since)
    outcomes, engines, languages = Counter[str](), Counter[str](), Counter[str]()
    turns, milliseconds = 0, 0.0
    for row in tx.conn.execute(statement.group_by(*columns)):
        turns += row.turns
        milliseconds += float(row.ms)
        outcomes[row.outcome] += row.turns
        engines[row.engine] += row.turns
        languages[row.language or "unknown"] += row.turns
    return Outcomes(turns, outcomes, engines, languages, milliseconds / turns if turns else None)
