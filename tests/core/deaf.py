"""The other side of a socket that takes nothing until it is told to."""

import asyncio

from aiohttp import WSMsgType


class Deaf:
    """``sent`` is what it took; ``code`` how it was closed; ``reads`` is set once it listens."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.code: int | None = None
        self.aborted = False
        self.reads = asyncio.Event()
        self.over = asyncio.Event()

    @property
    def closed(self) -> bool:
        return self.code is not None

    async def send_frame(self, message: bytes, opcode: WSMsgType, compress: int | None = None) -> None:
        await self.reads.wait()
        self.sent.append(message)

    async def close(self, *, code: int = 1000, message: bytes = b"") -> bool:
        await self.reads.wait()
        self.code = code
        self.over.set()
        return True

    async def until_over(self) -> None:
        async with asyncio.timeout(30):
            await self.over.wait()

    def abort(self) -> None:
        self.aborted = True
        self.over.set()
