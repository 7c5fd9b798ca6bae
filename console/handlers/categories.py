"""Categories of the knowledge base: read by agents, kept by publishers."""

from aiohttp import web
from msgspec import UNSET

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.wire import category as wire
from console.wire.base import Items
from core.ids import CategoryId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from knowledge.filing import keeping, shelves
from knowledge.filing.categories import list_categories
from knowledge.filing.category import Category
from knowledge.filing.keeping import Wanted


class CategoryHandlers:
    """``/api/categories``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(Items(await self._parts.db.read(_listed)))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.NewCategory)
        wanted = Wanted(ask.names, ask.descriptions, ask.slug)
        most = self._parts.knowledge.filing.categories
        added = await self._parts.db.run(keeping.add, wanted, _id(ask.parent), most)
        self._audit("category added", request, session, added.id)
        return json_response(_shown(added, 0), 201)

    async def change(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.CategoryChange)
        category, wanted = _named(request), Wanted(ask.names, ask.descriptions, ask.slug)
        changed = await self._parts.db.run(_changed, category, ask.version, wanted)
        self._audit("category changed", request, session, category)
        return json_response(changed)

    async def place(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.CategoryPlace)
        moved = await self._parts.db.run(_placed, _named(request), ask)
        self._audit("category moved", request, session, _named(request))
        return json_response(Items(moved))

    async def remove(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.CategoryRemoval)
        category = _named(request)
        await self._parts.db.run(_removed, category, ask)
        self._audit("category removed", request, session, category)
        return web.Response(status=web.HTTPNoContent.status_code)

    def _audit(self, what: str, request: web.Request, session: Signed, category: str) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), category=category)


def _listed(tx: Tx) -> tuple[wire.Category, ...]:
    counts = shelves.counts(tx)
    return tuple(_shown(each, counts.get(each.id, 0)) for each in list_categories(tx))


def _changed(tx: Tx, category: CategoryId, version: int, wanted: Wanted) -> wire.Category:
    return _shown(keeping.change(tx, category, version, wanted), shelves.counts(tx).get(category, 0))


def _placed(tx: Tx, category: CategoryId, ask: wire.CategoryPlace) -> tuple[wire.Category, ...]:
    keeping.place(tx, category, ask.version, _id(ask.parent), _id(ask.before))
    return _listed(tx)


def _removed(tx: Tx, category: CategoryId, ask: wire.CategoryRemoval) -> None:
    to = None if ask.to is UNSET else _id(ask.to)
    keeping.remove(tx, category, ask.version, to, alone=ask.to is UNSET)


def _named(request: web.Request) -> CategoryId:
    return CategoryId(request.match_info["id"])


def _id(value: str | None) -> CategoryId | None:
    return None if value is None else CategoryId(value)


def _shown(category: Category, articles: int) -> wire.Category:
    return wire.Category(
        category.id,
        category.slug,
        category.parent,
        dict(category.names),
        dict(category.descriptions),
        category.position,
        category.version,
        articles,
    )
