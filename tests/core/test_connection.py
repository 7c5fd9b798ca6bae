"""One open socket: what a reader that keeps up, that is behind, and that takes nothing at all is given."""

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest

from core.connection import Bounds, Care, Connection, Farewell
from core.tasks import Supervisor
from tests.core.deaf import Deaf

SLOW = Farewell(1013, "too slow", (b"bye",))


class Sockets:
    """Makes connections that allow ten frames of news, and counts those that were dropped."""

    def __init__(self, supervisor: Supervisor) -> None:
        self.supervisor = supervisor
        self.dropped = 0

    def make(self, reader: Deaf, *, stall_s: float = 60, farewell_s: float = 60) -> Connection:
        care = Care(self.supervisor, Bounds(10, stall_s, farewell_s), SLOW, self._drop)
        return Connection(reader, care, reader.abort)

    def _drop(self) -> None:
        self.dropped += 1


@pytest.fixture
async def sockets() -> AsyncIterator[Sockets]:
    supervisor = Supervisor(Random(1))
    yield Sockets(supervisor)
    await supervisor.stop()


def frames(count: int) -> list[bytes]:
    return [str(number).encode() for number in range(count)]


async def taken(reader: Deaf, count: int) -> list[bytes]:
    """What it has, once it has so many."""
    async with asyncio.timeout(30):
        while len(reader.sent) < count:  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0)
    return reader.sent


async def test_news_is_sent_in_order(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader)
    reader.reads.set()
    for frame in frames(10):
        connection.give(frame)
    assert await taken(reader, 10) == frames(10)
    assert sockets.dropped == 0


async def test_who_does_not_keep_up_is_told_once_and_let_go(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader)
    for frame in frames(30):
        connection.give(frame)
    reader.reads.set()
    await reader.until_over()
    assert (reader.sent, reader.code, sockets.dropped) == ([b"bye"], 1013, 1)


async def test_what_was_missed_may_be_more_than_the_bound(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader)
    connection.catch_up(frames(500))
    for frame in frames(10):
        connection.give(frame)
    reader.reads.set()
    assert await taken(reader, 510) == [*frames(500), *frames(10)]
    assert sockets.dropped == 0


async def test_catching_up_again_and_again_without_reading_is_bounded_too(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader)
    connection.catch_up(frames(500))
    connection.catch_up(frames(11))
    reader.reads.set()
    await reader.until_over()
    assert reader.sent == [b"bye"]
    assert sockets.dropped == 1


async def test_once_caught_up_the_bound_holds_again(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader)
    connection.catch_up(frames(100))
    reader.reads.set()
    await taken(reader, 100)
    reader.reads.clear()
    for frame in frames(12):
        connection.give(frame)
    assert sockets.dropped == 1


async def test_a_peer_that_is_gone_without_a_word_does_not_hold_its_socket(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader, stall_s=0, farewell_s=0)
    connection.give(b"news")
    await reader.until_over()
    assert reader.aborted
    assert (reader.sent, sockets.dropped) == ([], 1)


async def test_who_asks_and_does_not_take_the_answers_is_let_go(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader, stall_s=0, farewell_s=0)
    await connection.answer(b"answer")
    await reader.until_over()
    assert (reader.aborted, sockets.dropped) == (True, 1)
    await connection.answer(b"not any more")


async def test_after_the_end_nothing_is_said(sockets: Sockets) -> None:
    reader = Deaf()
    connection = sockets.make(reader)
    reader.reads.set()
    connection.end(Farewell(1012))
    connection.give(b"late")
    connection.catch_up([b"late"])
    await connection.answer(b"late")
    await reader.until_over()
    assert (reader.sent, reader.code, sockets.dropped) == ([], 1012, 0)
