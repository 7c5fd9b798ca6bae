"""The editors' list of articles: narrowed, sorted and paged by the database, so that any number of them fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from core.store.tables.knowledge import article
from core.store.tx import Tx
from knowledge.filing.lines import Line, load
from knowledge.filing.narrowing import Wanted, conditions
from knowledge.filing.ordering import Mark, Sort, after, mark_of, order


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of at most ``most`` after ``start``; titles in the first language of ``prefer`` that an article has."""

    wanted: Wanted
    sort: Sort
    start: Mark | None
    prefer: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Page:
    """``next`` is None on the last one."""

    items: tuple[Line, ...]
    next: Mark | None


def page(tx: Tx, asked: Asked) -> Page:
    """Raises Invalid for a ``start`` that no page gave."""
    wanted = asked.wanted
    chosen = select(article).where(*conditions(tx, wanted)).order_by(*order(asked.sort))
    if asked.start is not None:
        chosen = chosen.where(after(asked.sort, asked.start))
    rows = tx.conn.execute(chosen.limit(asked.most + 1)).all()
    shown = rows[: asked.most]
    first = () if wanted.language is None else (wanted.language,)
    lines = load(tx, [row.id for row in shown], (*first, *asked.prefer), only_shown=wanted.shown)
    more = len(rows) > len(shown)
    return Page(_present(lines, shown), mark_of(asked.sort, shown[-1]) if more else None)


def _present(lines: dict[str, Line], rows: Sequence[Any]) -> tuple[Line, ...]:
    return tuple(lines[row.id] for row in rows if row.id in lines)


def count(tx: Tx, wanted: Wanted, most: int) -> int:
    """How many there are; it stops counting at ``most``."""
    chosen: Select[Any] = select(article.c.id).where(*conditions(tx, wanted)).limit(most)
    return tx.conn.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
