"""Training with made-up programs: what is asked of whom, what becomes of a failure, and that only one goes on."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.improving import models
from bot.improving.contract import Model, ModelState
from bot.improving.labels import bring
from bot.improving.workshop import Workshop
from bot.program import Line
from core.errors import Conflict, Unavailable
from tests.bot.fake_programs import FakePrograms, Script, TestTasks, until
from tests.bot.improving.shop import TRAINING, a_shop, a_trainer, judging
from tests.bot.improving.test_examples import an_example
from tests.builders import World

pytestmark = pytest.mark.served


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return a_shop(tmp_path)


def learned_prices(name: str, text: str) -> str:
    """The model in use knows greetings only; one with examples knows prices too."""
    return "price" if "it" in text.split() and "own" not in name else "greet"


async def newest(world: World) -> Model:
    return (await world.db.read(models.history, 5))[0]


async def train(world: World, shop: Workshop, programs: FakePrograms) -> Model:
    trainer = a_trainer(world, shop, programs)
    await trainer.work(await trainer.begin(None))
    return await newest(world)


async def test_a_model_is_trained_with_the_labels_and_compared_with_the_one_in_use(
    world: World, shop: Workshop
) -> None:
    labelled = [an_example("is it dear", "price"), an_example("is it free", "price"), an_example("yo")]
    await world.db.run(bring, labelled, "turn")
    own = shop.project()
    told = judging(lambda name, text: learned_prices(name.replace(own, "own"), text))
    programs = FakePrograms(train=[TRAINING], judge=[told])
    made = await train(world, shop, programs)
    assert (made.state, made.examples, made.problem) == (ModelState.TRAINED, 3, None)
    found = made.evaluation
    assert found is not None
    assert [each.text for each in found.test.better] == ["how dear is it"]
    assert found.test.worse == ()
    assert found.test.before is not None
    assert (found.test.now.right, found.test.before.right) == (2, 1)
    assert found.labelled is not None
    assert found.labelled.now.size == 3
    assert set(found.held_out) == {each.key for each in labelled}
    assert made.fingerprint == shop.prepare(labelled).fingerprint
    assert programs.kinds() == ["train", "train", "judge"]


async def test_of_a_training_its_model_s_folder_stays_and_no_share_nor_text_that_was_judged(
    world: World, shop: Workshop
) -> None:
    labelled = [an_example(text) for text in ("yo", "hey ho", "moin", "servus")]
    await world.db.run(bring, labelled, "turn")
    programs = FakePrograms(train=[TRAINING], judge=[judging(learned_prices)])
    made = await train(world, shop, programs)
    assert made.state is ModelState.TRAINED
    assert [path.name for path in shop.folder.iterdir()] == [made.fingerprint]
    assert not (shop.config.records / "judging" / "plan.json").exists()


async def test_what_is_trained_while_others_are_served_is_trained_gently(
    world: World, shop: Workshop
) -> None:
    programs = FakePrograms(train=[TRAINING], judge=[judging(learned_prices)])
    await train(world, shop, programs)
    assert all("--gently" in each.command for each in programs.started if each.command[2] == "train")


async def test_a_model_that_is_there_is_not_trained_again(world: World, shop: Workshop) -> None:
    programs = FakePrograms(train=[TRAINING], judge=[judging(learned_prices)])
    await train(world, shop, programs)
    await train(world, shop, programs)
    assert programs.kinds() == ["train", "judge", "judge"]


@pytest.mark.parametrize("step", ["train", "judge"])
async def test_a_failure_says_why_and_another_training_may_begin(
    world: World, shop: Workshop, step: str
) -> None:
    broken = Script([Line(step, "failed", detail="no such intent")], code=1)
    programs = FakePrograms(**{"train": [TRAINING], "judge": [judging(learned_prices)], step: [broken]})
    made = await train(world, shop, programs)
    assert (made.state, made.problem) == (ModelState.FAILED, "no such intent")
    programs = FakePrograms(train=[TRAINING], judge=[judging(learned_prices)])
    assert (await train(world, shop, programs)).state is ModelState.TRAINED


@pytest.mark.parametrize("answers", ['{"now": "greet"}', '{"now": ["greet"], "before": []}', "{}", "no"])
async def test_answers_that_do_not_fit_the_questions_are_a_failure(
    world: World, shop: Workshop, answers: str
) -> None:
    def garbled(command: object) -> None:
        (shop.config.records / "judging" / "answers.json").write_text(answers)

    programs = FakePrograms(train=[TRAINING], judge=[Script([Line("judge", "done")], before=garbled)])
    assert (await train(world, shop, programs)).state is ModelState.FAILED


async def test_where_rasa_is_not_there_nothing_begins(world: World, shop: Workshop) -> None:
    trainer = a_trainer(world, shop, FakePrograms(), there=False)
    with pytest.raises(Unavailable):
        await trainer.begin(None)
    assert await world.db.read(models.history, 5) == ()


async def test_while_one_is_trained_no_other_begins_and_being_stopped_sets_it_right(
    world: World, shop: Workshop
) -> None:
    endless = Script([Line("train", "start")], code=None)
    programs = FakePrograms(train=[endless])
    trainer, tasks = a_trainer(world, shop, programs), TestTasks()
    working = tasks.start("train", trainer.work(await trainer.begin(None)))
    await until(lambda: len(programs.started) == 1)
    with pytest.raises(Conflict):
        await trainer.begin(None)
    await tasks.stop()
    assert working.cancelled()
    assert programs.started[0].stopped
    made = await newest(world)
    assert (made.state, made.problem) == (ModelState.FAILED, "it was stopped")


async def test_who_is_taken_for_dead_stops(world: World, shop: Workshop) -> None:
    endless = Script([Line("train", "start")], code=None)
    programs = FakePrograms(train=[endless])
    trainer = a_trainer(world, shop, programs)
    task = await trainer.begin(None)
    await world.db.run(models.fail, task.model, "its process ended")
    async with asyncio.timeout(60):
        await trainer.work(task)
    assert (await newest(world)).problem == "its process ended"


async def test_a_test_set_that_was_labelled_does_not_count(world: World, shop: Workshop) -> None:
    await world.db.run(bring, [replace(an_example("Good day!", "greet"))], "turn")
    programs = FakePrograms(train=[TRAINING], judge=[judging(learned_prices)])
    found = (await train(world, shop, programs)).evaluation
    assert found is not None
    assert (found.left_out, found.test.now.size) == (1, 1)
