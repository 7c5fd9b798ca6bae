"""Sessions of agents and visitors go long after their end, and nobody's way in or name goes with them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from channels.live import pruning as visitors
from channels.live.sessions import Session, Terms, begin_session, find_session, renew_session
from channels.live.signing_in import _visitor_of
from console.auth import pruning as agents
from console.auth.sessions import has_session, open_session
from console.settings import SessionSettings
from core.ids import AgentId, InboxId
from core.pruning import PruningSettings
from core.store.tables.people import agent_session, visitor_session
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, sqlite_url

WEB, ADA, DAY_S = InboxId("web"), AgentId("ada"), 86_400.0
SETTINGS = PruningSettings(session_days=90, rows=2)
LASTS = timedelta(days=30)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(sqlite_url(tmp_path)) as made:
        await made.db.run(a_company)
        yield made


def begin(tx: Tx, *, visitor: str | None = None, user: str | None = None) -> Session:
    return begin_session(tx, WEB, Terms("en", LASTS, lambda: "x" * 30), visitor=visitor, user=user)


async def prune_visitors(world: World) -> list[str]:
    place, more = "", True
    while more:
        done = await world.db.run(visitors.prune_sessions, place, SETTINGS)
        place, more = done.place, done.more
    order = select(visitor_session.c.id).order_by(visitor_session.c.id)
    return await world.db.read(lambda tx: list(tx.conn.execute(order).scalars()))


async def test_a_visitors_session_goes_long_after_it_ended_and_not_before(world: World) -> None:
    old = [await world.db.run(begin) for _ in range(3)]
    world.clock.forward(119 * DAY_S)
    young = await world.db.run(begin)
    assert await prune_visitors(world) == [*(each.id for each in old), young.id]
    world.clock.forward(2 * DAY_S)
    assert await prune_visitors(world) == [young.id]
    assert await world.db.read(find_session, WEB, young.token, LASTS)


async def test_the_first_session_of_a_sites_user_stays_and_says_which_visitor_they_are(world: World) -> None:
    first = await world.db.run(begin, user="u1")
    for _ in range(3):
        await world.db.run(begin, visitor=first.visitor, user="u1")
    world.clock.forward(130 * DAY_S)
    assert await prune_visitors(world) == [first.id]
    assert await world.db.read(_visitor_of, WEB, "u1") == first.visitor


async def test_a_session_that_was_renewed_stays(world: World) -> None:
    session = await world.db.run(begin)
    world.clock.forward(200 * DAY_S)
    await world.db.run(renew_session, session.id, LASTS)
    assert await prune_visitors(world) == [session.id]


async def test_agents_sessions_go_long_after_they_ran_out_or_were_ended(world: World) -> None:
    for _ in range(3):
        await world.db.run(open_session, ADA, None, SessionSettings())
    world.clock.forward(200 * DAY_S)
    opened = await world.db.run(open_session, ADA, None, SessionSettings())
    assert (await world.db.run(agents.prune_sessions, "", SETTINGS)).more
    assert (await world.db.run(agents.prune_sessions, "", SETTINGS)).removed == 1
    keys = await world.db.read(lambda tx: list(tx.conn.execute(select(agent_session.c.token_hash)).scalars()))
    assert keys == [opened.session.key]
    assert await world.db.read(has_session, ADA)
