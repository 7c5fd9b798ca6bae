"""Flags on articles: raised by agents, seen to by who edits."""

from collections.abc import Sequence

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries.messages import names_of
from console.wire import flag as wire
from console.wire.base import Items
from core.agent import Permission
from core.errors import NotFound
from core.ids import AgentId, ArticleId, ConversationId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from knowledge import library
from knowledge.article import Article
from knowledge.beside import flags
from knowledge.beside.flags import Complaint, Flag


class FlagHandlers:
    """``/api/articles/…/flags`` and ``/api/flags``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settings = parts.knowledge.beside

    async def of_article(self, request: web.Request, session: Signed) -> web.Response:
        article, drafts = ArticleId(request.match_info["id"]), session.may(Permission.EDIT)
        found = await self._parts.db.read(_of_article, article, self._settings.flags, drafts=drafts)
        return json_response(Items(found))

    async def open(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(Items(await self._parts.db.read(_open, self._settings.flags)))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.FlagAsk)
        said = Complaint(
            ArticleId(request.match_info["id"]),
            ask.language,
            ask.number,
            ask.text,
            None if ask.conversation is None else ConversationId(ask.conversation),
        )
        most, drafts = self._settings.flag_characters, session.may(Permission.EDIT)
        made = await self._parts.db.run(_added, said, session.agent.id, most, drafts=drafts)
        self._audit("article flagged", request, session, made.article)
        return json_response(made, 201)

    async def resolve(self, request: web.Request, session: Signed) -> web.Response:
        flag_id = request.match_info["id"]
        settled = await self._parts.db.run(_resolved, flag_id, session.agent.id)
        self._audit("flag resolved", request, session, settled.article)
        return json_response(settled)

    def _audit(self, what: str, request: web.Request, session: Signed, article: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), article=article)


def _of_article(tx: Tx, article: ArticleId, most: int, *, drafts: bool) -> tuple[wire.Flag, ...]:
    known = library.get_for(tx, article, drafts=drafts)
    found = flags.list_of(tx, article, most)
    return _shown(tx, [each for each in found if drafts or _was_shown(known, each.language, each.number)])


def _open(tx: Tx, most: int) -> tuple[wire.Flag, ...]:
    return _shown(tx, flags.list_open(tx, most))


def _was_shown(article: Article, language: str, number: int) -> bool:
    """Whether it is what is published or older: what one has read may have been published anew since."""
    edition = article.editions.get(language)
    return edition is not None and edition.published is not None and number <= edition.published.number


def _added(tx: Tx, said: Complaint, agent: AgentId, characters: int, *, drafts: bool) -> wire.Flag:
    known = library.get_for(tx, said.article, drafts=drafts)
    if not drafts and not _was_shown(known, said.language, said.number):
        raise NotFound(f"article {said.article} has no revision {said.number} in {said.language}")
    return _shown(tx, [flags.flag(tx, said, agent, characters)])[0]


def _resolved(tx: Tx, flag_id: str, agent: AgentId) -> wire.Flag:
    return _shown(tx, [flags.resolve(tx, flag_id, agent)])[0]


def _shown(tx: Tx, found: Sequence[Flag]) -> tuple[wire.Flag, ...]:
    names = names_of(tx, {who for each in found for who in (each.agent, each.resolved_by) if who is not None})
    return tuple(
        wire.Flag(
            each.id,
            each.article,
            each.language,
            each.number,
            each.title,
            each.text,
            names.get(each.agent) or "",
            each.conversation,
            each.created_at,
            names.get(each.resolved_by or "") or "",
            each.resolved_at,
        )
        for each in found
    )
