"""Readers who are signed in at their brand's own site: a link with its token gives them a short-lived cookie."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote

from aiohttp import web

from core.answer import Audience, Reader
from knowledge.helpcenter import addresses
from knowledge.helpcenter.contract import HelpParts
from knowledge.helpcenter.limiting import often
from knowledge.helpcenter.serving import Unreadable, elsewhere
from knowledge.helpcenter.visiting import Visit

COOKIE: Final = "parley_reader"
TOKEN_CHARACTERS = 4096
_ENDS_DIGITS = 12
_ODD = frozenset({"", ".", ".."})
"""What no address of ours has between slashes, and browsers go up or elsewhere by."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """Makes and checks what stands in the cookie: until when, for which brand, signed by the installation."""

    secret: bytes

    def made(self, brand: str | None, ends: datetime) -> str:
        until = str(int(ends.timestamp()))
        return f"{until}.{self._sign(brand, until)}"

    def holds(self, stamp: str, brand: str | None, now: datetime) -> bool:
        until, _, signature = stamp.partition(".")
        if not until.isascii() or not until.isdigit() or len(until) > _ENDS_DIGITS:
            return False
        right = hmac.compare_digest(signature.encode(errors="replace"), self._sign(brand, until).encode())
        return right and now.timestamp() < int(until)

    def _sign(self, brand: str | None, until: str) -> str:
        # A brand's id has no such sign in it.
        text = f"help reader|{'' if brand is None else brand}|{until}"
        return hmac.digest(self.secret, text.encode(), hashlib.sha256).hex()


def reader_of(request: web.Request, stamps: Stamps, brand: str | None, now: datetime) -> Reader:
    """A stranger, unless the cookie says otherwise; never an agent."""
    stamp = request.cookies.get(COOKIE, "")
    signed_in = bool(stamp) and stamps.holds(stamp, brand, now)
    return Reader(Audience.SIGNED_IN if signed_in else Audience.PUBLIC, brand)


class ReaderPages:
    """Handlers."""

    def __init__(self, parts: HelpParts) -> None:
        self._parts = parts
        self._stamps = Stamps(parts.secret)

    async def sign_in(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """``token``: signed by the site, as for its chat; ``to``: where in the help center to go on."""
        settings = self._parts.settings
        await often(self._parts, "sign_in", request, settings.sign_ins)
        token = request.query.get("token", "")
        brand = None if visit.brand is None else visit.brand.id
        if not 0 < len(token) <= TOKEN_CHARACTERS or not await self._parts.prove(token, brand):
            raise Unreadable("help-bad-token", status=403)
        lasts = timedelta(seconds=settings.signed_in_s)
        response = elsewhere(inside(request.query.get("to", "")))
        response.set_cookie(
            COOKIE,
            self._stamps.made(brand, self._parts.clock.now() + lasts),
            max_age=int(settings.signed_in_s),
            path=addresses.ROOT,
            secure=visit.base.startswith("https:"),
            httponly=True,
            samesite="Lax",
        )
        return response

    async def sign_out(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        response = elsewhere(addresses.ROOT)
        response.del_cookie(COOKIE, path=addresses.ROOT)
        return response


def inside(to: str) -> str:
    """A place in the help center; everything else is its front door: nobody is led elsewhere from here."""
    path = unquote(to.partition("?")[0].partition("#")[0])
    plain = to.isascii() and to.isprintable() and "\\" not in path
    steps = path.removeprefix(f"{addresses.ROOT}/").split("/")
    return (
        to
        if plain and path.startswith(f"{addresses.ROOT}/") and not _ODD.intersection(steps)
        else addresses.ROOT
    )
