"""The engine's promises by name: order, guard, ladders, age, names and time; see docs/routing.md."""

from dataclasses import replace
from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import AgentId, QueueId, SkillId
from routing.engine import AgentChanged, Arrived, Declined, Engine, Fact, Removed, StepDue
from routing.ladder import Ladder, Step, Term, allows, checked, first_asked, relaxing
from routing.matching.stages import Stages
from routing.plan import Choice, Plan, QueuePolicy
from routing.policies.indexed import Index
from routing.policies.ordered import Ageing, EarliestDeadline, FirstCome, Strict
from routing.queue import QueueItem
from routing.skill import proficiency
from tests.routing.floor import Floor
from tests.routing.test_engine import an_engine, arrive, names
from tests.routing.values import NINE, after, an_item, needs, somebody

BILLING = QueueId("billing")


@given(st.integers(0), st.sampled_from([EarliestDeadline(), FirstCome(), Ageing(), Strict()]))
@settings(max_examples=20, deadline=None)
def test_with_equal_targets_who_came_first_is_assigned_first(seed: int, policy: EarliestDeadline) -> None:
    pick, engine = Random(seed), Engine(Plan(QueuePolicy(policy)))
    for at in range(20):
        engine.feed(
            [Arrived(after(at), an_item(f"c{at:02d}", entered_at=after(at), deadline=after(at + 60)))]
        )
    served = []
    for at in range(20):
        (offer,) = engine.feed([AgentChanged(after(30 + pick.random()), somebody(f"a{at}", capacity=1))])
        served.append(offer.item.conversation)
    assert served == sorted(served)


def test_the_chosen_one_has_the_highest_index_of_all_that_are_named() -> None:
    seen = 0
    for seed in range(12):
        floor, engine = Floor(Random(seed)), Engine(Plan(QueuePolicy(Index(), guard=None)))
        for _ in range(60):
            offers = engine.feed(floor.happen())
            floor.take_note(offers)
            for offer in offers:
                indices = [each.index for each in offer.decision.work]
                assert offer.index == indices[0]
                assert indices == sorted(indices, reverse=True)
                seen += len(indices) > 1
    assert seen > 5


def test_past_the_guard_the_oldest_is_next_whatever_it_is_worth() -> None:
    engine = Engine(Plan(QueuePolicy(guard=2.0, lead=0.0)))
    old = an_item("old", deadline=after(60), target_s=60.0, worth=0.001)
    dear = an_item("dear", entered_at=after(100), deadline=after(160), target_s=60.0, worth=99.0)
    engine.feed([Arrived(after(100), old), Arrived(after(100), dear)])
    assert names(engine.feed([AgentChanged(after(119), somebody("ada", capacity=1))])) == ["dear to ada"]
    assert names(engine.feed([AgentChanged(after(121), somebody("bob", capacity=1))])) == ["old to bob"]


levels = st.dictionaries(st.sampled_from(("s", "t")).map(SkillId), st.integers(1, 5).map(proficiency))
terms = levels.map(lambda chosen: tuple(Term(skill, level) for skill, level in chosen.items()))
steps = st.lists(st.lists(terms, min_size=1, max_size=2).map(tuple), min_size=1, max_size=4)


@given(steps, terms, levels)
@settings(max_examples=60, deadline=None)
def test_going_down_a_ladder_only_adds_agents(
    alternatives: list[tuple[tuple[Term, ...], ...]], required: tuple[Term, ...], skills: dict[SkillId, int]
) -> None:
    last = len(alternatives) - 1
    ladder = Ladder(
        required,
        tuple(Step(any_of, until_s=None if at == last else at + 1) for at, any_of in enumerate(alternatives)),
    )
    able = {skill: proficiency(level) for skill, level in skills.items()}
    stages = Stages().way(ladder).stages
    may = [stage.is_met(able) for stage in stages]
    assert may == sorted(may)
    assert may == [allows(ladder, at, AgentId("ada"), able) for at in range(last + 1)]


def test_queued_again_it_keeps_its_age_and_its_place() -> None:
    engine = an_engine(somebody("ada", capacity=1))
    arrive(engine, an_item("first", deadline=after(60)))
    arrive(engine, an_item("second", entered_at=after(1), deadline=after(61)), at=1)
    engine.feed([Declined(after(20), an_item("first").conversation, AgentId("ada"))])
    waits = engine.waiting()[an_item("first").conversation]
    assert (waits.entered_at, waits.deadline) == (NINE, after(60))
    assert names(engine.feed([AgentChanged(after(21), somebody("bob", capacity=1))])) == ["first to bob"]


def test_who_had_it_before_is_the_only_one_asked_for_a_while_unless_absent() -> None:
    ladder = checked(first_asked(AgentId("ada"), 60, Ladder()))
    engine = an_engine(somebody("ada", load=3), somebody("bob"))
    assert arrive(engine, an_item("c1", ladder=ladder)) == []
    assert engine.next_step() == after(60)
    assert names(engine.feed([StepDue(after(60))])) == ["c1 to bob"]
    absent = an_engine(somebody("bob"))
    assert arrive(absent, an_item("c1", ladder=ladder)) == ["c1 to bob"]


def test_a_declined_request_by_name_goes_on_to_the_others_at_once() -> None:
    engine = an_engine(somebody("ada"), somebody("bob"))
    assert arrive(engine, an_item("c1", ladder=first_asked(AgentId("ada"), 60, Ladder()))) == ["c1 to ada"]
    declined = Declined(after(1), an_item("c1").conversation, AgentId("ada"))
    assert names(engine.feed([declined])) == ["c1 to bob"]


def test_who_is_excluded_never_gets_it() -> None:
    engine = an_engine(somebody("ada"))
    assert arrive(engine, an_item("c1", excluded=frozenset({AgentId("ada")}))) == []
    assert names(engine.feed([StepDue(after(900))])) == []


def test_agents_take_only_their_channels() -> None:
    engine = an_engine(somebody("ada", channels=frozenset({"letters"})))
    assert arrive(engine, an_item("c1", channel="calls")) == []
    assert arrive(engine, an_item("c2", channel="letters")) == ["c2 to ada"]


def test_who_has_a_delay_gets_what_has_waited_so_long() -> None:
    engine = an_engine(somebody("ada", delays={QueueId("general"): 30.0}))
    assert arrive(engine, an_item("c1")) == []
    assert engine.next_step() == after(30)
    assert names(engine.feed([StepDue(after(30))])) == ["c1 to ada"]


def test_interruptible_work_yields_but_does_not_pile_up() -> None:
    engine = an_engine(somebody("ada", capacity=2, load=2, yielding=2))
    assert arrive(engine, an_item("mail", interruptible=True)) == []
    assert arrive(engine, an_item("chat")) == ["chat to ada"]


def test_agents_are_kept_free_for_their_queue() -> None:
    plan = Plan(queues={BILLING: QueuePolicy(reserve=1)})
    engine = Engine(plan)
    both = frozenset({QueueId("general"), BILLING})
    engine.feed([AgentChanged(NINE, somebody(name, capacity=1, queues=both)) for name in ("ada", "bob")])
    assert arrive(engine, an_item("c1")) == ["c1 to ada"]
    assert arrive(engine, an_item("c2")) == []
    assert arrive(engine, an_item("bill", queue=BILLING)) == ["bill to bob"]
    only = somebody("eve", capacity=1, queues=frozenset({BILLING}))
    engine.feed([AgentChanged(after(1), somebody("ada", capacity=1, queues=both, version=9))])
    assert names(engine.feed([AgentChanged(after(2), only)])) == ["c2 to ada"]


def test_queues_with_different_policies_are_compared_by_priority_then_by_share_of_target() -> None:
    engine = Engine(Plan(QueuePolicy(guard=None), {BILLING: QueuePolicy(FirstCome())}))
    arrive(engine, an_item("half", deadline=after(60), target_s=60.0))
    arrive(engine, an_item("tenth", queue=BILLING, deadline=after(300), target_s=300.0))
    arrive(engine, an_item("raised", queue=BILLING, deadline=after(900), target_s=900.0, priority=1))
    both = frozenset({QueueId("general"), BILLING})
    offers = engine.feed([AgentChanged(after(30), somebody("ada", queues=both, capacity=3))])
    # First come, first served within billing: what was raised waits for the one before it.
    assert names(offers) == ["half to ada", "tenth to ada", "raised to ada"]


def test_whom_others_need_less_is_chosen_and_the_next_stands_by() -> None:
    engine = Engine(Plan())
    engine.feed(
        [
            AgentChanged(NINE, somebody("all", {"french": 3, "dutch": 3}, idle_since=after(-99))),
            AgentChanged(NINE, somebody("plain")),
        ]
    )
    (offer,) = engine.feed([Arrived(after(1), an_item("c1"))])
    assert (offer.agent, offer.standby, offer.why.value) == ("plain", "all", "least_cost")


@pytest.mark.parametrize("policy", [Index(), EarliestDeadline(), FirstCome()])
def test_time_twice_as_slow_changes_no_decision(policy: Index | EarliestDeadline | FirstCome) -> None:
    """Every time and every constant that is a time, by two."""
    slow = replace(policy, late_s=1200.0, unit_s=600.0) if isinstance(policy, Index) else policy
    for seed in range(12):
        floor = Floor(Random(seed))
        engine = Engine(Plan(QueuePolicy(policy, Choice.LEAST_COST, 3.0, 0, 120.0)))
        slower = Engine(Plan(QueuePolicy(slow, Choice.LEAST_COST, 3.0, 0, 240.0), retry_s=60.0))
        for _ in range(60):
            facts = floor.happen()
            offers = engine.feed(facts)
            floor.take_note(offers)
            assert names(offers) == names(slower.feed([_slower(fact) for fact in facts]))


def _slower(fact: Fact) -> Fact:
    fact = replace(fact, at=_twice(fact.at))
    match fact:
        case Arrived(item=item):
            return replace(fact, item=_slower_item(item))
        case AgentChanged(agent=agent):
            delays = {queue: 2 * delay for queue, delay in agent.delays.items()}
            idle = _twice(agent.idle_since)
            return replace(
                fact, agent=replace(agent, idle_since=idle, held_s=2 * agent.held_s, delays=delays)
            )
        case Removed() | Declined() | StepDue() | _:
            return fact


def _slower_item(item: QueueItem) -> QueueItem:
    steps = tuple(
        replace(step, until_s=None if step.until_s is None else 2 * step.until_s)
        for step in item.ladder.steps
    )
    return replace(
        item,
        ladder=replace(item.ladder, steps=steps),
        entered_at=_twice(item.entered_at),
        deadline=None if item.deadline is None else _twice(item.deadline),
        declined_at=None if item.declined_at is None else _twice(item.declined_at),
        target_s=None if item.target_s is None else 2 * item.target_s,
        handle_s=2 * item.handle_s,
    )


def _twice(when: datetime) -> datetime:
    return NINE + 2 * (when - NINE)


def test_a_relaxed_skill_is_the_same_as_a_ladder_that_says_so() -> None:
    engine = an_engine(somebody("ada"))
    arrive(engine, an_item("c1", ladder=relaxing((needs("chinese", 3, 20),))))
    assert names(engine.feed([StepDue(after(20))])) == ["c1 to ada"]


def test_who_has_become_late_counts_as_ahead_of_nobody_who_comes() -> None:
    engine = Engine(Plan(QueuePolicy(Index())))
    engine.feed([AgentChanged(NINE, somebody("ada", capacity=1))])
    arrive(engine, an_item("heavy", weight=2, deadline=after(10), target_s=10.0))
    (offer,) = engine.feed([Arrived(after(50), an_item("new", entered_at=after(50), deadline=after(90)))])
    assert [each.ahead for each in offer.decision.work] == [0]
