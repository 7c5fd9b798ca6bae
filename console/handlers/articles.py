"""Articles of the knowledge base: listed, read, edited, published; and the search that agents use."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries.messages import names_of
from console.wire import article as wire
from console.wire.base import Items
from core.errors import Invalid
from core.ids import AgentId, ArticleId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from knowledge import library
from knowledge.article import Article, ArticleSummary, Content, Edition, Place, Revision, State


class ArticleHandlers:
    """``/api/articles`` and ``/api/knowledge``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        wanted = _filter(request)
        listed = await self._parts.db.read(_listed, wanted, session.agent.language)
        return json_response(Items(listed))

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._parts.db.read(_shown, ArticleId(request.match_info["id"])))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.NewArticle)
        added = await self._parts.db.run(_added, ask, session.agent.id)
        self._audit("article added", request, session, added.id)
        return json_response(added, 201)

    async def edit(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ArticleEdit)
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        edited = await self._parts.db.run(_edited, article, language, ask, session.agent.id)
        self._audit("article edited", request, session, article)
        return json_response(edited)

    async def publish(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Publishing)
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        shown = await self._parts.db.run(_published, article, language, ask.revision)
        self._audit("article published", request, session, article)
        return json_response(shown)

    async def unpublish(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Publishing)
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        shown = await self._parts.db.run(_unpublished, article, language, ask.revision)
        self._audit("article unpublished", request, session, article)
        return json_response(shown)

    async def search(self, request: web.Request, session: Signed) -> web.Response:
        pages = self._parts.settings.pages
        question = request.query.get("q", "").strip()
        if len(question) > pages.search_characters:
            question = question[: pages.search_characters]
        language = request.query.get("language") or session.agent.language
        answers = await self._parts.finder.search(question, language, pages.found) if question else ()
        found = tuple(
            wire.Found(each.article, each.title, each.language, each.excerpt, each.probability)
            for each in answers
        )
        return json_response(Items(found))

    def _audit(self, what: str, request: web.Request, session: Signed, article: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), article=article)


def _filter(request: web.Request) -> library.Filter:
    state = request.query.get("status") or None
    if state is not None and state not in set(State):
        raise Invalid("status", f"one of {', '.join(State)}")
    return library.Filter(
        text=request.query.get("q") or None,
        state=None if state is None else State(state),
        language=request.query.get("language") or None,
    )


def _listed(tx: Tx, wanted: library.Filter, prefer: str) -> tuple[wire.ArticleSummary, ...]:
    found = library.list_articles(tx, wanted, prefer=prefer)
    names = names_of(tx, {each.author for each in found if each.author is not None})
    return tuple(_line(each, "" if each.author is None else names.get(each.author) or "") for each in found)


def _line(article: ArticleSummary, author: str) -> wire.ArticleSummary:
    return wire.ArticleSummary(
        article.id,
        article.title,
        article.language,
        {language: state.value for language, state in article.states.items()},
        article.category,
        article.updated_at,
        author,
    )


def _added(tx: Tx, ask: wire.NewArticle, author: AgentId) -> wire.ArticleDetail:
    content = Content(ask.title, ask.body, ask.questions)
    made = library.create(tx, ask.language, content, category=ask.category, author=author)
    return _detail(tx, made)


def _edited(
    tx: Tx, article: ArticleId, language: str, ask: wire.ArticleEdit, author: AgentId
) -> wire.ArticleDetail:
    change = library.Edit(Content(ask.title, ask.body, ask.questions), ask.base, ask.category)
    return _detail(tx, library.edit(tx, article, language, change, author))


def _published(tx: Tx, article: ArticleId, language: str, revision: int) -> wire.ArticleDetail:
    return _detail(tx, library.publish(tx, article, language, revision))


def _unpublished(tx: Tx, article: ArticleId, language: str, revision: int) -> wire.ArticleDetail:
    return _detail(tx, library.unpublish(tx, article, language, revision))


def _shown(tx: Tx, article: ArticleId) -> wire.ArticleDetail:
    return _detail(tx, library.get(tx, article))


def _detail(tx: Tx, article: Article) -> wire.ArticleDetail:
    authors = {mark.author for edition in article.editions.values() for mark in edition.history}
    found = names_of(tx, {author for author in authors if author is not None})
    names = {author: name or "" for author, name in found.items()}
    editions = {language: _edition(edition, names) for language, edition in article.editions.items()}
    return wire.ArticleDetail(article.id, article.slug, article.category, editions)


def _edition(edition: Edition, names: dict[str, str]) -> wire.ArticleLanguage:
    return wire.ArticleLanguage(
        None if edition.published is None else _revision(edition.published, names),
        None if edition.draft is None else _revision(edition.draft, names),
        tuple(
            wire.RevisionRef(mark.number, names.get(mark.author or "", ""), mark.at, _place(mark.place))
            for mark in edition.history
        ),
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
