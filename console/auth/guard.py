"""Before every route: who asks, whether another page made them ask, and whether they may. Refusals are counted."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import hdrs, web

from console.auth.errors import Forged, SignedOut, WrongPassword
from console.auth.secret import hash_of, same
from console.auth.sessions import Signed, ended, find_session, touch_session
from console.settings import ConsoleSettings
from core.agent import Permission
from core.clock import Clock
from core.errors import Forbidden, Rejected, TooOften
from core.ids import AgentId
from core.store.database import Database
from core.web import Counter, ErrorAnswer, ErrorBody, json_response, same_origin

COOKIE = "parley_session"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})

Open = Callable[[web.Request], Awaitable[web.StreamResponse]]
Acted = Callable[[AgentId], None]
Guarded = Callable[[web.Request, Signed], Awaitable[web.StreamResponse]]


class Guard:
    """Wraps handlers; ``count`` hears csrf, forbidden, origin, signed_out_…, wrong_password and rate.

    ``acted`` hears who changed something.
    """

    def __init__(
        self, db: Database, clock: Clock, settings: ConsoleSettings, count: Counter, acted: Acted
    ) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._count = count
        self._acted = acted

    def public(self, handler: Open) -> Open:
        """Anybody may ask, but no page of somebody else's may make them."""

        async def asked(request: web.Request) -> web.StreamResponse:
            try:
                self._own_page(request)
                return await handler(request)
            except Rejected as error:
                return self._refused(error)

        return asked

    def allow(self, permission: Permission, handler: Guarded) -> Open:
        """Only who is signed in and has the permission."""

        async def asked(request: web.Request) -> web.StreamResponse:
            try:
                session = await self._session(request)
                self._own_page(request)
                self._not_forged(request, session)
                if not session.may(permission):
                    raise Forbidden(f"this needs the permission {permission.value}")
                if request.method not in _SAFE:
                    self._acted(session.agent.id)
                return await handler(request, session)
            except Rejected as error:
                return self._refused(error)

        return asked

    async def _session(self, request: web.Request) -> Signed:
        secret = request.cookies.get(COOKIE)
        if not secret:
            raise SignedOut("missing")
        session = await self._db.read(find_session, hash_of(secret))
        if session is None:
            raise SignedOut("unknown")
        now = self._clock.now()
        why = ended(session, now, self._settings.sessions.idle_s)
        if why is not None:
            raise SignedOut(why.value)
        if now - session.seen_at >= timedelta(seconds=self._settings.sessions.touch_s):
            await self._db.run(touch_session, session.key)
        return session

    def _own_page(self, request: web.Request) -> None:
        upgrade = request.headers.get(hdrs.UPGRADE) is not None
        if (upgrade or request.method not in _SAFE) and not same_origin(request, self._settings.origins):
            self._count("origin")
            raise Forbidden("this page may not ask that", code="origin" if upgrade else "csrf")

    def _not_forged(self, request: web.Request, session: Signed) -> None:
        if request.method in _SAFE:
            return
        if not same(request.headers.get(CSRF_HEADER, ""), session.csrf):
            raise Forged(f"the header {CSRF_HEADER} must carry the session's token")

    def _refused(self, error: Rejected) -> web.Response:
        """Answers that only the door gives; everything else is translated further out."""
        match error:
            case SignedOut():
                self._count(f"signed_out_{error.why}")
                return _answer(error, web.HTTPUnauthorized.status_code)
            case WrongPassword():
                self._count(error.code)
                return _answer(error, web.HTTPUnauthorized.status_code)
            case TooOften() | Forged():
                self._count(error.code)
            case Forbidden(code="forbidden"):
                self._count(error.code)
            case _:
                pass
        raise error


def set_cookie(response: web.Response, secret: str, settings: ConsoleSettings, *, secure: bool) -> None:
    """No script reads it, no other site's form sends it."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(settings.sessions.absolute_s),
        httponly=True,
        samesite="Lax",
        secure=secure or settings.secure_cookies,
        path="/",
    )


def _answer(error: Rejected, status: int) -> web.Response:
    return json_response(ErrorAnswer(ErrorBody(error.code, str(error))), status)
