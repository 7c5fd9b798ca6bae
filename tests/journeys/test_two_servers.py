"""Two servers on one PostgreSQL: a visitor with a tab at each, while Redis is there, gone, and back without its data."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.runtime import Runtime
from app.settings import EngineSettings, Settings
from app.wiring import Parley, running
from channels.live.connection import SIGNED_OUT
from core.redis import RedisSettings
from core.store.tx import Tx
from tests.builders import a_company
from tests.servers.valkey import Valkey, running_valkey

pytestmark = pytest.mark.postgres
PATIENCE_S = 90.0
BOTH = (0, 1)


class Tab:
    """A socket of the visitor at one server."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.welcome: dict[str, Any] = {}

    async def hello(self, session: str | None = None, conversation: str | None = None) -> None:
        frame = {"type": "hello", "session": session, "language": "en", "conversation": conversation, "n": 0}
        await self.socket.send_json(frame)
        self.welcome = await self.until("welcome")

    async def say(self, text: str) -> str:
        """Until it is stored; the conversation."""
        await self.socket.send_json({"type": "message", "key": text, "text": text})
        return str((await self.until("stored"))["conversation"])

    async def until(self, kind: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame: dict[str, Any] = await self.socket.receive_json()
                if frame["type"] == kind:
                    return frame

    async def until_shown(self, text: str) -> None:
        while True:
            event = (await self.until("event"))["event"]
            if event["kind"] == "message" and any(
                each.get("text") == text for each in event["message"]["parts"]
            ):
                return

    async def closed(self) -> object:
        async with asyncio.timeout(PATIENCE_S):
            while (message := await self.socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
            return message.data


class Two:
    """Both servers, and the Redis between them."""

    def __init__(self, servers: list[Parley], valkey: Valkey, http: aiohttp.ClientSession) -> None:
        self.servers = servers
        self.valkey = valkey
        self.http = http

    async def tab(self, server: int, session: str | None = None, conversation: str | None = None) -> Tab:
        address = self.servers[server].addresses.own
        tab = Tab(await self.http.ws_connect(f"{address}/live/web/socket"))
        await tab.hello(session, conversation)
        return tab

    async def end(self, server: int, session: str) -> None:
        """The visitor's session, by a request to this server."""
        url = f"{self.servers[server].addresses.own}/live/web/sessions"
        async with self.http.delete(url, headers={"Authorization": f"Bearer {session}"}) as answer:
            assert answer.status == 204, await answer.text()

    async def until_heard(self, *, whole: bool) -> None:
        """Each hears the other, or nobody."""
        async with asyncio.timeout(PATIENCE_S):
            for server in BOTH:
                bus = self.servers[server].runtime.bus
                while bus.whole != whole or (whole and not bus.others()):
                    await self.pass_time(server)

    async def pass_time(self, server: int) -> None:
        """A round trip to the server, so that everything else gets its turn."""
        async with self.http.get(f"{self.servers[server].addresses.own}/healthz") as answer:
            _ = await answer.read()


@pytest.fixture
async def two(tmp_path: Path, postgres_url: str) -> AsyncIterator[Two]:
    """They have a Redis of their own, which tests may end."""

    async def prepare(runtime: Runtime) -> None:
        if runtime.settings.folder.name == "0":
            await runtime.db.run(_stock)

    async with AsyncExitStack() as stack:
        valkey = stack.enter_context(running_valkey())
        settings = [
            Settings(
                folder=tmp_path / str(number),
                port=0,
                database_url=postgres_url,
                engine=EngineSettings("scripted"),
                redis=RedisSettings(url=valkey.url),
            )
            for number in BOTH
        ]
        servers = [await stack.enter_async_context(running(each, prepare)) for each in settings]
        http = await stack.enter_async_context(aiohttp.ClientSession())
        made = Two(servers, valkey, http)
        await made.until_heard(whole=True)
        yield made


def _stock(tx: Tx) -> None:
    a_company(tx, bot=False)


async def test_what_happens_at_one_server_shows_at_the_other_with_redis_without_it_and_with_it_again(
    two: Two,
) -> None:
    here = await two.tab(0)
    session = here.welcome["session"]
    conversation = await here.say("with Redis")
    there = await two.tab(1, session, conversation)
    await there.until_shown("with Redis")
    await here.say("at once")
    await there.until_shown("at once")
    new_here = await two.tab(0)
    new_there = await two.tab(1, new_here.welcome["session"])
    two.valkey.kill()
    await two.until_heard(whole=False)
    await here.say("without Redis")
    await there.until_shown("without Redis")
    await new_here.say("begun without Redis")
    await new_there.until_shown("begun without Redis")
    two.valkey.forget()
    two.valkey.start()
    await two.until_heard(whole=True)
    await here.say("with Redis again")
    await there.until_shown("with Redis again")
    await two.end(0, session)
    # Also at the server that was not asked.
    assert await there.closed() == await here.closed() == SIGNED_OUT.code
