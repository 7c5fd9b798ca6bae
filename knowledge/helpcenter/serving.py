"""How pages leave: security headers, what may be kept by whom, and a page for everything that goes wrong."""

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import hdrs, web

from core.errors import NotFound, ParleyError, Rejected, TooOften, Unavailable
from knowledge.helpcenter import addresses
from knowledge.helpcenter.contract import Ways
from knowledge.helpcenter.drawing import Drawer, Frame, Head, Tongue
from knowledge.helpcenter.keeping import Cache, Made, made, takes_gzip
from knowledge.helpcenter.visiting import Spelled, Visit, Visits

log = logging.getLogger(__name__)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; font-src 'self'; "
    "connect-src 'self'{sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HOST = re.compile(r"[\w.-]+(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?")
_SECURE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NO_STORE = "no-store"
VARY = "Accept-Encoding, Cookie"

_READS = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
_KEPT = frozenset({HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ForVisit = Callable[[web.Request, Visit], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class _Problem:
    """The status, and the texts of a page that says what is wrong, with what stands in ``lead``."""

    status: int
    title: str
    lead: str
    values: tuple[tuple[str, str | float], ...] = ()


class Unreadable(Rejected):
    """What was asked cannot be taken; ``key`` and ``values`` are the text that says why."""

    def __init__(self, key: str, status: int = 400, **values: str | float) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.values = values


class Elsewhere(NotFound):
    """Not in this language: ``found`` has language, its name, title and address of the others."""

    def __init__(self, found: tuple[tuple[str, str, str, str], ...]) -> None:
        super().__init__("the article is not in this language")
        self.found = found


class Counter:
    """Serves pages to visitors, and a page where there is none."""

    def __init__(self, visits: Visits, drawer: Drawer, cache: Cache, fresh_s: int) -> None:
        self._visits = visits
        self._drawer = drawer
        self._cache = cache
        self._fresh_s = fresh_s

    def page(self, handler: ForVisit) -> Handler:
        """``handler`` with the visit; what it raises becomes a page."""

        async def served(request: web.Request) -> web.StreamResponse:
            visit: Visit | None = None
            try:
                visit = await self._visits.of(request)
                return await handler(request, visit)
            except Spelled as error:
                return await self._respelled(request, visit, error)
            except (ParleyError, web.HTTPException) as error:
                if isinstance(error, web.HTTPException) and error.status < HTTPStatus.BAD_REQUEST:
                    raise
                return await self._problem(request, visit, error)
            except Exception as error:
                log.exception("a page of the help center failed")
                return await self._problem(request, visit, error)

        return served

    def answer(self, request: web.Request, visit: Visit, page: Made, *, kept: bool = True) -> web.Response:
        """A page that browsers and proxies may keep for a moment, if it is public and ``kept``."""
        kept = kept and visit.public and page.status in _KEPT
        fresh = f"public, max-age={self._fresh_s}" if kept else NO_STORE
        headers = {**_SECURE, hdrs.CACHE_CONTROL: fresh, hdrs.VARY: VARY, **page.headers}
        headers["Content-Security-Policy"] = policy(visit.host)
        if page.status == HTTPStatus.OK:
            headers[hdrs.ETAG] = page.etag
            if page.etag in request.headers.get(hdrs.IF_NONE_MATCH, ""):
                return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        body = page.body
        if page.packed is not None and takes_gzip(request.headers.get(hdrs.ACCEPT_ENCODING, "")):
            body = page.packed
            headers[hdrs.CONTENT_ENCODING] = "gzip"
        charset = "" if page.packed is None else "; charset=utf-8"
        headers[hdrs.CONTENT_TYPE] = f"{page.media_type}{charset}"
        return web.Response(body=body, status=page.status, headers=headers)

    async def _respelled(self, request: web.Request, visit: Visit | None, error: Spelled) -> web.Response:
        """The same address in the language that is meant, for good."""
        if request.method not in _READS:
            return await self._problem(request, visit, error)
        _, root, _, *rest = request.rel_url.raw_path.split("/")
        query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
        to = "/".join(("", root, error.language, *rest)) + query
        kept = f"public, max-age={self._fresh_s}"
        return elsewhere(to, HTTPStatus.MOVED_PERMANENTLY, Cache_Control=kept)

    async def _problem(self, request: web.Request, visit: Visit | None, error: Exception) -> web.Response:
        """Out of memory, but for what is offered in other languages: whoever makes mistakes on purpose costs little."""
        visit = visit or self._visits.without_ground(request)
        problem, generation = _problem_of(error), visit.ground.generation
        key = None if isinstance(error, Elsewhere) else (visit.key, ("problem", visit.wished, problem))
        page = None if key is None else self._cache.get(key, generation)
        if page is None:
            ways = Ways() if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR else await self._ways(visit)
            page = self._drawn(visit, problem, ways, error.found if isinstance(error, Elsewhere) else ())
            if key is not None:
                self._cache.put(key, generation, page)
        response = self.answer(request, visit, page)
        if isinstance(error, TooOften | Unavailable) and error.retry_after_s is not None:
            response.headers[hdrs.RETRY_AFTER] = str(max(1, round(error.retry_after_s)))
        return response

    async def _ways(self, visit: Visit) -> Ways:
        """To a person, for who did not find what they came for."""
        try:
            return await self._visits.reach(visit)
        except ParleyError:
            return Ways()

    def _drawn(
        self, visit: Visit, problem: "_Problem", ways: Ways, found: tuple[tuple[str, str, str, str], ...]
    ) -> Made:
        say = self._drawer.words(visit.wished)
        title, lead = say(problem.title), say(problem.lead, **dict(problem.values))
        head = Head(say("help-page-title", title=title, name=visit.name), index=False)
        tongues = tuple(
            Tongue(tag, say.name_of(tag), addresses.front(tag), tag == say.language)
            for tag in visit.languages
        )
        frame = Frame(say, head, self._visits.dress(visit, ways), tongues)
        content = {"title": title, "lead": lead, "elsewhere": found}
        return made(self._drawer.page("problem", frame, content), status=problem.status)


def elsewhere(location: str, status: int = HTTPStatus.SEE_OTHER, **headers: str) -> web.Response:
    """Go there; nobody keeps the answer, unless ``headers`` say so."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(
        status=status, headers={hdrs.LOCATION: location, hdrs.CACHE_CONTROL: NO_STORE, **_SECURE, **named}
    )


def policy(host: str) -> str:
    # Older Safari does not count a socket to the page's own host as 'self'.
    return _POLICY.format(sockets=f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else "")


def _problem_of(error: Exception) -> _Problem:
    match error:
        case Elsewhere():
            return _Problem(404, "help-elsewhere-title", "help-elsewhere-lead")
        case NotFound() | web.HTTPNotFound() | web.HTTPMethodNotAllowed():
            return _Problem(404, "help-missing-title", "help-missing-lead")
        case Unavailable(retry_after_s=float()):
            return _Problem(503, "help-often-title", "help-often-lead")
        case TooOften():
            return _Problem(429, "help-often-title", "help-often-lead")
        case Unreadable():
            return _Problem(error.status, "help-bad-title", error.key, tuple(error.values.items()))
        case Rejected() | web.HTTPClientError():
            return _Problem(400, "help-bad-title", "help-bad-address")
        case Unavailable():
            return _Problem(503, "help-broken-title", "help-broken-lead")
        case _:
            return _Problem(500, "help-broken-title", "help-broken-lead")
