"""The real ledger does in every interleaving what the one in memory does, and keeps every promise."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from random import Random
from typing import TypeVar

import pytest

from core.store.database import Database
from core.store.tx import Tx
from tests.builders import a_world
from tests.routing.explorer.explore import Trace, canonical, replay
from tests.routing.explorer.model import ALL, Guard
from tests.routing.explorer.promises import broken
from tests.routing.explorer.record import begin, do, project
from tests.routing.explorer.ways import ON_OFFER_TWICE, WITHOUT
from tests.routing.explorer.world import Deed, World, deeds, step

T = TypeVar("T")

LENGTH = 6


class Undone(Exception):
    """What was done in this branch never happened."""


@pytest.fixture
async def traces(address: str) -> AsyncIterator["Traces"]:
    async with a_world(address) as world:
        await world.db.run(begin)
        yield Traces(world.db)


class Traces:
    """Walks on the real ledger, each in a transaction that is undone at its end."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def follow(self, trace: Trace) -> None:
        await self._undone(lambda tx: _follow(tx, World(), trace))

    async def every(self, depth: int) -> int:
        """All of up to ``depth`` deeds; how many steps that were."""
        return await self._undone(lambda tx: _branch(tx, World(), depth, {}))

    async def at_random(self, random: Random, many: int) -> None:
        for _ in range(many):
            await self._undone(lambda tx: _wander(tx, random))

    async def _undone(self, work: Callable[[Tx], T]) -> T:
        result: list[T] = []

        def whole(tx: Tx) -> None:
            assert project(tx) == World().ledger
            result[:] = [work(tx)]
            raise Undone

        with suppress(Undone):
            await self._db.run(whole)
        return result[0]


def _same(tx: Tx, world: World, deed: Deed) -> World:
    """One step on the real ledger, which must come out as in memory."""
    after = do(tx, world, deed)
    expected = step(world, deed)
    assert after == expected, deed
    assert broken(world, deed, after) is None
    tx.flush()
    return after


def _follow(tx: Tx, world: World, trace: Trace) -> None:
    for deed in trace:
        world = _same(tx, world, deed)


def _wander(tx: Tx, random: Random) -> None:
    world = World()
    for _ in range(LENGTH):
        world = _same(tx, world, random.choice(list(deeds(world))))


def _branch(tx: Tx, world: World, depth: int, seen: dict[World, int]) -> int:
    """Every deed from here on, each in a savepoint that is undone before the next one."""
    steps = 0

    def one(tx: Tx, deed: Deed) -> None:
        nonlocal steps
        after = _same(tx, world, deed)
        known = canonical(after)
        if depth > 1 and seen.get(known, 0) < depth - 1:
            seen[known] = depth - 1
            steps += _branch(tx, after, depth - 1, seen)
        raise Undone

    for deed in deeds(world):
        steps += 1
        with suppress(Undone):
            tx.attempt(one, deed)
    return steps


@pytest.mark.server
@pytest.mark.parametrize("depth", [2, pytest.param(3, marks=pytest.mark.soak)])
async def test_every_trace_comes_out_as_in_memory(traces: Traces, depth: int) -> None:
    assert await traces.every(depth) > 10**depth


@pytest.mark.server
@pytest.mark.parametrize("many", [150, pytest.param(20_000, marks=pytest.mark.soak)])
async def test_so_do_traces_of_six_steps_at_random(traces: Traces, many: int) -> None:
    await traces.at_random(Random(many), many)


@pytest.mark.parametrize("guard", WITHOUT)
async def test_the_way_to_a_broken_promise_without_a_guard_is_harmless_with_it(
    traces: Traces, guard: Guard
) -> None:
    await traces.follow(WITHOUT[guard])


async def test_so_is_the_way_to_two_offers_at_once(traces: Traces) -> None:
    await traces.follow(ON_OFFER_TWICE)


def test_which_the_unique_index_alone_would_prevent() -> None:
    """It stands behind the epoch: with both gone, two agents are rung for one conversation."""
    said = {
        guard: _said(ON_OFFER_TWICE, ALL - {Guard.EPOCH, guard}) for guard in (Guard.EPOCH, Guard.ONE_OFFER)
    }
    assert said[Guard.EPOCH] == []
    assert said[Guard.ONE_OFFER] == ["I1: a conversation is on offer twice"]


def _said(trace: Trace, guards: frozenset[Guard]) -> list[str]:
    found = (broken(before, deed, after, "epoch") for before, deed, after in replay(trace, guards))
    return [each for each in found if each is not None]
