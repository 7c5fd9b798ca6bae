"""What authors are shown while they write: who else is at it, articles to link to, and where reusables are used."""

from sqlalchemy import Integer, and_, case, func, select

from console.queries.messages import names_of
from console.wire import writing as wire
from core.store.tables.knowledge import article, published, revision
from core.store.tx import Tx
from knowledge.writing.reusables import Reusable, list_all, where_used
from knowledge.writing.uses import Use
from knowledge.writing.working import Desk, copies


def copies_of(tx: Tx, desk: Desk) -> wire.Copies:
    """The person's own unsaved text there, and who else has some."""
    newest = tx.conn.execute(
        select(func.max(revision.c.number, type_=Integer)).where(
            revision.c.article_id == desk.article, revision.c.language == desk.language
        )
    ).scalar()
    found = copies(tx, desk.article, desk.language)
    names = names_of(tx, {each.agent for each in found if each.agent != desk.agent})
    mine = next((each for each in found if each.agent == desk.agent), None)
    own = None
    if mine is not None:
        draft = mine.draft
        said = (draft.title, draft.body, draft.questions, draft.note, draft.source)
        own = wire.MyCopy(mine.base, *said, mine.updated_at)
    others = tuple(
        wire.OtherCopy(each.agent, names.get(each.agent) or "", each.base, each.updated_at)
        for each in found
        if each.agent != desk.agent
    )
    return wire.Copies(newest or 0, own, others)


def links(tx: Tx, text: str, language: str, most: int) -> tuple[wire.ArticleLink, ...]:
    """Articles whose newest title has these words, those in ``language`` first, then those that changed last."""
    newest = (
        select(revision.c.article_id, revision.c.language, func.max(revision.c.number).label("number"))
        .group_by(revision.c.article_id, revision.c.language)
        .subquery()
    )
    same = and_(
        newest.c.article_id == revision.c.article_id,
        newest.c.language == revision.c.language,
        newest.c.number == revision.c.number,
    )
    shown = and_(published.c.article_id == revision.c.article_id, published.c.language == revision.c.language)
    wanted = (
        select(article.c.id, article.c.slug, revision.c.title, revision.c.language, published.c.number)
        .select_from(
            revision.join(newest, same)
            .join(article, article.c.id == revision.c.article_id)
            .outerjoin(published, shown)
        )
        .where(article.c.archived_at.is_(None))
        .order_by(
            case((revision.c.language == language, 0), else_=1), article.c.updated_at.desc(), article.c.id
        )
        .limit(most)
    )
    for word in text.split():
        wanted = wanted.where(revision.c.title.icontains(word, autoescape=True))
    return tuple(
        wire.ArticleLink(row.id, row.slug, row.title, row.language, row.number is not None)
        for row in tx.conn.execute(wanted)
    )


def reusables(tx: Tx) -> tuple[wire.Reusable, ...]:
    """All of them, with where they are used."""
    found = list_all(tx)
    used = where_used(tx)
    names = names_of(tx, {each.updated_by for each in found if each.updated_by is not None})
    return tuple(
        _shown(each, names.get(each.updated_by or "") or "", *used.get(each.name, ((), ()))) for each in found
    )


def _shown(one: Reusable, by: str, articles: tuple[Use, ...], snippets: tuple[str, ...]) -> wire.Reusable:
    used = tuple(wire.UsingArticle(each.article, each.title, each.language) for each in articles)
    return wire.Reusable(
        one.name, one.kind.value, dict(one.texts), one.version, one.updated_at, by, used, snippets
    )
