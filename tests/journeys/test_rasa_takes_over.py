"""The server answers from its first moment, goes over to Rasa when it is there, and back when it is killed; no turn is lost."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.rasa_files import fingerprint
from tests.servers.parley import ROOT, Server, running_parley
from tests.servers.rasa import RunningRasa, rasa_python

pytestmark = [pytest.mark.rasa, pytest.mark.server]

QUESTIONS = ("How long does shipping take?", "多久能收到货？", "How do I return a lamp?", "hello")


@pytest.fixture
def server(rasa: RunningRasa, tmp_path: Path) -> Iterator[Server]:
    """With the model that this run has trained already."""
    models = tmp_path / "models"
    models.mkdir()
    model = f"{fingerprint(ROOT / 'bot' / 'project')}.tar.gz"
    (models / model).symlink_to(rasa.model)
    with running_parley(
        tmp_path,
        PARLEY_ENGINE_KIND="rasa",
        PARLEY_ENGINE_PYTHON=str(rasa_python()),
        PARLEY_LIVE_SESSIONS_BURST="100000",
    ) as running:
        yield running


class Askers:
    """Visitors who come one after the other with one question each: the same one twice would be a person's."""

    def __init__(self, http: aiohttp.ClientSession, server: Server) -> None:
        self._http = http
        self._server = server
        self._asked = 0

    async def ask(self) -> None:
        """Raises TimeoutError when no answer comes."""
        self._asked += 1
        text = QUESTIONS[self._asked % len(QUESTIONS)]
        async with (
            asyncio.timeout(60),
            self._http.ws_connect(f"{self._server.address}/live/web/socket") as ws,
        ):
            await ws.send_json({"type": "hello", "session": None, "language": "en"})
            await ws.send_json({"type": "message", "key": "1", "text": text})
            async for frame in ws:
                message = frame.json().get("event", {}).get("message")
                if message is not None and message["author"]["kind"] in {"bot", "system"}:
                    return
        raise AssertionError("the server hung up")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def rasa_ready(http: aiohttp.ClientSession, server: Server) -> bool:
    async with http.get(f"{server.internal}/metrics") as answer:
        return "parley_rasa_ready 1.0" in await answer.text()


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


async def test_every_turn_is_answered_before_during_and_after_rasa(
    server: Server, http: aiohttp.ClientSession
) -> None:
    askers = Askers(http, server)
    async with asyncio.timeout(120):
        while not await rasa_ready(http, server):
            await askers.ask()
        for _ in range(8):
            await askers.ask()
        assert server.process is not None
        for child in children_of(server.process.pid):
            os.kill(child, signal.SIGKILL)
        for _ in range(8):
            await askers.ask()
        while not await rasa_ready(http, server):
            await askers.ask()
        await askers.ask()
