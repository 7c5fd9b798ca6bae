"""Who asks for a page, on which brand's host, and what each page of theirs has in common."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from core.answer import Audience, Reader
from core.errors import NotFound
from knowledge.helpcenter import addresses
from knowledge.helpcenter.assets import Assets
from knowledge.helpcenter.brand import DEFAULT_COLOUR, EVERYWHERE, Brand, of_host
from knowledge.helpcenter.contract import HelpParts, Ways
from knowledge.helpcenter.drawing import Dress
from knowledge.helpcenter.freshness import Freshness, Ground
from knowledge.helpcenter.negotiating import like, picked

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")


class Spelled(NotFound):
    """The language is here under another name: ``zh`` for ``zh-CN``, ``en`` for ``EN``."""

    def __init__(self, language: str) -> None:
        super().__init__(f"it is called {language} here")
        self.language = language


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: ``base`` is what whole addresses of its brand begin with."""

    ground: Ground
    brand: Brand | None
    reader: Reader
    base: str
    name: str
    languages: Sequence[str]
    wished: str
    host: str

    @property
    def key(self) -> Hashable:
        """All that tells its pages from those of another one, beside their addresses."""
        return None if self.brand is None else self.brand.id, self.reader.audience, self.base

    @property
    def public(self) -> bool:
        return self.reader.audience is Audience.PUBLIC

    def language(self, asked: str) -> str:
        """Raises Spelled for one that is called otherwise here, NotFound for one that the help center does not have."""
        if asked in self.languages:
            return asked
        meant = like(self.languages, asked.replace("_", "-")) if _TAG.fullmatch(asked) else None
        if meant is not None:
            raise Spelled(meant)
        raise NotFound(f"there are no pages in {asked[:20]}")

    def whole(self, path: str) -> str:
        return f"{self.base}{path}"


ReaderOf = Callable[[web.Request, str | None], Reader]
"""Who asks, of this brand."""


class Visits:
    """Makes them."""

    def __init__(self, parts: HelpParts, freshness: Freshness, assets: Assets, reader: ReaderOf) -> None:
        self._parts = parts
        self._freshness = freshness
        self._assets = assets
        self._reader = reader

    async def of(self, request: web.Request) -> Visit:
        return self._visit(request, await self._freshness.now())

    def without_ground(self, request: web.Request) -> Visit:
        """For the page that says that something is broken."""
        return self._visit(request, Ground(-1, ()))

    def _visit(self, request: web.Request, ground: Ground) -> Visit:
        # What aiohttp says of a request without the header is the name of this machine.
        host = request.headers.get(hdrs.HOST, "")
        brand = of_host(ground.brands, host)
        languages = (
            brand.languages if brand is not None and brand.languages else self._parts.settings.languages
        )
        return Visit(
            ground=ground,
            brand=brand,
            reader=self._reader(request, None if brand is None else brand.id),
            base=self._base(brand, host),
            name=self._parts.name if brand is None else brand.name,
            languages=languages,
            wished=self._wished(request, languages),
            host=host,
        )

    def _base(self, brand: Brand | None, host: str) -> str:
        """Of what somebody wrote into the header only what an administrator named is ever said again."""
        own = self._parts.address
        if brand is None or not brand.hosts or EVERYWHERE in brand.hosts:
            return own
        asked = host.lower()
        known = asked if asked in brand.hosts else asked.rpartition(":")[0]
        return f"{urlsplit(own).scheme}://{known if known in brand.hosts else brand.hosts[0]}"

    def _wished(self, request: web.Request, languages: Sequence[str]) -> str:
        asked = request.match_info.get("language", "")
        return like(languages, asked) or picked(languages, request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))

    async def reach(self, visit: Visit) -> Ways:
        """How a person is reached for its brand."""
        return await self._parts.reach(None if visit.brand is None else visit.brand.id)

    def dress(self, visit: Visit, ways: Ways) -> Dress:
        brand = visit.brand
        colour = DEFAULT_COLOUR if brand is None else brand.colour
        chat = (ways.script, ways.inbox) if ways.script and ways.inbox else None
        return Dress(
            name=visit.name,
            theme=f"{addresses.ROOT}/theme/{colour.removeprefix('#')}.css",
            style=self._assets.address("help.css"),
            script=self._assets.address("help.js"),
            logo=None if brand is None or brand.logo is None else addresses.image(brand.logo),
            home=None if brand is None else brand.home,
            chat=chat,
            contact=bool(ways),
            signed_in=not visit.public,
        )
