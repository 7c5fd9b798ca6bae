"""python-telegram-bot's calls over our aiohttp session, and nothing of a token in what is logged or raised."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import aiohttp
import msgspec
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from channels.telegram.settings import CallSettings
from core.web import without_nul

Session = Callable[[], aiohttp.ClientSession]

_PIECE_BYTES = 64 * 1024
_BOTS = 1000
_UNSAID_S = 5.0
"""What is waited when Telegram says that it is too much and not for how long."""

# At its debug level the library writes addresses, which hold the token, and what people said.
logging.getLogger("telegram").setLevel(logging.WARNING)


class NotSent(NetworkError):
    """There was no connection: the call certainly did not arrive."""


class TooMany(RetryAfter):
    """Telegram takes no more for so long; the library's own error warns of itself whenever it is made."""

    def __init__(self, retry_after_s: float) -> None:
        TelegramError.__init__(self, f"too many calls, the next in {retry_after_s:g} s")
        self._retry_after = timedelta(seconds=retry_after_s)

    @property
    def retry_after(self) -> timedelta:
        return self._retry_after


class TooLarge(TelegramError):
    """The file, or an answer, has more bytes than are taken."""


class SessionRequest(BaseRequest):
    """``telegram.request.BaseRequest`` over a session that others use as well; it follows no redirects."""

    __slots__ = ("_limits", "_session")

    def __init__(self, session: Session, limits: CallSettings) -> None:
        self._session = session
        self._limits = limits

    @property
    def read_timeout(self) -> float | None:
        return self._limits.read_s

    async def initialize(self) -> None:
        """The session is somebody else's."""

    async def shutdown(self) -> None:
        """The same."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Unlike the library's own, it logs nothing of what was not understood."""
        try:
            return msgspec.json.decode(without_nul(payload), type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise TelegramError("Invalid server response") from None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **given: Any
    ) -> tuple[int, bytes]:
        """Raises TooMany, NotSent and BadRequest: it had no effect; TimedOut and NetworkError: one cannot say whether it had."""
        limits = self._limits
        files = request_data is not None and request_data.contains_files
        read_s = _chosen(given, "read_timeout", limits.read_s)
        write_s = _chosen(given, "write_timeout", limits.upload_s if files else limits.write_s)
        connect_s = _chosen(given, "connect_timeout", limits.connect_s)
        timeout = aiohttp.ClientTimeout(
            total=None, connect=connect_s, sock_connect=connect_s, sock_read=read_s
        )
        call = self._session().request(
            method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
        )
        try:
            async with asyncio.timeout(connect_s + write_s + read_s), call as response:
                answer = await _read(response, limits.answer_bytes)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Its own words, and those of its cause, may hold the address and in it the token.
            raise _as_ours(error) from None
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooMany(_retry_after_s(response, answer))
        if response.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise BadRequest("Request Entity Too Large")
        if HTTPStatus.MULTIPLE_CHOICES <= response.status < HTTPStatus.BAD_REQUEST:
            raise NotSent(f"whoever answers for Telegram sends us elsewhere ({response.status})")
        return response.status, answer


class QuietBot(Bot):
    """A bot that does not show its token."""

    def __repr__(self) -> str:
        return f"QuietBot({self.token.partition(':')[0]})"


class Api:
    """The Bot API for whatever bot an inbox is; ``session`` is shared by all of them."""

    def __init__(self, session: Session, url: str, limits: CallSettings) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._limits = limits
        self._request = SessionRequest(session, limits)
        self._bots: dict[str, Bot] = {}

    def lead_to(self, url: str) -> None:
        """From now on the Bot API is there."""
        self._url = url.rstrip("/")
        self._bots.clear()

    def bot(self, token: str) -> Bot:
        """Nothing is asked; one is kept for each token, because making one costs as much as a tenth of a call."""
        known = self._bots.get(token)
        if known is None:
            if len(self._bots) >= _BOTS:
                self._bots.clear()
            known = self._bots[token] = QuietBot(
                token,
                base_url=f"{self._url}/bot",
                base_file_url=f"{self._url}/file/bot",
                request=self._request,
                get_updates_request=self._request,
            )
        return known

    async def updates(
        self, token: str, parameters: Mapping[str, str | int], wait_s: float
    ) -> list[dict[str, Any]]:
        """``getUpdates`` as it was answered, so that one strange update costs no others; raises as a bot's call does."""
        query = urlencode({**parameters, "timeout": int(wait_s)})
        url = f"{self._url}/bot{token}/getUpdates?{query}"
        answer = await self._request.post(url, read_timeout=self._limits.read_s + wait_s)
        if not isinstance(answer, list):
            raise TelegramError("Invalid server response")
        return answer

    async def download(self, token: str, path: str, most: int) -> bytes:
        """What ``getFile`` named ``path``. Raises TooLarge beyond ``most`` bytes, else as a bot's call does."""
        limits = self._limits
        timeout = aiohttp.ClientTimeout(
            total=None, connect=limits.connect_s, sock_connect=limits.connect_s, sock_read=limits.read_s
        )
        url = f"{self._url}/file/bot{token}/{path}"
        try:
            async with self._session().get(url, timeout=timeout, allow_redirects=False) as response:
                if response.status != HTTPStatus.OK:
                    raise NetworkError(f"the file was answered with {response.status}")
                return await _read(response, most)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _as_ours(error) from None


def _chosen(given: Mapping[str, Any], name: str, default: float) -> float:
    value = given.get(name)
    return default if value is None or value is BaseRequest.DEFAULT_NONE else float(value)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        headers = {"Content-Type": "application/json"}
        return {"data": msgspec.json.encode(data.parameters), "headers": headers}
    form = aiohttp.FormData(data.json_parameters)
    for field, (name, content, media_type) in data.multipart_data.items():
        form.add_field(field, content, filename=name, content_type=media_type)
    return {"data": form}


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    if (response.content_length or 0) > most:
        raise TooLarge(f"more than {most} bytes")
    pieces = bytearray()
    async for piece in response.content.iter_chunked(_PIECE_BYTES):
        pieces += piece
        if len(pieces) > most:
            raise TooLarge(f"more than {most} bytes")
    return bytes(pieces)


class _Parameters(msgspec.Struct):
    retry_after: float = 0.0


class _Refusal(msgspec.Struct):
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


def _retry_after_s(response: aiohttp.ClientResponse, answer: bytes) -> float:
    """As the answer says, else its header (a proxy's, perhaps)."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        said = msgspec.json.decode(answer, type=_Refusal).parameters.retry_after
        if said > 0:
            return said
    with suppress(ValueError):
        return max(1.0, float(response.headers.get("Retry-After", "")))
    return _UNSAID_S


def _as_ours(error: Exception) -> TelegramError:
    match error:
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return NotSent("Telegram cannot be reached")
        case TimeoutError():
            return TimedOut("Telegram did not answer in time")
        case _:
            return NetworkError(f"the connection to Telegram broke ({type(error).__name__})")
