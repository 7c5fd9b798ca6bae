"""The one guard of every database read for somebody outside: which articles this reader may see."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, false, func, or_, type_coerce

from core.answer import Audience, Reader
from core.store.tables.knowledge import article

_BRAND = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_EVERY_BRAND = "[]"


def readable(reader: Reader) -> ColumnElement[bool]:
    """A condition over ``article``: for this audience and brand (an agent sees all brands), and not archived.

    It says nothing about what is published: join ``published`` as well. The same rule without a database is
    ``core.answer.Reader.may_read``.
    """
    allowed = article.c.audience.in_([audience.value for audience in reader.audiences])
    kept = article.c.archived_at.is_(None)
    if reader.audience is Audience.AGENTS:
        return and_(allowed, kept)
    return and_(allowed, kept, _of_brand(reader.brand))


def _of_brand(brand: str | None) -> ColumnElement[bool]:
    for_all = _brands() == _EVERY_BRAND
    return for_all if brand is None else or_(for_all, has_brand(brand))


def has_brand(brand: str) -> ColumnElement[bool]:
    """A condition over ``article``: it is for this brand by name.

    The brands are a JSON list of words, so that a quoted word can stand in it only as one of them; ``replace`` tells
    capitals apart on both databases, as SQLite's ``LIKE`` does not.
    """
    if not _BRAND.fullmatch(brand):
        return false()
    return func.replace(_brands(), f'"{brand}"', "") != _brands()


def _brands() -> ColumnElement[Any]:
    return type_coerce(article.c.brands, Text)
