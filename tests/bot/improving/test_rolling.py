"""Processes roll a model out among themselves through the database; a new one starts with what is in use."""

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.children import StepError
from bot.contract import BotState, Progress
from bot.improving import models, rollouts
from bot.improving.contract import RolloutState
from bot.improving.rolling import Place, Releases, Roller
from bot.improving.settings import ImprovingSettings
from bot.improving.workshop import Workshop
from bot.rasa_files import Choice
from tests.bot.improving.shop import a_shop
from tests.bot.improving.test_examples import an_example
from tests.bot.improving.test_rollouts import EVALUATION
from tests.builders import World

pytestmark = pytest.mark.served


@dataclass
class FakeRasa:
    """Serves what it is told to, or does not."""

    serving: Choice | None = None
    refuses: bool = False
    hangs: bool = False
    taken: list[str | None] = field(default_factory=list)

    @property
    def state(self) -> BotState:
        return BotState(Progress.READY, "rasa")

    async def take(self, choice: Choice) -> None:
        if self.hangs:
            await asyncio.Event().wait()
        if self.refuses:
            raise StepError("it does not load")
        self.taken.append(choice.release)
        self.serving = choice


@dataclass
class Center:
    """Two servers of one installation."""

    world: World
    shop: Workshop
    rasas: list[FakeRasa]
    rollers: list[Roller]

    async def begin(self, model: str) -> None:
        before = await self.in_use()
        await self.world.db.run(rollouts.begin, model, before, None)

    async def in_use(self) -> str:
        return await self.world.db.run(models.in_use, self.shop.project())

    async def rounds(self, count: int = 6) -> None:
        for _ in range(count):
            for roller in self.rollers:
                await roller.step()

    async def rollout(self) -> tuple[RolloutState, str | None]:
        found = (await self.world.db.read(rollouts.history, 1))[0]
        return found.state, found.problem


@pytest.fixture
async def center(world: World, tmp_path: Path) -> Center:
    shop, settings = a_shop(tmp_path), ImprovingSettings(swap_s=0.05)
    start = await Releases(world.db, shop).choose(safe=False)
    rasas = [FakeRasa(start), FakeRasa(start)]
    rollers = [
        Roller(world.db, rasa, shop, settings, Place(name, alone=False))
        for name, rasa in zip("ab", rasas, strict=True)
    ]
    for roller in rollers:
        await roller.step()
    return Center(world, shop, rasas, rollers)


async def a_model(world: World, text: str = "yo") -> str:
    made = await world.db.run(models.begin, "p", [an_example(text)], "server:a", None)
    await world.db.run(models.finish, made, EVALUATION)
    return made


async def test_every_server_takes_the_model_and_new_ones_start_with_it(center: Center) -> None:
    new = await a_model(center.world)
    await center.begin(new)
    await center.rounds()
    assert [rasa.taken for rasa in center.rasas] == [[new], [new]]
    assert await center.rollout() == (RolloutState.DONE, None)
    started = await Releases(center.world.db, center.shop).choose(safe=False)
    assert started.release == new
    assert (started.project / "data" / "labelled.en.yml").is_file()


async def test_one_that_cannot_take_it_sends_the_other_back(center: Center) -> None:
    old, new = await center.in_use(), await a_model(center.world)
    center.rasas[1].refuses = True
    await center.begin(new)
    await center.rounds()
    assert center.rasas[0].taken == [new, old]
    assert center.rasas[1].taken == []
    assert await center.rollout() == (RolloutState.FAILED, "it does not load")
    assert await center.in_use() == old


async def test_one_that_has_no_place_for_the_model_sends_all_back(center: Center) -> None:
    shutil.rmtree(center.shop.folder, ignore_errors=True)
    center.shop.folder.parent.mkdir(parents=True, exist_ok=True)
    center.shop.folder.write_text("no folder")
    await center.begin(await a_model(center.world))
    await center.rounds()
    state, problem = await center.rollout()
    assert state is RolloutState.FAILED
    assert problem is not None
    assert center.shop.folder.name in problem


async def test_one_that_hangs_is_not_waited_for_without_end(center: Center) -> None:
    center.rasas[0].hangs = True
    await center.begin(await a_model(center.world))
    await center.rounds()
    state, problem = await center.rollout()
    assert state is RolloutState.FAILED
    assert problem is not None
    assert "took longer than" in problem


async def test_when_what_is_in_use_does_not_start_it_is_the_projects_own(center: Center) -> None:
    await center.begin(await a_model(center.world))
    await center.rounds()
    safe = await Releases(center.world.db, center.shop).choose(safe=True)
    assert safe.project == center.shop.config.project


async def test_a_server_that_stops_says_so_and_one_alone_forgets_who_was_there_before(center: Center) -> None:
    rasa = FakeRasa(center.rasas[0].serving)
    roller = Roller(center.world.db, rasa, center.shop, ImprovingSettings(), Place("c", alone=True))
    life = center.world.supervisor.start("roller", roller.run())
    async with asyncio.timeout(60):
        while [each.id for each in await center.world.db.read(rollouts.servers_now)] != ["c"]:  # noqa: ASYNC110 - seen from outside only
            await asyncio.sleep(0)
    life.cancel()
    await asyncio.gather(life, return_exceptions=True)
    assert await center.world.db.read(rollouts.servers_now) == ()
