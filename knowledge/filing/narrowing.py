"""Which articles a list shows, as conditions of the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, or_, select

from core.answer import Audience
from core.store.tables.knowledge import article, article_tag, edition, publication, published, revision
from core.store.tx import Tx
from knowledge.article import Stage, State
from knowledge.filing import shelves
from knowledge.filing.audience import has_brand

Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is None, False or empty narrows nothing.

    ``text`` is looked for in titles, addresses and names of categories; ``category`` finds what is under it, too, and
    ``""`` what is in none; ``owner`` ``""``: nobody's; ``missing``: a language that it is not written in. ``state``,
    ``stage``, ``stale`` and ``text`` mean the text in ``language`` where one is given. ``shown``: only what is published,
    and nothing is looked for in drafts: what has one only is ``missing``.
    """

    text: str = ""
    language: str | None = None
    state: State | None = None
    stage: Stage | None = None
    category: str | None = None
    tag: str | None = None
    audience: Audience | None = None
    brand: str | None = None
    owner: str | None = None
    overdue: bool = False
    stale: bool = False
    missing: str | None = None
    archived: bool = False
    shown: bool = False


def conditions(tx: Tx, wanted: Wanted) -> Conditions:
    """Over ``article``."""
    return [*_filed(tx, wanted), *_written(tx, wanted)]


def _filed(tx: Tx, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield article.c.archived_at.is_not(None) if wanted.archived else article.c.archived_at.is_(None)
    if wanted.category is not None:
        under = [each.id for each in shelves.load(tx) if wanted.category in {each.id, each.parent}]
        yield article.c.category_id.in_(under) if wanted.category else article.c.category_id.is_(None)
    if wanted.tag is not None:
        tagged = exists().where(article_tag.c.article_id == article.c.id, article_tag.c.tag == wanted.tag)
        yield tagged
    if wanted.audience is not None:
        yield article.c.audience == wanted.audience.value
    if wanted.brand is not None:
        yield has_brand(wanted.brand)
    if wanted.owner is not None:
        yield article.c.owner_id == wanted.owner if wanted.owner else article.c.owner_id.is_(None)
    if wanted.overdue:
        yield article.c.review_by < tx.now.date()


def _written(tx: Tx, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    language = wanted.language
    if wanted.shown:
        yield _published_in(language)
    elif language is not None:
        yield _in(language)
    if wanted.missing is not None:
        yield ~(_published_in if wanted.shown else _in)(wanted.missing)
    if wanted.state is not None:
        yield from _stands(wanted.state, language)
    if wanted.stage is not None:
        yield _at(wanted.stage, language)
    if wanted.stale:
        yield behind(language)
    if wanted.text:
        yield _says(tx, wanted.text, language, shown=wanted.shown)


def _in(language: str) -> ColumnElement[bool]:
    return exists().where(revision.c.article_id == article.c.id, revision.c.language == language)


def _published_in(language: str | None) -> ColumnElement[bool]:
    of = [published.c.article_id == article.c.id]
    if language is not None:
        of.append(published.c.language == language)
    return exists().where(*of)


def _stands(state: State, language: str | None) -> Iterator[ColumnElement[bool]]:
    """What is published and has a newer draft is found under either."""
    shown = and_(published.c.article_id == revision.c.article_id, published.c.language == revision.c.language)
    of = [revision.c.article_id == article.c.id]
    if language is not None:
        of.append(revision.c.language == language)
    newer = or_(published.c.number.is_(None), revision.c.number > published.c.number)
    if state is State.PUBLISHED:
        yield _published_in(language)
    elif state is State.DRAFT:
        yield exists(select(1).select_from(revision.outerjoin(published, shown)).where(*of, newer))
    else:
        both = select(1).select_from(revision.join(published, shown))
        yield exists(both.where(*of, revision.c.number > published.c.number))


def _at(stage: Stage, language: str | None) -> ColumnElement[bool]:
    """Its newest text stands there; a text that nobody has asked about is a draft."""
    if stage is Stage.DRAFT:
        return _only_drafted(language)
    # From the few that stand there, by their index, rather than from every article.
    where = [edition.c.stage == stage.value, edition.c.number == _newest(edition), ~_shown(edition)]
    if language is not None:
        where.append(edition.c.language == language)
    return article.c.id.in_(select(edition.c.article_id).where(*where))


def _only_drafted(language: str | None) -> ColumnElement[bool]:
    newest = revision.alias()
    asked = exists().where(
        edition.c.article_id == newest.c.article_id,
        edition.c.language == newest.c.language,
        edition.c.number == newest.c.number,
        edition.c.stage != Stage.DRAFT.value,
    )
    where = [newest.c.article_id == article.c.id, newest.c.number == _newest(newest), ~_shown(newest), ~asked]
    if language is not None:
        where.append(newest.c.language == language)
    return exists().where(*where)


def _shown(of: FromClause) -> ColumnElement[bool]:
    """Whether that revision, or a newer one, is published."""
    return exists().where(
        published.c.article_id == of.c.article_id,
        published.c.language == of.c.language,
        published.c.number >= of.c.number,
    )


def _newest(of: FromClause) -> ColumnElement[int]:
    """The highest number of the same article and language as the row ``of``."""
    other = revision.alias()
    same = (other.c.article_id == of.c.article_id, other.c.language == of.c.language)
    return select(func.max(other.c.number)).where(*same).scalar_subquery()


def _published_number(of: FromClause) -> ColumnElement[int]:
    same = (published.c.article_id == of.c.article_id, published.c.language == of.c.language)
    return select(published.c.number).where(*same).scalar_subquery()


def behind(language: str | None = None) -> ColumnElement[bool]:
    """Its newest text in ``language`` (None: in any) follows a source that was published anew; ``translations.is_stale``."""
    text, source = revision.alias(), published.alias()
    shown_once = exists().where(
        publication.c.article_id == article.c.id,
        publication.c.language == article.c.source_language,
        publication.c.number == text.c.source_number,
    )
    joined = text.join(
        source,
        and_(source.c.article_id == text.c.article_id, source.c.language == article.c.source_language),
    )
    where = [
        text.c.article_id == article.c.id,
        text.c.language != article.c.source_language,
        text.c.number == _newest(text),
        or_(
            text.c.source_number < source.c.number,
            and_(text.c.source_number > source.c.number, shown_once),
        ),
    ]
    if language is not None:
        where.append(text.c.language == language)
    return exists(select(1).select_from(joined).where(*where).correlate(article))


def _says(tx: Tx, text: str, language: str | None, *, shown: bool) -> ColumnElement[bool]:
    titled = revision.alias()
    # The database folds the capitals of other alphabets than the Latin one on PostgreSQL only.
    spelt = {text} if text.isascii() else {text, text.casefold(), text.capitalize()}
    in_title = or_(*(titled.c.title.icontains(each, autoescape=True) for each in sorted(spelt)))
    number = _published_number(titled) if shown else _newest(titled)
    where = [titled.c.article_id == article.c.id, in_title, titled.c.number == number]
    if language is not None:
        where.append(titled.c.language == language)
    wanted = " ".join(text.split()).casefold()
    called = [
        each.id for each in shelves.load(tx) if any(wanted in name.casefold() for name in each.names.values())
    ]
    return or_(
        exists().where(*where),
        article.c.slug.icontains(text, autoescape=True),
        article.c.category_id.in_(called),
    )
