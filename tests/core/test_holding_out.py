"""A share of an inbox's customers goes to people by lot: as many as wanted, each once and for all, and it is on record."""

from collections.abc import AsyncIterator
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from core import lifecycle
from core.conversation import Conversation, InQueue, WithBot
from core.errors import Invalid
from core.holding_out import check_share, place_of
from core.receive import receive_message
from core.store.conversations import get_conversation
from core.store.tables.deflection import hold_out
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound, an_inbox


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    async with a_world(sqlite_address) as made:
        await made.db.run(a_company)
        await made.db.run(an_inbox, "shop")
        yield made


async def hold(world: World, share: float) -> None:
    def write(tx: Tx) -> None:
        tx.conn.execute(update(inbox).values(hold_out=share))

    await world.db.run(write)


async def come(world: World, visitor: str, key: str = "m1", inbox: str = "web") -> Conversation:
    def write(tx: Tx) -> Conversation:
        received = receive_message(tx, an_inbound(key=key, visitor=visitor, inbox=inbox))
        return get_conversation(tx, received.conversation)

    return await world.db.run(write)


def with_bot(conversation: Conversation) -> bool:
    assert isinstance(conversation.handler, WithBot | InQueue)
    return isinstance(conversation.handler, WithBot)


async def recorded(world: World) -> list[tuple[str, bool, float]]:
    def read(tx: Tx) -> list[tuple[str, bool, float]]:
        rows = tx.conn.execute(select(hold_out).order_by(hold_out.c.conversation_id))
        return [(row.conversation_id, row.held_out, row.share) for row in rows]

    return await world.db.read(read)


async def test_nobody_is_held_out_unless_somebody_wants_it(world: World) -> None:
    assert all([with_bot(await come(world, f"v{n}")) for n in range(20)])
    assert await recorded(world) == []


async def test_about_the_share_goes_to_people_and_all_that_began_is_on_record(world: World) -> None:
    await hold(world, 0.5)
    began = [await come(world, f"v{n}") for n in range(40)]
    held = [each for each in began if not with_bot(each)]
    assert 10 <= len(held) <= 30
    assert await recorded(world) == [(each.id, each in held, 0.5) for each in began]


async def test_whoever_comes_again_finds_what_they_found_before_in_any_inbox(world: World) -> None:
    await hold(world, 0.5)
    first = {n: with_bot(await come(world, f"v{n}")) for n in range(12)}
    assert set(first.values()) == {True, False}

    def close(tx: Tx) -> None:
        for (id,) in tx.conn.execute(select(hold_out.c.conversation_id)).all():
            lifecycle.close(tx, get_conversation(tx, id))

    await world.db.run(close)
    assert {n: with_bot(await come(world, f"v{n}", "m2")) for n in range(12)} == first
    assert {n: with_bot(await come(world, f"v{n}", "m3", inbox="shop")) for n in range(12)} == first


async def test_opened_again_it_stays_with_people_also_when_nobody_is_held_out_any_more(world: World) -> None:
    await hold(world, 0.5)
    began = {n: await come(world, f"v{n}") for n in range(12)}
    visitor, held = next((n, each) for n, each in began.items() if not with_bot(each))

    def resolve(tx: Tx) -> None:
        lifecycle.resolve(tx, get_conversation(tx, held.id))

    await world.db.run(resolve)
    await hold(world, 0)
    again = await come(world, f"v{visitor}", "m2")
    assert again.id == held.id
    assert not with_bot(again)


@pytest.mark.parametrize("share", [-0.01, 0.51, 1.0])
def test_more_than_half_is_never_held_out(share: float) -> None:
    with pytest.raises(Invalid) as refused:
        check_share(share)
    assert refused.value.field == "share"


@settings(max_examples=10)
@given(st.text("0123456789ABCDEFGH", min_size=1, max_size=26), st.sampled_from([0.05, 0.1, 0.3, 0.5]))
def test_the_lot_holds_out_the_share_under_any_key(key: str, share: float) -> None:
    people = 2_000
    held = sum(place_of(key, f"contact-{n}") < share for n in range(people))
    assert abs(held - people * share) < 5 * sqrt(people * share * (1 - share))
