"""The feeds of what was published last, as Atom: all of a language, and each category."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

from aiohttp import web

from core.errors import NotFound
from core.store.tx import Tx
from knowledge.helpcenter import addresses, reading
from knowledge.helpcenter.keeping import Made, made
from knowledge.helpcenter.machines import stranger
from knowledge.helpcenter.pages import Pages, Tools
from knowledge.helpcenter.reading import Entry
from knowledge.helpcenter.slugs import slug_in
from knowledge.helpcenter.visiting import Visit
from knowledge.helpcenter.words import Words
from knowledge.helpcenter.xml import child, written
from knowledge.markdown import excerpt, plain
from knowledge.rendering.values import Reusables
from knowledge.writing.reusables import in_language

_ATOM = "http://www.w3.org/2005/Atom"
_TYPE = "application/atom+xml"
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Feed:
    """What stands in it; ``name`` and ``slug`` are the category's."""

    entries: Sequence[Entry]
    reusables: Reusables
    name: str | None = None
    slug: str | None = None


class FeedPages:
    """Handlers. Only what is public is ever listed, whoever asks."""

    def __init__(self, tools: Tools, pages: Pages) -> None:
        self._tools = tools
        self._pages = pages
        self._settings = tools.parts.settings

    async def feed(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        language = visit.language(request.match_info["language"])
        return await self._pages.kept(
            request, visit, ("feed", language), lambda: self._feed(visit, language, None)
        )

    async def category(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """With what is in the categories under it."""
        language, slug = visit.language(request.match_info["language"]), slug_in(request)
        key = ("feed", language, slug)
        return await self._pages.kept(request, visit, key, lambda: self._feed(visit, language, slug))

    async def _feed(self, visit: Visit, language: str, slug: str | None) -> Made:
        parts = self._tools.parts
        feed = await parts.db.read(self._read, visit, language, slug)
        if feed is None:
            raise NotFound("there is no such category")
        return await parts.workers.run(_drawn, visit, self._tools.drawer.words(language), feed)

    def _read(self, tx: Tx, visit: Visit, language: str, slug: str | None) -> _Feed | None:
        reader, most, reusables = stranger(visit), self._settings.feed_entries, in_language(tx, language)
        if slug is None:
            return _Feed(reading.newest(tx, reader, language, most), reusables)
        opened = reading.open_category(tx, reader, language, slug, 1)
        if opened is None:
            return None
        category = opened.category
        entries = reading.newest(tx, reader, language, most, category.id)
        return _Feed(entries, reusables, category.name_in(language), category.slug)


def _drawn(visit: Visit, say: Words, feed: _Feed) -> Made:
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": say.language})
    own = visit.whole(addresses.feed(say.language, feed.slug))
    page = addresses.front(say.language) if feed.slug is None else addresses.category(say.language, feed.slug)
    title = say("help-feed-title", name=visit.name)
    child(root, "id", own)
    child(root, "title", title if feed.name is None else f"{feed.name} · {title}")
    child(root, "link", rel="self", type=_TYPE, href=own)
    child(root, "link", rel="alternate", type="text/html", href=visit.whole(page))
    child(child(root, "author"), "name", visit.name)
    newest = max((entry.published_at for entry in feed.entries), default=None)
    child(root, "updated", _NEVER if newest is None else newest.isoformat(timespec="seconds"))
    for entry in feed.entries:
        _entry(root, visit, say.language, entry, plain(entry.body, feed.reusables))
    return made(written(root), _TYPE)


def _entry(root: Element, visit: Visit, language: str, entry: Entry, text: str) -> None:
    """Its id stays when the article is renamed or moves, and says nothing of ours."""
    element = child(root, "entry")
    child(element, "id", uuid5(NAMESPACE_URL, f"article:{entry.id}/{language}").urn)
    child(element, "title", entry.title)
    at = visit.whole(addresses.article(language, entry.slug))
    child(element, "link", rel="alternate", type="text/html", href=at)
    child(element, "published", entry.first_at.isoformat(timespec="seconds"))
    child(element, "updated", entry.published_at.isoformat(timespec="seconds"))
    child(element, "summary", excerpt(text), type="text")
