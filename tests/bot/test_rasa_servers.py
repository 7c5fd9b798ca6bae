"""Two real Rasa servers that somebody else runs, and two Parley processes that ask them."""

import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
import redis.asyncio as redis
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.actions import PATH as ACTIONS
from bot.actions import ActionSettings, RasaActions
from bot.children import Children, StepError
from bot.contract import RasaAddress
from bot.live import LiveTurns
from bot.making import Maker
from bot.model_files import PATH as MODELS
from bot.model_files import ModelFiles
from bot.probe import SECRET_HEADER, HttpProbe
from bot.proposals import AskSlot, Found, OrderTold, Proposal
from bot.rasa import RasaEngine, RasaSettings
from bot.rasa_files import Choice, fingerprint
from bot.servers import RasaServer, Reach
from core.clock import SystemClock
from core.ids import ConversationId, TurnId
from core.web import errors_as_json
from tests.bot.builders import a_past, a_turn, some_findings
from tests.bot.fake_programs import FakePrograms
from tests.bot.fake_rasa import Rasas
from tests.servers.rasa import OwnServer, config_for, own_servers, trained_model
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.rasa

SECRET = secrets.token_hex(16)
PATIENT = RasaSettings(turn_s=60.0, first_s=30.0)


@dataclass
class Process:
    """A Parley: what it asks with, and where it is asked."""

    engine: RasaEngine
    url: str


@dataclass
class Stage:
    running: list[OwnServer]
    servers: list[RasaServer]
    processes: list[Process]
    choice: Choice
    session: aiohttp.ClientSession

    async def remembered(self, server: int, turn: str, after: str | None) -> str | None:
        """The turn that this server takes for the one before; it is told nothing but what is in its own tracker."""
        body = {"sender": "shared", "message": "hello", "metadata": {"turn": turn, "after": after}}
        url = f"{self.running[server].url}/webhooks/rest/webhook"
        headers = {SECRET_HEADER: SECRET}
        async with self.session.post(url, json=body, headers=headers) as answer:
            record: dict[str, str | None] = (await answer.json())[-1]["custom"]
        return record["last_turn"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, valkey_server: Valkey) -> Iterator[list[OwnServer]]:
    with own_servers(2, SECRET, tmp_path_factory.mktemp("own-rasa"), valkey_server.url) as servers:
        yield servers


@pytest.fixture
async def stage(running: list[OwnServer], rasa_models: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """The servers have the model; each process answers actions for its own turns alone."""
    config = config_for(tmp_path, "")
    shutil.copytree(trained_model(config_for(rasa_models, "")).parent, tmp_path / "models")
    choice = Choice(config.project, fingerprint(config.project))
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        processes = [await _process(stack, session, running, tmp_path / "models") for _ in range(2)]
        url = processes[0].url
        reach = Reach(HttpProbe(session), SECRET, f"{url}{ACTIONS}", f"{url}{MODELS}")
        maker = Maker(config, Children(config, FakePrograms()))
        servers = [RasaServer(each.url, reach, maker, config.limits) for each in running]
        yield Stage(running, servers, processes, choice, session)


async def _process(
    stack: AsyncExitStack, session: aiohttp.ClientSession, running: list[OwnServer], models: Path
) -> Process:
    turns = LiveTurns()
    actions = RasaActions(some_findings(), turns, ActionSettings(SECRET))
    application = web.Application(middlewares=[errors_as_json])
    for route in (*actions.routes(), *ModelFiles(models, SECRET).routes()):
        application.router.add_route(route.method, route.path, route.handler)
    server = await stack.enter_async_context(TestServer(application, host="127.0.0.1"))
    url = str(server.make_url("")).rstrip("/")
    where = Rasas(*(RasaAddress(each.url, SECRET, f"{url}{ACTIONS}") for each in running))
    return Process(RasaEngine(session, where, turns, SystemClock(), PATIENT), url)


def kinds(proposals: tuple[Proposal, ...]) -> list[type[Proposal]]:
    return [type(each) for each in proposals]


async def test_several_servers_serve_several_processes_and_conversations_outlive_one(
    stage: Stage, valkey: Valkey
) -> None:
    """One test, since starting them takes long: models are fetched, actions find their process, Redis and a server die in a form."""
    for server in stage.servers:
        await server.look()
        assert (server.there, server.model) == (True, "")
        await server.take(stage.choice)
        assert server.serving == stage.choice

    # A model that cannot be fetched is not taken, and the one before goes on.
    unknown = replace(stage.choice, fingerprint="0" * 16)
    unmade = stage.servers[0]._maker._config.model(unknown.fingerprint)
    unmade.write_bytes(b"no model at all")
    with pytest.raises(StepError):
        await stage.servers[0].take(unknown)
    await stage.servers[0].look()
    assert stage.servers[0].model == stage.choice.fingerprint

    # Whichever process asks, and whichever server answers: the action comes to the one that asked.
    for process in stage.processes:
        for number in range(4):
            conversation = ConversationId(f"{process.url} {number}")
            heard = await process.engine.understand(
                a_turn("How do I return a lamp?", conversation=conversation)
            )
            assert (heard.engine, kinds(heard.proposals)) == ("rasa", [Found])

    # What one server remembers the other knows, as long as the Redis is there that they share.
    assert await stage.remembered(0, "s1", after=None) is None
    assert await stage.remembered(1, "s2", after="s1") == "s1"
    assert await stage.remembered(0, "s3", after="s2") == "s2"
    async with redis.from_url(valkey.url) as shared:
        # As if another server were at a turn of this conversation.
        await shared.set("parley:rasa:turn:shared", "another", px=900)
        assert await stage.remembered(1, "s4", after="s3") == "s3"
        assert await shared.exists("parley:rasa:turn:shared") == 0
    valkey.kill()
    assert await stage.remembered(0, "s5", after="s4") is None

    # A form goes on at another process, and then at another server than the one where it was opened.
    one, other = stage.processes
    conversation = ConversationId("moving")
    asked = await one.engine.understand(
        a_turn("where is my order?", id=TurnId("m1"), conversation=conversation)
    )
    assert kinds(asked.proposals) == [AskSlot]
    past = a_past("where is my order?", engine="rasa", id=TurnId("m1"), active_form=asked.active_form)
    turn = a_turn("LL-10234", id=TurnId("m2"), conversation=conversation, history=(past,))
    assert kinds((await other.engine.understand(turn)).proposals) == [OrderTold]
    preferred = Rasas(*(each.address for each in stage.servers)).places(conversation)[0]
    killed = next(each for each in stage.running if each.url == preferred.url)
    killed.process.kill()
    killed.process.wait()
    told = await other.engine.understand(replace(turn, id=TurnId("m3")))
    assert (told.engine, kinds(told.proposals)) == ("rasa", [OrderTold])
