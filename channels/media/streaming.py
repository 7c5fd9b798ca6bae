"""Passes a file on from a store that is not on this machine, whole or the part of it that a player asks for."""

from collections.abc import Mapping

from aiohttp import hdrs, web

from channels.media.store import MediaStore
from core.errors import Unavailable
from core.message import Attachment


async def streamed(
    request: web.Request, store: MediaStore, attachment: Attachment, headers: Mapping[str, str]
) -> web.StreamResponse:
    """As ``web.FileResponse`` does it for a file. Raises NotFound, Unavailable; also in the midst of the answer."""
    # What lies under an id never changes.
    tag = f'"{attachment.media}"'
    known = {**headers, hdrs.ETAG: tag, hdrs.ACCEPT_RANGES: "bytes"}
    if tag in request.headers.get(hdrs.IF_NONE_MATCH, ""):
        return web.Response(status=304, headers=known)
    try:
        part = asked_part(request, tag, attachment.size)
    except ValueError:
        return web.Response(status=416, headers={hdrs.CONTENT_RANGE: f"bytes */{attachment.size}"})
    opened = await store.open(attachment.media, part)
    if opened.size != attachment.size:
        raise Unavailable(f"the file has {opened.size} bytes and should have {attachment.size}")
    start, end = part or (0, attachment.size)
    response = web.StreamResponse(status=200 if part is None else 206, headers=known)
    if part is not None:
        response.headers[hdrs.CONTENT_RANGE] = f"bytes {start}-{end - 1}/{attachment.size}"
    response.content_length = end - start
    await response.prepare(request)
    async for piece in opened.pieces:
        await response.write(piece)
    await response.write_eof()
    return response


def asked_part(request: web.Request, tag: str, size: int) -> tuple[int, int] | None:
    """From which byte on, and before which one; None for all. Raises ValueError for what the file does not have."""
    wanted_of = request.headers.get(hdrs.IF_RANGE)
    if hdrs.RANGE not in request.headers or (wanted_of is not None and wanted_of != tag):
        return None
    asked = request.http_range
    start = asked.start or 0
    start = max(0, size + start) if start < 0 else start
    end = size if asked.stop is None else min(asked.stop, size)
    if start >= end:
        raise ValueError(asked)
    return start, end
