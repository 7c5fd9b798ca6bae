"""The last part of a page's address, as readers send it: whether it can be looked up at all."""

from aiohttp import web

from core.errors import NotFound

SLUG_CHARACTERS = 200


def slug_in(request: web.Request) -> str:
    """The last part of the address. Raises NotFound for what no database can look up."""
    slug = request.match_info["slug"]
    if not is_slug(slug):
        raise NotFound("there is no such page")
    return slug


def is_slug(text: str) -> bool:
    return 0 < len(text) <= SLUG_CHARACTERS and text.isprintable()
