"""What the policies make of a conversation, beside their formulas, and what operators may set."""

from dataclasses import dataclass
from math import exp, factorial, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from core.ids import QueueId
from core.store.forms import StoredQueueRouting
from routing.forms import to_routing
from routing.plan import POLICIES, plan_of, policy_of, usual_routing, worth_of
from routing.poisson import at_most
from routing.policies.indexed import GeneralisedCMu, Index
from routing.queue import QueueRouting
from routing.settings import RoutingSettings


@dataclass(frozen=True)
class Task:
    """What a policy sees."""

    entered: float = 0.0
    due: float = 60.0
    target: float = 60.0
    worth: float = 2.0
    priority: int = 0
    kind: str = ""
    handle: float = 240.0


def summed(mean: float, most: int) -> float:
    return sum(exp(-mean) * mean**each / factorial(each) for each in range(most + 1))


@given(st.floats(0.001, 60.0), st.integers(0, 80))
@settings(max_examples=60, deadline=None)
def test_the_tail_is_the_sum_of_its_terms(mean: float, most: int) -> None:
    assert at_most(mean, most) == pytest.approx(summed(mean, most), rel=1e-9)


def test_the_tail_holds_where_it_is_tiny_and_where_it_is_nearly_one() -> None:
    assert at_most(500.0, 300) == pytest.approx(1.2137546e-22, rel=1e-4)
    assert at_most(12_000.0, 12_000) == pytest.approx(0.5, abs=0.01)
    assert at_most(0.0, 0) == at_most(3.0, 400) == 1.0


def test_on_time_the_index_is_the_chance_that_nobody_else_rescues_it() -> None:
    """40 s left, others finish one in 10 s, 0.6 of that counts: 2.4 expected, two are ahead."""
    value = Index().index(Task(), 20.0, speed=1.5, rate=0.1, ahead=2)
    assert value == pytest.approx(2.0 * summed(2.4, 2) / (240 * 1.5 / 300))


def test_late_the_index_grows_for_ten_minutes() -> None:
    index = Index(late_floor=0.02, late_share=0.1)
    assert index.index(Task(), 360.0, 1.0, 0.1, 2) == pytest.approx(2 * (0.02 + 0.1 * 300 / 600) / 0.8)
    assert index.index(Task(), 9999.0, 1.0, 0.1, 2) == pytest.approx(2 * 0.12 / 0.8)


@given(
    st.floats(0, 200),
    st.floats(0, 100),
    st.floats(0.0, 1.0),
    st.integers(0, 40),
    st.floats(1.0, 2.0),
    st.data(),
)
@settings(max_examples=100, deadline=None)
def test_until_its_time_the_index_does_not_exceed_the_ceiling(
    now: float, longer: float, rate: float, ahead: int, faster: float, data: st.DataObject
) -> None:
    """While the others finish no slower, and no more are ahead."""
    speed, fewer, then = (
        data.draw(st.floats(0.5, 2.0)),
        data.draw(st.integers(0, ahead)),
        data.draw(st.floats(now, now + longer)),
    )
    late = Task().due < now
    for policy in (Index(), Index(late_floor=1.0, late_share=1.0), GeneralisedCMu()):
        ceiling = policy.ceiling(Task(), now + longer, rate, None if late else ahead)
        if late or then <= Task().due:
            assert policy.index(Task(), then, speed, rate * faster, fewer) <= ceiling / speed


def test_generalised_c_mu_is_the_derivative_of_the_cost_over_the_handle_time() -> None:
    cost = [2.0 * (waited / 60.0) ** 2 for waited in (29.999, 30.001)]
    derivative = (cost[1] - cost[0]) / 0.002
    assert GeneralisedCMu().index(Task(), 30.0, 1.0, 0, 0) == pytest.approx(derivative / 240.0, rel=1e-6)


@pytest.mark.parametrize(
    ("routing", "field"),
    [
        (QueueRouting("fastest"), "policy"),
        (QueueRouting(parameters={"point_s": 1.0}), "parameters.point_s"),
        (QueueRouting(parameters={"late_s": 0.0}), "parameters.late_s"),
        (QueueRouting(parameters={"rescue_share": 1.5}), "parameters.rescue_share"),
        (QueueRouting("ageing", {"point_s": -1.0}), "parameters.point_s"),
        (QueueRouting("ageing", {"point_s": 86_401.0}), "parameters.point_s"),
        (QueueRouting("earliest_deadline", {"point_s": 1e300}), "parameters.point_s"),
        (QueueRouting(parameters={"point_factor": 10.5}), "parameters.point_factor"),
        (QueueRouting("cmu", {"point_factor": 1e200}), "parameters.point_factor"),
        (QueueRouting(parameters={"late_s": 1e9}), "parameters.late_s"),
        (QueueRouting(parameters={"unit_s": 1e9}), "parameters.unit_s"),
        (QueueRouting(choice="anybody"), "choice"),
        (QueueRouting(guard=1e300), "guard"),
        (QueueRouting(guard=0.5), "guard"),
        (QueueRouting(reserve=-1), "reserve"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_queue_and_the_field(
    routing: QueueRouting, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        plan_of({QueueId("general"): routing}, RoutingSettings())
    assert refused.value.field == f"queues[general].{field}"


@pytest.mark.parametrize("name", POLICIES)
def test_every_parameter_of_every_policy_has_an_upper_bound(name: str) -> None:
    for each in POLICIES[name]().parameters:
        with pytest.raises(Invalid) as refused:
            policy_of(name, {each: 1e6})
        assert refused.value.field == f"routing.parameters.{each}"


@pytest.mark.parametrize("policy", [Index(point_factor=10.0), GeneralisedCMu(10.0)])
def test_the_largest_factor_with_the_highest_priorities_is_a_number(policy: Index | GeneralisedCMu) -> None:
    assert worth_of(policy, 4.0, 200) == pytest.approx(4e200)


@pytest.mark.parametrize(
    ("policy", "worth", "priority"),
    [
        (Index(point_factor=1e200), 1.0, 100),
        (GeneralisedCMu(1e5), 1.0, 100),
        (Index(), 1e308, 3),
        (Index(), nan, 0),
    ],
)
def test_figures_that_make_no_sense_count_as_usual_work(
    policy: Index | GeneralisedCMu, worth: float, priority: int
) -> None:
    assert worth_of(policy, worth, priority) == 1.0


def test_parameters_that_are_not_given_keep_their_defaults() -> None:
    assert policy_of("index", {"late_s": 300.0}) == Index(late_s=300.0)
    assert all(policy_of(name, {}) == POLICIES[name]() for name in POLICIES)


def test_the_usual_routing_is_that_of_a_new_queue_and_plain_for_every_other_policy() -> None:
    assert usual_routing("index") == QueueRouting() == to_routing(StoredQueueRouting())
    for name in POLICIES.keys() - {"index"}:
        assert usual_routing(name) == QueueRouting(name, {}, "longest_idle", None)
