"""Clusters of questions that found nothing good, and findings between articles: looked at, put right, written for."""

from collections.abc import Callable

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries.gaps import cluster_detail, cluster_page, findings_shown, sources_shown, wanted_from
from console.wire import gaps as wire
from console.wire.base import Items
from core.agent import Permission
from core.ids import ArticleId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from knowledge.loop import cluster as use
from knowledge.loop import comparing, drafting


class GapHandlers:
    """``/api/knowledge/gaps``, ``/api/knowledge/findings`` and ``/api/articles/{id}/sources``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._parts.db.large.read(cluster_page, wanted_from(request.query)))

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._detail(request.match_info["id"], session))

    async def merge(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ClusterMerge)
        return await self._changed(request, session, lambda tx, it: use.merge(tx, it, ask.version, ask.other))

    async def ignore(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ClusterIgnored)
        return await self._changed(
            request, session, lambda tx, it: use.ignore(tx, it, ask.version, ask.reason)
        )

    async def reopen(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.OfVersion)
        return await self._changed(request, session, lambda tx, it: use.reopen(tx, it, ask.version))

    async def close(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.OfVersion)
        return await self._changed(request, session, lambda tx, it: use.close(tx, it, ask.version))

    async def split(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ClusterSplit)
        cluster = request.match_info["id"]
        made = await self._parts.db.run(use.split, cluster, ask.version, ask.gaps)
        self._audit("gap cluster split", request, session, cluster)
        return json_response(await self._detail(made, session), 201)

    async def draft(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.OfVersion)
        cluster = request.match_info["id"]

        words = await self._parts.db.large.read(drafting.words_for, cluster)
        article = await self._parts.db.run(drafting.draft, words, ask.version, session.agent.id)
        made = wire.DraftMade(article, words.language, 1)
        self._audit("article drafted from gaps", request, session, cluster)
        return json_response(made, 201)

    async def link(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ClusterLink)
        cluster, article = request.match_info["id"], ArticleId(ask.article)

        words = await self._parts.db.large.read(drafting.words_for, cluster)
        by = session.agent.id
        number = await self._parts.db.run(drafting.answered_here, words, ask.version, article, by)
        made = wire.DraftMade(article, words.language, number)
        self._audit("gap cluster linked", request, session, cluster)
        return json_response(made)

    async def sources(self, request: web.Request, session: Signed) -> web.Response:
        article, whole = ArticleId(request.match_info["id"]), session.may(Permission.ANSWER)
        found = await self._parts.db.large.read(
            sources_shown, article, request.query.get("language", ""), whole=whole
        )
        return json_response(Items(found))

    async def findings(self, request: web.Request, session: Signed) -> web.Response:
        state, language = request.query.get("state", "open"), request.query.get("language") or None
        return json_response(Items(await self._parts.db.large.read(findings_shown, state, language)))

    async def settle(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.FindingSettled)
        finding = request.match_info["id"]
        await self._parts.db.run(comparing.settle, finding, ask.state, session.agent.id)
        self._audit(f"finding {ask.state}", request, session, finding)
        return web.Response(status=204)

    async def _changed(
        self, request: web.Request, session: Signed, change: Callable[[Tx, str], None]
    ) -> web.Response:
        cluster = request.match_info["id"]
        await self._parts.db.run(change, cluster)
        self._audit("gap cluster changed", request, session, cluster)
        return json_response(await self._detail(cluster, session))

    async def _detail(self, cluster: str, session: Signed) -> wire.GapClusterDetail:
        whole = session.may(Permission.ANSWER)
        return await self._parts.db.large.read(
            cluster_detail, cluster, self._parts.knowledge.loop, whole=whole
        )

    def _audit(self, what: str, request: web.Request, session: Signed, key: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), about=key)
