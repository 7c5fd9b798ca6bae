"""Articles of the knowledge base: read, edited, published."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.handlers.editorial import who
from console.parts import Parts
from console.queries.messages import names_of
from console.wire import article as wire
from console.wire.base import StageName
from core.agent import Permission
from core.ids import ArticleId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from knowledge import library
from knowledge.article import Article, Content, Edition, Place, Revision
from knowledge.editorial.desk import At, Desk
from knowledge.editorial.editions import standing
from knowledge.editorial.stages import Who
from knowledge.filing.category import name_in
from knowledge.filing.refiling import chosen
from knowledge.writing import working


class ArticleHandlers:
    """``/api/articles``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._desk = Desk(parts.knowledge.editorial)

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        article, drafts = ArticleId(request.match_info["id"]), session.may(Permission.EDIT)
        return json_response(await self._parts.db.read(_shown, article, drafts=drafts))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.NewArticle)
        added = await self._parts.db.run(_added, ask, session)
        self._audit("article added", request, session, added.id)
        return json_response(added, 201)

    async def edit(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ArticleEdit)
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        edited = await self._parts.db.run(_edited, article, language, ask, session)
        self._audit("article edited", request, session, article)
        return json_response(edited)

    async def publish(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Publishing)
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        shown = await self._parts.db.run(self._published, article, language, ask, who(session))
        self._audit("article published", request, session, article)
        return json_response(shown)

    async def unpublish(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Publishing)
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        shown = await self._parts.db.run(self._unpublished, article, language, ask, who(session))
        self._audit("article unpublished", request, session, article)
        return json_response(shown)

    def _published(
        self, tx: Tx, article: ArticleId, language: str, ask: wire.Publishing, by: Who
    ) -> wire.ArticleDetail:
        self._desk.publish(tx, At(article, language, ask.version), by, ask.revision, ask.note)
        return _shown(tx, article, drafts=True)

    def _unpublished(
        self, tx: Tx, article: ArticleId, language: str, ask: wire.Publishing, by: Who
    ) -> wire.ArticleDetail:
        self._desk.unpublish(tx, At(article, language, ask.version), by, ask.revision, ask.note)
        return _shown(tx, article, drafts=True)

    def _audit(self, what: str, request: web.Request, session: Signed, article: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), article=article)


def _added(tx: Tx, ask: wire.NewArticle, session: Signed) -> wire.ArticleDetail:
    content = Content(ask.title, ask.body, ask.questions)
    category = chosen(tx, ask.category, None, publishes=session.may(Permission.PUBLISH))
    made = library.create(tx, ask.language, content, category=category, author=session.agent.id)
    return _detail(tx, made)


def _edited(
    tx: Tx, article: ArticleId, language: str, ask: wire.ArticleEdit, session: Signed
) -> wire.ArticleDetail:
    content, author = Content(ask.title, ask.body, ask.questions), session.agent.id
    publishes = session.may(Permission.PUBLISH)
    category = chosen(tx, ask.category, library.get(tx, article), publishes=publishes)
    edited = library.edit(
        tx, article, language, library.Edit(content, ask.base, category, ask.note, ask.source), author
    )
    working.drop(tx, working.Desk(article, language, author))
    return _detail(tx, edited)


def _shown(tx: Tx, article: ArticleId, *, drafts: bool) -> wire.ArticleDetail:
    return _detail(tx, library.get_for(tx, article, drafts=drafts))


def _detail(tx: Tx, article: Article) -> wire.ArticleDetail:
    authors = {mark.author for edition in article.editions.values() for mark in edition.history}
    found = names_of(tx, {author for author in authors if author is not None})
    names = {author: name or "" for author, name in found.items()}
    stages: dict[str, StageName] = {
        language: standing(tx, article.id, language).stage.value
        for language, edition in article.editions.items()
        if edition.draft is not None
    }
    editions = {
        language: _edition(edition, names, stages.get(language))
        for language, edition in article.editions.items()
    }
    return wire.ArticleDetail(
        article.id,
        article.slug,
        name_in(article.category),
        editions,
        article.category_id,
        article.version,
        article.archived_at,
    )


def _edition(edition: Edition, names: dict[str, str], stage: StageName | None) -> wire.ArticleLanguage:
    return wire.ArticleLanguage(
        None if edition.published is None else _revision(edition.published, names),
        None if edition.draft is None else _revision(edition.draft, names),
        tuple(
            wire.RevisionRef(mark.number, names.get(mark.author or "", ""), mark.at, _place(mark.place))
            for mark in edition.history
        ),
        stage,
    )


def _place(place: Place) -> str:
    return "old" if place is Place.EARLIER else place.value


def _revision(revision: Revision, names: dict[str, str]) -> wire.Revision:
    content = revision.content
    return wire.Revision(
        revision.number,
        content.title,
        content.body,
        content.questions,
        names.get(revision.author or "", ""),
        revision.created_at,
        revision.published_at,
    )
