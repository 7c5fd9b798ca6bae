"""The settings of an article: where it is filed, who may read it, whose it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from aiohttp import web
from msgspec import UNSET, UnsetType
from sqlalchemy import func, select

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries.messages import names_of
from console.wire import filing as wire
from core.agent import Permission
from core.answer import Audience
from core.ids import AgentId, ArticleId, CategoryId
from core.store.tables.knowledge import article, article_tag, brand
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from knowledge import library
from knowledge.article import Article
from knowledge.editorial.comparing import Line, Piece
from knowledge.filing import slugs
from knowledge.filing.filed import Filing, filing_of
from knowledge.filing.following import SourceVersions, mark_right, source_versions, translations
from knowledge.filing.narrowing import Wanted, conditions
from knowledge.filing.refiling import Refiling, owners, refile
from knowledge.filing.since import Changed, changed
from knowledge.filing.translations import missing, to_follow

T = TypeVar("T")


class FilingHandlers:
    """``/api/articles/{id}`` without its texts, ``/api/knowledge/choices`` and ``redirects``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        article, languages = ArticleId(request.match_info["id"]), self._parts.knowledge.filing.languages
        drafts = session.may(Permission.EDIT)
        return json_response(await self._parts.db.read(_shown, article, languages, drafts=drafts))

    async def change(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.FilingChange)
        article = ArticleId(request.match_info["id"])
        settings = self._parts.knowledge.filing
        asked = Refiling(ask.version, session.may(Permission.PUBLISH), settings.tags)
        await self._parts.db.run(_changed, article, ask, asked)
        self._audit("article filed", request, session, article)
        return await self.show(request, session)

    async def mark_right(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.StillRight)
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        await self._parts.db.run(_marked, article, language, ask.source)
        self._audit("translation marked as right", request, session, article)
        return await self.show(request, session)

    async def source_changes(self, request: web.Request, session: Signed) -> web.Response:
        """Compared in a worker thread: two long texts may take half a second."""
        article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
        versions = await self._parts.db.read(_source_versions, article, language)
        found = await self._parts.workers.run(changed, versions.old, versions.new)
        return json_response(_changes(versions, found))

    async def rename(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.SlugChange)
        article = ArticleId(request.match_info["id"])
        await self._parts.db.run(_renamed, article, ask)
        self._audit("article's address changed", request, session, article)
        return await self.show(request, session)

    async def redirect(self, request: web.Request, session: Signed) -> web.Response:
        ask, most = await read_json(request, wire.NewRedirect), self._parts.knowledge.filing.redirects
        article = await self._parts.db.run(slugs.add_redirect, ask.slug, ask.target, most)
        self._audit("redirect added", request, session, article)
        return json_response(wire.Redirected(article), 201)

    async def forget_redirect(self, request: web.Request, session: Signed) -> web.Response:
        slug = request.match_info["slug"]
        await self._parts.db.run(slugs.remove_redirect, slug)
        audit.record("redirect removed", by=session.agent.id, address=client_address(request), slug=slug)
        return web.Response(status=web.HTTPNoContent.status_code)

    async def choices(self, request: web.Request, session: Signed) -> web.Response:
        languages, drafts = self._parts.knowledge.filing.languages, session.may(Permission.EDIT)
        return json_response(await self._parts.db.read(_choices, languages, drafts=drafts))

    def _audit(self, what: str, request: web.Request, session: Signed, article: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), article=article)


def _shown(tx: Tx, article_id: ArticleId, languages: Sequence[str], *, drafts: bool) -> wire.Filing:
    return show(tx, library.get_for(tx, article_id, drafts=drafts), languages)


def _changed(tx: Tx, article_id: ArticleId, ask: wire.FilingChange, asked: Refiling) -> None:
    before = library.get(tx, article_id)
    refile(tx, before, wanted(filing_of(before), ask), asked)


def _marked(tx: Tx, article_id: ArticleId, language: str, source: int) -> None:
    mark_right(tx, library.get(tx, article_id), language, source)


def _renamed(tx: Tx, article_id: ArticleId, ask: wire.SlugChange) -> None:
    slugs.rename(tx, library.get(tx, article_id), ask.version, ask.slug)


def _source_versions(tx: Tx, article_id: ArticleId, language: str) -> SourceVersions:
    return source_versions(tx, library.get(tx, article_id), language)


def _changes(versions: SourceVersions, found: Changed) -> wire.SourceChanges:
    title = None if found.title is None else wire.SourceLine(*map(_words, found.title))
    return wire.SourceChanges(
        versions.language,
        versions.followed,
        versions.shown,
        title,
        tuple(_compared(line) for line in found.questions),
        tuple(_compared(line) for line in found.lines),
    )


def _compared(line: Line | None) -> wire.SourceLine:
    old, new = (None, None) if line is None else (line.old, line.new)
    return wire.SourceLine(
        None if old is None else _words(old.pieces), None if new is None else _words(new.pieces)
    )


def _words(pieces: Sequence[Piece]) -> tuple[wire.Words, ...]:
    return tuple(wire.Words(piece.text, piece.changed) for piece in pieces)


def wanted(now: Filing, ask: wire.FilingChange) -> Filing:
    """``now`` with what was asked for."""
    audience = _or(ask.audience, now.audience.value)
    category, owner = _or(ask.category_id, now.category), _or(ask.owner, now.owner)
    return replace(
        now,
        category=None if category is None else CategoryId(category),
        tags=_or(ask.tags, now.tags),
        audience=Audience(audience),
        brands=_or(ask.brands, now.brands),
        owner=None if owner is None else AgentId(owner),
        review_by=_or(ask.review_by, now.review_by),
        source_language=_or(ask.source_language, now.source_language),
    )


def _or(asked: T | UnsetType, now: T) -> T:
    return now if asked is UNSET else asked


def show(tx: Tx, article: Article, languages: Sequence[str]) -> wire.Filing:
    names = {} if article.owner is None else names_of(tx, {article.owner})
    owner = None if article.owner is None else wire.Owner(article.owner, names.get(article.owner) or "")
    return wire.Filing(
        article.version,
        article.slug,
        tuple(slugs.redirects_to(tx, article.slug)),
        article.category_id,
        article.tags,
        article.audience.value,
        article.brands,
        owner,
        article.review_by,
        article.review_by is not None and article.review_by < tx.now.date(),
        article.source_language,
        to_follow(article.editions.get(article.source_language or "")),
        tuple(
            wire.Translation(each.language, each.number, each.followed, each.stale)
            for each in translations(tx, article)
        ),
        missing(article.editions, languages),
        article.archived_at,
    )


def _choices(tx: Tx, languages: tuple[str, ...], *, drafts: bool) -> wire.FilingChoices:
    counted = select(article_tag.c.tag, func.count().label("articles")).group_by(article_tag.c.tag)
    if not drafts:
        shown = select(article.c.id).where(*conditions(tx, Wanted(shown=True)))
        counted = counted.where(article_tag.c.article_id.in_(shown))
    tags = tx.conn.execute(counted.order_by(article_tag.c.tag))
    brands = tx.conn.execute(select(brand.c.id, brand.c.name).order_by(brand.c.name, brand.c.id))
    return wire.FilingChoices(
        tuple(wire.TagCount(row.tag, row.articles) for row in tags),
        tuple(wire.BrandName(row.id, row.name) for row in brands),
        tuple(wire.Owner(person.id, person.name) for person in owners(tx)),
        languages,
    )
