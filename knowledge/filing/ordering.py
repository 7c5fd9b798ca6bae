"""In which order a list of articles stands, and where the next page of it begins."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_

from core.errors import Invalid
from core.store.tables.knowledge import article

_NEVER = date.max


class Sort(StrEnum):
    """``UPDATED`` and ``CREATED``: the newest first; ``REVIEW``: what is to be looked at first; ``ADDRESS``: by slug."""

    UPDATED = "updated"
    CREATED = "created"
    REVIEW = "review"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Mark:
    """The last line of a page: what it was sorted by, as text, and its id."""

    value: str
    id: str


_REVIEW: ColumnElement[Any] = func.coalesce(article.c.review_by, literal(_NEVER, article.c.review_by.type))
_COLUMNS: dict[Sort, ColumnElement[Any]] = {
    Sort.UPDATED: article.c.updated_at,
    Sort.CREATED: article.c.created_at,
    Sort.REVIEW: _REVIEW,
    Sort.ADDRESS: article.c.slug,
}
_NEWEST_FIRST = frozenset({Sort.UPDATED, Sort.CREATED})


def order(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    """Equal ones by their id, so that every line has one place."""
    column = _COLUMNS[sort]
    if sort in _NEWEST_FIRST:
        return column.desc(), article.c.id.desc()
    return column.asc(), article.c.id.asc()


def after(sort: Sort, mark: Mark) -> ColumnElement[bool]:
    """Everything that follows the marked line; raises Invalid for a mark that no page gave."""
    column = _COLUMNS[sort]
    value = literal(_value(sort, mark), column.type)
    if sort in _NEWEST_FIRST:
        return or_(column < value, and_(column == value, article.c.id < mark.id))
    return or_(column > value, and_(column == value, article.c.id > mark.id))


def mark_of(sort: Sort, row: Any) -> Mark:
    """``row`` has the columns of ``article``."""
    if sort is Sort.ADDRESS:
        return Mark(row.slug, row.id)
    if sort is Sort.REVIEW:
        return Mark((row.review_by or _NEVER).isoformat(), row.id)
    at: datetime = row.updated_at if sort is Sort.UPDATED else row.created_at
    return Mark(at.isoformat(), row.id)


def _value(sort: Sort, mark: Mark) -> object:
    try:
        if sort is Sort.ADDRESS:
            return mark.value
        if sort is Sort.REVIEW:
            return date.fromisoformat(mark.value)
        at = datetime.fromisoformat(mark.value)
    except ValueError:
        raise Invalid("cursor", "what the page before gave as next") from None
    if at.tzinfo is None:
        raise Invalid("cursor", "what the page before gave as next")
    return at
