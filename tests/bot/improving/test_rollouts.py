"""Models in the database: one is trained at a time, and servers take one after the other or all go back."""

import msgspec
import pytest
from sqlalchemy import text

from bot.improving import models, rollouts
from bot.improving.contract import ModelState, RolloutState
from bot.improving.rollouts import Report, Turn
from core.errors import Conflict, NotFound
from core.store.learning import StoredComparison, StoredEvaluation, StoredScore
from core.store.tx import Tx
from tests.bot.improving.test_examples import an_example
from tests.builders import World

pytestmark = pytest.mark.served

GONE_S = 20.0
SCORE = StoredScore(1, 1, 1, 0, 0, 0, (), ())
EVALUATION = StoredEvaluation(StoredComparison(SCORE, None, (), ()), None, {}, 0, None)


async def a_model(world: World, text: str = "hi") -> str:
    made = await world.db.run(models.begin, "p", [an_example(text)], "server:a", None)
    await world.db.run(models.finish, made, EVALUATION)
    return made


async def own(world: World) -> str:
    return await world.db.run(models.own_model, "p")


async def here(world: World, server: str, model: str | None) -> Turn | None:
    return await world.db.run(rollouts.step, Report(server, model, "f"), GONE_S)


async def begin(world: World, model: str) -> str:
    before = await world.db.run(models.in_use, "p")
    return await world.db.run(rollouts.begin, model, before, None)


async def state(world: World) -> RolloutState:
    return (await world.db.read(rollouts.history, 1))[0].state


async def in_use(world: World) -> str:
    return await world.db.run(models.in_use, "p")


async def test_one_model_is_trained_at_a_time(world: World) -> None:
    await world.db.run(models.begin, "p", [], "server:a", None)
    with pytest.raises(Conflict):
        await world.db.run(models.begin, "p", [], "server:b", None)


async def test_a_training_whose_process_is_gone_is_set_right(world: World) -> None:
    made = await world.db.run(models.begin, "p", [], "server:a", None)
    world.clock.forward(GONE_S - 1)
    assert await world.db.run(models.beat, made, "training", 0.3)
    world.clock.forward(GONE_S - 1)
    assert await world.db.run(models.fail_gone, GONE_S) == 0
    world.clock.forward(2)
    assert await world.db.run(models.fail_gone, GONE_S) == 1
    assert not await world.db.run(models.beat, made, "training", 0.4)
    (found,) = await world.db.read(models.history, 5)
    assert found.state is ModelState.FAILED
    assert "ended before it was done" in (found.problem or "")


async def test_at_the_start_of_the_only_server_what_servers_trained_is_set_right_at_once(
    world: World,
) -> None:
    await world.db.run(models.begin, "p", [], "server:a", None)
    assert await world.db.run(models.fail_gone, GONE_S, "command:") == 0
    assert await world.db.run(models.fail_gone, GONE_S, "server:") == 1


async def test_who_was_taken_for_dead_cannot_finish(world: World) -> None:
    made = await world.db.run(models.begin, "p", [], "server:a", None)
    await world.db.run(models.fail, made, "gone")
    await world.db.run(models.finish, made, EVALUATION)
    (found,) = await world.db.read(models.history, 5)
    assert found.state is ModelState.FAILED


async def test_until_something_is_rolled_out_the_projects_own_is_in_use(world: World) -> None:
    await a_model(world)
    assert await in_use(world) == await own(world)


async def test_servers_take_it_one_after_the_other_and_then_it_is_in_use(world: World) -> None:
    old, new = await own(world), await a_model(world)
    assert await here(world, "a", old) is None
    assert await here(world, "b", old) is None
    rollout = await begin(world, new)
    assert await here(world, "b", old) is None
    turn = await here(world, "a", old)
    assert turn == Turn(rollout, new)
    assert await here(world, "b", old) is None
    assert await in_use(world) == old
    await world.db.run(rollouts.took, turn, Report("a", new, "f"))
    second = await here(world, "b", old)
    assert second == Turn(rollout, new)
    await world.db.run(rollouts.took, second, Report("b", new, "f"))
    assert await here(world, "a", new) is None
    assert await state(world) is RolloutState.DONE
    assert await in_use(world) == new


async def test_a_server_that_cannot_take_it_stops_the_roll_out_and_the_others_go_back(world: World) -> None:
    old, new = await own(world), await a_model(world)
    await here(world, "a", old)
    await here(world, "b", old)
    await begin(world, new)
    first = await here(world, "a", old)
    assert first is not None
    await world.db.run(rollouts.took, first, Report("a", new, "f"))
    second = await here(world, "b", old)
    assert second is not None
    await world.db.run(rollouts.refused, second, Report("b", old, "f", "it does not load"))
    assert await state(world) is RolloutState.GOING_BACK
    assert await here(world, "b", old) is None
    back = await here(world, "a", new)
    assert back is not None
    assert back.model == old
    await world.db.run(rollouts.took, back, Report("a", old, "f"))
    assert await here(world, "a", old) is None
    found = (await world.db.read(rollouts.history, 1))[0]
    assert (found.state, found.problem) == (RolloutState.FAILED, "it does not load")
    assert await in_use(world) == old


async def test_a_server_that_cannot_go_back_either_does_not_hold_up_the_others(world: World) -> None:
    old, new = await own(world), await a_model(world)
    await here(world, "a", old)
    await begin(world, new)
    turn = await here(world, "a", old)
    assert turn is not None
    await world.db.run(rollouts.refused, turn, Report("a", None, None, "it does not load"))
    back = await here(world, "a", None)
    assert back is not None
    await world.db.run(rollouts.refused, back, Report("a", None, None, "nor does this"))
    assert await here(world, "a", None) is None
    assert await state(world) is RolloutState.FAILED


async def test_a_server_that_ends_while_it_takes_the_model_turns_the_roll_out_back(world: World) -> None:
    old, new = await own(world), await a_model(world)
    await here(world, "a", old)
    await here(world, "b", old)
    await begin(world, new)
    assert await here(world, "a", old) is not None
    world.clock.forward(GONE_S + 1)
    assert await here(world, "b", old) is None
    assert await state(world) is RolloutState.FAILED
    assert await in_use(world) == old


async def test_a_server_that_ended_before_its_turn_is_not_waited_for(world: World) -> None:
    old, new = await own(world), await a_model(world)
    await here(world, "a", old)
    await here(world, "b", old)
    await begin(world, new)
    await world.db.run(rollouts.leave, "a")
    assert await here(world, "b", old) is not None


async def test_a_server_that_joins_meanwhile_waits_for_the_one_that_takes_it(world: World) -> None:
    old, new = await own(world), await a_model(world)
    await here(world, "b", old)
    await begin(world, new)
    assert await here(world, "b", old) is not None
    assert await here(world, "a", old) is None


async def test_after_a_crash_of_the_only_server_the_old_model_stays_in_use(world: World) -> None:
    old, new = await own(world), await a_model(world)
    await here(world, "a", old)
    await begin(world, new)
    assert await here(world, "a", old) is not None
    await world.db.run(rollouts.forget_servers)
    assert await in_use(world) == old
    assert await here(world, "a2", old) is None
    assert await state(world) is RolloutState.FAILED


async def test_rolling_back_is_rolling_out_an_earlier_model(world: World) -> None:
    old, new = await own(world), await a_model(world)
    await here(world, "a", old)
    for model, before in ((new, old), (old, new)):
        await begin(world, model)
        turn = await here(world, "a", before)
        assert turn is not None
        await world.db.run(rollouts.took, turn, Report("a", model, "f"))
        await here(world, "a", model)
        assert await in_use(world) == model
        world.clock.forward(1)


async def test_one_roll_out_at_a_time_and_only_of_what_is_trained_and_not_in_use(world: World) -> None:
    old, new = await own(world), await a_model(world)
    failed = await world.db.run(models.begin, "p", [], "server:a", None)
    await world.db.run(models.fail, failed, "broken")
    for model in (failed, old):
        with pytest.raises(Conflict):
            await begin(world, model)
    with pytest.raises(NotFound):
        await begin(world, "nobody")
    await begin(world, new)
    with pytest.raises(Conflict):
        await begin(world, await a_model(world, "yo"))


async def test_a_changed_project_has_a_model_of_its_own_and_keeps_what_was_rolled_out(world: World) -> None:
    old, new = await own(world), await a_model(world)
    assert await world.db.run(models.own_model, "p2") != old
    await here(world, "a", old)
    await begin(world, new)
    turn = await here(world, "a", old)
    assert turn is not None
    await world.db.run(rollouts.took, turn, Report("a", new, "f"))
    await here(world, "a", new)

    def chosen(tx: Tx) -> str:
        return models.in_use(tx, "p2")

    assert await world.db.run(chosen) == new


async def test_a_list_of_models_counts_what_they_learned_without_reading_it(world: World) -> None:
    made = await a_model(world)
    unreadable = text('UPDATE bot_model SET examples = \'[{"of": "another"}, {}, {}]\' WHERE id = :id')

    def spoil(tx: Tx) -> None:
        tx.conn.execute(unreadable, {"id": made})

    await world.db.run(spoil)
    (found,) = await world.db.read(models.history, 5)
    assert found.examples == 3
    assert (await world.db.read(models.one, made)).examples == 3
    with pytest.raises(msgspec.ValidationError):
        await world.db.read(models.learned, made)
