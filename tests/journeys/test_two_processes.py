"""Two servers on one PostgreSQL: whoever takes first holds it, wherever they are connected, and the bot talks over nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.channels.shop import Visitor
from tests.journeys.line import Line
from tests.journeys.people import Person, settled
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.postgres

ROUNDS = 12
REFUSALS = frozenset({"held", "offered"})


async def present(server: Server, http: aiohttp.ClientSession, email: str, password: str) -> Person:
    """Signed in at this server; busy, so that nothing is offered."""
    person = await Person(Line(server, http), email).sign_in(password)
    await person.ask("PUT", "/api/presence", {"state": "busy"})
    return person


@asynccontextmanager
async def two_servers(
    tmp_path: Path, http: aiohttp.ClientSession, database: str
) -> AsyncIterator[tuple[Person, list[Person], tuple[Server, Server]]]:
    """On one database; a supervisor, and at each server an agent with room for every round."""
    settings = {"PARLEY_DATABASE_URL": database}
    with running_parley(tmp_path / "one", **settings) as one:
        passwords = one.sign_ins()
        two = Server(tmp_path / "two", settings, arguments=())
        await asyncio.to_thread(two.start)
        try:
            chief = await present(one, http, (email := "anna@lumenandleaf.example"), passwords[email])
            agents = [
                await present(server, http, email, passwords[email])
                for server, email in (
                    (one, "sara@lumenandleaf.example"),
                    (two, "mei@lumenandleaf.example"),
                )
            ]
            for agent in agents:
                path = f"/api/agents/{agent.session['agent']['id']}"
                await chief.ask("PATCH", path, {"capacity": ROUNDS})
            yield chief, agents, (one, two)
        finally:
            assert await asyncio.to_thread(two.stop) == 0


async def test_two_agents_at_two_servers_take_the_same_conversation_and_exactly_one_holds_it(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str
) -> None:
    async with two_servers(tmp_path, http, bare_postgres_url) as (chief, agents, servers):
        winners = [await taken_once(agents, http, servers[n % 2]) for n in range(ROUNDS)]
        await settled(chief)
        loads = {each["email"]: each["load"] for each in (await chief.ask("GET", "/api/agents"))["items"]}
        assert {agent.email: loads[agent.email] for agent in agents} == {
            agent.email: winners.count(agent.email) for agent in agents
        }


async def taken_once(agents: list[Person], http: aiohttp.ClientSession, server: Server) -> str:
    """A visitor of this server asks, both agents take it at once; who got it, as both servers and the visitor see."""
    visitor = Visitor(await http.ws_connect(f"{server.address}/live/web/socket"))
    await visitor.hello()
    path = f"/api/conversations/{(await visitor.say('Hello'))['conversation']}"
    answers = await asyncio.gather(*(agent.call("POST", f"{path}/take") for agent in agents))
    assert sorted(status for status, _ in answers) == [200, 409], answers
    winner = next(agent for agent, (status, _) in zip(agents, answers, strict=True) if status == 200)
    assert next(answer["error"]["code"] for status, answer in answers if status == 409) in REFUSALS
    for agent in agents:
        handler = (await agent.ask("GET", path))["summary"]["handler"]
        assert (handler["kind"], handler["id"]) == ("agent", winner.session["agent"]["id"])
    reply = {"key": "here", "kind": "reply", "text": "Here I am", "uploads": []}
    await winner.ask("POST", f"{path}/messages", reply)
    while "Here I am" not in visitor.texts:
        await visitor.event("message", len(visitor.texts) + 1)
    return winner.email


async def test_sent_to_the_bot_at_one_server_and_taken_at_the_other_in_the_same_second_there_is_one_voice(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str
) -> None:
    """The bot's question is shown before the agent comes, or never."""
    async with two_servers(tmp_path, http, bare_postgres_url) as (_, agents, servers):
        for n in range(ROUNDS):
            await sent_and_taken(agents, http, servers[n % 2])


async def sent_and_taken(agents: list[Person], http: aiohttp.ClientSession, server: Server) -> None:
    """Sara holds it and sends the bot, the visitor answers it, and Mei takes it, all at once; then Mei speaks."""
    sara, mei = agents
    visitor = Visitor(await http.ws_connect(f"{server.address}/live/web/socket"))
    await visitor.hello()
    path = f"/api/conversations/{(await visitor.say('I want to talk to a person'))['conversation']}"
    await sara.ask("POST", f"{path}/take")
    await sara.ask("POST", f"{path}/bot", {"ask": "own", "question": "Which colour?"})
    await asyncio.gather(
        visitor.say("blue", "second"), mei.call("POST", f"{path}/take"), sara.call("POST", f"{path}/take")
    )
    handler = (await mei.ask("GET", path))["summary"]["handler"]
    assert handler["kind"] == "agent"
    holder = next(agent for agent in agents if agent.session["agent"]["id"] == handler["id"])
    await holder.ask(
        "POST", f"{path}/messages", {"key": "here", "kind": "reply", "text": "Here I am", "uploads": []}
    )
    while "Here I am" not in visitor.texts:
        await visitor.event("message", len(visitor.texts) + 1)
    said = (await mei.ask("GET", path))["messages"]
    shown = [
        each["author"]["kind"]
        for each in said
        if each["kind"] == "reply" and each["delivery"]["state"] in {"sent", "read"}
    ]
    assert "bot" not in shown[shown.index("agent") :]
    assert {each["delivery"]["state"] for each in said if each["kind"] == "reply"} <= {
        "sent",
        "read",
        "withdrawn",
    }
