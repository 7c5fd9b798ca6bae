"""Whatever is merged, proven, taken apart and written, in any order: undoing everything restores the start, and all know who is who."""

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

from core.claims import claim, dismiss, suggestions
from core.errors import Conflict
from core.ids import AgentId, ContactId, ContactMergeId
from core.merging import merge, part, prove_point
from core.receive import receive_message
from core.site_users import USER
from core.store.contacts import members, stands_for
from core.store.tables.conversation import conversation, message
from core.store.tables.people import contact, contact_merge, contact_point
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound, sqlite_url
from tests.core.people import somebody, who_is_who

ADA = AgentId("ada")
ADDRESSES = tuple(f"{name}@example.org" for name in ("ann", "bea", "carl"))


@dataclass
class Desk:
    """Agents and visitors who try everything; what is refused changes nothing."""

    world: World
    random: Random
    people: list[ContactId] = field(default_factory=list)
    written: int = 0
    done: Counter[str] = field(default_factory=Counter)

    async def open(self) -> None:
        await self.world.db.run(a_company)
        for number in range(4):
            await self.write(f"v{number}")
        for address in ADDRESSES:
            known = self.random.random() < 0.6
            await self.world.db.run(somebody, "email", address, verified=known, name=address[:3])
        self.people = await self.world.db.read(
            lambda tx: [ContactId(each) for each in tx.conn.execute(select(contact.c.id)).scalars()]
        )

    async def write(self, visitor: str) -> None:
        self.written += 1
        await self.world.db.run(receive_message, an_inbound(key=f"m{self.written}", visitor=visitor))

    async def step(self, *, proofs: bool) -> None:
        self.world.clock.forward(self.random.choice((0, 1)))
        ways = [("merge", self.merge), ("part", self.part), ("claim", self.claim), ("dismiss", self.dismiss)]
        if proofs:
            ways += [("prove", self.prove), ("user", self.user)]
        name, work = self.random.choice(ways)
        before = await self.world.db.read(who_is_who)
        try:
            await work()
        except Conflict:
            assert await self.world.db.read(who_is_who) == before
        else:
            self.done[name] += 1

    async def merge(self) -> None:
        one, other = self.random.choice(self.people), self.random.choice(self.people)
        await self.world.db.run(merge, one, other, by=self.random.choice((ADA, None)))

    async def part(self) -> None:
        known = await self.world.db.read(merges)
        if known:
            await self.world.db.run(part, self.random.choice(known), by=ADA)

    async def claim(self) -> None:
        who, address = self.random.choice(self.people), self.random.choice(ADDRESSES)
        await self.world.db.run(claim, who, "email", address, source="left")

    async def dismiss(self) -> None:
        one, other = self.random.choice(self.people), self.random.choice(self.people)
        await self.world.db.run(dismiss, one, other, by=ADA)

    async def prove(self) -> None:
        who, address = self.random.choice(self.people), self.random.choice(ADDRESSES)
        await self.world.db.run(prove_point, who, "email", address)

    async def user(self) -> None:
        who, name = self.random.choice(self.people), self.random.choice(("web:1", "web:2", "app:1"))
        await self.world.db.run(prove_point, who, USER, name, how="token")


def merges(tx: Tx) -> list[ContactMergeId]:
    """Those that stand."""
    standing = select(contact_merge.c.id).where(contact_merge.c.undone_at.is_(None))
    return [ContactMergeId(each) for each in tx.conn.execute(standing.order_by(contact_merge.c.id)).scalars()]


def check(tx: Tx) -> None:
    """Everybody stands for somebody who stands for nobody else, exactly as the merges that stand say it.

    Whose a conversation is, is whose its point is, and no site knows anybody as two of its users.
    """
    into = dict(map(tuple, tx.conn.execute(select(contact.c.id, contact.c.merged_into)).all()))
    rows = select(contact_merge.c.source_id, contact_merge.c.target_id).where(
        contact_merge.c.undone_at.is_(None)
    )
    edges = [(row.source_id, row.target_id) for row in tx.conn.execute(rows)]
    assert len({source for source, _ in edges}) == len(edges)
    for each, root in into.items():
        assert root is None or into[root] is None
        at = each
        while at in dict(edges):
            at = dict(edges)[at]
        assert (root or each) == at
        assert stands_for(tx, each) == at
    for root in (each for each, merged in into.items() if merged is None):
        group = members(tx, root)
        assert set(group) == {each for each, merged in into.items() if root in {each, merged}}
        for each in suggestions(tx, group, 10):
            assert each.other not in group
            assert into[each.other] is None
        _one_user_a_site(tx, group)
    points = dict(map(tuple, tx.conn.execute(select(contact_point.c.id, contact_point.c.contact_id)).all()))
    for row in tx.conn.execute(select(conversation)):
        assert row.contact_id == points[row.contact_point_id]
        wrote = select(message.c.author_id).where(message.c.conversation_id == row.id)
        assert set(tx.conn.execute(wrote).scalars()) <= {row.contact_id}


def _one_user_a_site(tx: Tx, group: tuple[ContactId, ...]) -> None:
    users = select(contact_point.c.address).where(
        contact_point.c.contact_id.in_(group), contact_point.c.kind == USER
    )
    sites = [address.partition(":")[0] for address in tx.conn.execute(users).scalars()]
    assert len(sites) == len(set(sites))


def run(seed: int, *, proofs: bool, steps: int = 25) -> Counter[str]:
    async def course(folder: str) -> Counter[str]:
        async with a_world(sqlite_url(Path(folder))) as world:
            desk = Desk(world, Random(seed))
            await desk.open()
            start: Any = await world.db.read(who_is_who)
            for step in range(steps):
                await desk.step(proofs=proofs)
                if proofs and desk.random.random() < 0.2:
                    await desk.write(desk.random.choice(("v0", "v1", "v9")))
                if step % 5 == 4:
                    await world.db.read(check)
            if not proofs:
                standing = await world.db.read(merges)
                desk.random.shuffle(standing)
                for each in standing:
                    await world.db.run(part, each, by=ADA)
                assert await world.db.read(who_is_who) == start
            return desk.done

    with TemporaryDirectory() as folder:
        return asyncio.run(course(folder))


@settings(max_examples=2)
@given(st.integers(0, 2**32))
def test_undoing_every_merge_in_any_order_restores_the_start(seed: int) -> None:
    run(seed, proofs=False)


@settings(max_examples=2)
@given(st.integers(0, 2**32))
def test_everybody_knows_who_is_who_while_people_prove_addresses(seed: int) -> None:
    run(seed, proofs=True)


def test_the_courses_do_every_kind_of_thing() -> None:
    done = run(1, proofs=True, steps=60)
    assert min(done[name] for name in ("merge", "part", "claim", "dismiss", "prove", "user")) >= 3, done


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(150))
def test_long_courses_hold_too(seed: int) -> None:
    run(seed, proofs=False, steps=60)
    run(seed, proofs=True, steps=60)
