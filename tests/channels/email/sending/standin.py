"""A stand-in for an SMTP server that fails at any step in any way: real servers cannot be told to."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto

LOOPBACK = "127.0.0.1"


class How(Enum):
    """Without a word: the connection ends, or nothing comes any more."""

    CLOSE = auto()
    STALL = auto()


Fault = How | str
"""What is done at a step; a text is the answer, such as ``450 later``."""

STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "end")
"""``body``: after the first bytes of the mail. ``end``: after the dot, when the mail is taken."""


@dataclass(slots=True)
class StandIn:
    """``faults`` by step, or by ``RCPT`` and an address; ``taken`` is what it said 250 to (or would have)."""

    port: int
    faults: dict[str, Fault] = field(default_factory=dict)
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    sessions: int = 0
    commands: list[str] = field(default_factory=list)
    extensions: tuple[str, ...] = ("SIZE 30000000",)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    open: dict[asyncio.StreamWriter, "asyncio.Task[None] | None"] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        self.open[writer] = asyncio.current_task()
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await _Session(self, reader, writer).run()
        finally:
            writer.transport.abort()
            del self.open[writer]

    async def close(self) -> None:
        """Leave nobody behind."""
        self.over.set()
        tasks = [task for task in self.open.values() if task is not None]
        for writer in self.open:
            writer.transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)


class _EndedError(ConnectionError):
    """This session is over."""


@dataclass(slots=True)
class _Session:
    server: StandIn
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    recipients: list[str] = field(default_factory=list)

    async def run(self) -> None:
        await self._answer("greeting", "220 stand-in")
        while line := (await self.reader.readline()).decode():
            self.server.commands.append(line.strip())
            await self._command(line.strip())

    async def _command(self, line: str) -> None:
        verb = line.split(" ", maxsplit=1)[0].upper()
        match verb:
            case "EHLO":
                lines = ["stand-in", *self.server.extensions]
                said = "\r\n".join(
                    f"250{'-' if n < len(lines) else ' '}{each}" for n, each in enumerate(lines, 1)
                )
                await self._answer("EHLO", said)
            case "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                step = f"RCPT {address}" if f"RCPT {address}" in self.server.faults else "RCPT"
                if await self._answer(step, "250 ok"):
                    self.recipients.append(address)
            case "DATA":
                if await self._answer("DATA", "354 go on"):
                    await self._body()
            case "RSET" | "MAIL":
                self.recipients.clear()
                await self._answer(verb, "250 ok")
            case "QUIT":
                await self._answer("QUIT", "221 bye")
                raise _EndedError
            case _:
                await self._answer(verb, "250 ok")

    async def _body(self) -> None:
        if "body" in self.server.faults:
            await self.reader.readexactly(10)
            await self._answer("body", "")
        raw = await self.reader.readuntil(b"\r\n.\r\n")
        self.server.taken.append((list(self.recipients), raw[:-3]))
        if not await self._answer("end", "250 taken"):
            self.server.taken.pop()

    async def _answer(self, step: str, answer: str) -> bool:
        """Whether the answer was yes."""
        fault = self.server.faults.get(step)
        if fault is How.CLOSE:
            raise _EndedError
        if fault is How.STALL:
            # Nor is anything read any more.
            self.writer.transport.pause_reading()  # type: ignore[attr-defined]
            await self.server.over.wait()
            raise _EndedError
        said = fault if isinstance(fault, str) else answer
        self.writer.write(f"{said}\r\n".encode())
        await self.writer.drain()
        if said.startswith("421"):
            raise _EndedError
        return said[0] in "23"


@asynccontextmanager
async def a_stand_in(faults: Mapping[str, Fault] | None = None) -> AsyncIterator[StandIn]:
    """In this test's loop."""
    stand_in = StandIn(0, dict(faults or {}))
    server = await asyncio.start_server(stand_in.serve, LOOPBACK, 0, limit=2**26)
    stand_in.port = server.sockets[0].getsockname()[1]
    try:
        yield stand_in
    finally:
        server.close()
        await stand_in.close()
