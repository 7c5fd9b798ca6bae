"""The front page and categories, and what all pages are put together with."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from core.errors import NotFound
from core.store.tx import Tx
from knowledge.filing.category import Category
from knowledge.helpcenter import addresses, reading, structured
from knowledge.helpcenter.contract import HelpParts
from knowledge.helpcenter.drawing import Drawer, Frame, Head, Tongue
from knowledge.helpcenter.keeping import Made, Viewed, made
from knowledge.helpcenter.making import Maker
from knowledge.helpcenter.reading import Line, Opened, Stand
from knowledge.helpcenter.serving import Counter, Unreadable, elsewhere
from knowledge.helpcenter.slugs import slug_in
from knowledge.helpcenter.views import Views
from knowledge.helpcenter.visiting import Visit, Visits
from knowledge.helpcenter.words import Words
from knowledge.writing.presenter import Presenter


@dataclass(frozen=True, slots=True)
class Tools:
    """What handlers of pages share."""

    parts: HelpParts
    visits: Visits
    drawer: Drawer
    counter: Counter
    maker: Maker
    presenter: Presenter
    views: Views


class Pages:
    """Handlers; each page is made once for as long as nothing changes."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._settings = tools.parts.settings

    async def root(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """To the language that the browser wishes for."""
        return elsewhere(addresses.front(visit.wished), HTTPStatus.FOUND, Vary="Accept-Language")

    async def front(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        language = visit.language(request.match_info["language"])
        return await self.kept(request, visit, ("front", language), lambda: self._front(visit, language))

    async def category(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        language, slug = visit.language(request.match_info["language"]), slug_in(request)
        key = ("category", language, slug)
        return await self.kept(request, visit, key, lambda: self._category(visit, language, slug))

    async def missing(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        path = request.path.rstrip("/")
        if path != request.path:
            query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
            return elsewhere(quote(path) + query, HTTPStatus.MOVED_PERMANENTLY)
        raise NotFound("there is no such page")

    async def kept(
        self, request: web.Request, visit: Visit, key: Hashable, make: Callable[[], Awaitable[Made]]
    ) -> web.StreamResponse:
        """The page under this ``key``, made once for as long as nothing changes."""
        page = await self._tools.maker.page(request, visit, key, make)
        return self._tools.counter.answer(request, visit, page)

    async def _front(self, visit: Visit, language: str) -> Made:
        stands, lines = await self._tools.parts.db.read(self._read_front, visit, language)
        say, brand = self._tools.drawer.words(language), visit.brand
        own = {} if brand is None else {word: brand.says(word, language) for word in ("title", "lead")}
        home = visit.whole(addresses.front(language))
        data = structured.search_box(visit.name, home, visit.whole(addresses.search(language)) + "?q={q}")
        head = Head(
            title=say("help-front-title", name=visit.name),
            description=own.get("lead") or say("help-front-about", name=visit.name),
            canonical=home,
            alternates=self.alternates(visit, visit.languages, addresses.front, addresses.ROOT),
            index=visit.public,
            data=(data,),
        )
        frame = await self.frame(visit, say, head, addresses.front)
        content = {
            "title": own.get("title") or say("help-title"),
            "lead": own.get("lead") or say("help-lead"),
            "stands": stands,
            "most_read": lines,
        }
        return await self.drawn("front", _without_search(frame), content)

    def _read_front(self, tx: Tx, visit: Visit, language: str) -> tuple[Sequence[Stand], Sequence[Line]]:
        settings, reader = self._settings, visit.reader
        since = reading.since(tx, settings.most_read_days)
        lines = reading.most_read(tx, reader, language, since, settings.most_read)
        return reading.stands(tx, reader, language), lines

    async def _category(self, visit: Visit, language: str, slug: str) -> Made:
        db, most = self._tools.parts.db, self._settings.listed
        opened = await db.read(reading.open_category, visit.reader, language, slug, most)
        if opened is None:
            raise NotFound("there is no such category")
        say = self._tools.drawer.words(language)
        name = opened.category.name_in(language)
        steps = self.steps(say, () if opened.above is None else (opened.above,))
        own = addresses.category(language, opened.category.slug)

        def at(tag: str) -> str:
            return addresses.category(tag, opened.category.slug)

        head = Head(
            title=say("help-page-title", title=name, name=visit.name),
            description=opened.category.descriptions.get(language, ""),
            canonical=visit.whole(own),
            alternates=self.alternates(visit, visit.languages, at, at(visit.languages[0])),
            index=visit.public and bool(opened.articles or opened.below),
            data=(self.trail(visit, (*steps, (name, own))),),
        )
        frame = await self.frame(visit, say, head, at, trail=steps)
        description = opened.category.descriptions.get(language, "")
        return await self.drawn("category", frame, _category_content(opened, name, description))

    def steps(self, say: Words, above: Sequence[Category]) -> tuple[tuple[str, str], ...]:
        """From the front page down, each with its address."""
        up = ((each.name_in(say.language), addresses.category(say.language, each.slug)) for each in above)
        return ((say("help-place"), addresses.front(say.language)), *up)

    def trail(self, visit: Visit, steps: Sequence[tuple[str, str]]) -> Markup:
        """The same for machines."""
        return structured.trail([(name, visit.whole(path)) for name, path in steps])

    def alternates(
        self, visit: Visit, languages: Sequence[str], at: Callable[[str], str], other: str
    ) -> tuple[tuple[str, str], ...]:
        """Each language with its whole address, and ``other`` for everybody else."""
        own = tuple((tag, visit.whole(at(tag))) for tag in languages)
        return (*own, ("x-default", visit.whole(other)))

    async def frame(
        self,
        visit: Visit,
        say: Words,
        head: Head,
        at: Callable[[str], str],
        trail: tuple[tuple[str, str], ...] = (),
        q: str = "",
    ) -> Frame:
        """``at``: the address of the same page in another language."""
        tools = self._tools
        ways = await tools.visits.reach(visit)
        tongues = tuple(
            Tongue(tag, say.name_of(tag), at(tag), tag == say.language) for tag in visit.languages
        )
        return Frame(say, head, tools.visits.dress(visit, ways), tongues, trail=trail, q=q)

    async def drawn(
        self, template: str, frame: Frame, content: dict[str, Any], viewed: Viewed | None = None
    ) -> Made:
        """Drawn and packed beside the event loop."""
        return await self._tools.parts.workers.run(
            _drawn, self._tools.drawer, template, frame, content, viewed
        )


def asked(request: web.Request, most: int) -> str:
    """What was searched for, on one line and without control characters. Raises Unreadable when it is too long."""
    q = request.query.get("q", "")
    if len(q) > most:
        raise Unreadable("help-bad-long", most=most)
    return " ".join("".join(each if each.isprintable() else " " for each in q).split())


def _without_search(frame: Frame) -> Frame:
    return replace(frame, searches=False)


def _drawn(
    drawer: Drawer, template: str, frame: Frame, content: dict[str, Any], viewed: Viewed | None
) -> Made:
    return made(drawer.page(template, frame, content), viewed=viewed)


def _category_content(opened: Opened, name: str, description: str) -> dict[str, Any]:
    return {"opened": opened, "name": name, "description": description}
