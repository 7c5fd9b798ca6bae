"""Fetches what Telegram keeps for us into the media library; what cannot be had is named in the message instead."""

import asyncio
from collections.abc import Sequence

from telegram.error import BadRequest, TelegramError

from channels.media.library import MediaLibrary, NewFile
from channels.telegram.receiving.content import Say
from channels.telegram.receiving.desk import Furnished
from channels.telegram.receiving.told import Said, Wanted
from channels.telegram.transport import Api, TooLarge, TooMany
from core.errors import Unavailable
from core.message import Attachment, Part, Text

_MEGABYTE = 1024 * 1024
OWNER = "telegram"
"""Whose fetched files are until a message takes them."""


class Files:
    """``most_bytes`` of one file; ``at_once`` messages with files are held in memory."""

    def __init__(self, api: Api, library: MediaLibrary, most_bytes: int, at_once: int) -> None:
        self._api = api
        self._library = library
        self._most_bytes = most_bytes
        self._places = asyncio.Semaphore(at_once)

    async def furnish(self, token: str, said: Said, known: dict[str, Attachment], say: Say) -> Furnished:
        """Raises Unavailable when Telegram or the disk does not answer: later it may."""
        if not said.wanted:
            return Furnished(tuple(piece for piece in said.pieces if not isinstance(piece, Wanted)))
        async with self._places:
            fetched = [await self._one(token, piece, known, say) for piece in said.pieces]
            new = [each for each in fetched if isinstance(each, NewFile)]
            prepared = iter(stored := await self._library.prepare(OWNER, new))
        parts = [next(prepared).attachment if isinstance(each, NewFile) else each for each in fetched]
        return Furnished(tuple(parts), stored)

    async def _one(
        self, token: str, piece: Part | Wanted, known: dict[str, Attachment], say: Say
    ) -> Part | NewFile:
        if not isinstance(piece, Wanted):
            return piece
        if piece.file in known:
            return known[piece.file]
        if piece.size is not None and piece.size > self._most_bytes:
            return self._too_large(piece, say)
        try:
            file = await self._api.bot(token).get_file(piece.file)
            content = await self._api.download(token, _path(file.file_path, token), self._most_bytes)
        except TooLarge:
            return self._too_large(piece, say)
        except BadRequest as error:
            if "too big" in error.message:
                return self._too_large(piece, say)
            return missing(piece, say)
        except TooMany as error:
            wait_s = error.retry_after.total_seconds()
            raise Unavailable("Telegram wants us to wait", retry_after_s=wait_s) from None
        except TelegramError as error:
            raise Unavailable(f"a file could not be fetched: {type(error).__name__}") from None
        return NewFile(piece.name, content)

    def _too_large(self, piece: Wanted, say: Say) -> Text:
        size = "?" if piece.size is None else str(max(1, round(piece.size / _MEGABYTE)))
        return Text(say("telegram-too-large", name=piece.name, size=size))


def missing(piece: Wanted, say: Say) -> Text:
    """What stands in the place of a file that cannot be had; a sticker is worth its emoji."""
    return Text(piece.instead or say("telegram-not-fetched", name=piece.name))


def without_files(said: Said, say: Say) -> Furnished:
    """When nothing can be fetched any more."""
    parts: Sequence[Part] = [
        missing(piece, say) if isinstance(piece, Wanted) else piece for piece in said.pieces
    ]
    return Furnished(tuple(parts))


def _path(address: str | None, token: str) -> str:
    """The library makes whole addresses of paths."""
    return (address or "").rpartition(f"/file/bot{token}/")[2]
