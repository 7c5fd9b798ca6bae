"""What articles' texts rest on beside themselves: the snippets and variables that they name, told apart by a digest."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, select

from core.ids import ArticleId
from core.store.tables.knowledge import article, published, revision
from core.store.tx import Tx
from knowledge.rendering.values import USE, Reusables
from knowledge.store import Key
from knowledge.writing.reusables import in_language, list_all

_SIGN = "{{"
_AT_ONCE = 200

Version = tuple[tuple[str, int, datetime], ...]
Resting = Mapping[Key, str]
"""For each published text that names something, a digest of what that says."""


def version_of(tx: Tx) -> Version:
    """Another value whenever a reusable is."""
    return tuple((each.name, each.version, each.updated_at) for each in list_all(tx))


def in_languages(tx: Tx, languages: Iterable[str]) -> Mapping[str, Reusables]:
    return {language: in_language(tx, language) for language in languages}


def resting(tx: Tx, ids: Sequence[ArticleId] | None) -> Resting:
    """Of all articles, or only of these; nothing is read where there is no reusable."""
    if not version_of(tx):
        return {}
    shown = and_(
        revision.c.article_id == published.c.article_id,
        revision.c.language == published.c.language,
        revision.c.number == published.c.number,
    )
    wanted = (
        select(published.c.article_id, published.c.language, published.c.number, revision.c.body)
        .select_from(published.join(revision, shown).join(article, article.c.id == published.c.article_id))
        .where(article.c.archived_at.is_(None), revision.c.body.contains(_SIGN, autoescape=True))
    )
    if ids is None:
        parts = [wanted]
    else:
        starts = range(0, len(ids), _AT_ONCE)
        parts = [wanted.where(article.c.id.in_(ids[start : start + _AT_ONCE])) for start in starts]
    said: dict[str, Reusables] = {}
    found: dict[Key, str] = {}
    for part in parts:
        for row in tx.conn.execute(part):
            if row.language not in said:
                said[row.language] = in_language(tx, row.language)
            key = Key(ArticleId(row.article_id), row.language, row.number)
            found[key] = _digest(row.body, said[row.language])
    return found


def _digest(body: str, said: Reusables) -> str:
    """Also of what snippets name in their turn; a name within code may count for nothing."""
    names: dict[str, None] = {}
    waiting = [body]
    while waiting:
        for match in USE.finditer(waiting.pop()):
            if match[1] in said and match[1] not in names:
                names[match[1]] = None
                waiting.append(said[match[1]].text)
    parts = [f"{name}\0{said[name].kind}\0{said[name].text}" for name in sorted(names)]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest() if parts else ""
