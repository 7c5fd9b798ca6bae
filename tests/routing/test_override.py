"""What a supervisor is told that a decision by hand sets aside."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.agent import PresenceState
from core.ids import AgentId, QueueId, SkillId
from routing.ladder import EVERYBODY, Ladder, Step, Term
from routing.override import Excess, Wanted, exceeds
from routing.presence import AgentState
from routing.queue import Queue
from routing.skill import proficiency

ADA = AgentId("ada")
GERMAN = SkillId("german")
SUPPORT = QueueId("support")
AGENT = AgentState(
    id=ADA,
    presence=PresenceState.AVAILABLE,
    active=True,
    skills={GERMAN: proficiency(2)},
    queues=frozenset({SUPPORT}),
    capacity=3,
    load=2,
    idle_since=datetime(2026, 3, 2, tzinfo=UTC),
    version=1,
)
WANTED = Wanted(Queue(SUPPORT, "Support", 0, (), frozenset({ADA})), EVERYBODY, 0, weight=1, channel="email")


def needing(level: int) -> Ladder:
    """That much German at first, anybody later."""
    first = Step(((Term(GERMAN, proficiency(level)),),), until_s=60)
    return Ladder((), (first, Step()))


def test_nothing_is_set_aside_where_routing_might_have_chosen_the_same() -> None:
    assert exceeds(AGENT, WANTED) == ()


@pytest.mark.parametrize(
    ("agent", "wanted", "excess"),
    [
        (replace(AGENT, presence=PresenceState.BUSY), WANTED, Excess.ABSENT),
        (replace(AGENT, load=3), WANTED, Excess.CAPACITY),
        (AGENT, replace(WANTED, weight=2), Excess.CAPACITY),
        (replace(AGENT, queues=frozenset()), WANTED, Excess.MEMBER),
        (replace(AGENT, channels=frozenset({"widget"})), WANTED, Excess.CHANNEL),
        (AGENT, replace(WANTED, ladder=Ladder((Term(GERMAN, proficiency(3)),))), Excess.SKILLS),
        (AGENT, replace(WANTED, ladder=needing(3)), Excess.LATER),
        (AGENT, replace(WANTED, excluded=frozenset({ADA})), Excess.EXCLUDED),
        (AGENT, replace(WANTED, declined=(ADA,)), Excess.DECLINED),
    ],
)
def test_each_thing_that_is_set_aside_is_named(agent: AgentState, wanted: Wanted, excess: Excess) -> None:
    assert exceeds(agent, wanted) == (excess,)


def test_work_that_yields_takes_no_room_from_what_does_not() -> None:
    full = replace(AGENT, load=3, yielding=2)
    assert exceeds(full, WANTED) == ()
    assert exceeds(full, replace(WANTED, interruptible=True)) == (Excess.CAPACITY,)


def test_further_down_its_ladder_nothing_is_set_aside() -> None:
    assert exceeds(AGENT, replace(WANTED, ladder=needing(3), step=1)) == ()
