"""The two calls that keep Rasa running: is it well, and take this model."""

from pathlib import Path
from typing import Protocol

import aiohttp

from bot.contract import RasaAddress

SECRET_HEADER = "X-Parley-Secret"  # noqa: S105 - the header's name


class Probe(Protocol):
    """How the process looks after a running Rasa."""

    async def healthy(self, address: RasaAddress, limit_s: float) -> bool:
        """Whether it answers in time and has a model."""
        ...

    async def swap(self, address: RasaAddress, model: Path, limit_s: float) -> bool:
        """Whether it now serves this model; turns under way are not lost."""
        ...


class HttpProbe:
    """Over HTTP, with a session that others may share."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def healthy(self, address: RasaAddress, limit_s: float) -> bool:
        return await self._call("GET", address, "/status", None, limit_s)

    async def swap(self, address: RasaAddress, model: Path, limit_s: float) -> bool:
        return await self._call("PUT", address, "/model", {"model_file": str(model)}, limit_s)

    async def _call(
        self, method: str, address: RasaAddress, path: str, body: dict[str, str] | None, limit_s: float
    ) -> bool:
        timeout = aiohttp.ClientTimeout(total=limit_s)
        headers = {SECRET_HEADER: address.secret}
        url = f"{address.url}{path}"
        try:
            async with self._session.request(
                method, url, json=body, headers=headers, timeout=timeout
            ) as answer:
                return answer.ok
        except (aiohttp.ClientError, TimeoutError):
            return False
