"""What machines read: the map of the site, and what robots may look at."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from aiohttp import web

from core.answer import Reader
from core.errors import NotFound
from core.store.tx import Tx
from knowledge.helpcenter import addresses, reading
from knowledge.helpcenter.keeping import Made, made
from knowledge.helpcenter.pages import Pages, Tools
from knowledge.helpcenter.reading import Listed
from knowledge.helpcenter.visiting import Visit
from knowledge.helpcenter.xml import child, written

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "application/xml"
_PAGE_DIGITS = 6
_KEPT_OUT = (
    "/api/",
    "/console",
    "/help/sign-in",
    "/help/sign-out",
    "/help/*/search",
    "/help/*/suggest",
    "/help/*/contact",
)

_Page = tuple[Callable[[str], str], tuple[str, ...]]
"""Where it is in a language, and the languages in which it is."""


class MachinePages:
    """Handlers. Only what is public is ever listed, whoever asks."""

    def __init__(self, tools: Tools, pages: Pages) -> None:
        self._tools = tools
        self._pages = pages
        self._settings = tools.parts.settings

    async def robots(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        lines = ["User-agent: *", *(f"Disallow: {each}" for each in _KEPT_OUT)]
        lines.append(f"Sitemap: {visit.whole(addresses.SITEMAP)}")
        page = made("\n".join(lines) + "\n", "text/plain")
        return self._tools.counter.answer(request, visit, page)

    async def sitemaps(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """The pages of the map."""
        return await self._pages.kept(request, visit, "sitemaps", lambda: self._sitemaps(visit))

    async def _sitemaps(self, visit: Visit) -> Made:
        count = await self._tools.parts.db.read(reading.count_listed, stranger(visit), visit.languages)
        root = Element("sitemapindex", xmlns=_MAP)
        for page in range(1, max(1, -(-count // self._articles(visit))) + 1):
            child(child(root, "sitemap"), "loc", visit.whole(addresses.sitemap(page)))
        return made(written(root), _XML)

    async def sitemap(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        number = request.match_info["page"]
        if not number.isascii() or not number.isdigit() or len(number) > _PAGE_DIGITS or int(number) < 1:
            raise NotFound("there is no such page of the map")
        page = int(number)
        return await self._pages.kept(request, visit, ("sitemap", page), lambda: self._sitemap(visit, page))

    def _articles(self, visit: Visit) -> int:
        """On each page, so that with all their languages they are not more addresses than there may be."""
        return max(1, self._settings.sitemap_urls // len(visit.languages))

    async def _sitemap(self, visit: Visit, number: int) -> Made:
        parts = self._tools.parts
        fixed, listed = await parts.db.large.read(self._read, visit, number)
        if not listed and number > 1:
            raise NotFound("there is no such page of the map")
        return await parts.workers.run(_map, visit, fixed, listed)

    def _read(self, tx: Tx, visit: Visit, number: int) -> tuple[Sequence[_Page], Sequence[Listed]]:
        """The front page and categories, on the first page only, and the articles."""
        reader, most = stranger(visit), self._articles(visit)
        listed = reading.list_for_sitemap(tx, reader, visit.languages, (number - 1) * most, most)
        if number > 1:
            return (), listed
        front: _Page = (addresses.front, tuple(visit.languages))
        filled = reading.filled_categories(tx, reader, visit.languages)
        return (front, *((_category(slug), spoken) for slug, spoken in filled)), listed


def stranger(visit: Visit) -> Reader:
    """Whoever comes from nowhere."""
    return Reader(brand=visit.reader.brand)


def _category(slug: str) -> Callable[[str], str]:
    return lambda language: addresses.category(language, slug)


def _article(slug: str) -> Callable[[str], str]:
    return lambda language: addresses.article(language, slug)


def _map(visit: Visit, pages: Sequence[_Page], listed: Sequence[Listed]) -> Made:
    root = Element("urlset", {"xmlns": _MAP, "xmlns:xhtml": _XHTML})
    for at, spoken in pages:
        for tag in spoken:
            _url(root, visit, (at, spoken), tag)
    for each in listed:
        page = (_article(each.slug), each.languages)
        _url(root, visit, page, each.language, each.published_at.isoformat(timespec="seconds"))
    return made(written(root), _XML)


def _url(root: Element, visit: Visit, page: _Page, language: str, changed: str | None = None) -> None:
    """A page in one of its languages, with all of them beside it."""
    at, spoken = page
    url = child(root, "url")
    child(url, "loc", visit.whole(at(language)))
    if changed is not None:
        child(url, "lastmod", changed)
    for tag in spoken:
        child(url, "xhtml:link", rel="alternate", hreflang=tag, href=visit.whole(at(tag)))
