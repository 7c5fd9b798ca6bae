"""Offers go when they are old and their conversation is closed, wrap-ups when they ended long ago; on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from core.pruning import Prune, PruningSettings
from core.receive import receive_message
from core.store.tables.conversation import conversation
from core.store.tables.routing import reservation, wrap_up
from core.store.tx import Tx
from routing.pruning import prune_offers, prune_wrap_ups
from tests.builders import World, a_company, a_world, an_inbound

SETTINGS = PruningSettings(offer_days=180, rows=2)
OLD = timedelta(days=200)
YOUNG = timedelta(days=170)


@pytest.fixture
async def world(address: str) -> Any:
    async with a_world(address) as made:
        await made.db.run(a_company)
        yield made


def an_offer(tx: Tx, id: str, of: str, state: str = "accepted", ago: timedelta = OLD) -> None:
    made = tx.now - ago
    tx.conn.execute(
        insert(reservation).values(
            id=id,
            conversation_id=of,
            agent_id="ada",
            state=state,
            weight=1,
            generation=1,
            epoch=1,
            reason={},
            created_at=made,
            expires_at=made,
            ended_at=None if state == "offered" else made,
        )
    )


def a_wrap_up(tx: Tx, id: str, of: str, ended: bool, ago: timedelta = OLD) -> None:  # noqa: FBT001
    made = tx.now - ago
    row = {
        "id": id,
        "agent_id": "ada",
        "conversation_id": of,
        "weight": 1,
        "created_at": made,
        "ends_at": made,
    }
    tx.conn.execute(insert(wrap_up).values(**row, ended_at=made if ended else None))


async def left(world: World, prune: Prune, table: Any) -> list[str]:
    place, more = "", True
    while more:
        done = await world.db.run(prune, place, SETTINGS)
        place, more = done.place, done.more
    return await world.db.read(
        lambda tx: list(tx.conn.execute(select(table.c.id).order_by(table.c.id)).scalars())
    )


async def conversations(world: World) -> tuple[str, str]:
    """One that is open, one that is closed."""
    first = await world.db.run(receive_message, an_inbound(visitor="v1"))
    second = await world.db.run(receive_message, an_inbound(visitor="v2"))
    closed = update(conversation).where(conversation.c.id == second.conversation).values(status="closed")
    await world.db.run(lambda tx: tx.conn.execute(closed).rowcount)
    return first.conversation, second.conversation


async def test_offers_of_closed_conversations_go_and_why_an_agent_has_an_open_one_stays(world: World) -> None:
    opened, closed = await conversations(world)

    def offers(tx: Tx) -> None:
        an_offer(tx, "a", opened)
        for id, state in (("b", "accepted"), ("c", "declined"), ("d", "expired")):
            an_offer(tx, id, closed, state)
        an_offer(tx, "e", closed, "offered")
        an_offer(tx, "f", closed, ago=YOUNG)

    await world.db.run(offers)
    assert await left(world, prune_offers, reservation) == ["a", "e", "f"]


async def test_wrap_ups_that_ended_go_and_one_that_goes_on_stays(world: World) -> None:
    _, closed = await conversations(world)

    def wrap_ups(tx: Tx) -> None:
        a_wrap_up(tx, "a", closed, ended=True)
        a_wrap_up(tx, "b", closed, ended=False)
        a_wrap_up(tx, "c", closed, ended=True)
        a_wrap_up(tx, "d", closed, ended=True, ago=YOUNG)

    await world.db.run(wrap_ups)
    assert await left(world, prune_wrap_ups, wrap_up) == ["b", "d"]
