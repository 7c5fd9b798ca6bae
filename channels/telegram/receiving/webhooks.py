"""Telegram calls us: each update is answered with success only once it is stored."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from aiohttp import web

from channels.telegram.receiving.boxes import Box, box_of
from channels.telegram.receiving.intake import Intake, Taken
from channels.telegram.receiving.reader import number_of
from channels.telegram.receiving.telling import Telling
from channels.telegram.receiving.watcher import Hook
from core.agent import Permission
from core.errors import Rejected, Unavailable
from core.ids import InboxId
from core.store.database import Database
from core.store.tx import Tx
from core.web import ErrorAnswer, ErrorBody, Route, json_response, read_json

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Hooks:
    """Where Telegram calls us: ``address`` is our own public one, ``key`` a secret of this installation for this use alone."""

    def __init__(self, key: bytes, address: str) -> None:
        self._key = key
        self._address = address.rstrip("/")

    def of(self, inbox: InboxId) -> Hook | None:
        """None unless Telegram can reach us: it calls https only."""
        if not self._address.startswith("https://"):
            return None
        return Hook(f"{self._address}/telegram/{inbox}", self.secret(inbox))

    def secret(self, inbox: InboxId) -> str:
        """Of each inbox its own, so that whoever knows one opens no other."""
        return hmac.new(self._key, inbox.encode(), hashlib.sha256).hexdigest()


class Webhooks:
    """``count`` is told of wrong secrets."""

    def __init__(
        self, db: Database, hooks: Hooks, intake: Intake, telling: Telling, count: Callable[[str], None]
    ) -> None:
        self._db = db
        self._hooks = hooks
        self._intake = intake
        self._telling = telling
        self._count = count

    def routes(self) -> list[Route]:
        return [Route("POST", "/telegram/{inbox}", self._called, Permission.PUBLIC)]

    async def _called(self, request: web.Request) -> web.StreamResponse:
        """Whatever is wrong with the secret or the inbox looks the same from outside."""
        inbox = InboxId(request.match_info["inbox"])
        shown = request.headers.get(HEADER, "")
        # A header may hold bytes that are no text at all.
        given = shown.encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._hooks.secret(inbox).encode()):
            self._count("telegram_secret")
            return json_response(ErrorAnswer(ErrorBody("secret", "a wrong secret")), 401)
        raw = await read_json(request, dict[str, Any])
        number_of(raw)
        box, taken = await self._db.run(self._store, inbox, raw)
        self._telling.tell(box, taken)
        return web.Response()

    def _store(self, tx: Tx, inbox: InboxId, raw: dict[str, Any]) -> tuple[Box, Taken]:
        """Raises Unavailable when the inbox is switched off, or not to be called: Telegram keeps it for a day."""
        box = box_of(tx, inbox)
        if box is None or box.config.mode != "webhook":
            raise Unavailable(f"inbox {inbox} takes nothing now", code="inbox_off")
        try:
            return box, self._intake.take(tx, box, [raw])
        except Rejected as error:
            raise Unavailable(str(error)) from None
