"""The review of articles: steps, comments, comparing revisions, rolling back to one, and what waits for whom."""

from collections.abc import Callable
from typing import Any

from aiohttp import web
from msgspec import UnsetType

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries import editorial as queries
from console.wire import editorial as wire
from core.errors import Invalid
from core.ids import AgentId, ArticleId
from core.web import client_address, json_response, read_json
from knowledge.editorial.archiving import Archive
from knowledge.editorial.commenting import Comments, Remark
from knowledge.editorial.desk import At, Desk, Times
from knowledge.editorial.stages import Who

_DIGITS = 9


class EditorialHandlers:
    """``/api/articles/{id}/{language}/…`` and ``/api/knowledge/work``; most answer with the review as it is then."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._rules = parts.knowledge.editorial
        self._desk, self._archive = Desk(self._rules), Archive(self._rules)
        self._comments = Comments(self._rules)

    async def work(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._parts.db.read(queries.work, who(session), self._rules))

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        article, language = _edition(request)
        found = await self._parts.db.read(queries.read, article, language, who(session), self._rules)
        return json_response(await self._parts.workers.run(queries.shown, found))

    async def compare(self, request: web.Request, session: Signed) -> web.Response:
        article, language = _edition(request)
        old, new = _number(request, "from"), _number(request, "to")
        two = await self._parts.db.read(queries.read_two, article, language, old, new)
        return json_response(await self._parts.workers.run(queries.compared, two))

    async def ask(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReviewAsk)
        reviewer = None if ask.reviewer is None else AgentId(ask.reviewer)
        return await self._step(
            request, session, "review asked", self._desk.ask, ask.version, reviewer=reviewer, note=ask.note
        )

    async def withdraw(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReviewStepAsk)
        return await self._step(request, session, "review withdrawn", self._desk.withdraw, ask.version)

    async def decide(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReviewDecision)
        what = "revision approved" if ask.approved else "changes requested"
        return await self._step(
            request, session, what, self._desk.decide, ask.version, approved=ask.approved, note=ask.note
        )

    async def schedule(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Scheduling)
        times = (
            Times(ask.publish_at, as_planned=True)
            if isinstance(ask.unpublish_at, UnsetType)
            else Times(ask.publish_at, ask.unpublish_at)
        )
        return await self._step(
            request,
            session,
            "revision scheduled",
            self._desk.schedule,
            ask.version,
            times=times,
            note=ask.note,
        )

    async def unschedule(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReviewStepAsk)
        return await self._step(request, session, "schedule cancelled", self._desk.unschedule, ask.version)

    async def end(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Ending)
        return await self._step(
            request, session, "end planned", self._desk.unpublish_at, ask.version, until=ask.unpublish_at
        )

    async def roll_back(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.RollBack)
        return await self._step(
            request,
            session,
            "article rolled back",
            self._desk.roll_back,
            ask.version,
            number=ask.revision,
            note=ask.note,
        )

    async def comment(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.NewComment)
        article, language = _edition(request)
        remark = Remark(ask.revision, ask.body, ask.line, ask.parent)
        await self._parts.db.run(self._comments.add, article, language, who(session), remark)
        return await self.show(request, session)

    async def settle(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.CommentSettling)
        article, comment = ArticleId(request.match_info["id"]), request.match_info["comment"]
        resolve = self._comments.resolve
        await self._parts.db.run(resolve, article, comment, who(session), resolved=ask.resolved)
        return await self.show(request, session)

    async def archive(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.Archiving)
        article = ArticleId(request.match_info["id"])
        await self._parts.db.run(self._archive.archive, article, ask.version, who(session), ask.note)
        self._audit("article archived", request, session)
        return _done()

    async def bring_back(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReviewStepAsk)
        article = ArticleId(request.match_info["id"])
        await self._parts.db.run(self._archive.bring_back, article, ask.version, who(session))
        self._audit("article brought back", request, session)
        return _done()

    async def delete(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReviewStepAsk)
        article = ArticleId(request.match_info["id"])
        await self._parts.db.run(self._archive.delete, article, ask.version, who(session))
        self._audit("article deleted", request, session)
        return _done()

    async def _step(
        self,
        request: web.Request,
        session: Signed,
        what: str,
        step: Callable[..., Any],
        version: int,
        **given: Any,
    ) -> web.Response:
        article, language = _edition(request)
        await self._parts.db.run(step, At(article, language, version), who(session), **given)
        self._audit(what, request, session)
        return await self.show(request, session)

    def _audit(self, what: str, request: web.Request, session: Signed) -> None:
        article = request.match_info["id"]
        audit.record(what, by=session.agent.id, address=client_address(request), article=article)


def who(session: Signed) -> Who:
    return Who(session.agent.id, session.permissions)


def _edition(request: web.Request) -> tuple[ArticleId, str]:
    return ArticleId(request.match_info["id"]), request.match_info["language"]


def _number(request: web.Request, name: str) -> int:
    value = request.query.get(name, "")
    if not value.isascii() or not value.isdigit() or len(value) > _DIGITS:
        raise Invalid(name, "the number of a revision")
    return int(value)


def _done() -> web.Response:
    return web.Response(status=web.HTTPNoContent.status_code)
