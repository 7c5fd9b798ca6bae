"""Serves stored files so that a browser never takes one for a page of ours, and reads uploads."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, unquote

from aiohttp import web

from channels.contract import Upload
from channels.media.formatted import FORMATTED, with_images
from channels.media.library import MediaLibrary
from channels.media.store import MediaStore
from channels.media.streaming import streamed
from core.agent import Permission
from core.errors import NotFound
from core.web import Route

_PIECE_BYTES = 64 * 1024
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=86400, immutable",
}
_SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"
"""Nothing but that links open pages of their own, which do not know where they were opened from."""
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?")
"""What a policy can name; the numbers of IPv6 it cannot."""
_PAGE = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">{}'


class MediaServer:
    """The route ``/media/{id}``; the signed address is the permission."""

    def __init__(self, library: MediaLibrary, store: MediaStore) -> None:
        self._library = library
        self._store = store

    def routes(self) -> Sequence[Route]:
        return (Route("GET", "/media/{id}", self.get, Permission.PUBLIC),)

    async def get(self, request: web.Request) -> web.StreamResponse:
        media = self._library.links.check(request.match_info["id"], request.query.get("t", ""))
        found = await self._library.find(media)
        if found is None:
            raise NotFound("there is no such file")
        attachment, content = found
        if attachment.media_type == FORMATTED:
            content = await self._library.content(media) if content is None else content
            return self._formatted(content, request.host, images=request.query.get("images") == "1")
        shown = "inline" if attachment.inline else "attachment"
        headers = {
            **_HEADERS,
            "Content-Type": attachment.media_type,
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(attachment.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        if content is not None:
            return web.Response(body=content, headers=headers)
        path = await self._store.path(media)
        if path is not None:
            return web.FileResponse(path, headers=headers)
        return await streamed(request, self._store, attachment, headers)

    def _formatted(self, content: bytes, host: str, *, images: bool) -> web.Response:
        """A mail as its sender formatted it, in a box of its own: nothing runs there and nothing leaves it."""
        # The scheme is the page's own, which behind a proxy only the browser knows.
        own = f"{host}/media/ " if _HOST.fullmatch(host) else ""
        policy = (
            f"default-src 'none'; img-src {own}data:{' https:' if images else ''}; style-src 'unsafe-inline'; "
            f"frame-ancestors 'self'; {_SANDBOX}"
        )
        body = with_images(content.decode("utf-8", "replace"), self._library.url)
        headers = {**_HEADERS, "Content-Security-Policy": policy}
        return web.Response(text=_PAGE.format(body), content_type=FORMATTED, headers=headers)


def upload_of(request: web.Request) -> Upload:
    """A raw body with its name in ``X-File-Name`` (percent-encoded)."""

    async def read() -> bytes:
        return await request.content.read(_PIECE_BYTES)

    name = unquote(request.headers.get("X-File-Name", "file"), errors="replace")
    return Upload(name, request.headers.get("Content-Type", ""), read)
