"""The help center put together, for whoever wires the program."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from core.agent import Permission
from core.answer import Reader
from core.web import Route
from knowledge.helpcenter.articles import ArticlePages
from knowledge.helpcenter.assets import Assets
from knowledge.helpcenter.contract import HelpParts
from knowledge.helpcenter.drawing import Drawer
from knowledge.helpcenter.feeds import FeedPages
from knowledge.helpcenter.freshness import Freshness
from knowledge.helpcenter.keeping import Cache
from knowledge.helpcenter.looks import LookPages
from knowledge.helpcenter.machines import MachinePages
from knowledge.helpcenter.making import Maker
from knowledge.helpcenter.pages import Pages, Tools
from knowledge.helpcenter.readers import ReaderPages, Stamps, reader_of
from knowledge.helpcenter.searching import SearchPages
from knowledge.helpcenter.serving import Counter
from knowledge.helpcenter.talking import TalkPages
from knowledge.helpcenter.views import Views
from knowledge.helpcenter.visiting import Visits
from knowledge.writing.presenter import Presenter


@dataclass(frozen=True, slots=True)
class HelpCenter:
    """``views.serve`` is a service; ``close`` ends listening."""

    routes: Sequence[Route]
    views: Views
    freshness: Freshness

    def close(self) -> None:
        self.freshness.close()


def build(parts: HelpParts) -> HelpCenter:
    """One a process."""
    settings = parts.settings
    freshness = Freshness(parts.db, parts.bus, parts.clock, settings)
    assets, drawer = Assets(parts.built), Drawer(parts.texts)
    stamps = Stamps(parts.secret)

    def reader(request: web.Request, brand: str | None) -> Reader:
        return reader_of(request, stamps, brand, parts.clock.now())

    visits, cache = (
        Visits(parts, freshness, assets, reader),
        Cache(settings.cache_bytes, settings.cache_pages),
    )
    tools = Tools(
        parts=parts,
        visits=visits,
        drawer=drawer,
        counter=Counter(visits, drawer, cache, settings.fresh_s),
        maker=Maker(parts, cache),
        presenter=Presenter(parts.db, parts.workers, parts.texts),
        views=Views(parts.db, parts.clock, settings.flush_s, settings.views_kept),
    )
    return HelpCenter(_routes(tools, assets), tools.views, freshness)


def _routes(tools: Tools, assets: Assets) -> Sequence[Route]:
    """What is more exact comes first; whatever else is below /help is a page that says so. HEAD is answered as GET is."""
    pages, page = Pages(tools), tools.counter.page
    readers, articles, feeds = ReaderPages(tools.parts), ArticlePages(tools, pages), FeedPages(tools, pages)
    search, talk, machines = SearchPages(tools, pages), TalkPages(tools, pages), MachinePages(tools, pages)
    looks = LookPages(tools, pages)
    routes = (
        Route("GET", "/favicon.ico", page(looks.icon), Permission.PUBLIC),
        Route("GET", "/robots.txt", page(machines.robots), Permission.PUBLIC),
        Route("GET", "/help", page(pages.root), Permission.PUBLIC),
        Route("GET", "/help/sitemap.xml", page(machines.sitemaps), Permission.PUBLIC),
        Route("GET", "/help/sitemap-{page}.xml", page(machines.sitemap), Permission.PUBLIC),
        Route("GET", "/help/assets/{version}/{name}", assets.get, Permission.PUBLIC),
        Route("GET", "/help/theme/{colour}.css", page(looks.theme), Permission.PUBLIC),
        Route("GET", "/help/sign-in", page(readers.sign_in), Permission.PUBLIC),
        Route("GET", "/help/sign-out", page(readers.sign_out), Permission.PUBLIC),
        Route("GET", "/help/{language}", page(pages.front), Permission.PUBLIC),
        Route("GET", "/help/{language}/categories/{slug}", page(pages.category), Permission.PUBLIC),
        Route("GET", "/help/{language}/categories/{slug}/feed.xml", page(feeds.category), Permission.PUBLIC),
        Route("GET", "/help/{language}/articles/{slug}", page(articles.article), Permission.PUBLIC),
        Route("POST", "/help/{language}/articles/{slug}/votes", page(talk.vote), Permission.PUBLIC),
        Route("GET", "/help/{language}/search", page(search.search), Permission.PUBLIC),
        Route("GET", "/help/{language}/suggest", page(search.suggest), Permission.PUBLIC),
        Route("GET", "/help/{language}/contact", page(talk.contact), Permission.PUBLIC),
        Route("GET", "/help/{language}/feed.xml", page(feeds.feed), Permission.PUBLIC),
        Route("GET", "/help/{rest:.*}", page(pages.missing), Permission.PUBLIC),
    )
    heads = (
        Route("HEAD", each.path, each.handler, each.permission) for each in routes if each.method == "GET"
    )
    return (*routes, *heads)
