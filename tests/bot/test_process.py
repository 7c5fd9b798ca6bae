"""RasaProcess with made-up children: which states are shown, what is tried again, what is never left running."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.children import StepError
from bot.contract import BotState, Progress, RasaAddress
from bot.process import RasaProcess, Surroundings
from bot.program import Line
from bot.rasa_files import Choice, Limits, RasaConfig
from bot.sources import Source
from tests.bot.fake_programs import SERVING, FakeProbe, FakePrograms, Script, TestTasks, trained, until

TRAINING = Script([Line("train", "start"), Line("train", "done")], before=trained)
SERVE = Script([Line("load", "start"), SERVING], code=None)
INSTALL = Script([Line("Rasa's packages", "start"), Line("ready", "done", detail="/rasa/bin/python")])


class Clock:
    """Moves only with the pauses."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@dataclass
class World:
    """One RasaProcess and everything around it."""

    process: RasaProcess
    programs: FakePrograms
    probe: FakeProbe
    states: list[BotState]
    addresses: list[RasaAddress | None]
    pauses: list[float]

    def phases(self) -> list[str]:
        shown = [state.state.value for state in self.states]
        return [phase for index, phase in enumerate(shown) if index == 0 or phase != shown[index - 1]]

    async def until_shown(self, phase: Progress, times: int = 1) -> None:
        await until(lambda: self.phases().count(phase.value) >= times)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "bot" / "project"
    (folder / "data").mkdir(parents=True)
    (folder / "domain.yml").write_text("intents: []")
    (folder / "data" / "rules.yml").write_text("rules: []")
    return folder


@asynccontextmanager
async def running(
    project: Path,
    programs: FakePrograms,
    limits: Limits | None = None,
    *,
    installed: bool = True,
    source: Source | None = None,
) -> AsyncIterator[World]:
    """Runs until the block ends; pauses take no time, but every second one of a health check lets others go first."""
    clock, probe = Clock(), FakeProbe()
    states: list[BotState] = []
    pauses: list[float] = []
    tasks = TestTasks()

    async def pause(seconds: float, until: asyncio.Event) -> None:
        pauses.append(seconds)
        clock.time += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    config = RasaConfig(
        root=project.parents[1],
        folder=project.parents[1] / "var",
        action_url="http://127.0.0.1:1/webhook",
        action_secret="a",
        secret="s",
        python=Path("/rasa/bin/python") if installed else None,
        limits=limits or Limits(),
    )
    around = Surroundings(tasks, programs, probe, clock, random.Random(2), pause)
    addresses: list[RasaAddress | None] = []

    def publish(state: BotState) -> None:
        states.append(state)
        addresses.append(process.address)

    process = RasaProcess(config, around, publish, source)
    life = tasks.start("rasa", process.run())
    try:
        yield World(process, programs, probe, states, addresses, pauses)
    finally:
        await tasks.stop()
        assert life.cancelled()


async def test_a_fresh_machine_goes_from_installing_to_ready(project: Path) -> None:
    programs = FakePrograms(install=[INSTALL], train=[TRAINING], serve=[SERVE])
    async with running(project, programs, installed=False) as world:
        await world.until_shown(Progress.READY)
    assert world.phases() == ["installing", "training", "starting", "ready"]
    assert [state.engine for state in world.states][-1] == "rasa"
    assert {state.engine for state in world.states[:-1]} == {"scripted"}
    assert world.programs.started[-1].command[0] == "/rasa/bin/python"


async def test_the_address_is_known_exactly_while_it_is_ready(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        world.programs.started[-1].ended.set()
        await world.until_shown(Progress.READY, times=2)
    for state, address in zip(world.states, world.addresses, strict=True):
        ready = state.state is Progress.READY
        assert address == (RasaAddress("http://127.0.0.1:5005", "s") if ready else None)
    assert world.process.address is None


async def test_nothing_is_trained_when_the_project_has_not_changed(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
    assert world.programs.kinds() == ["serve"]


async def test_a_rasa_that_dies_is_started_again_and_told_to_customers_as_not_ready(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        world.programs.started[-1].ended.set()
        await world.until_shown(Progress.READY, times=2)
    assert world.phases() == ["training", "starting", "ready", "failed", "starting", "ready"]


async def test_a_rasa_that_hangs_is_ended_and_started_again(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        hung = world.programs.started[-1]
        world.probe.well = False
        await world.until_shown(Progress.FAILED)
        world.probe.well = True
        await world.until_shown(Progress.READY, times=2)
    assert hung.stopped
    failed = next(state for state in world.states if state.state is Progress.FAILED)
    assert failed.detail == "did not answer 3 times in a row"


async def test_one_slow_answer_is_no_reason_to_end_it(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        world.probe.well = False
        seen = len(world.pauses)
        await until(lambda: len(world.pauses) >= seen + 2)
        world.probe.well = True
        await until(lambda: len(world.pauses) >= seen + 8)
    assert world.phases()[-1] == "ready"


async def test_what_fails_is_tried_again_later_each_time(project: Path) -> None:
    broken = Script([Line("import", "start")], code=1, words="domain.yml: line 3 is wrong")
    async with running(project, FakePrograms(train=[broken], serve=[SERVE])) as world:
        await world.until_shown(Progress.FAILED, times=9)
    assert all(later > 0 for later in world.pauses)
    assert world.pauses[5] > world.pauses[0] * 4
    assert max(world.pauses) <= 90
    failed = world.states[-1]
    assert (failed.detail, failed.step) == ("domain.yml: line 3 is wrong", "loading Rasa")


async def test_a_step_that_takes_too_long_is_ended(project: Path) -> None:
    endless = Script([Line("import", "start")], code=None)
    limits = replace(Limits(), train_s=0.01)
    async with running(project, FakePrograms(train=[endless], serve=[SERVE]), limits) as world:
        await world.until_shown(Progress.FAILED)
        assert world.programs.started[0].stopped


async def test_set_up_that_fails_says_what_to_install(project: Path) -> None:
    failing = Script([Line("ready", "failed", detail="Python 3.10 is missing")], code=1)
    async with running(project, FakePrograms(install=[failing]), installed=False) as world:
        await world.until_shown(Progress.FAILED)
    assert world.states[-1].detail == "Python 3.10 is missing"


async def test_a_changed_project_is_trained_beside_the_running_rasa_and_swapped_in(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        before = world.states[-1].model
        (project / "domain.yml").write_text("intents: [greet]")
        world.process.refresh()
        await until(lambda: world.states[-1].model != before)
        assert world.phases() == ["training", "starting", "ready"]
        assert world.probe.swapped == [f"{world.states[-1].model}.tar.gz"]
        assert world.process.address is not None
    assert world.programs.kinds() == ["train", "serve", "train"]


async def test_a_refresh_of_an_unchanged_project_does_nothing(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        world.process.refresh()
        seen = len(world.pauses)
        await until(lambda: len(world.pauses) > seen + 3)
    assert world.probe.swapped == []
    assert world.programs.kinds() == ["train", "serve"]


async def test_a_new_model_that_cannot_be_trained_leaves_the_old_one_answering(project: Path) -> None:
    broken = Script([Line("train", "failed", detail="a rule contradicts a story")], code=1)
    async with running(project, FakePrograms(train=[TRAINING, broken], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        (project / "domain.yml").write_text("intents: [greet]")
        world.process.refresh()
        await until(lambda: "could not be trained" in (world.states[-1].detail or ""))
        assert world.process.address is not None
    assert world.states[-1].state is Progress.READY


async def test_a_model_that_cannot_be_swapped_in_is_served_after_a_restart(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        world.probe.takes = False
        (project / "domain.yml").write_text("intents: [greet]")
        world.process.refresh()
        await world.until_shown(Progress.READY, times=2)
    assert world.programs.started[-1].command[4].endswith(world.probe.swapped[0])


async def test_ending_the_server_ends_every_child(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
    assert all(program.stopped for program in world.programs.started)


async def test_secrets_travel_in_the_environment_and_not_on_the_command_line(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
    serving = world.programs.environments[-1]
    assert (serving["PARLEY_RASA_SECRET"], serving["PARLEY_ACTION_SECRET"]) == ("s", "a")
    assert not {"a", "s"} & set(world.programs.started[-1].command)


async def test_only_the_newest_models_are_kept(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        for number in range(5):
            (project / "domain.yml").write_text(f"intents: [number_{number}]")
            world.process.refresh()
            await until(lambda number=number: len(world.probe.swapped) > number)  # type: ignore[misc]
    kept = {path.name for path in (project.parents[1] / "var" / "models").glob("*.tar.gz")}
    assert len(kept) == Limits().models_kept
    assert f"{world.states[-1].model}.tar.gz" in kept


async def test_a_model_that_is_asked_for_is_trained_beside_and_swapped_in(project: Path) -> None:
    other = Choice(project, "0123456789abcdef", "m1")
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        await world.process.take(other)
        assert world.process.serving == other
        assert world.probe.swapped == ["0123456789abcdef.tar.gz"]
        assert world.states[-1].model == "0123456789abcdef"
        gently = world.programs.started[-1].command
    assert "--gently" in gently
    assert world.phases() == ["training", "starting", "ready"]


async def test_a_model_that_rasa_does_not_take_is_refused_and_the_old_one_answers_on(project: Path) -> None:
    async with running(project, FakePrograms(train=[TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        before = world.process.serving
        world.probe.takes = False
        with pytest.raises(StepError, match="did not take the model 0123456789abcdef"):
            await world.process.take(Choice(project, "0123456789abcdef", "m1"))
        assert world.process.serving == before
        assert world.process.address is not None
    assert world.phases() == ["training", "starting", "ready"]


async def test_a_model_that_cannot_be_trained_is_refused_and_the_old_one_answers_on(project: Path) -> None:
    broken = Script([Line("train", "failed", detail="no such intent")], code=1)
    async with running(project, FakePrograms(train=[TRAINING, broken], serve=[SERVE])) as world:
        await world.until_shown(Progress.READY)
        with pytest.raises(StepError, match="no such intent"):
            await world.process.take(Choice(project, "0123456789abcdef", "m1"))
        assert world.process.serving is not None
        assert world.process.serving.release is None


async def test_while_rasa_does_not_run_it_starts_with_the_model_that_is_asked_for(project: Path) -> None:
    broken = Script([Line("train", "failed", detail="broken")], code=1)
    other = Choice(project, "0123456789abcdef", "m1")
    async with running(project, FakePrograms(train=[broken, TRAINING], serve=[SERVE])) as world:
        await world.until_shown(Progress.FAILED)
        await world.process.take(other)
        assert world.process.serving == other


@dataclass
class TwoModels:
    """One that was rolled out, and the project's own."""

    project: Path

    async def choose(self, *, safe: bool) -> Choice:
        return Choice(self.project, "a" * 16 if safe else "b" * 16, "own" if safe else "rolled")


async def test_a_rolled_out_model_that_does_not_start_gives_way_to_the_projects_own(project: Path) -> None:
    broken = Script([Line("serve", "failed", detail="could not be loaded")], code=1)
    programs = FakePrograms(train=[TRAINING], serve=[broken, broken, SERVE])
    async with running(project, programs, source=TwoModels(project)) as world:
        await world.until_shown(Progress.READY)
        assert world.process.serving is not None
        assert world.process.serving.release == "own"
    assert programs.kinds() == ["train", "serve", "train", "serve", "train", "serve"]
