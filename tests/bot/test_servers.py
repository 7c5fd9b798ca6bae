"""Rasa servers that somebody else runs: asked while they have a model, left alone when they do not answer, given another."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.children import Children, StepError
from bot.contract import BotState, Progress
from bot.making import Maker
from bot.program import Line
from bot.rasa_files import Choice, Limits, RasaConfig
from bot.servers import RasaServer, RasaServers, Reach
from core.ids import ConversationId
from tests.bot.fake_programs import FakePrograms, Script, TestTasks, trained, until
from tests.bot.fake_servers import FakeServers

A, B = "http://a:5005", "http://b:5005"
MODEL = "0123456789abcdef"
TRAINING = Script([Line("train", "done")], before=trained)


class Stage:
    """Two servers, and whatever is needed to make a model."""

    def __init__(self, folder: Path, training: Script = TRAINING) -> None:
        self.answers = FakeServers({A: MODEL, B: MODEL})
        self.programs = FakePrograms(train=[training])
        config = RasaConfig(folder, folder / "var", "", "", "s", Path("/rasa/bin/python"))
        maker = Maker(config, Children(config, self.programs))
        reach = Reach(self.answers, "s", "http://me/actions", "http://me/models")
        self.states: list[BotState] = []
        limits = Limits(health_failures=2)
        self.each = [RasaServer(url, reach, maker, limits) for url in (A, B)]
        self.all = RasaServers(self.each, limits, maker, self.states.append, random.Random(1), self._moment)
        self.choice = Choice(folder / "project", "fedcba9876543210", "release 2")
        self.model = config.model(self.choice.fingerprint)

    async def _moment(self, seconds: float, until: asyncio.Event) -> None:
        await asyncio.sleep(0)

    def urls(self, conversation: str = "c1") -> list[str]:
        return [each.url for each in self.all.places(ConversationId(conversation))]

    async def look(self, times: int = 1) -> None:
        for _ in range(times):
            for each in self.each:
                await each.look()


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


async def test_nobody_is_asked_before_it_said_that_it_has_a_model(stage: Stage) -> None:
    assert stage.urls() == []
    stage.answers.models[B] = ""
    await stage.look()
    assert stage.urls() == [A]
    assert [each.there for each in stage.each] == [True, True]


async def test_a_server_that_does_not_answer_is_left_alone_until_it_does(stage: Stage) -> None:
    await stage.look()
    assert sorted(stage.urls()) == [A, B]
    stage.answers.models[A] = None
    await stage.look()
    assert sorted(stage.urls()) == [A, B]
    await stage.look()
    assert stage.urls() == [B]
    stage.answers.models[A] = MODEL
    await stage.look()
    assert sorted(stage.urls()) == [A, B]


async def test_the_address_says_where_this_process_answers_actions(stage: Stage) -> None:
    await stage.look()
    (address, _) = stage.all.places(ConversationId("c1"))
    assert (address.secret, address.actions) == ("s", "http://me/actions")


async def test_the_status_page_hears_who_answers_and_with_what(stage: Stage) -> None:
    stage.answers.models[A] = None
    tasks = TestTasks()
    _ = tasks.start("servers", stage.all.run())
    await until(lambda: any(each.engine == "rasa" for each in stage.states))
    shown = stage.states[-1]
    assert (shown.state, shown.model) == (Progress.READY, MODEL)
    assert shown.detail == f"1 of 2 answer; {A} does not answer"
    stage.answers.models[A] = "another"
    await until(lambda: stage.states[-1].detail == f"models {MODEL}, another")
    stage.answers.models |= {A: None, B: None}
    await until(lambda: stage.states[-1].state is Progress.FAILED)
    stage.answers.models[B] = ""
    await until(lambda: stage.states[-1].state is Progress.STARTING)
    assert {each.engine for each in stage.states[-2:]} == {"scripted"}
    await tasks.stop()


async def test_a_model_is_trained_once_fetched_and_counts_when_the_server_names_it(stage: Stage) -> None:
    await stage.look()
    for each in stage.each:
        await each.take(stage.choice)
        assert each.serving == stage.choice
    assert stage.programs.kinds() == ["train"]
    assert stage.answers.fetched == [(A, stage.choice.fingerprint), (B, stage.choice.fingerprint)]
    assert stage.answers.bearers == {"s"}


@pytest.mark.parametrize("fault", ["refuses", "deaf"])
async def test_one_that_goes_on_with_its_model_did_not_take_it(stage: Stage, fault: str) -> None:
    await stage.look()
    getattr(stage.answers, fault).add(A)
    with pytest.raises(StepError, match=A):
        await stage.each[0].take(stage.choice)
    assert stage.each[0].serving is None
    assert sorted(stage.urls()) == [A, B]


async def test_a_model_that_cannot_be_trained_is_given_to_nobody(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Script([Line("train", "failed", detail="no data")], code=1))
    with pytest.raises(StepError, match="no data"):
        await stage.each[0].take(stage.choice)
    assert stage.answers.fetched == []


async def test_what_a_server_has_after_it_was_away_is_not_taken_for_granted(stage: Stage) -> None:
    await stage.look()
    await stage.each[0].take(stage.choice)
    stage.answers.models[A] = None
    await stage.look(times=2)
    stage.answers.models[A] = stage.choice.fingerprint
    await stage.look()
    assert stage.each[0].serving is None
