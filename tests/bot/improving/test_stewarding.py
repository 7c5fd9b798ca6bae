"""Rasa servers get what is in use, roll-outs go over them one by one, and one process at a time sees to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.children import Children
from bot.improving import models, rollouts
from bot.improving.contract import RolloutState
from bot.improving.rolling import Place, Releases, Roller
from bot.improving.settings import ImprovingSettings
from bot.improving.stewarding import Claim, Steward, Tended
from bot.improving.workshop import Workshop
from bot.making import Maker
from bot.program import Line
from bot.rasa_files import Limits
from bot.servers import RasaServer, Reach
from channels.claims import hold, release
from core.store.tx import Tx
from tests.bot.fake_programs import FakePrograms, Script, trained
from tests.bot.fake_servers import FakeServers
from tests.bot.improving.shop import a_shop
from tests.bot.improving.test_rolling import a_model
from tests.builders import World

pytestmark = pytest.mark.served

A, B = "http://a:5005", "http://b:5005"
LIMIT_S = 60
QUICK = ImprovingSettings(beat_s=0.01, step_s=0.01)


class Center:
    """Two servers, and processes that may tend them."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.shop: Workshop = a_shop(folder)
        self.answers = FakeServers({A: "", B: ""})
        self.programs = FakePrograms(train=[Script([Line("train", "done")], before=trained)])

    def steward(self, claim: Claim | None = None) -> tuple[Steward, list[RasaServer]]:
        """One of a process of its own."""
        db, shop = self.world.db, self.shop
        maker = Maker(shop.config, Children(shop.config, self.programs))
        reach = Reach(self.answers, "s", "http://me/actions", "http://me/models")
        servers = [RasaServer(url, reach, maker, Limits(health_failures=1)) for url in (A, B)]
        tended = [
            Tended(each, Roller(db, each, shop, QUICK, Place(each.address.url, alone=False)))
            for each in servers
        ]
        claim = claim or Claim(hold, release, 30.0)
        return Steward(db, tended, Releases(db, shop), claim, self.world.ids, 2), servers

    async def until(self, *wanted: str | None) -> None:
        async with asyncio.timeout(LIMIT_S):
            while [self.answers.models[A], self.answers.models[B]] != list(wanted):  # noqa: ASYNC110 - seen from outside only
                await asyncio.sleep(0)

    async def until_rolled(self) -> tuple[RolloutState, str | None]:
        async with asyncio.timeout(LIMIT_S):
            while await self.world.db.read(rollouts.under_way):  # noqa: ASYNC110 - seen from outside only
                await asyncio.sleep(0)
        found = (await self.world.db.read(rollouts.history, 1))[0]
        return found.state, found.problem

    async def roll_out(self) -> str:
        """The fingerprint of a new model that is on its way to them."""
        new = await a_model(self.world)
        before = await self.world.db.run(models.in_use, self.shop.project())
        await self.world.db.run(rollouts.begin, new, before, None)
        learned = await self.world.db.read(models.learned, new)
        return self.shop.prepare(learned.examples).fingerprint


@pytest.fixture
def center(world: World, tmp_path: Path) -> Center:
    return Center(world, tmp_path)


@asynccontextmanager
async def at_work(*stewards: tuple[Steward, list[RasaServer]]) -> AsyncIterator[None]:
    """Each with somebody who looks after its servers, as ``RasaServers`` does."""

    async def look(servers: list[RasaServer]) -> None:
        while True:
            for each in servers:
                await each.look()
            await asyncio.sleep(0)

    async with AsyncExitStack() as stack:
        for steward, servers in stewards:
            for work in (steward.run(), look(servers)):
                task = asyncio.ensure_future(work)
                stack.push_async_callback(_end, task)
        yield


async def _end(task: asyncio.Future[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_servers_without_a_model_get_the_one_in_use(center: Center) -> None:
    async with at_work(center.steward()):
        await center.until(center.shop.project(), center.shop.project())
    assert center.programs.kinds() == ["train"]


async def test_one_that_comes_back_with_an_older_model_gets_the_one_in_use(center: Center) -> None:
    project = center.shop.project()
    async with at_work(center.steward()):
        await center.until(project, project)
        center.answers.models[A] = None
        new = await center.roll_out()
        await center.until(None, new)
        assert await center.until_rolled() == (RolloutState.DONE, None)
        center.answers.models[A] = project
        await center.until(new, new)


async def test_a_roll_out_goes_over_the_servers_one_after_the_other(center: Center) -> None:
    project = center.shop.project()
    async with at_work(center.steward()):
        await center.until(project, project)
        new = await center.roll_out()
        assert await center.until_rolled() == (RolloutState.DONE, None)
    assert center.answers.fetched[-2:] == [(A, new), (B, new)]


@pytest.mark.parametrize("fault", ["refuses", "deaf"])
async def test_all_go_back_where_one_does_not_answer_with_the_new_model(center: Center, fault: str) -> None:
    project = center.shop.project()
    async with at_work(center.steward()):
        await center.until(project, project)
        getattr(center.answers, fault).add(B)
        new = await center.roll_out()
        state, problem = await center.until_rolled()
        assert state is RolloutState.FAILED
        assert problem is not None
        assert B in problem
        await center.until(project, project)
    assert (A, new) in center.answers.fetched


async def test_one_process_at_a_time_gives_models_and_another_goes_on_when_it_stops(center: Center) -> None:
    one, other = center.steward(), center.steward()
    project = center.shop.project()
    async with at_work(other):
        async with at_work(one):
            await center.until(project, project)
        assert len(center.answers.fetched) == 2
        center.answers.models[A] = ""
        await center.until(project, project)


async def test_a_process_that_lost_its_claim_gives_nothing_any_more(center: Center) -> None:
    project, ours, given_back = center.shop.project(), True, asyncio.Event()

    def held(_tx: Tx, _name: str, _holder: str, _seconds: float) -> bool:
        return ours

    def give_back(_tx: Tx, _name: str, _holder: str) -> None:
        given_back.set()

    async with at_work(center.steward(Claim(held, give_back, 0.03))):
        await center.until(project, project)
        ours = False
        async with asyncio.timeout(LIMIT_S):
            await given_back.wait()
        center.answers.models[A] = ""
        for _ in range(2000):
            await asyncio.sleep(0)
        assert center.answers.models[A] == ""
