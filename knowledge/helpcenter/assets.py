"""The help center's styles and script as the build left them, under addresses that change with their content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import hdrs, web

from core.errors import NotFound
from knowledge.helpcenter import addresses
from knowledge.helpcenter.keeping import packed, takes_gzip

_TYPES = {"help.css": "text/css", "help.js": "text/javascript"}
_FOR_EVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"
_NOSNIFF = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    packed: bytes
    version: str
    modified_ns: int


class Assets:
    """``folder`` is the build's; files are read again when built anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}

    def address(self, name: str) -> str:
        """With a version that lets it be kept for ever."""
        file = self._file(name)
        return addresses.asset(name, "none" if file is None else file.version)

    async def get(self, request: web.Request) -> web.StreamResponse:
        """Raises NotFound for what is none, or is not built."""
        name = request.match_info["name"]
        file = self._file(name) if name in _TYPES else None
        if file is None:
            raise NotFound("there is no such file")
        lasting = request.match_info["version"] == file.version
        headers = {hdrs.CACHE_CONTROL: _FOR_EVER if lasting else _SHORT} | _NOSNIFF
        headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
        body = file.body
        if takes_gzip(request.headers.get(hdrs.ACCEPT_ENCODING, "")):
            body, headers[hdrs.CONTENT_ENCODING] = file.packed, "gzip"
        return web.Response(body=body, content_type=_TYPES[name], charset="utf-8", headers=headers)

    def _file(self, name: str) -> _File | None:
        path = self._folder / name
        try:
            modified = path.stat().st_mtime_ns
            known = self._files.get(name)
            if known is None or known.modified_ns != modified:
                body = path.read_bytes()
                known = _File(body, packed(body), hashlib.sha256(body).hexdigest()[:16], modified)
                self._files[name] = known
        except OSError:
            return None
        return known
