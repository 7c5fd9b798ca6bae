"""Nothing that two routers, their agents and their customers can do to one another in any order breaks a promise."""

from random import Random

import pytest

from tests.routing.explorer.explore import explore
from tests.routing.explorer.model import ALL, Guard
from tests.routing.explorer.promises import broken
from tests.routing.explorer.ways import WITHOUT
from tests.routing.explorer.world import World, deeds, step

pytestmark = pytest.mark.served

DEPTH_WITHOUT = 4
WALKS, STEPS = 60, 40


@pytest.mark.parametrize(
    "depth", [3, pytest.param(4, marks=pytest.mark.served), pytest.param(6, marks=pytest.mark.soak)]
)
def test_no_interleaving_breaks_a_promise(depth: int) -> None:
    explored = explore(depth)
    assert explored.found is None
    assert explored.worlds > 6**depth


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 60))])
def test_no_long_walk_breaks_a_promise(seed: int) -> None:
    random = Random(seed)
    for _ in range(WALKS):
        world = World()
        for _ in range(STEPS):
            deed = random.choice(list(deeds(world)))
            after = step(world, deed)
            assert broken(world, deed, after) is None
            world = after


@pytest.mark.parametrize("guard", WITHOUT)
def test_without_any_one_guard_a_promise_is_broken(guard: Guard) -> None:
    explored = explore(DEPTH_WITHOUT, ALL - {guard})
    assert explored.found is not None
    assert explored.found.said.startswith(SAID[guard])
    assert explored.found.trace == WITHOUT[guard]


SAID = {
    Guard.GENERATION: "I8",
    Guard.EPOCH: "epoch",
    Guard.VERSION: "I5",
    Guard.CAPACITY: "I2",
    Guard.EXCLUSION: "I5",
    Guard.SEQUENCE: "I5",
}
