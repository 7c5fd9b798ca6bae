"""Shared pieces of everything served over HTTP: the route's form, errors as JSON, bodies, origins, addresses."""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler as HttpHandler

from core.addresses import Network
from core.agent import Permission
from core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    ParleyError,
    Rejected,
    TooOften,
    TooSlow,
    Unavailable,
    Undeliverable,
)
from core.expected import expected_at
from core.network import THIS_MACHINE, client_of

log = logging.getLogger(__name__)

T = TypeVar("T")
_KINDS = re.compile(r"`([^`]*)`")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
}
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""An escaped NUL in JSON: PostgreSQL stores none in a text, and nobody means one."""

_UNTOLD = (" matching regex ", "Invalid enum value", "Invalid value")
"""Words of msgspec that tell a person nothing: a pattern, or only what was wrong."""
_BOUNDS = ("` >= ", "` <= ")
"""Of a number; where the field says in words what it takes, these are better."""
_MOMENT = "a date and time such as 2026-01-31T09:00:00Z"

TRUSTED: web.AppKey[Sequence[Network]] = web.AppKey("TRUSTED", Sequence[Network])
"""Of an application: the proxies that are believed about whom they pass on; without it those on this machine."""
_FORWARDED = "X-Forwarded-For"

Counter = Callable[[str], None]
"""Counts a refusal by its name, for the metrics."""

LATER = "try again later"
"""All that who asks is told of what does not answer here: why may name tables, servers and files."""


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table: what is served, by whom, and what one must be allowed to ask for it."""

    method: str
    path: str
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    permission: Permission


class ErrorBody(msgspec.Struct, frozen=True):
    """What is wrong, which field, and what was expected."""

    code: str
    message: str
    field: str | None = None
    expected: str | None = None


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The body of every answer that is not a success."""

    error: ErrorBody


_STATUS: Sequence[tuple[type[ParleyError], int]] = (
    (Invalid, 422),
    (NotFound, 404),
    (Forbidden, 403),
    (Conflict, 409),
    (TooOften, 429),
    (TooSlow, 408),
    (Rejected, 400),
    (Undeliverable, 422),
    (Unavailable, 503),
)


def json_response(body: object, status: int = 200) -> web.Response:
    """Encoded by msgspec; never cached."""
    return web.Response(
        body=msgspec.json.encode(body),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def error_response(error: ParleyError) -> web.Response:
    """The one translation of our errors into HTTP; why something is not to be had goes to the log."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    field, expected = (error.field, error.expected) if isinstance(error, Invalid) else (None, None)
    message = str(error)
    if isinstance(error, Unavailable):
        log.warning("answered %d %s: %s", status, error.code, error)
        message = LATER
    response = json_response(ErrorAnswer(ErrorBody(error.code, message, field, expected)), status)
    if isinstance(error, TooOften):
        response.headers[hdrs.RETRY_AFTER] = str(max(1, ceil(error.retry_after_s)))
    return response


@web.middleware
async def errors_as_json(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
    """Outermost: whatever is raised becomes an answer with a code; what we did not foresee is logged, not told."""
    try:
        return await handler(request)
    except Exception as error:
        if not _has_begun(request):
            answer = _told(request, error)
            if answer is None:
                raise
            return answer
        # A second answer would stand in the midst of the first, or among a socket's frames.
        log.warning("%s %s broke off: %s", request.method, _route_of(request), error)
        if request.transport is not None:
            request.transport.close()
        raise ConnectionResetError("broken off in the midst of an answer") from error


@web.middleware
async def without_nul_in_address(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
    """Inside ``errors_as_json``: no id, name or question of ours holds a NUL, and PostgreSQL would fail on it."""
    if "\0" in request.path:
        raise NotFound("there is nothing at this address")
    for name, value in request.query.items():
        if "\0" in name + value:
            raise Invalid(name.replace("\0", "") or "query", "text without NUL")
    return await handler(request)


def _has_begun(request: web.Request) -> bool:
    """Whether an answer is on its way already to somebody who is still there."""
    if request.transport is None or request.transport.is_closing():
        return False
    return request.writer.output_size > 0


def _told(request: web.Request, error: Exception) -> web.Response | None:
    """None for what is no error of ours to tell."""
    match error:
        case ParleyError():
            return error_response(error)
        case ConnectionResetError():
            if request.transport is not None and not request.transport.is_closing():
                return None
            # Who asked has gone in the middle of it: nobody reads this answer, and anybody can do so as often as they like.
            log.debug("%s %s was broken off", request.method, _route_of(request))
            return json_response(ErrorAnswer(ErrorBody("gone", "the connection was lost")), 400)
        case web.HTTPException():
            if error.status < web.HTTPBadRequest.status_code:
                return None
            code = (error.reason or "error").lower().replace(" ", "_")
            return json_response(ErrorAnswer(ErrorBody(code, error.text or code)), error.status)
        case _:
            log.error("%s %s failed", request.method, _route_of(request), exc_info=error)
            return json_response(ErrorAnswer(ErrorBody("internal", "something went wrong here")), 500)


def _route_of(request: web.Request) -> str:
    """As the table of routes writes it: a path may hold an invitation's token, or whatever somebody made up."""
    resource = request.match_info.route.resource
    return "an unknown path" if resource is None else resource.canonical


def without_nul(body: bytes) -> bytes:
    """JSON, as it was but for NUL characters in its texts."""
    return _NUL.sub(rb"\1", body)


async def read_json(request: web.Request, shape: type[T], *, as_it_is: bool = False) -> T:
    """The body as ``shape`` (a msgspec Struct), without NUL or ``as_it_is``. Raises Invalid with the field that is wrong."""
    body = await request.read()
    if not as_it_is:
        body = without_nul(body)
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise invalid(error, shape) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("body", "JSON", code="malformed") from error


def invalid(error: msgspec.ValidationError, shape: object) -> Invalid:
    """Which field of ``shape`` msgspec did not like, and what it expected."""
    problem, _, path = str(error).partition(" - at `")
    field = path.rstrip("`").removeprefix("$").lstrip(".") or "body"
    if problem.startswith("Object missing required field `"):
        name = problem.removeprefix("Object missing required field `").rstrip("`")
        field = name if field == "body" else f"{field}.{name}"
        return Invalid(field, "a value")
    if problem.startswith("Object contains unknown field `"):
        name = problem.removeprefix("Object contains unknown field `").rstrip("`")
        return Invalid(name, "no such field")
    if "Invalid RFC3339 encoded datetime" in problem:
        return Invalid(field, _MOMENT)
    if any(words in problem for words in _BOUNDS) and (said := expected_at(shape, field)):
        return Invalid(field, said)
    if any(words in problem for words in _UNTOLD):
        return Invalid(field, expected_at(shape, field) or "a valid value")
    said = _KINDS.sub(_in_words, problem.removeprefix("Expected "))
    return Invalid(field, said.replace(", got ", ", not ").replace("`", ""))


def _in_words(kinds: re.Match[str]) -> str:
    return " or ".join(_WORDS.get(each, each) for each in kinds[1].split(" | "))


def client_address(request: web.Request) -> str:
    """Where the request came from; a proxy's word counts only where the server was told to trust it."""
    told = request.headers.getall(_FORWARDED, ())
    return client_of(request.remote or "", told, request.app.get(TRUSTED, THIS_MACHINE))


def origin_of(url: str) -> str | None:
    """``scheme://host:port`` in lower case, without the scheme's own port; None when it is not one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    suffix = "" if port is None or port == usual else f":{port}"
    return f"{parts.scheme}://{parts.hostname.lower()}{suffix}"


def same_origin(request: web.Request, allowed: Sequence[str] = ()) -> bool:
    """Whether the request's Origin is our own host or one of ``allowed``; a request without one is not a browser's."""
    header = request.headers.get("Origin")
    if header is None:
        return True
    origin = origin_of(header)
    if origin is None:
        return False
    if origin in allowed:
        return True
    own = {origin_of(f"{scheme}://{request.host}") for scheme in ("http", "https")}
    return origin in own
