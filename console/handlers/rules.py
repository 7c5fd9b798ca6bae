"""Routing rules: listed, changed, put in order, tried on the past, and checked."""

from collections.abc import Sequence
from datetime import timedelta

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.changes import rules as changes
from console.handlers.setup import read_whole
from console.parts import Parts
from console.queries import rules as queries
from console.queries.checks import checks, read_checks
from console.queries.deadlines import deadlines_of
from console.queries.rule_trials import Setting, setting, shown
from console.wire import routing as wire
from console.wire.base import Items
from core.errors import Invalid
from core.ids import ConversationId
from core.limits import take
from core.store.tx import Tx
from core.web import client_address, json_response
from routing.rulebook.past import came_between, read_past
from routing.rulebook.trial import Trial

_USUALLY = timedelta(days=7)


class RuleHandlers:
    """``/api/routing/rules``, and what they did to a conversation."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._limits = parts.routing.rules

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(Items(await self._parts.db.read(queries.list_rules)))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        return await self._saved(request, session, None)

    async def put(self, request: web.Request, session: Signed) -> web.Response:
        return await self._saved(request, session, request.match_info["id"])

    async def remove(self, request: web.Request, session: Signed) -> web.Response:
        id = request.match_info["id"]
        await self._parts.db.run(changes.remove_rule, id)
        self._audit("removed", request, session, id)
        return web.Response(status=web.HTTPNoContent.status_code)

    async def order(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_whole(request, wire.RuleOrder)
        await self._parts.db.run(changes.order_rules, ask)
        self._audit("put in order", request, session, None)
        return await self.list(request, session)

    async def routing(self, request: web.Request, session: Signed) -> web.Response:
        conversation, zone = ConversationId(request.match_info["id"]), request.query.get("zone")
        language = session.agent.language
        return json_response(await self._parts.db.read(self._routing, conversation, language, zone))

    def _routing(
        self, tx: Tx, conversation: ConversationId, language: str, zone: str | None
    ) -> wire.ConversationRouting:
        return wire.ConversationRouting(
            queries.evaluations_of(tx, conversation, self._limits.evaluations),
            deadlines_of(tx, conversation, self._parts.texts, language, zone),
        )

    async def dry_run(self, request: web.Request, session: Signed) -> web.Response:
        """In small steps, each beside the event loop, so that nobody else waits for it."""
        ask = await read_whole(request, wire.DryRunAsk)
        await take(
            self._parts.limits, (f"dry run:{session.agent.id}", self._parts.settings.planning.dry_runs)
        )
        limits, db = self._limits, self._parts.db
        now = await db.read(setting, ask)
        found = await db.read(self._chosen, ask)
        chosen, more = found[: limits.tried], len(found) > limits.tried
        trial = Trial(limits.shown)
        for start in range(0, len(chosen), limits.tried_at_once):
            some = chosen[start : start + limits.tried_at_once]
            past = await db.read(read_past, some, limits, words=now.book.reads_words)
            await self._parts.workers.run(trial.add, now.book, now.queues, past)
        return json_response(await self._parts.workers.run(self._shown, trial, now, more=more))

    async def checks(self, request: web.Request, session: Signed) -> web.Response:
        found = await self._parts.db.large.read(read_checks, self._limits)
        return json_response(await self._parts.workers.run(checks, found, self._limits))

    def _chosen(self, tx: Tx, ask: wire.DryRunAsk) -> Sequence[ConversationId]:
        if ask.conversations:
            return [ConversationId(each) for each in dict.fromkeys(ask.conversations)]
        until = ask.until or tx.now
        since = ask.since or until - _USUALLY
        if since >= until:
            raise Invalid("since", "a time before until")
        return came_between(tx, since, until, self._limits.tried + 1)

    def _shown(self, trial: Trial, now: Setting, *, more: bool) -> wire.DryRun:
        return shown(trial, now, self._limits.traced, more=more)

    async def _saved(self, request: web.Request, session: Signed, id: str | None) -> web.Response:
        ask = await read_whole(request, wire.RoutingRuleAsk)
        saved = await self._parts.db.run(changes.save_rule, id, ask, session.agent.id, self._limits.rules)
        self._audit("added" if id is None else "changed", request, session, saved)
        rule = await self._parts.db.read(queries.find_rule, saved)
        return json_response(rule, 201 if id is None else 200)

    def _audit(self, did: str, request: web.Request, session: Signed, id: str | None) -> None:
        what = f"routing rule {did}" if id is not None else f"routing rules {did}"
        audit.record(what, by=session.agent.id, address=client_address(request), rule=id)
