"""Attachments as objects of a store that speaks S3: Amazon's, or one of the many that do the same."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

from obstore import delete_async, get_async, put_async
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store as Client

from channels.media.settings import Bucket, S3Settings
from channels.media.store import Opened, missing, step_to
from core.errors import NotFound, Unavailable
from core.ids import MediaId
from core.tasks import Workers

if TYPE_CHECKING:
    from pathlib import Path

    from obstore import GetOptions
    from obstore.store import ClientConfig, S3Config

T = TypeVar("T")

_PIECE_BYTES = 256 * 1024
_SPOOLED_BYTES = 512 * 1024
"""So much of an upload is held in memory; more of it goes to a temporary file until it is complete."""
_NO_BUCKET = "<Code>NoSuchBucket<"
_TOLD = 300
"""Characters of a store's own words in our log."""

log = logging.getLogger(__name__)


class S3Store:
    """The client has threads of its own: nothing here waits on the event loop or takes one of our ``workers``
    while the store is asked.
    """

    def __init__(self, bucket: Bucket, settings: S3Settings, workers: Workers) -> None:
        self._bucket = bucket
        self._settings = settings
        self._workers = workers
        self._client = _client(bucket, settings)
        self._places = asyncio.Semaphore(settings.at_once)

    def __str__(self) -> str:
        return f"the bucket {self._bucket.name}" + (
            f" at {self._settings.endpoint}" if self._settings.endpoint else ""
        )

    async def begin(self, media: MediaId) -> "S3Draft":
        step_to(media)
        spool = await self._workers.run(tempfile.SpooledTemporaryFile, _SPOOLED_BYTES)
        return S3Draft(self, media, spool, self._workers)

    async def put(self, media: MediaId, content: bytes) -> None:
        await self.send(media, _whole(content), len(content))

    async def send(self, media: MediaId, pieces: AsyncIterator[bytes], size: int) -> None:
        """In one request, which is all or nothing, or in parts where it is large, which are nothing until the last."""
        part = self._settings.part_bytes
        async with self._places:
            sent = put_async(
                self._client,
                step_to(media),
                pieces,
                use_multipart=size > part,
                chunk_size=part,
                max_concurrency=2,
            )
            await _told("stored", media, sent)

    async def open(self, media: MediaId, part: tuple[int, int] | None = None) -> Opened:
        options: GetOptions = {} if part is None else {"range": part}
        found = await _told("read", media, get_async(self._client, step_to(media), options=options))
        return Opened(found.meta["size"], _pieces(media, found.stream(min_chunk_size=_PIECE_BYTES)))

    async def path(self, media: MediaId) -> "Path | None":
        step_to(media)
        return None

    async def delete(self, media: MediaId) -> None:
        place = step_to(media)
        with suppress(NotFound):
            await _told("deleted", media, delete_async(self._client, place))


class _Spool(Protocol):
    """What we need of a temporary file."""

    def write(self, piece: bytes, /) -> int: ...
    def read(self, size: int, /) -> bytes: ...
    def seek(self, at: int, /) -> int: ...
    def tell(self) -> int: ...
    def close(self) -> None: ...


class S3Draft:
    """Collected here until it is complete: whether it may be stored is known only then."""

    def __init__(self, store: S3Store, media: MediaId, spool: _Spool, workers: Workers) -> None:
        self._store = store
        self._media = media
        self._spool = spool
        self._workers = workers

    async def write(self, piece: bytes) -> None:
        try:
            await self._workers.run(self._spool.write, piece)
        except OSError as error:
            raise Unavailable(f"the attachment cannot be stored: {error.strerror}") from error

    async def keep(self) -> None:
        size = self._spool.tell()
        self._spool.seek(0)
        await self._store.send(self._media, self._written(), size)

    async def drop(self) -> None:
        self._spool.close()

    async def _written(self) -> AsyncIterator[bytes]:
        while piece := await self._workers.run(self._spool.read, _PIECE_BYTES):
            yield piece


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _pieces(media: MediaId, stream: AsyncIterator[object]) -> AsyncIterator[bytes]:
    following = aiter(stream)
    while True:
        try:
            piece = await _told("read", media, anext(following))
        except StopAsyncIteration:
            return
        yield bytes(cast("bytes", piece))


async def _told(done: str, media: MediaId, call: Awaitable[T]) -> T:
    """Whose fault it is, in our words; theirs go to the log."""
    try:
        return await call
    except FileNotFoundError as error:
        if _NO_BUCKET in str(error):
            # All of them are away, not this one lost.
            log.error("the attachment store has no such bucket")  # noqa: TRY400 - it says all
            raise Unavailable(f"the attachment cannot be {done}: the bucket is not there") from None
        log.warning("the attachment %s is not in the store", media)
        raise missing() from None
    except (PermissionDeniedError, UnauthenticatedError) as error:
        log.error("the attachment store refuses us: %s", _short(error))  # noqa: TRY400 - its words say all
        raise Unavailable(f"the attachment cannot be {done}: the store refuses our key") from error
    except (BaseError, OSError, ValueError) as error:
        log.warning("the attachment store fails: %s", _short(error))
        raise Unavailable(f"the attachment cannot be {done} now: the store does not answer") from error


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:_TOLD]


def _client(bucket: Bucket, settings: S3Settings) -> Client:
    config: S3Config = {
        "region": settings.region,
        "virtual_hosted_style_request": settings.bucket_in_host,
        # One after the other: not every store knows the call for many.
        "disable_bulk_delete": True,
    }
    if settings.endpoint is not None:
        config["endpoint"] = _address(bucket, settings)
    if settings.key_id is not None and settings.secret is not None:
        config |= {"access_key_id": settings.key_id, "secret_access_key": settings.secret}
    options: ClientConfig = {
        "connect_timeout": timedelta(seconds=settings.connect_s),
        "read_timeout": timedelta(seconds=settings.read_s),
        "timeout": timedelta(seconds=settings.whole_s),
        "allow_http": (settings.endpoint or "").startswith("http://"),
    }
    if settings.ca_file is not None:
        options["root_certificate"] = settings.ca_file.read_bytes()
    return Client(
        bucket.name,
        prefix=bucket.prefix or None,
        config=config,
        client_options=options,
        retry_config={"max_retries": settings.retries, "retry_timeout": timedelta(seconds=settings.retry_s)},
    )


def _address(bucket: Bucket, settings: S3Settings) -> str:
    parts = urlsplit((settings.endpoint or "").rstrip("/"))
    host = f"{bucket.name}.{parts.netloc}" if settings.bucket_in_host else parts.netloc
    return urlunsplit(parts._replace(netloc=host))
