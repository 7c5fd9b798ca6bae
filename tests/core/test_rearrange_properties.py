"""Whatever is split, merged, moved and undone, in any order: no message is lost, and undoing all of it restores the start."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import Conflict, Invalid
from core.events import conversation_topic
from core.ids import ConversationId, MessageId, RearrangementId
from core.message import Text
from core.rearrange import merge, move, split
from core.reply import add_note
from core.store.messages import read_events
from core.store.tables.conversation import (
    conversation,
    conversation_link,
    message,
    participant,
    rearrangement,
)
from core.store.tx import Tx
from core.undoing import undo
from tests.builders import World, a_company, a_world, sqlite_url
from tests.core.letters import ADA, BOB, a_mailbox, held, mail, places, reply

pytestmark = pytest.mark.served

PEOPLE = ("alice", "bea", "carl")


@dataclass
class Desk:
    """An agent who tries everything; what is refused changes nothing."""

    world: World
    random: Random
    written: int = 0
    done: Counter[str] = field(default_factory=Counter)

    async def open(self) -> None:
        await self.world.db.run(a_company)
        await self.world.db.run(a_mailbox)
        for thread in ("t0", "t1", "t2"):
            for _ in range(self.random.randint(1, 4)):
                await self.write(thread)
        first = (await self.read(conversation.c.id))[0]
        await self.world.db.run(held, first, ADA)
        await self.world.db.run(reply, first, "same")

    async def write(self, thread: str) -> None:
        self.written += 1
        self.world.clock.forward(self.random.choice((0, 1, 60)))
        sender = self.random.choice(PEOPLE)
        stored = await self.world.db.run(mail, f"m{self.written}", thread=thread, sender=sender)
        if self.random.random() < 0.4:
            key = self.random.choice(("same", f"n{self.written}"))
            await self.world.db.run(add_note, stored.conversation, ADA, (Text("hm"),), key)

    async def step(self) -> None:
        self.world.clock.forward(self.random.choice((0, 1)))
        name, work = self.random.choice(
            (("split", self.split), ("merge", self.merge), ("move", self.move), ("undo", self.undo))
        )
        before = await self.world.db.read(everything)
        try:
            await work()
        except (Conflict, Invalid):
            assert await self.world.db.read(everything) == before
        else:
            self.done[name] += 1

    async def read(self, column: Any) -> list[Any]:
        return await self.world.db.read(
            lambda tx: list(tx.conn.execute(select(column).order_by(column)).scalars())
        )

    async def split(self) -> None:
        source = self.random.choice(await self.read(conversation.c.id))
        here = [MessageId(id) for id, where, _ in await self.world.db.read(places) if where == source]
        chosen = self.random.sample(here, self.random.randint(1, len(here))) if here else [MessageId("none")]
        await self.world.db.run(split, source, chosen, subject=None, by=ADA)

    async def merge(self) -> None:
        known = await self.read(conversation.c.id)
        source, into = self.random.choice(known), self.random.choice(known)
        keep = self.random.random() < 0.5
        await self.world.db.run(merge, source, into, keep_people=keep, by=BOB, most=100)

    async def move(self) -> None:
        chosen = self.random.choice(await self.read(message.c.id))
        await self.world.db.run(move, chosen, self.random.choice(await self.read(conversation.c.id)), by=ADA)

    async def undo(self) -> None:
        known = await self.read(rearrangement.c.id)
        if known:
            await self.world.db.run(undo, self.random.choice(known), by=ADA)

    async def undo_all(self) -> None:
        def standing(tx: Tx) -> list[RearrangementId]:
            rows = select(rearrangement.c.id).where(rearrangement.c.undone_at.is_(None))
            newest = rows.order_by(rearrangement.c.created_at.desc(), rearrangement.c.id.desc())
            return [RearrangementId(each) for each in tx.conn.execute(newest).scalars()]

        for each in await self.world.db.read(standing):
            await self.world.db.run(undo, each, by=ADA)


def everything(tx: Tx) -> Any:
    """Every table that a rearrangement writes."""
    tables = (message, conversation, participant, conversation_link, rearrangement)
    return [tx.conn.execute(select(table).order_by(*table.primary_key)).all() for table in tables]


def state(tx: Tx) -> Any:
    """What undoing restores: where and under which key each message is, who takes part, and what lists show.

    Conversations that no longer hold anything, and never would have begun, are left out, and so is who holds one.
    """
    messages = tx.conn.execute(
        select(message.c.id, message.c.conversation_id, message.c.n, message.c.key)
    ).all()
    there = conversation.c.last_author != ""
    shown = select(
        conversation.c.id,
        conversation.c.status,
        conversation.c.last_text,
        conversation.c.first_answered_at,
        conversation.c.contact_point_id,
    ).where(there)
    read = select(participant.c.conversation_id, participant.c.contact_point_id, participant.c.joined).where(
        participant.c.conversation_id.in_(select(conversation.c.id).where(there))
    )
    links = tx.conn.execute(select(conversation_link)).all()
    return sorted(messages), sorted(tx.conn.execute(shown).all()), sorted(tx.conn.execute(read).all()), links


def check(tx: Tx, ids: set[str]) -> None:
    """Each message is somewhere, under a number that its conversation has told."""
    found = tx.conn.execute(select(message.c.id, message.c.conversation_id, message.c.n)).all()
    assert {row.id for row in found} == ids
    assert len({(row.conversation_id, row.n) for row in found}) == len(found)
    for each in tx.conn.execute(select(conversation.c.id, conversation.c.n)):
        told = read_events(tx, conversation_topic(ConversationId(each.id)), 0, 10_000)
        assert [event.n for event in told] == list(range(1, each.n + 1))
        numbers = {row.n for row in found if row.conversation_id == each.id}
        assert numbers <= {event.n for event in told if hasattr(event.event, "message")}


def run(seed: int, *, writing: bool, steps: int = 16) -> Counter[str]:
    async def course(folder: str) -> Counter[str]:
        async with a_world(sqlite_url(Path(folder))) as world:
            desk = Desk(world, Random(seed))
            await desk.open()
            start = await world.db.read(state)
            for _ in range(steps):
                await desk.step()
                if writing and desk.random.random() < 0.3:
                    await desk.write(desk.random.choice(("t0", "t1", "t2", "t3")))
                await world.db.read(check, set(await desk.read(message.c.id)))
            assert (
                len([each for each in await desk.read(message.c.text) if each.startswith("mail")])
                == desk.written
            )
            if not writing:
                await desk.undo_all()
                assert await world.db.read(state) == start
            return desk.done

    with TemporaryDirectory() as folder:
        return asyncio.run(course(folder))


@settings(max_examples=5)
@given(st.integers(0, 2**32))
def test_undoing_everything_restores_the_start(seed: int) -> None:
    run(seed, writing=False)


@settings(max_examples=4)
@given(st.integers(0, 2**32))
def test_nothing_is_lost_while_people_go_on_writing(seed: int) -> None:
    run(seed, writing=True)


def test_the_courses_do_every_kind_of_thing() -> None:
    done = sum((run(seed, writing=False, steps=40) for seed in range(2)), Counter())
    assert min(done[name] for name in ("split", "merge", "move", "undo")) >= 3, done


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100))
def test_long_courses_lose_nothing_either(seed: int) -> None:
    run(seed, writing=False, steps=40)
    run(seed, writing=True, steps=40)
