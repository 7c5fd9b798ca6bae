"""Somebody speaks while they sign in in another tab: what they said stays theirs; on PostgreSQL really at the same time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from channels.live.identity import Claims
from channels.live.sessions import Superseded, Terms, begin_session, forget_ended, visitor_now
from channels.live.signing_in import sign_in
from core.ids import InboxId
from core.receive import receive_message
from core.store.conversations import get_inbox
from core.store.tables.conversation import conversation
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound, sqlite_url

WEB = InboxId("web")
ROUNDS = 3
DAWDLES = 200
"""Statements between learning who speaks and storing it, so that others come in between."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with a_world(url) as made:
        await made.db.run(a_company)
        yield made


def _threads(tx: Tx) -> set[str]:
    return set(tx.conn.execute(select(conversation.c.thread_key)).scalars())


async def test_what_is_said_while_somebody_signs_in_is_in_their_conversation(world: World) -> None:
    secrets = iter(range(10_000))
    terms = Terms("en", timedelta(days=1), lambda: f"{next(secrets):040}")
    inbox = await world.db.read(get_inbox, WEB)
    first = await world.db.run(sign_in, inbox, None, Claims("u1"), terms)
    visitor = first.session.visitor

    def say(tx: Tx, session: str, key: str) -> None:
        try:
            who = visitor_now(tx, session, None)
        except Superseded:
            # Their client says it again with the new secret.
            who = visitor_now(tx, session, "u1")
        for _ in range(DAWDLES):
            tx.conn.execute(select(conversation.c.id)).all()
        receive_message(tx, an_inbound("Hello", key=key, visitor=who))

    for number in range(ROUNDS):
        given = await world.db.run(begin_session, WEB, terms)
        await world.db.run(say, given.id, f"{number}-before")
        await asyncio.gather(
            *(world.db.run(say, given.id, f"{number}-{each}") for each in range(3)),
            world.db.run(sign_in, inbox, given, Claims("u1"), terms),
            *(world.db.run(say, given.id, f"{number}-{each}") for each in range(3, 6)),
        )
    assert await world.db.read(_threads) == {visitor}


async def test_sessions_that_are_over_are_forgotten_some_at_a_time_and_those_with_a_conversation_are_kept(
    world: World,
) -> None:
    terms = Terms("en", timedelta(days=1), lambda: "0" * 40)
    sessions = [await world.db.run(begin_session, WEB, terms) for _ in range(4)]
    await world.db.run(receive_message, an_inbound("Hello", visitor=sessions[0].visitor))
    world.clock.forward(86_400)
    assert [await world.db.run(forget_ended, 2) for _ in range(3)] == [2, 1, 0]
