"""Searching in the help center: a page of results, and suggestions as one types."""

from dataclasses import dataclass

import msgspec
from aiohttp import web

from core.errors import NotFound
from core.store.tx import Tx
from knowledge.helpcenter import addresses, reading
from knowledge.helpcenter.drawing import Head
from knowledge.helpcenter.judging import is_worth
from knowledge.helpcenter.keeping import Few, Made, made
from knowledge.helpcenter.limiting import is_kept, often, source_of
from knowledge.helpcenter.pages import Pages, Tools, asked
from knowledge.helpcenter.reading import Line
from knowledge.helpcenter.room import Room
from knowledge.helpcenter.visiting import Visit
from knowledge.index.finding import Finding, Hit
from knowledge.index.snippet import Piece
from knowledge.loop.recording import AskedIn, Missed, record

_PAGE_DIGITS = 4
_OTHERS = 100
"""Brands, audiences and languages whose most read articles are remembered."""


@dataclass(frozen=True, slots=True)
class Result:
    """``href`` says along what was searched for."""

    href: str
    title: str
    language: str
    snippet: tuple[Piece, ...]


class Suggested(msgspec.Struct, frozen=True):
    """One line as one types."""

    title: str
    href: str
    language: str


class SuggestedAnswer(msgspec.Struct, frozen=True):
    items: tuple[Suggested, ...]


class SearchPages:
    """Handlers; nothing of them is kept by anybody, since everybody asks something else."""

    def __init__(self, tools: Tools, pages: Pages) -> None:
        self._tools = tools
        self._pages = pages
        self._settings = tools.parts.settings
        self._room = Room(self._settings.searching)
        self._others = Few[tuple[Line, ...]](_OTHERS)

    async def search(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        language = visit.language(request.match_info["language"])
        q, page = asked(request, self._settings.query_characters), self._page(request)
        if not q:
            key = ("search", language)
            empty = await self._tools.maker.page(
                request, visit, key, lambda: self._drawn(visit, language, ("", 1), Finding(), ())
            )
            return self._tools.counter.answer(request, visit, empty, kept=False)
        await often(self._tools.parts, "searches", request, self._settings.searches)
        async with self._room.place(source_of(request)):
            finding = await self._found(visit, language, q, page * self._settings.results + 1)
        others = () if finding.hits else await self._most_read(visit, language)
        if page == 1:
            await self._missed(request, visit, (language, q), finding)
        drawn = await self._drawn(visit, language, (q, page), finding, others)
        return self._tools.counter.answer(request, visit, drawn, kept=False)

    async def _drawn(
        self, visit: Visit, language: str, wanted: tuple[str, int], finding: Finding, others: tuple[Line, ...]
    ) -> Made:
        """``wanted``: what was searched for, and which page of what was found."""
        q, page = wanted
        say = self._tools.drawer.words(language)
        title = say("help-results-title", q=q) if q else say("help-search-label")
        head = Head(say("help-page-title", title=title, name=visit.name), index=False)
        frame = await self._pages.frame(visit, say, head, lambda tag: addresses.search(tag, q), q=q)
        content = {**self._content(finding, language, q, page), "most_read": others}
        return await self._pages.drawn("search", frame, content)

    async def suggest(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """JSON: ``{items: [{title, href, language}]}``; where there is nothing to say, nothing."""
        language = visit.language(request.match_info["language"])
        q = asked(request, self._settings.query_characters)
        finding = Finding()
        if q:
            await often(self._tools.parts, "suggests", request, self._settings.suggests)
            async with self._room.place(source_of(request)):
                finding = await self._found(visit, language, q, self._settings.suggestions)
        items = tuple(
            Suggested(each.title, each.href, each.language)
            for each in (_result(hit, q) for hit in finding.hits)
        )
        text = msgspec.json.encode(SuggestedAnswer(items)).decode()
        return self._tools.counter.answer(request, visit, made(text, "application/json"), kept=False)

    async def _found(self, visit: Visit, language: str, q: str, most: int) -> Finding:
        """Of what the index found only what this reader may read now, as it is published now."""
        found = await self._tools.parts.finder.look(q, language, most, visit.reader)
        worth = [hit for hit in found.hits if is_worth(hit, self._settings)]
        keys = {hit.document.key: hit for hit in worth if hit.document.language in visit.languages}
        wanted = [(key.article, key.language, key.number) for key in keys]
        readable = await self._tools.parts.db.read(reading.still_readable, visit.reader, wanted)
        hits = tuple(hit for key, hit in keys.items() if (key.article, key.language, key.number) in readable)
        return Finding(hits, found.corrected, found.synonyms)

    async def _missed(
        self, request: web.Request, visit: Visit, wanted: tuple[str, str], finding: Finding
    ) -> None:
        """Kept as a gap when nothing that was found is good: but not without end, whatever somebody makes up."""
        best = max(finding.hits, key=lambda hit: hit.probability, default=None)
        probability = 0.0 if best is None else best.probability
        if probability >= self._settings.good:
            return
        language, q = wanted
        if not await is_kept(self._tools.parts, "gaps", request, self._settings.gaps):
            return
        missed = Missed(
            asked_in=AskedIn.HELP,
            language=language,
            text=q,
            brand=None if visit.brand is None else visit.brand.id,
            best_article=None if best is None else best.document.key.article,
            best_probability=probability,
        )
        await self._tools.parts.db.run(record, missed)

    def _content(self, finding: Finding, language: str, q: str, page: int) -> dict[str, object]:
        first = (page - 1) * self._settings.results
        shown = finding.hits[first : first + self._settings.results]
        more = len(finding.hits) > first + self._settings.results and page < self._settings.result_pages
        return {
            "results": [_result(hit, q) for hit in shown],
            "first": first + 1,
            "corrected": finding.corrected,
            "before": addresses.search(language, q, page - 1) if page > 1 else None,
            "after": addresses.search(language, q, page + 1) if more else None,
        }

    async def _most_read(self, visit: Visit, language: str) -> tuple[Line, ...]:
        """For who found nothing; looked up once for as long as nothing changes, since it counts through all articles."""
        key, generation = (visit.key, language), visit.ground.generation
        known = self._others.get(key, generation)
        if known is None:
            known = await self._tools.parts.db.read(self._read_most, visit, language)
            self._others.put(key, generation, known)
        return known

    def _read_most(self, tx: Tx, visit: Visit, language: str) -> tuple[Line, ...]:
        since = reading.since(tx, self._settings.most_read_days)
        return reading.most_read(tx, visit.reader, language, since, self._settings.most_read)

    def _page(self, request: web.Request) -> int:
        """Raises NotFound for one that cannot be."""
        text = request.query.get("page", "1")
        if not text.isascii() or not text.isdigit() or len(text) > _PAGE_DIGITS:
            raise NotFound("there is no such page of results")
        page = int(text)
        if not 1 <= page <= self._settings.result_pages:
            raise NotFound("there is no such page of results")
        return page


def _result(hit: Hit, q: str) -> Result:
    document = hit.document
    at = addresses.article(document.language, document.filed.slug, q)
    return Result(at, document.title, document.language, hit.snippet)
