"""The hosted chat: a page of ours at /chat/{inbox} that is nothing but the widget's script, filling it."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from aiohttp import hdrs, web

from channels.live.config import ANY_ORIGIN, LiveConfig, live_config
from channels.live.texts import WidgetTexts
from core.agent import Permission
from core.errors import NotFound
from core.ids import InboxId
from core.inbox import Inbox
from core.store.conversations import get_inbox
from core.store.database import Database
from core.texts import Texts
from core.web import Route

HERE = Path(__file__).parent / "page"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'{sockets}; "
    "img-src 'self' blob:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)
_HOST = re.compile(r"[\w.-]+(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?")
_NOSNIFF = {"X-Content-Type-Options": "nosniff"}


class ChatPages:
    """``kind`` is that of the inboxes that have such a page."""

    def __init__(self, db: Database, texts: Texts, kind: str) -> None:
        self._db = db
        self._texts = texts
        self._languages = WidgetTexts(texts)
        self._kind = kind

    def routes(self) -> Sequence[Route]:
        return (
            Route("GET", "/chat/{inbox}", self.page, Permission.PUBLIC),
            Route("GET", "/chat.css", self.style, Permission.PUBLIC),
            Route("GET", "/chat.svg", self.icon, Permission.PUBLIC),
        )

    async def page(self, request: web.Request) -> web.StreamResponse:
        inbox = await self._db.read(get_inbox, InboxId(request.match_info["inbox"]))
        if inbox.kind != self._kind or not inbox.enabled:
            raise NotFound("there is no such chat")
        config = live_config(inbox.config)
        headers = {
            "Content-Security-Policy": _policy(request.host, config.origins),
            "Referrer-Policy": "same-origin",
            hdrs.CACHE_CONTROL: "no-cache",
            hdrs.VARY: hdrs.ACCEPT_LANGUAGE,
        }
        text = self._filled(inbox, config, self._language(request))
        return web.Response(text=text, content_type="text/html", headers=headers | _NOSNIFF)

    async def style(self, _request: web.Request) -> web.StreamResponse:
        headers = {hdrs.CACHE_CONTROL: "public, max-age=300"} | _NOSNIFF
        return web.Response(body=(HERE / "chat.css").read_bytes(), content_type="text/css", headers=headers)

    async def icon(self, _request: web.Request) -> web.StreamResponse:
        headers = {hdrs.CACHE_CONTROL: "public, max-age=86400"} | _NOSNIFF
        return web.Response(
            body=(HERE / "icon.svg").read_bytes(), content_type="image/svg+xml", headers=headers
        )

    def _language(self, request: web.Request) -> str:
        """What the address asks for, else the first language of the browser that there are words for."""
        asked = request.query.get("lang", "")
        browser = re.sub(r";[^,]*", "", request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))
        return self._languages.pick(f"{asked},{browser}")

    def _filled(self, inbox: Inbox, config: LiveConfig, language: str) -> str:
        colour = (
            "" if config.color is None else f'<meta name="theme-color" content="{escape(config.color)}">\n'
        )
        known = {
            "[[language]]": language,
            "[[direction]]": self._languages.words(language).direction,
            "[[colour]]": colour,
            "[[title]]": escape(inbox.name),
            "[[inbox]]": escape(inbox.id),
            "[[no-script]]": escape(self._texts.say("error-no-script", language)),
        }
        page = (HERE / "page.html").read_text(encoding="utf-8")
        # In one pass, so that nothing that was filled in is taken for a place to fill.
        return re.sub(r"\[\[[a-z-]+\]\]", lambda found: known[found[0]], page)


def _policy(host: str, origins: Sequence[str]) -> str:
    """Sites that may show the inbox may also frame its page."""
    # Older Safari does not count a socket to the page's own host as 'self'.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    frames = "*" if ANY_ORIGIN in origins else " ".join(("'self'", *origins))
    return _POLICY.format(sockets=sockets, frames=frames)
