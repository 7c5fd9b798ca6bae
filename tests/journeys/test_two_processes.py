"""Two servers on one PostgreSQL: whoever takes first holds it, wherever they are connected."""

import asyncio
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


async def test_two_agents_at_two_servers_take_the_same_conversation_and_exactly_one_holds_it(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str
) -> None:
    settings = {"PARLEY_DATABASE_URL": bare_postgres_url}
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
            winners = [await taken_once(agents, http, (one, two)[n % 2]) for n in range(ROUNDS)]
            await settled(chief)
            loads = {each["email"]: each["load"] for each in (await chief.ask("GET", "/api/agents"))["items"]}
            assert {agent.email: loads[agent.email] for agent in agents} == {
                agent.email: winners.count(agent.email) for agent in agents
            }
        finally:
            assert await asyncio.to_thread(two.stop) == 0


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
