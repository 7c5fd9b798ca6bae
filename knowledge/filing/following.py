"""Translations and the source they follow: which revision each was made from, and that it is still right."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, update

from core.errors import Conflict, Invalid, NotFound
from core.events import article_topic
from core.ids import ArticleId
from core.knowledge_events import ArticleChanged
from core.store.tables.knowledge import article as article_table
from core.store.tables.knowledge import publication, revision
from core.store.tx import Tx
from knowledge import store
from knowledge.article import Article, Content, Edition
from knowledge.filing.translations import Translation, to_follow, translations_of


@dataclass(frozen=True, slots=True)
class SourceVersions:
    """The source in ``language`` as a translation was made from it, and as it is now."""

    language: str
    followed: int
    shown: int
    old: Content
    new: Content


def source_versions(tx: Tx, article: Article, language: str) -> SourceVersions:
    """Raises NotFound for what is no translation, or one of which nobody knows what it was made from."""
    followed = _followed(tx, article.id).get(language)
    source = article.source_language
    shown = to_follow(article.editions.get(source or ""))
    if source is None or language == source or followed is None or shown is None:
        raise NotFound(f"nobody knows what article {article.id} in {language} was translated from")
    keys = (store.Key(article.id, source, followed), store.Key(article.id, source, shown))
    contents = store.load_contents(tx, keys)
    return SourceVersions(source, followed, shown, contents[keys[0]], contents[keys[1]])


def follow(tx: Tx, before: Article, language: str, number: int, source: int | None) -> None:
    """Note what revision ``number``, just written, was translated from.

    ``source``: a revision of the source, else as the one before it, else (the first) what readers see of the source.
    Raises Invalid for a ``source`` that is not there. Does nothing for the source itself.
    """
    if language == before.source_language:
        return
    original = before.editions.get(before.source_language or "")
    if source is not None:
        _check(original, source)
        followed: int | None = source
    elif number > 1:
        followed = _of_revision(tx, before.id, language, number - 1)
    else:
        followed = to_follow(original)
    _set(tx, before.id, language, number, followed)


def translations(tx: Tx, article: Article) -> tuple[Translation, ...]:
    """Of each language but the source."""
    return translations_of(article, _followed(tx, article.id), _ever_shown(tx, article))


def mark_right(tx: Tx, article: Article, language: str, source: int) -> None:
    """Somebody has looked: the newest text in ``language`` says what revision ``source`` says.

    Raises NotFound, Invalid for the source itself, and Conflict ``newer_revision`` when readers see another revision of it.
    """
    edition = article.editions.get(language)
    if edition is None:
        raise NotFound(f"article {article.id} has no text in {language}")
    if language == article.source_language:
        raise Invalid("language", "a translation: this is the source")
    current = to_follow(article.editions.get(article.source_language or ""))
    if current != source:
        raise Conflict(f"the source is at revision {current}, not {source}", code="newer_revision")
    _set(tx, article.id, language, edition.newest, source)
    _changed(tx, article.id)
    tx.emit(article_topic(article.id), ArticleChanged(article.id))


def begin_anew(tx: Tx, article: Article, source_language: str) -> None:
    """The source is another language now: what is there counts as right, for nobody translated from that before."""
    tx.conn.execute(update(revision).where(revision.c.article_id == article.id).values(source_number=None))
    followed = to_follow(article.editions.get(source_language))
    for language, edition in article.editions.items():
        if language != source_language:
            _set(tx, article.id, language, edition.newest, followed)


def _check(source: Edition | None, number: int) -> None:
    if source is None or number not in {mark.number for mark in source.history}:
        raise Invalid("source", "a revision of the language that this one follows")


def _followed(tx: Tx, article_id: ArticleId) -> Mapping[str, int | None]:
    """By language, what its newest revision was made from."""
    newest = (
        select(revision.c.language, func.max(revision.c.number).label("number"))
        .where(revision.c.article_id == article_id)
        .group_by(revision.c.language)
        .subquery()
    )
    same = (
        revision.c.article_id == article_id,
        revision.c.language == newest.c.language,
        revision.c.number == newest.c.number,
    )
    rows = tx.conn.execute(select(revision.c.language, revision.c.source_number).where(*same))
    return {row.language: row.source_number for row in rows}


def _of_revision(tx: Tx, article_id: ArticleId, language: str, number: int) -> int | None:
    which = (
        revision.c.article_id == article_id,
        revision.c.language == language,
        revision.c.number == number,
    )
    return tx.conn.execute(select(revision.c.source_number).where(*which)).scalar_one_or_none()


def _ever_shown(tx: Tx, article: Article) -> set[int]:
    of = (publication.c.article_id == article.id, publication.c.language == article.source_language)
    return set(tx.conn.execute(select(publication.c.number).where(*of)).scalars())


def _set(tx: Tx, article_id: ArticleId, language: str, number: int, followed: int | None) -> None:
    which = (
        revision.c.article_id == article_id,
        revision.c.language == language,
        revision.c.number == number,
    )
    tx.conn.execute(update(revision).where(*which).values(source_number=followed))


def _changed(tx: Tx, article_id: ArticleId) -> None:
    counted = update(article_table).where(article_table.c.id == article_id)
    tx.conn.execute(counted.values(version=article_table.c.version + 1))
