"""Transactions of PostgreSQL that would wait for each other."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from core.events import TimerFired, Topic, conversation_topic
from core.ids import ConversationId
from core.outbox import Exclusive
from core.receive import receive_message
from core.store import outbox
from core.store.conversations import get_conversation
from core.store.tx import Tx
from tests.builders import MORNING, World, a_company, a_world, an_inbound

pytestmark = pytest.mark.postgres

GATE = 815
REFS = ("one", "two")


@asynccontextmanager
async def a_gate(url: str) -> AsyncIterator[None]:
    """Whoever passes (``_pass``) waits until the end of the block."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as gate:
            await gate.execute(text("SELECT pg_advisory_lock(:gate)"), {"gate": GATE})
            yield
            await gate.execute(text("SELECT pg_advisory_unlock(:gate)"), {"gate": GATE})
    finally:
        await engine.dispose()


def _pass(tx: Tx, there: asyncio.Event) -> None:
    there.set()
    tx.conn.execute(text("SELECT pg_advisory_xact_lock_shared(:gate)"), {"gate": GATE})


def _set(tx: Tx, ref: str, minutes: int) -> None:
    tx.set_timer(Topic("agents"), "rang", MORNING + timedelta(minutes=minutes), ref)


def _one_then_the_other(
    tx: Tx, refs: Sequence[str], minutes: int, there: asyncio.Event, caught: list[Exception]
) -> None:
    first, second = refs
    _set(tx, first, minutes)
    _pass(tx, there)
    try:
        tx.attempt(_set, second, minutes)
    except Exception as error:  # noqa: BLE001 - as the relay does, and the router
        caught.append(error)


async def test_who_is_ended_for_another_is_done_once_more_whoever_catches_what_fails(
    postgres_url: str,
) -> None:
    async with a_world(postgres_url) as world:
        for ref in REFS:
            await world.db.run(_set, ref, 0)
        caught: list[Exception] = []
        there = asyncio.Event(), asyncio.Event()
        async with a_gate(postgres_url):
            working = [
                asyncio.create_task(world.db.run(_one_then_the_other, refs, 1 + at, there[at], caught))
                for at, refs in enumerate((REFS, REFS[::-1]))
            ]
            await asyncio.gather(*(each.wait() for each in there))
        await asyncio.gather(*working)
        assert caught == []
        due = "SELECT count(*), count(DISTINCT due_at), min(due_at) > :morning FROM timer"
        told = await world.db.read(lambda tx: tx.conn.execute(text(due), {"morning": MORNING}).one())
        assert tuple(told) == (2, 1, True), "one of them came last, with both"


async def test_a_timer_waits_for_nobody_who_works_on_its_conversation(postgres_url: str) -> None:
    async with a_world(postgres_url, [Exclusive("timers", (TimerFired,))]) as world:
        await world.db.run(a_company)
        received = [
            await world.db.run(receive_message, an_inbound(key=each, visitor=each)) for each in ("v1", "v2")
        ]
        busy, free = (conversation_topic(each.conversation) for each in received)
        gone = conversation_topic(ConversationId("gone"))
        for topic in (busy, free, gone, Topic("agents")):
            await world.db.run(Tx.set_timer, topic, "rang", MORNING)
        there = asyncio.Event()

        def works(tx: Tx) -> None:
            get_conversation(tx, received[0].conversation)
            _pass(tx, there)
            tx.set_timer(busy, "rang", MORNING)

        async with a_gate(postgres_url):
            working = asyncio.create_task(world.db.run(works))
            await there.wait()
            assert await world.db.run(outbox.fire_timers, MORNING, 64) == 3
            assert await told(world) == {free, Topic("agents")}
        await working
        assert await world.db.run(outbox.fire_timers, MORNING, 64) == 1
        assert await told(world) == {busy, free, Topic("agents")}


async def told(world: World) -> set[Topic]:
    waiting = await world.db.run(outbox.take_exclusive, "timers", 64)
    return {entry.topic for entry, _ in waiting}
