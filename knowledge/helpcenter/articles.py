"""An article's page, with what is like it."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from aiohttp import hdrs, web

from core.errors import NotFound, ParleyError
from core.ids import ArticleId
from core.store.tx import Tx
from knowledge.filing.category import Category
from knowledge.helpcenter import addresses, reading, structured
from knowledge.helpcenter.drawing import Frame, Head, harmless
from knowledge.helpcenter.judging import is_worth
from knowledge.helpcenter.keeping import Few, Made, Viewed, made
from knowledge.helpcenter.pages import Pages, Tools, asked
from knowledge.helpcenter.reading import Elsewhere, Line, Moved, Shown
from knowledge.helpcenter.serving import Elsewhere as NotHere
from knowledge.helpcenter.slugs import slug_in
from knowledge.helpcenter.visiting import Visit
from knowledge.helpcenter.voting import REASONS
from knowledge.helpcenter.words import Words
from knowledge.markdown import excerpt, plain
from knowledge.rendering.values import Reusables
from knowledge.writing.reusables import in_language

log = logging.getLogger(__name__)

_CONTENTS_LEVEL = 2
_DESCRIPTION_CHARACTERS = 160
_ANSWER_CHARACTERS = 5_000
_VOTED = frozenset({"yes", "no", "done"})


@dataclass(frozen=True, slots=True)
class _Article:
    """What its page is made of: the categories ``above`` it, and its text without markup."""

    shown: Shown
    related: tuple[Line, ...]
    above: tuple[Category, ...]
    text: str


class ArticlePages:
    """Handlers."""

    def __init__(self, tools: Tools, pages: Pages) -> None:
        self._tools = tools
        self._pages = pages
        self._settings = tools.parts.settings
        self._alike = Few[tuple[ArticleId, ...]](self._settings.cache_pages)

    async def article(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """With ``q``, what was searched for before, so that whoever asks a person need not say it again."""
        tools, language = self._tools, visit.language(request.match_info["language"])
        slug = slug_in(request)
        voted, q = request.query.get("voted", ""), asked(request, self._settings.query_characters)
        voted = voted if voted in _VOTED else ""
        key = None if q else ("article", language, slug, voted)
        page = await tools.maker.page(
            request, visit, key, lambda: self._article(visit, language, slug, (voted, q))
        )
        if page.viewed is not None and not request.query.get("voted") and _is_read(request):
            tools.views.count(page.viewed)
        return tools.counter.answer(request, visit, page, kept=not q)

    async def _article(self, visit: Visit, language: str, slug: str, told: tuple[str, str]) -> Made:
        tools, (voted, q) = self._tools, told
        found = await tools.parts.db.read(reading.find, visit.reader, language, slug)
        if isinstance(found, Moved):
            there = addresses.article(language, found.slug, q)
            return made("", status=HTTPStatus.MOVED_PERMANENTLY, headers={hdrs.LOCATION: there})
        if isinstance(found, Elsewhere):
            raise NotHere(self._elsewhere(visit, found))
        if found is None:
            raise NotFound("there is no such article")
        say = tools.drawer.words(language)
        html = await tools.presenter.html(found.body, language, visit.reader)
        whole = await self._whole(visit, found)
        frame = replace(
            await self._frame(visit, say, whole),
            trail=self._pages.steps(say, whole.above),
            about=found.slug,
            q=q,
        )
        content = {
            "article": found,
            "body": harmless(html),
            "contents": [each for each in html.headings if each.level == _CONTENTS_LEVEL],
            "related": whole.related,
            "voted": voted,
            "reasons": [(reason, say(f"help-reason-{reason}")) for reason in REASONS],
            "comment_characters": self._settings.comment_characters,
        }
        return await self._pages.drawn("article", frame, content, Viewed(found.id, language, found.number))

    async def _whole(self, visit: Visit, shown: Shown) -> _Article:
        parts, alike = self._tools.parts, await self._like(visit, shown)
        related, above, reusables = await parts.db.read(self._around, visit, shown, alike)
        text = await parts.workers.run(plain, shown.body, reusables)
        return _Article(shown, related, above, text)

    def _around(
        self, tx: Tx, visit: Visit, shown: Shown, alike: Sequence[ArticleId]
    ) -> tuple[tuple[Line, ...], tuple[Category, ...], Reusables]:
        known = reading.category_names(tx)
        own = None if shown.category is None else known.get(shown.category)
        above = None if own is None or own.parent is None else known.get(own.parent)
        related = reading.related(tx, visit.reader, shown, alike, self._settings.related)
        return (
            related,
            tuple(each for each in (above, own) if each is not None),
            in_language(tx, shown.language),
        )

    async def _like(self, visit: Visit, shown: Shown) -> tuple[ArticleId, ...]:
        """What the search finds by its title for this reader, the likest first; worked out once for as long as nothing changes."""
        key, generation = (visit.key, shown.id, shown.language), visit.ground.generation
        known = self._alike.get(key, generation)
        if known is not None:
            return known
        settings = self._settings
        try:
            async with asyncio.timeout(settings.alike_s):
                found = await self._tools.parts.finder.look(
                    shown.title, shown.language, settings.related * 2 + 1, visit.reader
                )
        except (TimeoutError, ParleyError):
            # Tags and categories do without it; the next time may be better.
            log.warning("the search did not say what is like an article")
            return ()
        alike = tuple(
            hit.document.key.article
            for hit in found.hits
            if hit.document.language == shown.language
            and hit.document.key.article != shown.id
            and is_worth(hit, settings)
        )
        self._alike.put(key, generation, alike)
        return alike

    async def _frame(self, visit: Visit, say: Words, found: _Article) -> Frame:
        shown = found.shown
        spoken = [tag for tag in visit.languages if tag in shown.languages]
        first = shown.source_language if shown.source_language in spoken else spoken[0]

        def at(tag: str) -> str:
            return addresses.article(tag, shown.slug)

        own = visit.whole(at(shown.language))
        steps = (*self._pages.steps(say, found.above), (shown.title, at(shown.language)))
        answer = excerpt(found.text, _ANSWER_CHARACTERS)
        head = Head(
            title=say("help-page-title", title=shown.title, name=visit.name),
            description=excerpt(found.text, _DESCRIPTION_CHARACTERS),
            canonical=own,
            alternates=self._pages.alternates(visit, spoken, at, at(first)),
            kind="article",
            index=visit.public,
            data=(
                structured.question(shown.title, answer, own, shown.language, shown.published_at),
                self._pages.trail(visit, steps),
            ),
        )
        return await self._pages.frame(visit, say, head, at)

    def _elsewhere(self, visit: Visit, found: Elsewhere) -> tuple[tuple[str, str, str, str], ...]:
        """Raises NotFound when it is in no language of this help center."""
        say = self._tools.drawer.words(visit.wished)
        spoken = [tag for tag in visit.languages if tag in found.titles]
        if not spoken:
            raise NotFound("there is no such article")
        return tuple(
            (tag, say.name_of(tag), found.titles[tag], addresses.article(tag, found.slug)) for tag in spoken
        )


def _is_read(request: web.Request) -> bool:
    """Whether somebody looks at it now; browsers fetch some pages just in case, and machines ask for heads."""
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return request.method == hdrs.METH_GET and "prefetch" not in purpose
