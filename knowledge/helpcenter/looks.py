"""What a brand looks like, beside its words: its colour as a style sheet, and its icon."""

from collections.abc import Mapping

from aiohttp import hdrs, web
from sqlalchemy import select

from core.errors import Invalid, NotFound
from core.store.tables.knowledge import article_image
from core.store.tx import Tx
from knowledge.helpcenter import icon
from knowledge.helpcenter.brand import DEFAULT_COLOUR, Brand
from knowledge.helpcenter.colour import style_sheet
from knowledge.helpcenter.keeping import Made, drawn, made
from knowledge.helpcenter.pages import Pages, Tools
from knowledge.helpcenter.visiting import Visit

_FOR_EVER: Mapping[str, str] = {
    hdrs.CACHE_CONTROL: "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOR_AN_HOUR: Mapping[str, str] = {hdrs.CACHE_CONTROL: "public, max-age=3600"}


class LookPages:
    """Handlers."""

    def __init__(self, tools: Tools, pages: Pages) -> None:
        self._tools = tools
        self._pages = pages

    async def theme(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """A colour in both modes; it follows from the address alone, but only those of brands are kept in memory."""
        colour = request.match_info["colour"].lower()
        known = f"#{colour}" in {DEFAULT_COLOUR, *(brand.colour for brand in visit.ground.brands)}

        async def make() -> Made:
            try:
                return made(style_sheet(colour), "text/css", headers=_FOR_EVER)
            except Invalid:
                raise NotFound("there is no such colour") from None

        page = await self._tools.maker.page(request, visit, ("theme", colour) if known else None, make)
        return self._tools.counter.answer(request, visit, page)

    async def icon(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        return await self._pages.kept(request, visit, "icon", lambda: self._icon(visit.brand))

    async def _icon(self, brand: Brand | None) -> Made:
        parts = self._tools.parts
        logo = None
        if brand is not None and brand.logo is not None:
            data = await parts.db.read(_image, brand.logo)
            logo = None if data is None else await parts.workers.run(icon.of_logo, data)
        colour = DEFAULT_COLOUR if brand is None else brand.colour
        body = await parts.workers.run(icon.bubble, colour) if logo is None else logo
        return drawn(body, icon.TYPE, _FOR_AN_HOUR)


def _image(tx: Tx, image_id: str) -> bytes | None:
    found: bytes | None = tx.conn.execute(
        select(article_image.c.data).where(article_image.c.id == image_id)
    ).scalar_one_or_none()
    return found
