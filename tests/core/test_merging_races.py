"""Several at once, who merge, undo, prove and guess: on PostgreSQL really at the same time, on SQLite one after the other."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Sequence

from core.contact import Sender
from core.errors import Conflict
from core.ids import AgentId, ContactId, ContactMergeId, InboxId
from core.merging import Proof, merge, merges_of, part, prove_point
from core.store.contacts import members
from core.store.tx import Tx
from core.verification import (
    Asked,
    Asking,
    Attempt,
    Limited,
    Over,
    Proven,
    Proving,
    Wrong,
    ask,
    letter,
    try_code,
)
from tests.builders import World, an_inbox
from tests.core.people import secrets_in_order, somebody
from tests.core.test_merging_properties import check, merges

ADA, BOB = AgentId("ada"), AgentId("bob")
ROUNDS = 10


async def outcomes(*works: Awaitable[object]) -> list[str]:
    """What became of each: ``done``, or the code of its refusal."""
    found = await asyncio.gather(*works, return_exceptions=True)
    for each in found:
        if isinstance(each, BaseException) and not isinstance(each, Conflict):
            raise each
    return [each.code if isinstance(each, Conflict) else "done" for each in found]


async def people(world: World, *names: str) -> list[ContactId]:
    return [await world.db.run(somebody, "widget", name) for name in names]


async def test_two_who_merge_each_way_merge_once(world: World) -> None:
    for number in range(ROUNDS):
        one, two = await people(world, f"a{number}", f"b{number}")
        run = world.db.run
        told = await outcomes(run(merge, one, two, by=ADA), run(merge, two, one, by=BOB))
        assert sorted(told) == ["done", "same"]
    await world.db.read(check)


async def test_a_ring_of_merges_has_one_who_stands_for_all(world: World) -> None:
    for number in range(ROUNDS):
        ring = await people(world, *(f"{name}{number}" for name in "abcd"))
        pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
        told = await outcomes(*(world.db.run(merge, one, two, by=ADA) for one, two in pairs))
        assert Counter(told) == {"done": 3, "same": 1}
        assert len(await world.db.read(members, ring[0])) == 4
    await world.db.read(check)


async def test_what_is_undone_and_merged_at_once_stays_in_order(world: World) -> None:
    for number in range(ROUNDS):
        a, b, c, d = await people(world, *(f"{name}{number}" for name in "abcd"))
        first = await world.db.run(merge, a, b, by=ADA)
        second = await world.db.run(merge, b, c, by=ADA)
        run = world.db.run
        told = await outcomes(
            run(part, first, by=ADA),
            run(merge, c, d, by=BOB),
            run(part, second, by=ADA),
            run(merge, d, a, by=BOB),
        )
        assert told[0] == told[2] == "done"
        await world.db.read(check)


async def test_one_merge_is_undone_once(world: World) -> None:
    one, two = await people(world, "a", "b")
    done = await world.db.run(merge, one, two, by=ADA)
    told = await outcomes(*(world.db.run(part, done, by=ADA) for _ in range(5)))
    assert Counter(told) == {"done": 1, "undone": 4}


async def test_an_address_that_several_prove_at_once_makes_them_one(world: World) -> None:
    for number in range(ROUNDS):
        several = await people(world, *(f"{name}{number}" for name in "abc"))
        address = f"ann{number}@example.org"
        found = await asyncio.gather(*(world.db.run(prove_point, each, "email", address) for each in several))
        assert Counter(how for how, _ in found) == {Proof.ADDED: 1, Proof.MERGED: 2}
        assert set(await world.db.read(members, several[0])) == set(several)
    await world.db.read(check)


def _asking(visitor: str) -> Asking:
    return Asking(InboxId("web"), visitor, "email", InboxId("mail"), "ann@example.org")


async def test_guessing_at_once_gives_no_more_guesses(world: World) -> None:
    await world.db.run(an_inbox, "mail", kind="email")
    proving = Proving(secrets_in_order())
    asked = await world.db.run(ask, _asking("v1"), proving)
    assert isinstance(asked, Asked)
    told = await world.db.run(letter, asked.verification, proving)
    assert told is not None
    wrong = [f"{(int(told.code) + each) % 10**6:06}" for each in range(1, 31)]

    async def guess(code: str) -> Proven | Wrong | Over:
        attempt = Attempt(InboxId("web"), "v1", asked.verification, code)
        return await world.db.run(try_code, attempt, Sender("widget", "v1", verified=True), proving)

    found: Sequence[Proven | Wrong | Over] = await asyncio.gather(*map(guess, wrong))
    assert Counter(type(each) for each in found) == {Wrong: 5, Over: 25}
    assert await guess(told.code) == Over()


async def test_asking_at_once_asks_no_more_often(world: World) -> None:
    await world.db.run(an_inbox, "mail", kind="email")
    proving = Proving(secrets_in_order())
    found = await asyncio.gather(*(world.db.run(ask, _asking(f"v{number}"), proving) for number in range(20)))
    assert Counter(type(each) for each in found) == {Asked: 5, Limited: 15}


async def test_nothing_is_left_over_when_all_is_undone_at_once(world: World) -> None:
    several = await people(world, *(f"v{number}" for number in range(6)))
    for each in several[1:]:
        await world.db.run(merge, each, several[0], by=ADA)
    standing: list[ContactMergeId] = await world.db.read(merges)
    assert await outcomes(*(world.db.run(part, each, by=ADA) for each in standing)) == ["done"] * 5

    def left(tx: Tx) -> int:
        return len(merges_of(tx, several, 10))

    assert await world.db.read(left) == 0
    assert await world.db.read(members, several[0]) == (several[0],)
    await world.db.read(check)
