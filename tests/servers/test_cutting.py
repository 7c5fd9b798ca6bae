"""The network that fails does fail, in each of its ways, and carries everything while it does not."""

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest

from tests.servers.cutting import Network, cutting_network

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Echo:
    """Says everything again; ``calls`` are those that are open."""

    def __init__(self) -> None:
        self.calls: list[Streams] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls.append((reader, writer))
        try:
            while data := await reader.read(1000):
                writer.write(data)
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()
            self.calls.remove((reader, writer))


@pytest.fixture
async def echo() -> Echo:
    return Echo()


@pytest.fixture
async def network(echo: Echo) -> AsyncIterator[Network]:
    server = await asyncio.start_server(echo.serve, "127.0.0.1", 0)
    async with cutting_network(Random(1)) as made:
        made.lead_to(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        yield made
    server.close()
    for _, writer in tuple(echo.calls):
        writer.transport.abort()
    async with asyncio.timeout(30):
        while echo.calls:  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0)
    for _ in range(5):
        # What was hung up is closed a few rounds later.
        await asyncio.sleep(0)


async def call(network: Network) -> Streams:
    """A connection over which something has gone both ways."""
    reader, writer = await asyncio.open_connection("127.0.0.1", network.port)
    writer.write(b"hello")
    assert await reader.readexactly(5) == b"hello"
    return reader, writer


async def test_it_carries_everything_and_tells_that_one_hung_up(network: Network, echo: Echo) -> None:
    reader, writer = await call(network)
    writer.write(b"x" * 300_000)
    writer.write_eof()
    assert len(await reader.read()) == 300_000
    writer.close()


async def test_a_dropped_connection_is_over_for_both_sides(network: Network, echo: Echo) -> None:
    reader, writer = await call(network)
    network.drop()
    with pytest.raises(ConnectionResetError):
        await reader.read()
    async with asyncio.timeout(30):
        while echo.calls:  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0)
    writer.close()


async def test_a_dead_connection_is_open_and_silent_and_a_new_one_works(network: Network, echo: Echo) -> None:
    reader, writer = await call(network)
    network.die()
    writer.write(b"anybody?")
    _, other = await call(network)
    assert len(echo.calls) == 2
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await reader.read(1)
    writer.transport.abort()
    other.transport.abort()


async def test_half_of_what_is_on_its_way_arrives_when_it_is_torn(network: Network, echo: Echo) -> None:
    reader, writer = await call(network)
    network.tear()
    echo.calls[0][1].write(b"12345678")
    with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
        await reader.readexactly(8)
    writer.close()


async def test_with_no_server_behind_it_a_call_ends_at_once(network: Network) -> None:
    network.lead_to("http://127.0.0.1:1")
    reader, writer = await asyncio.open_connection("127.0.0.1", network.port)
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()


async def test_slowly_it_still_carries_everything_in_order(network: Network) -> None:
    network.slow_s = 0.01
    reader, writer = await call(network)
    sent = b"".join(str(number).encode() for number in range(100))
    writer.write(sent)
    assert await reader.readexactly(len(sent)) == sent
    writer.close()
