"""A help center on a port of its own, over a knowledge base that tests fill."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from core.answer import Audience
from core.ids import ArticleId
from core.limits import InProcessRateLimits
from core.store.database import Database
from core.store.tx import Tx
from core.tasks import Workers
from core.texts import Texts
from core.web import errors_as_json
from knowledge import library
from knowledge.article import Content
from knowledge.filing.filed import filing_of
from knowledge.filing.refiling import Refiling, refile
from knowledge.filing.slugs import rename
from knowledge.helpcenter.assembly import HelpCenter, build
from knowledge.helpcenter.brand import Brand
from knowledge.helpcenter.brands import Placed, add
from knowledge.helpcenter.contract import HelpParts, Ways
from knowledge.helpcenter.settings import HelpSettings
from knowledge.search import Search
from tests.builders import World, a_company, a_world, sqlite_url
from tests.house.tree import ROOT

P = ParamSpec("P")
T = TypeVar("T")
TOKEN = "a token of the site"
LIMITS = HelpSettings(results=3, result_pages=2, sitemap_urls=4, comment_characters=50)


@dataclass
class Watched:
    """A database that counts how often it is asked."""

    db: Database
    asked: int = 0

    @property
    def large(self) -> Database:
        return self

    async def run(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        self.asked += 1
        return await self.db.run(work, *args, **kwargs)

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        self.asked += 1
        return await self.db.read(work, *args, **kwargs)

    async def close(self) -> None:
        """Whoever opened it closes it."""


@dataclass
class Site:
    """The help center as a browser meets it; ``source``: which address a proxy on this machine says that it comes from."""

    world: World
    center: HelpCenter
    search: Search
    client: TestClient[web.Request, web.Application]
    db: Watched
    ways: dict[str | None, Ways] = field(default_factory=dict)
    cookie: str = ""
    source: str = ""

    async def get(self, path: str, status: int = 200, **headers: str) -> str:
        response = await self.response(path, **headers)
        text = await response.text()
        assert response.status == status, (path, response.status, text[:300])
        return text

    async def response(self, path: str, method: str = "GET", **headers: str) -> ClientResponse:
        named = self._headers(headers)
        if self.cookie:
            named.setdefault("Cookie", self.cookie)
        response = await self.client.request(method, path, headers=named, allow_redirects=False)
        await response.read()
        return response

    async def post(self, path: str, data: dict[str, str], **headers: str) -> ClientResponse:
        response = await self.client.post(
            path, data=data, headers=self._headers(headers), allow_redirects=False
        )
        await response.read()
        return response

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return ({"X-Forwarded-For": self.source} if self.source else {}) | named

    async def write(
        self,
        title: str,
        body: str = "Some words about it.",
        audience: Audience = Audience.PUBLIC,
        brands: Sequence[str] = (),
        **more: Any,
    ) -> ArticleId:
        """A published article, in English unless ``language`` is given; the search knows it."""
        made = await self.world.db.run(written, Content(title, body), audience, tuple(brands), more)
        await self.search.refresh()
        return made

    async def file(self, article: ArticleId, **filing: Any) -> None:
        await self.world.db.run(filed, article, filing)

    async def brand(self, id: str, *hosts: str, **more: Any) -> None:
        placed = Placed(Brand(id=id, name=id.title(), hosts=hosts, **more))
        await self.world.db.run(add, placed, 100)

    async def sign_in(self) -> None:
        response = await self.response(f"/help/sign-in?token={TOKEN}")
        assert response.status == 303
        self.cookie = response.headers["Set-Cookie"].partition(";")[0]


def written(
    tx: Tx, content: Content, audience: Audience, brands: tuple[str, ...], more: dict[str, Any]
) -> ArticleId:
    language, category = more.get("language", "en"), more.get("category")
    article = library.create(tx, language, content, category=category, slug=more.get("slug"))
    # Filed before it is published, as editors do.
    _file(tx, article.id, {"audience": audience, "brands": brands, "tags": more.get("tags", ())})
    library.publish(tx, article.id, language, 1)
    return article.id


def filed(tx: Tx, article: ArticleId, filing: dict[str, Any]) -> None:
    _file(tx, article, filing)


def _file(tx: Tx, article: ArticleId, filing: dict[str, Any]) -> None:
    before = library.get(tx, article)
    wanted = replace(filing_of(before), **filing)
    refile(tx, before, wanted, Refiling(before.version, publishes=True, tags=30))


def translated(tx: Tx, article: ArticleId, language: str, title: str) -> None:
    library.edit(tx, article, language, library.Edit(Content(title, "正文在这里。"), 0))
    library.publish(tx, article, language, 1)


def revised(tx: Tx, article: ArticleId, title: str, body: str) -> None:
    after = library.edit(
        tx, article, "en", library.Edit(Content(title, body), library.get(tx, article).editions["en"].newest)
    )
    library.publish(tx, article, "en", after.editions["en"].newest)


def renamed(tx: Tx, article: ArticleId, slug: str) -> None:
    before = library.get(tx, article)
    rename(tx, before, before.version, slug)


def rows(tx: Tx, table: object) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in tx.conn.execute(select(table))]  # type: ignore[call-overload]


@pytest.fixture
def limits() -> HelpSettings:
    return LIMITS


@pytest.fixture
async def site(tmp_path: Path, limits: HelpSettings) -> AsyncIterator[Site]:
    """Nobody has written anything yet; the brand is called Parley."""
    pool = Workers(2)
    async with a_world(sqlite_url(tmp_path)) as world:
        await world.db.run(a_company)
        search, db = Search(world.db, pool), Watched(world.db)
        ways: dict[str | None, Ways] = {}

        async def reach(brand: str | None) -> Ways:
            return ways.get(brand, Ways())

        async def prove(token: str, brand: str | None) -> bool:
            return token == TOKEN

        parts = HelpParts(
            db=db,
            bus=world.bus,
            clock=world.clock,
            limits=InProcessRateLimits(world.clock),
            workers=pool,
            texts=Texts(ROOT / "web" / "locales"),
            finder=search,
            name="Parley",
            address="https://help.example",
            secret=b"a secret of sixteen bytes or more",
            built=tmp_path,
            reach=reach,
            prove=prove,
            settings=limits,
        )
        center = build(parts)
        app = web.Application(middlewares=[errors_as_json], handler_args={"max_line_size": 65_536})
        for route in center.routes:
            app.router.add_route(route.method, route.path, route.handler)
        async with TestClient(TestServer(app)) as client:
            yield Site(world, center, search, client, db, ways)
    pool.close()
