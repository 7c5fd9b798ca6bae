"""Serves the widget's two scripts, and a page at /demo that shows it as a small shop would have it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from aiohttp import hdrs, web

from core.agent import Permission
from core.errors import Unavailable
from core.texts import Texts
from core.web import Route

HERE = Path(__file__).parent / "demo"
MORE = "widget-more.js"
"""Beside the script: what it fetches once it is opened."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {sockets}; "
    "img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_PICTURES = ("shop.svg", "lamp.svg", "plant.svg", "pot.svg")
_FILES = {"shop.css": "text/css", **dict.fromkeys(_PICTURES, "image/svg+xml")}
_LANGUAGES = ("en", "zh")
_WORDS = (
    "title",
    "tagline",
    "new",
    "lead",
    "lamp",
    "plant",
    "pot",
    "lamp-price",
    "plant-price",
    "pot-price",
    "questions",
    "questions-lead",
    "shipping",
    "returns",
    "person",
    "note",
)


@dataclass(frozen=True, slots=True)
class _Script:
    body: bytes
    etag: str
    modified_ns: int


class _Built:
    """A script as the build left it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._script: _Script | None = None

    def read(self) -> _Script:
        try:
            modified = self._path.stat().st_mtime_ns
            if self._script is None or self._script.modified_ns != modified:
                body = self._path.read_bytes()
                self._script = _Script(body, f'"{hashlib.sha256(body).hexdigest()[:20]}"', modified)
        except OSError as error:
            raise Unavailable("the widget is not built yet: run `make run`") from error
        return self._script


class WidgetPages:
    """``script`` is the built widget.js; both are read again when built anew. ``inbox`` is the one that /demo shows."""

    def __init__(self, script: Path, texts: Texts, inbox: str) -> None:
        self._scripts = {"/widget.js": _Built(script), "/widget-more.js": _Built(script.with_name(MORE))}
        self._texts = texts
        self._inbox = inbox

    def routes(self) -> Sequence[Route]:
        return (
            Route("GET", "/widget.js", self.script, Permission.PUBLIC),
            Route("GET", "/widget-more.js", self.script, Permission.PUBLIC),
            Route("GET", "/demo", self.demo, Permission.PUBLIC),
            Route("GET", "/demo/{file}", self.file, Permission.PUBLIC),
        )

    async def script(self, request: web.Request) -> web.StreamResponse:
        script = self._scripts[request.path].read()
        headers = {
            hdrs.ETAG: script.etag,
            hdrs.CACHE_CONTROL: "public, max-age=300",
            hdrs.ACCESS_CONTROL_ALLOW_ORIGIN: "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
        }
        if script.etag in request.headers.get(hdrs.IF_NONE_MATCH, ""):
            return web.Response(status=304, headers=headers)
        response = web.Response(
            body=script.body, content_type="text/javascript", charset="utf-8", headers=headers
        )
        response.enable_compression()
        return response

    async def demo(self, request: web.Request) -> web.StreamResponse:
        language = _language(request)
        # Older Safari does not count a socket to the page's own host as 'self'.
        policy = _POLICY.format(sockets=f"ws://{request.host} wss://{request.host}")
        return web.Response(
            text=self._page(language),
            content_type="text/html",
            headers={
                "Content-Security-Policy": policy,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "same-origin",
                hdrs.CACHE_CONTROL: "no-cache",
                hdrs.VARY: hdrs.ACCEPT_LANGUAGE,
            },
        )

    async def file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["file"]
        if name not in _FILES:
            raise web.HTTPNotFound
        headers = {hdrs.CACHE_CONTROL: "public, max-age=300", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=(HERE / name).read_bytes(), content_type=_FILES[name], headers=headers)

    def _page(self, language: str) -> str:
        page = (HERE / "page.html").read_text(encoding="utf-8")
        for word in _WORDS:
            page = page.replace(f"[[{word}]]", escape(self._texts.say(f"demo-{word}", language)))
        other = next(tag for tag in _LANGUAGES if tag != language)
        other_name = escape(self._texts.say("demo-language", other))
        known = {"language": language, "other": other, "other-name": other_name, "inbox": escape(self._inbox)}
        for name, value in known.items():
            page = page.replace(f"[[{name}]]", value)
        return page


def _language(request: web.Request) -> str:
    """What the page was asked in, else the first language of the browser that the page has."""
    wishes = [request.query.get("lang", ""), *request.headers.get(hdrs.ACCEPT_LANGUAGE, "").split(",")]
    for wish in wishes:
        tag = wish.partition(";")[0].partition("-")[0].strip().lower()
        if tag in _LANGUAGES:
            return tag
    return _LANGUAGES[0]
