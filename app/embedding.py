"""The models of the knowledge base, as settings name them; one that is a service is asked over the guarded client."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import aiohttp

from core.clock import Clock
from core.errors import Unavailable
from core.outbound import Outbound, OutboundSettings
from knowledge.embedding.contract import Embedder
from knowledge.embedding.models import Models
from knowledge.embedding.settings import FOLDER, SERVICE, EmbeddingSettings

if TYPE_CHECKING:  # numpy takes a tenth of a second to import
    from knowledge.embedding.service import Request

_OK = 200
_GRACE_S = 0.5


def models(settings: EmbeddingSettings, outbound: OutboundSettings, clock: Clock) -> Models:
    """Nothing is loaded yet. To be called on the event loop, which a service is asked on."""
    loop = asyncio.get_running_loop()

    def folder() -> Embedder:
        # sentence-transformers is the operator's to install.
        from knowledge.embedding.folder import Folder  # noqa: PLC0415

        return Folder(settings.folder)

    def service() -> Embedder:
        from knowledge.embedding.service import Service  # noqa: PLC0415 - as above

        guard = Outbound(OutboundSettings(settings.service.private, outbound.ca_file))
        return Service(settings.service, partial(_post, loop, guard), clock)

    return Models(settings, {FOLDER: folder, SERVICE: service})


def _post(loop: asyncio.AbstractEventLoop, guard: Outbound, request: "Request") -> bytes:
    """From a worker thread: ``service.Post``."""
    asked = asyncio.run_coroutine_threadsafe(_answer(guard, request), loop)
    try:
        return asked.result(request.limit_s + _GRACE_S)
    except TimeoutError as error:
        asked.cancel()
        raise Unavailable("the embedding service took too long", code="embedding") from error


async def _answer(guard: Outbound, request: "Request") -> bytes:
    try:
        async with (
            asyncio.timeout(request.limit_s),
            aiohttp.ClientSession(connector=guard.connector()) as session,
            session.post(
                request.url, headers=request.headers, data=request.body, allow_redirects=False
            ) as answer,
        ):
            if answer.status != _OK:
                raise Unavailable(f"the embedding service answered {answer.status}", code="embedding")
            return await _read(answer, request.answer_bytes)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        why = str(error) or type(error).__name__
        raise Unavailable(f"the embedding service cannot be reached: {why}", code="embedding") from error


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    found = bytearray()
    async for piece in answer.content.iter_any():
        found += piece
        if len(found) > most:
            raise Unavailable(f"the embedding service answered over {most} bytes", code="embedding")
    return bytes(found)
