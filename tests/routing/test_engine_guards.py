"""Take away any one thing that the engine minds, and the naive oracle sees it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

import pytest

from routing.matching import agents, heads, line_up, rules
from routing.matching.groups import Groups
from routing.matching.records import Agent
from routing.matching.tiers import Tiers
from tests.routing.test_engine_properties import PLANS, play


@dataclass(frozen=True)
class Broken:
    """What is taken away, and what stands in its place."""

    what: str
    where: object
    name: str
    instead: Callable[..., object]


def nothing(*_: object, **__: object) -> None:
    return None


def nobody(*_: object, **__: object) -> Iterator[Agent]:
    return iter(())


def keep_quietly(self: line_up.LineUp, agent: Agent) -> None:
    """As it is, but nobody else is looked at again."""
    for queue in agent.kept_for:
        self.floor.kept.setdefault(queue, {}).pop(agent, None)
        if agent.team is not None and agent.free:
            self.floor.kept[queue][agent] = None


def always(answer: object) -> Callable[..., object]:
    return lambda *_, **__: answer


BROKEN = [
    Broken("whoever declined or is excluded is not asked", rules.Floor, "is_allowed", always(True)),
    Broken(
        "decliners are asked again when nobody else is there", rules.Floor, "is_asked_again", always(False)
    ),
    Broken("decliners are not asked again while somebody else is there", rules, "present", nobody),
    Broken("agents are kept free for their queue", rules.Floor, "is_kept", always(False)),
    Broken("one more free agent sets another free", line_up.LineUp, "_keep", keep_quietly),
    Broken("room is needed", Agent, "has_room", always(True)),
    Broken("on time turns late, late turns guarded", line_up, "turn", nothing),
    Broken("steps come with time", line_up.LineUp, "pass_time", nothing),
    Broken("steps that ask for nobody who is there are skipped", line_up.LineUp, "_is_there", always(True)),
    Broken("delays", Tiers, "of", always(inf)),
    Broken("how many others finish", Groups, "set_rate", nothing),
    Broken("how many are due before", heads, "bisect_left", always(0)),
    Broken("the order between policies", heads, "across", always(())),
    Broken("what other skills cost", agents, "_cost", always(1.0)),
    Broken("who had it before comes first", agents, "_previous", nothing),
    Broken("named agents", Groups, "_call", nothing),
    Broken("who left makes decliners the only ones", line_up, "_marked", always([])),
]


@pytest.mark.served
@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.what)
def test_without_it_the_engine_and_the_oracle_disagree(
    broken: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broken.where, broken.name, broken.instead)
    with pytest.raises(AssertionError):
        play_many(80)


def play_many(courses: int) -> None:
    for seed in range(courses):
        play(PLANS[seed % len(PLANS)], seed)
