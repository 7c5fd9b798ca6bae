"""An agent takes over while the bot is about to answer: what the bot says too late is never sent, on a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from core.store.tables.conversation import message
from core.store.tx import Tx
from tests.builders import a_world, sqlite_url
from tests.channels.shop import Visitor
from tests.journeys.line import Line
from tests.journeys.people import Person, settled
from tests.servers.parley import running_parley

CHIEF = "anna@lumenandleaf.example"
AGENT = "sara@lumenandleaf.example"
QUESTION = "What does shipping cost?"
ROUNDS = 40
STAGES = ("asked", "thinking", "done", "shown")
LIMIT_S = 60.0


@asynccontextmanager
async def a_desk(folder: Path, http: aiohttp.ClientSession, **environment: str) -> AsyncIterator[Person]:
    """A running server with an agent who has room for everybody."""
    sessions = {"PARLEY_LIVE_SESSIONS_BURST": "1000"}
    with running_parley(folder, **sessions, **environment) as server:
        line = Line(server, http)
        passwords = server.sign_ins()
        chief = await Person(line, CHIEF).sign_in(passwords[CHIEF])
        agent = await Person(line, AGENT).sign_in(passwords[AGENT])
        me = agent.session["agent"]["id"]
        await chief.ask("PATCH", f"/api/agents/{me}", {"capacity": 1000})
        await agent.ask("PUT", "/api/presence", {"state": "busy"})
        async with asyncio.timeout(LIMIT_S):
            yield agent


async def a_visitor(agent: Person) -> Visitor:
    visitor = Visitor(await agent.line.http.ws_connect(f"{agent.line.server.address}/live/web/socket"))
    await visitor.hello()
    return visitor


async def take_and_greet(agent: Person, conversation: str) -> None:
    await agent.ask("POST", f"/api/conversations/{conversation}/take")
    body = {"key": "greeting", "kind": "reply", "text": "A person here"}
    await agent.ask("POST", f"/api/conversations/{conversation}/messages", body)


async def bot_is_at(visitor: Visitor, stage: str) -> None:
    """Until the bot has got so far with the visitor's question."""
    if stage in {"thinking", "done"}:
        await visitor.until("typing")
    if stage == "done":
        await visitor.until("typing")
    if stage == "shown":
        await visitor.event("message", 2)


async def nothing_more(visitor: Visitor) -> bool:
    """What the server still has for the visitor would come before the answer to a ping."""
    seen = len(visitor.events)
    await visitor.send("ping")
    await visitor.until("pong")
    return len(visitor.events) == seen


def authors(visitor: Visitor) -> list[str]:
    """Who spoke, in the order in which it was shown; ``joined`` where the agent came."""
    return [
        each["event"]["message"]["author"]["kind"] if each["event"]["kind"] == "message" else "joined"
        for each in visitor.events
        if each["event"]["kind"] in {"message", "joined"}
    ]


async def until_greeted(visitor: Visitor) -> None:
    """Whatever came before it was shown before it."""
    while "agent" not in authors(visitor):
        await visitor.event("message", len([one for one in authors(visitor) if one != "joined"]) + 1)


def bot_replies(tx: Tx) -> list[Any]:
    inbound = select(message.c.conversation_id).where(message.c.text == QUESTION, message.c.kind == "inbound")
    ours = message.c.conversation_id.in_(inbound)
    return list(tx.conn.execute(select(message).where(ours, message.c.author == "bot")).all())


@pytest.mark.server
async def test_however_an_agent_and_the_bot_meet_the_bot_says_nothing_after_the_agent_came(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    """The agent comes before the bot thinks, while it does, when it is done, and after its answer was shown."""
    shown = []
    async with a_desk(tmp_path, http) as agent:
        for round_ in range(ROUNDS):
            visitor = await a_visitor(agent)
            stored = await visitor.say(QUESTION)
            await bot_is_at(visitor, STAGES[round_ % len(STAGES)])
            await take_and_greet(agent, stored["conversation"])
            await until_greeted(visitor)
            assert await nothing_more(visitor)
            shown.append(authors(visitor))
    assert {tuple(each) for each in shown} <= {
        ("contact", "joined", "agent"),
        ("contact", "bot", "joined", "agent"),
    }
    async with a_world(sqlite_url(tmp_path)) as after:
        replies = await after.db.read(bot_replies)
    sent = sum("bot" in each for each in shown)
    print(f"{sent} answers were in time, {ROUNDS - sent} too late, {len(replies) - sent} of them withdrawn")
    assert ROUNDS // len(STAGES) <= sent < ROUNDS
    assert [row.delivery for row in replies].count("sent") == sent
    assert {row.delivery for row in replies} <= {"sent", "withdrawn"}


@pytest.mark.postgres
async def test_an_answer_that_is_ready_when_the_agent_takes_over_is_not_sent(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str
) -> None:
    """The bot has thought and is held up on its way into the database until the agent has the conversation."""
    engine = create_async_engine(bare_postgres_url)
    async with a_desk(tmp_path, http, PARLEY_DATABASE_URL=bare_postgres_url) as agent:
        visitor = await a_visitor(agent)
        async with engine.begin() as door:
            await door.execute(text("LOCK TABLE bot_turn IN EXCLUSIVE MODE"))
            stored = await visitor.say(QUESTION)
            await somebody_waits_at(door)
            await take_and_greet(agent, stored["conversation"])
        await until_greeted(visitor)
        await settled(await Person(agent.line, CHIEF).sign_in(agent.line.server.sign_ins()[CHIEF]))
        assert await nothing_more(visitor)
        assert authors(visitor) == ["contact", "joined", "agent"]
    await engine.dispose()
    async with a_world(bare_postgres_url) as after:
        assert await after.db.read(bot_replies) == []


async def somebody_waits_at(door: AsyncConnection) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'bot_turn'::regclass")
    while not (await door.execute(waiting)).scalar_one():
        pass
