"""Snippets and variables: listed with where they are used, added, changed and taken away."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries.writing import reusables as listed
from console.wire import writing as wire
from console.wire.base import Items
from core.errors import NotFound
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from knowledge.rendering.values import Kind
from knowledge.writing import reusables


class ReusableHandlers:
    """``/api/knowledge/reusables``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._limits = parts.settings.writing.reusables

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(Items(await self._parts.db.read(listed)))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.NewReusable)

        def add(tx: Tx) -> wire.Reusable:
            kind = Kind(ask.kind)
            return _shown(
                tx, reusables.add(tx, ask.name, kind, ask.texts, self._limits, session.agent.id).name
            )

        added = await self._parts.db.run(add)
        self._audit("reusable added", request, session, added.name)
        return json_response(added, 201)

    async def put(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReusableChange)
        name = request.match_info["name"]

        def put(tx: Tx) -> wire.Reusable:
            reusables.change(tx, name, ask.texts, ask.version, self._limits, session.agent.id)
            return _shown(tx, name)

        changed = await self._parts.db.run(put)
        self._audit("reusable changed", request, session, name)
        return json_response(changed)

    async def remove(self, request: web.Request, session: Signed) -> web.Response:
        name = request.match_info["name"]
        await self._parts.db.run(reusables.remove, name)
        self._audit("reusable removed", request, session, name)
        return web.Response(status=204)

    def _audit(self, what: str, request: web.Request, session: Signed, name: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), reusable=name)


def _shown(tx: Tx, name: str) -> wire.Reusable:
    found = next((each for each in listed(tx) if each.name == name), None)
    if found is None:
        raise NotFound(f"there is no reusable {name}")
    return found
