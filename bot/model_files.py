"""Hands trained models to Rasa servers: one GET on the internal listener for whoever knows the secret."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from core.agent import Permission
from core.errors import Forbidden, NotFound
from core.web import Route

PATH = "/rasa/models"
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_BEARER = "Bearer "


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Those in ``folder``. A Rasa that has the newest file already, by its ETag, gets 304."""

    folder: Path
    secret: str = field(repr=False)

    def routes(self) -> Sequence[Route]:
        """For the internal listener only."""
        return (Route("GET", f"{PATH}/{{fingerprint}}", self.send, Permission.INTERNAL),)

    async def send(self, request: web.Request) -> web.StreamResponse:
        given = request.headers.get("Authorization", "")
        expected = f"{_BEARER}{self.secret}".encode()
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected):
            raise Forbidden("the bearer secret is wrong", code="wrong_secret")
        fingerprint = request.match_info["fingerprint"]
        path = self.folder / f"{fingerprint}.tar.gz"
        if not _FINGERPRINT.fullmatch(fingerprint) or not path.is_file():
            raise NotFound(f"there is no model {fingerprint[:40]}")
        # Rasa keeps the file under this name, and names the model by it.
        return web.FileResponse(path, headers={"filename": path.name})
