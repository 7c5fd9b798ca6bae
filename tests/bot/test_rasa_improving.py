"""With real Rasa: what people labelled is learned, judged, rolled out and understood, and rolled back again."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest

from bot.children import Children
from bot.contract import BotState, Progress
from bot.improving import models, rollouts
from bot.improving.contract import ModelState, RolloutState
from bot.improving.desk import Desk
from bot.improving.labels import label
from bot.improving.rolling import Place, Releases, Roller
from bot.improving.sameness import key_of
from bot.improving.settings import ImprovingSettings
from bot.improving.training import Trainer
from bot.improving.workshop import Workshop
from bot.probe import SECRET_HEADER, HttpProbe
from bot.process import RasaProcess, Surroundings
from bot.program import ChildPrograms
from core.clock import SystemClock
from core.ids import AgentId
from deploy.setup.places import ROOT
from tests.bot.fake_programs import TestTasks
from tests.bot.improving.test_rollouts import EVALUATION
from tests.bot.improving.turns import misread
from tests.builders import World, a_company, a_world, sqlite_url
from tests.servers.rasa import config_for, rasa_python

pytestmark = pytest.mark.rasa

SLANG = ("gimme the dosh back pronto", "chuck us me dosh back", "I want me dosh back mate")
ASKED = "gimme the dosh back mate"
ADA = AgentId("ada")
LIMIT_S = 240.0
EXAMPLES, KEPT = 12, 3
"""So many sentences of each intent, in each file."""


@dataclass
class Center:
    """One server with a Rasa of its own, whose bot is improved."""

    world: World
    desk: Desk
    process: RasaProcess
    roller: Roller
    session: aiohttp.ClientSession

    async def understood(self, text: str) -> str:
        address = self.process.address
        assert address is not None
        url, headers = f"{address.url}/model/parse", {SECRET_HEADER: address.secret}
        async with self.session.post(url, json={"text": text}, headers=headers) as answer:
            intent: str = (await answer.json())["intent"]["name"]
            return intent

    async def rolled_out(self, model: str) -> RolloutState:
        await self.desk.roll_out(model, ADA)
        while await self.world.db.read(rollouts.under_way):
            await self.roller.step()
        return (await self.world.db.read(rollouts.history, 1))[0].state


def a_smaller_project(whole: Path, small: Path) -> None:
    """The installed project with few sentences for each intent: the same steps in a quarter of the time."""
    shutil.copytree(whole, small, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    for folder, most in (("data", EXAMPLES), ("tests", KEPT)):
        for path in (small / folder).glob("*.yml"):
            path.write_text("\n".join(_fewer(path.read_text().splitlines(), most)) + "\n")


def _fewer(lines: list[str], most: int) -> Iterator[str]:
    count = 0
    for line in lines:
        count = count + 1 if line.startswith("    - ") else 0
        if count <= most or not line.startswith("    - "):
            yield line


@pytest.fixture
async def center(tmp_path: Path) -> AsyncIterator[Center]:
    root = tmp_path / "small"
    a_smaller_project(ROOT / "bot" / "project", root / "bot" / "project")
    config = replace(config_for(tmp_path, "http://127.0.0.1:9/webhook"), python=rasa_python(), root=root)
    shop, tasks, settings = Workshop(config), TestTasks(), ImprovingSettings()
    async with a_world(sqlite_url(tmp_path)) as world, aiohttp.ClientSession() as session:
        await world.db.run(a_company)
        programs = ChildPrograms(tasks)
        ready = asyncio.Event()

        def look(state: BotState) -> None:
            if state.state is Progress.READY:
                ready.set()

        around = Surroundings(tasks, programs, HttpProbe(session), SystemClock(), random.Random(1))
        process = RasaProcess(config, around, look, Releases(world.db, shop))

        async def python() -> Path:
            return rasa_python()

        trainer = Trainer(world.db, Children(config, programs), shop, python, settings, "server:a")
        desk = Desk(world.db, shop, trainer, tasks.start, lambda: None, settings)
        life = tasks.start("rasa", process.run())
        made = Center(
            world, desk, process, Roller(world.db, process, shop, settings, Place("a", alone=True)), session
        )
        try:
            async with asyncio.timeout(LIMIT_S):
                await ready.wait()
            yield made
        finally:
            life.cancel()
            await tasks.stop()


async def test_a_label_is_learned_judged_rolled_out_understood_and_rolled_back(center: Center) -> None:
    world, desk = center.world, center.desk
    own = await world.db.run(models.in_use, desk.workshop.project())
    before = await center.understood(ASKED)
    for text in SLANG:
        await misread(world, text, intent=before)
        await world.db.run(label, key_of(text) or "", "order_refund", ADA)
    async with asyncio.timeout(LIMIT_S):
        task = await desk.trainer.begin(ADA)
        await desk.trainer.work(task)
    made = (await desk.model(task.model)).model
    assert (made.state, made.problem) == (ModelState.TRAINED, None)
    found = made.evaluation
    assert found is not None
    assert found.labelled is not None
    assert found.labelled.now.size == len(SLANG)
    assert found.test.before is not None
    assert found.test.now.right > found.test.now.size / 2
    async with asyncio.timeout(LIMIT_S):
        assert await center.rolled_out(task.model) is RolloutState.DONE
        assert await center.understood(ASKED) == "order_refund"
        assert await center.rolled_out(own) is RolloutState.DONE
        assert await center.understood(ASKED) == before


async def test_a_model_that_rasa_cannot_load_is_refused_and_the_old_one_stays(center: Center) -> None:
    world, desk = center.world, center.desk
    await misread(world, SLANG[0])
    await world.db.run(label, key_of(SLANG[0]) or "", "order_refund", ADA)
    task = await desk.trainer.begin(ADA)
    choice = desk.workshop.prepare(task.examples)
    await world.db.run(models.name_it, task.model, choice.fingerprint)
    broken = desk.workshop.config.model(choice.fingerprint)
    broken.write_bytes(b"no archive")
    await world.db.run(models.finish, task.model, EVALUATION)
    greeted = await center.understood("hello")
    async with asyncio.timeout(LIMIT_S):
        assert await center.rolled_out(task.model) is RolloutState.FAILED
    assert await center.understood("hello") == greeted
    assert center.process.serving is not None
    assert center.process.serving.release != task.model
