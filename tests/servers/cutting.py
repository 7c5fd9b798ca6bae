"""A network that fails: a TCP proxy that drops connections, lets them go dead without a word, tears what is on its way, and delays."""

import asyncio
import ctypes
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

_CHUNK = 65_536
_ATTACH_FILTER, _RETURN = 26, 0x06
"""Linux's SO_ATTACH_FILTER, and the one instruction of its filter: how much of a packet is kept."""


class Pipe:
    """One connection through the proxy: what comes in on one side goes out on the other, while it is whole."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.ends = (near, far)
        self.dead = False
        self.torn = False

    def reset(self) -> None:
        """Both sides hear at once that it is over."""
        for end in self.ends:
            reset(end)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, net: "Network") -> None:
        """One way, to its end. A dead pipe swallows what it is given, also that a side has hung up."""
        while data := await reader.read(_CHUNK):
            await net.pass_time()
            if self.dead:
                continue
            if self.torn:
                writer.write(data[: len(data) // 2])
                self.reset()
                return
            writer.write(data)
            await writer.drain()


def reset(end: asyncio.StreamWriter) -> None:
    """Hang up so that the other side gets an error, not an end."""
    sock = end.get_extra_info("socket")
    if not end.transport.is_closing():
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.transport.abort()


def drop_all(sock: socket.socket) -> None:
    """From now on the kernel drops whatever comes in here before anybody sees it (a socket filter; no rights are needed)."""
    nothing = ctypes.create_string_buffer(struct.pack("HBBI", _RETURN, 0, 0, 0))
    sock.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HP", 1, ctypes.addressof(nothing)))


class Network:
    """``target`` is where the server listens now (host, port; or the path of a socket); it may move while the network stands."""

    def __init__(self, random: Random) -> None:
        self.target: tuple[str, int] | Path | None = None
        self.port = 0
        self.slow_s = 0.0
        """So much later, at most, does each piece arrive."""
        self.opened = 0
        self._random = random
        self._pipes: set[Pipe] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def lead_to(self, address: str) -> None:
        """New connections end at the server with this ``http://host:port``."""
        parts = urlsplit(address)
        assert parts.hostname is not None
        assert parts.port is not None
        self.target = (parts.hostname, parts.port)

    def drop(self) -> None:
        """Every connection is reset."""
        for pipe in tuple(self._pipes):
            pipe.reset()

    def die(self) -> None:
        """Every connection goes on to look open on both sides, and carries nothing any more."""
        for pipe in self._pipes:
            pipe.dead = True

    def fall_silent(self) -> None:
        """As ``die``, and nothing that whoever called sends is acknowledged any more: as when a cable is cut."""
        for pipe in self._pipes:
            pipe.dead = True
            drop_all(pipe.ends[0].get_extra_info("socket"))

    def give_up(self) -> None:
        """The servers behind notice that nobody is there any more, as they do by keepalives; whoever called does not."""
        for pipe in self._pipes:
            if pipe.dead:
                reset(pipe.ends[1])

    def tear(self) -> None:
        """The next piece of every connection arrives by half, and then the connection is reset."""
        for pipe in self._pipes:
            pipe.torn = True

    async def pass_time(self) -> None:
        if self.slow_s:
            passed = asyncio.Event()
            asyncio.get_running_loop().call_later(self._random.uniform(0, self.slow_s), passed.set)
            await passed.wait()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody came: serve them until both sides have hung up."""
        self.opened += 1
        far = await self._far()
        if far is None:
            reset(writer)
            return
        pipe = Pipe(writer, far[1])
        self._pipes.add(pipe)
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self._way(pipe, reader, far[1]))
                ways.create_task(self._way(pipe, far[0], writer))
        finally:
            self._pipes.discard(pipe)
            pipe.reset()
            for end in pipe.ends:
                with suppress(OSError):
                    await end.wait_closed()

    async def _far(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        if self.target is None:
            return None
        with suppress(OSError):
            if isinstance(self.target, Path):
                return await asyncio.open_unix_connection(self.target)
            return await asyncio.open_connection(*self.target)
        return None

    async def _way(self, pipe: Pipe, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            await pipe.carry(reader, writer, self)
            if not pipe.dead and writer.can_write_eof():
                writer.write_eof()


@asynccontextmanager
async def cutting_network(random: Random) -> AsyncIterator[Network]:
    """On a free port of this machine; nothing is behind it until it is led somewhere."""
    network = Network(random)
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(network.connected(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    network.port = server.sockets[0].getsockname()[1]
    try:
        yield network
    finally:
        server.close()
        network.drop()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
