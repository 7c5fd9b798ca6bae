"""The calls that keep a Rasa running: is it well, which model has it, and take this one."""

import logging
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import msgspec

from bot.contract import RasaAddress

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Parley-Secret"  # noqa: S105 - the header's name
_OK, _REFUSED, _NO_MODEL = 200, 401, 409
_ENDING = ".tar.gz"


class Probe(Protocol):
    """How the process looks after a running Rasa."""

    async def healthy(self, address: RasaAddress, limit_s: float) -> bool:
        """Whether it answers in time and has a model."""
        ...

    async def swap(self, address: RasaAddress, model: Path, limit_s: float) -> bool:
        """Whether it now serves this model; turns under way are not lost."""
        ...


class ServerProbe(Protocol):
    """How a Rasa on another machine is looked after."""

    async def model(self, address: RasaAddress, limit_s: float) -> str | None:
        """The fingerprint of the model that it serves, empty where it has none yet; None where it does not answer."""
        ...

    async def fetch(self, address: RasaAddress, url: str, bearer: str, limit_s: float) -> bool:
        """Whether it fetched the model from there and serves it now; else it keeps the one that it has."""
        ...


class _Status(msgspec.Struct):
    model_file: str


class HttpProbe:
    """Over HTTP, with a session that others may share."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def healthy(self, address: RasaAddress, limit_s: float) -> bool:
        return (await self._call("GET", address, "/status", None, limit_s))[0] == _OK

    async def swap(self, address: RasaAddress, model: Path, limit_s: float) -> bool:
        return await self._put(address, {"model_file": str(model)}, limit_s)

    async def model(self, address: RasaAddress, limit_s: float) -> str | None:
        status, body = await self._call("GET", address, "/status", None, limit_s)
        if status == _NO_MODEL:
            return ""
        if status != _OK:
            return None
        try:
            return msgspec.json.decode(body, type=_Status).model_file.removesuffix(_ENDING)
        except msgspec.MsgspecError:
            return None

    async def refuses(self, address: RasaAddress, limit_s: float) -> bool:
        """Whether it answers, but asks for another secret."""
        return (await self._call("GET", address, "/status", None, limit_s))[0] == _REFUSED

    async def fetch(self, address: RasaAddress, url: str, bearer: str, limit_s: float) -> bool:
        headers = {"Authorization": f"Bearer {bearer}"}
        # None: it is told when there is another one, and does not ask every 100 s.
        server = {"url": url, "headers": headers, "wait_time_between_pulls": None}
        return await self._put(address, {"model_server": server}, limit_s)

    async def _put(self, address: RasaAddress, body: dict[str, Any], limit_s: float) -> bool:
        status, _ = await self._call("PUT", address, "/model", body, limit_s)
        return status is not None and status < 400  # noqa: PLR2004

    async def _call(
        self, method: str, address: RasaAddress, path: str, body: dict[str, Any] | None, limit_s: float
    ) -> tuple[int | None, bytes]:
        """Its status and the answer; None where there was none in time."""
        timeout = aiohttp.ClientTimeout(total=limit_s)
        headers = {SECRET_HEADER: address.secret}
        url = f"{address.url}{path}"
        try:
            async with self._session.request(
                method, url, json=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.debug("%s %s: %s: %s", method, url, type(error).__name__, error)
            return None, b""
