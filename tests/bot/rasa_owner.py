"""A server that keeps Rasa running and nothing else: real RasaProcesses for tests, in this process or in one of its own.

As a program: `python -m tests.bot.rasa_owner ROOT FOLDER ACTION_URL` prints each state as a line and the child's number when ready.
"""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import aiohttp
import msgspec

from bot.contract import BotState, Progress
from bot.leftover import Record
from bot.probe import SECRET_HEADER, HttpProbe
from bot.process import RasaProcess, Surroundings
from bot.program import ChildPrograms
from bot.rasa_files import Limits, RasaConfig
from core.clock import SystemClock
from tests.bot.fake_programs import TestTasks
from tests.servers.rasa import LIMIT_S, config_for, rasa_python

QUICK = replace(
    Limits(), health_every_s=0.3, health_s=1.0, health_failures=2, first_retry_s=0.1, longest_retry_s=0.5
)


@dataclass
class Owner:
    """A running RasaProcess, what it has shown, and a way to ask its Rasa."""

    config: RasaConfig
    session: aiohttp.ClientSession
    states: list[BotState] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    process: RasaProcess = field(init=False)

    async def until_ready(self, times: int = 1) -> None:
        """Waits until it has been ready so often, counted from the first."""
        async with asyncio.timeout(LIMIT_S):
            while self._count_ready() < times:
                await asyncio.wait_for(self._moved(), LIMIT_S)

    async def until_model_changes(self, model: str | None) -> None:
        async with asyncio.timeout(LIMIT_S):
            while self.states[-1].model == model or self.process.address is None:
                await self._moved()

    async def say(self, text: str, sender: str) -> list[str]:
        """The kinds of what Rasa says; raises while it is not there."""
        address = self.process.address
        assert address is not None
        async with self.session.post(
            f"{address.url}/webhooks/rest/webhook",
            json={"sender": sender, "message": text, "metadata": {}},
            headers={SECRET_HEADER: address.secret},
        ) as answer:
            return [item["custom"]["kind"] for item in await answer.json()]

    def child(self) -> int:
        """The number of the running Rasa."""
        return running_child(self.config.records)

    def show(self, state: BotState) -> None:
        self.states.append(state)
        self._waiting.set()

    def _count_ready(self) -> int:
        ready = [state.state is Progress.READY for state in self.states]
        return sum(now and not before for before, now in zip([False, *ready], ready, strict=False))

    async def _moved(self) -> None:
        self._waiting.clear()
        await self._waiting.wait()

    def __post_init__(self) -> None:
        self._waiting = asyncio.Event()


def running_child(records: Path) -> int:
    return msgspec.json.decode((records / "serve.process").read_bytes(), type=Record).pid


@asynccontextmanager
async def owner(root: Path, folder: Path, action_url: str) -> AsyncIterator[Owner]:
    """Starts it; ends it in order afterwards."""
    config = replace(config_for(folder, action_url, root), python=rasa_python(), limits=QUICK)
    tasks = TestTasks()
    async with aiohttp.ClientSession() as session:
        owned = Owner(config, session)
        probe = HttpProbe(session)
        around = Surroundings(tasks, ChildPrograms(tasks), probe, SystemClock(), random.Random(1))
        owned.process = RasaProcess(config, around, owned.show)
        life = tasks.start("rasa", owned.process.run())
        try:
            yield owned
        finally:
            life.cancel()
            await tasks.stop()


async def main(root: Path, folder: Path, action_url: str) -> None:
    async with owner(root, folder, action_url) as owned:
        await owned.until_ready()
        print(owned.child(), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
