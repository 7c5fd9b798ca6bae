"""Serves stored files so that a browser never takes one for a page of ours, and reads uploads."""

from collections.abc import Sequence
from urllib.parse import quote, unquote

from aiohttp import web

from channels.contract import Upload
from channels.media.library import find
from channels.media.links import Links
from channels.media.store import MediaStore
from core.agent import Permission
from core.errors import NotFound
from core.store.database import Database
from core.web import Route

_PIECE_BYTES = 64 * 1024


class MediaServer:
    """The route ``/media/{id}``; the signed address is the permission."""

    def __init__(self, db: Database, store: MediaStore, links: Links) -> None:
        self._db = db
        self._store = store
        self._links = links

    def routes(self) -> Sequence[Route]:
        return (Route("GET", "/media/{id}", self.get, Permission.PUBLIC),)

    async def get(self, request: web.Request) -> web.StreamResponse:
        media = self._links.check(request.match_info["id"], request.query.get("t", ""))
        attachment = await self._db.read(find, media)
        if attachment is None:
            raise NotFound("there is no such file")
        shown = "inline" if attachment.inline else "attachment"
        return web.FileResponse(
            self._store.path(media),
            headers={
                "Content-Type": attachment.media_type,
                "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(attachment.name, safe='')}",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "cross-origin",
                "Referrer-Policy": "no-referrer",
                "Cache-Control": "private, max-age=86400, immutable",
            },
        )


def upload_of(request: web.Request) -> Upload:
    """A raw body with its name in ``X-File-Name`` (percent-encoded)."""

    async def read() -> bytes:
        return await request.content.read(_PIECE_BYTES)

    name = unquote(request.headers.get("X-File-Name", "file"), errors="replace")
    return Upload(name, request.headers.get("Content-Type", ""), read)
