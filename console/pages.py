"""Serves the console's built files under /console: hashed ones for ever, the page itself fresh and under a strict CSP."""

from pathlib import Path

from aiohttp import hdrs, web

from core.agent import Permission
from core.errors import NotFound, Unavailable
from core.web import Route

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_SECURE = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_HASHED = "assets"
"""The build puts a hash into the name of everything in this folder."""


class Pages:
    """``folder`` is the console's build; what is not a file in it is a place within the console."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def routes(self) -> list[Route]:
        return [
            Route("GET", "/console", self.get, Permission.PUBLIC),
            Route("GET", "/console/{path:.*}", self.get, Permission.PUBLIC),
        ]

    async def get(self, request: web.Request) -> web.StreamResponse:
        """Raises NotFound for a missing asset: a page in its place would only confuse."""
        path = request.match_info.get("path", "")
        found = self._file(path)
        if found is None and path.partition("/")[0] == _HASHED:
            raise NotFound(f"there is no {path} in this build")
        page = found is None or found.name == "index.html"
        found = found or self._folder / "index.html"
        if not found.is_file():
            raise Unavailable("the console has not been built yet")
        response = web.FileResponse(found, headers=_SECURE)
        hashed = not page and path.partition("/")[0] == _HASHED
        response.headers[hdrs.CACHE_CONTROL] = _FOR_EVER if hashed else "no-cache"
        return response

    def _file(self, path: str) -> Path | None:
        """Never outside the folder."""
        if not path or "\x00" in path:
            return None
        wanted = (self._folder / path).resolve()
        inside = wanted.is_relative_to(self._folder) and wanted.is_file()
        return wanted if inside else None
