"""Scenarios from JSON: short forms mean what their long ones say, and each mistake is named with its place."""

from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from core.errors import Invalid
from routing.ladder import Step, Term
from routing.simulation.laws import Erlang, Exponential, Fixed, LogNormal, balanced
from routing.simulation.reading.scenario import read
from routing.simulation.reading.wire import schema
from routing.simulation.runner import simulate
from routing.simulation.scenario import DAY_S, HOUR_S, Scenario, Shift
from tests.house.tree import ROOT

SCHEMA = ROOT / "docs" / "simulation.schema.json"


def of(agents: object = 3, **more: Any) -> Scenario:
    types = more.pop("types", [{"rate": 10}])
    return read(msgspec.json.encode({"types": types, "agents": agents, **more}))


def test_the_published_schema_is_the_one_that_scenarios_are_read_by() -> None:
    assert msgspec.json.decode(SCHEMA.read_bytes()) == msgspec.json.decode(msgspec.json.encode(schema()))


@pytest.mark.parametrize(
    "example", sorted((ROOT / "docs" / "simulation").glob("*.json")), ids=lambda path: path.stem
)
def test_each_example_fits_the_schema_and_can_be_read(example: Path) -> None:
    jsonschema.validate(msgspec.json.decode(example.read_bytes()), msgspec.json.decode(SCHEMA.read_bytes()))
    assert read(example.read_bytes()).kinds


def test_a_number_is_the_mean_of_an_exponential_time() -> None:
    kind = of(types=[{"rate": 10, "handle": 240, "patience": 600}]).kinds[0]
    assert (kind.handle, kind.patience) == (Exponential(240), Exponential(600))


def test_without_patience_nobody_goes_and_with_none_at_all_nobody_stays() -> None:
    kinds = of(types=[{"rate": 10}, {"rate": 10, "patience": 0}]).kinds
    assert [kind.patience for kind in kinds] == [None, Fixed(0)]


def test_laws_have_names() -> None:
    forms = [
        {"law": "deterministic", "mean": 300},
        {"law": "lognormal", "mean": 300},
        {"law": "erlang", "mean": 300, "phases": 3},
        {"law": "hyperexponential", "mean": 300, "cv": 2},
    ]
    kinds = of(types=[{"rate": 1, "handle": form} for form in forms]).kinds
    assert [kind.handle for kind in kinds] == [
        Fixed(300),
        LogNormal(300, 1),
        Erlang(300, 3),
        balanced(300, 2),
    ]


def test_a_list_of_skills_asks_for_beginners_and_gives_experts() -> None:
    scenario = of(types=[{"rate": 1, "skills": ["german"]}], agents=[{"skills": ["german"]}])
    assert [(term.skill, term.level) for term in scenario.kinds[0].ladder.required] == [("german", 1)]
    assert scenario.teams[0].skills == {"german": 5}


def test_a_skill_may_drop_after_a_while() -> None:
    skills = {"german": 3, "billing": {"level": 2, "drop_after": 60}}
    scenario = of(types=[{"rate": 1, "skills": skills}], agents=[{"skills": {"german": 3, "billing": 1}}])
    ladder = scenario.kinds[0].ladder
    assert [term.skill for term in ladder.required] == ["german"]
    assert [step.until_s for step in ladder.steps] == [60, None]


def test_steps_may_name_a_team() -> None:
    steps = [{"agents": ["own"], "until": 20}, {"any_of": [{"german": 4}, {"billing": 2}], "until": 60}, {}]
    agents = [{"name": "own", "count": 2, "skills": ["german"]}, {"name": "other", "skills": ["billing"]}]
    ladder = of(types=[{"rate": 1, "steps": steps}], agents=agents).kinds[0].ladder
    assert ladder.steps[0].agents == {"own-1", "own-2"}
    assert ladder.steps[1].any_of == ((Term("german", 4),), (Term("billing", 2),))  # type: ignore[arg-type]
    assert ladder.steps[2] == Step()


def test_who_is_excluded_never_gets_it() -> None:
    agents = [{"name": "own", "count": 2}, {"name": "other"}]
    scenario = of(
        types=[{"rate": 10, "exclude": ["own-1", "other"]}], agents=agents, hours=4, seeds=1, warm_up=0
    )
    assert scenario.kinds[0].excluded == {"own-1", "other-1"}
    (found, *_) = simulate(scenario).policies
    assert sum(found.teams["other"].answered.values()) == 0
    assert sum(found.teams["own"].answered.values()) > 0


@pytest.mark.parametrize("exclude", [["nobody"], ["own"]])
def test_who_is_excluded_must_exist_and_leave_somebody(exclude: list[str]) -> None:
    with pytest.raises(Invalid):
        of(types=[{"rate": 10, "exclude": exclude}], agents=[{"name": "own"}])


def test_a_tier_is_a_part_of_each_type() -> None:
    tiers = [{"name": "gold", "share": 1, "target": 20, "weight": 4}, {"name": "low", "share": 3}]
    kinds = of(types=[{"name": "a", "rate": 40}], tiers=tiers).kinds
    assert [(kind.name, kind.rate, kind.target_s, kind.worth, kind.work) for kind in kinds] == [
        ("a/gold", 10, 20, 4, "a"),
        ("a/low", 30, None, 1, "a"),
    ]


def test_targets_and_weights_may_stand_beside_the_types() -> None:
    types = [{"name": "a", "rate": 1}, {"name": "b", "rate": 1}]
    kinds = of(types=types, targets={"a": 20}, weights={"b": 3}).kinds
    assert [(kind.target_s, kind.worth) for kind in kinds] == [(20, 1), (None, 3)]


def test_shifts_repeat_every_day_and_may_go_over_midnight() -> None:
    shifts = ["09:00-17:00", {"from": "22:00", "until": "06:00"}, {"from": 5, "until": 6.5}]
    assert of(agents=[{"shifts": shifts}]).teams[0].shifts == (
        Shift(9 * HOUR_S, 17 * HOUR_S),
        Shift(22 * HOUR_S, DAY_S + 6 * HOUR_S),
        Shift(5 * HOUR_S, 6.5 * HOUR_S, None),
    )


def test_only_the_index_has_a_guard_unless_one_is_given() -> None:
    policies = [
        "index",
        "strict",
        {"policy": "index", "guard": None, "name": "bare"},
        {"policy": "cmu", "guard": 3},
    ]
    contenders = of(policies=policies).contenders
    assert [each.routing.guard for each in contenders] == [6.0, None, None, 3.0]
    assert [each.routing.choice for each in contenders[:2]] == ["least_cost", "longest_idle"]


GERMAN = {"agents": [{"skills": {"german": 3}}]}


@pytest.mark.parametrize(
    ("scenario", "place", "expected"),
    [
        ({"types": [{"rate": -1}]}, "types[0].rate", "a number of at least 0, not -1"),
        ({"types": [{"rate": "x"}]}, "types[0].rate", "a number, not a text"),
        ({"types": [{"rate": 1, "priority": -1}]}, "types[0].priority", "a whole number of at least 0, not -1"),
        ({"types": []}, "types", "a list with a length of at least 1"),
        ({"types": [{"rate": 0}]}, "types", "at least one with a rate above 0"),
        ({"types": [{"rate": 1, "handel": 3}]}, "types[0].handel", "one of the fields channel, estimate, exclude"),
        ({"types": [{"handle": 3}]}, "types[0]", "the field 'rate', which is missing"),
        ({"types": [{"rate": 1, "handle": {"law": "normal", "mean": 3}}]}, "types[0].handle.law", "lognormal"),
        ({"types": [{"rate": 1, "handle": {"mean": 3}}]}, "types[0].handle", 'a "law": one of deterministic'),
        ({"types": [{"rate": 1, "handle": {"law": "erlang", "mean": 3, "k": 2}}]}, "types[0].handle.k", "law, mean, phases, not 'k'"),
        ({"types": [{"rate": 1, "skills": ["french"]}], **GERMAN}, "types[0].skills.french", "there are german"),
        ({"types": [{"rate": 1, "skills": {"german": 6}}], **GERMAN}, "types[0].skills.german", "from 1 to 5, not 6"),
        ({"types": [{"rate": 1, "skills": {"german": {"levl": 1}}}], **GERMAN}, "types[0].skills.german.levl", "drop_after, level, not 'levl'"),
        ({"types": [{"rate": 1, "skills": {"german": 4}}], **GERMAN}, "types[0]", "nobody could ever take 'type 1'"),
        ({"types": [{"rate": 1, "steps": []}]}, "types[0].steps", "at least one step"),
        ({"types": [{"rate": 1, "steps": [{"until": 9}, {"any_of": [{"german": 1}]}]}], **GERMAN}, "types[0].steps[1]", "would shrink"),
        ({"agents": [{"skills": {"german": 0}}]}, "agents[0].skills.german", "from 1 to 5, not 0"),
        ({"agents": [{"skills": {"german": "x"}}]}, "agents[0].skills.german", "a whole number, not a text"),
        ({"agents": [{"capacity": 0}]}, "agents[0].capacity", "a whole number of at least 1, not 0"),
        ({"agents": [{"speed": 0}]}, "agents[0].speed", "of more than 0, not 0"),
        ({"agents": [{"shifts": ["9 to 5"]}]}, "agents[0].shifts[0]", "HH:MM-HH:MM"),
        ({"agents": [{"skills": ["german"]}], "skills": ["french"]}, "agents[0].skills.german", "was declared (french)"),
        ({"agents": 0}, "agents", "a whole number of at least 1, not 0"),
        ({"policy": "fifo"}, "policy", "first_come, cmu, not 'fifo'"),
        ({"policies": ["index", "index"]}, "policies[1].name", "a name of its own"),
        ({"targets": {"b": 3}}, "targets.b", "a type of this scenario (type 1)"),
        ({"hours": 10, "warm_up": 10}, "warm_up", "fewer hours than are simulated, 10, not 10"),
        ({"seeds": [1, 1]}, "seeds", "each seed once"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_what_was_expected(
    scenario: dict[str, object], place: str, expected: str
) -> None:
    with pytest.raises(Invalid) as found:
        read(msgspec.json.encode({"types": [{"rate": 1}], "agents": 2, **scenario}))
    assert found.value.field == place
    assert expected in found.value.expected


@pytest.mark.parametrize(
    "text", [b'{"types": [', b"[", b"", b"\xff\x00", b"[" * 100_000, b'{"types": [{"rate": NaN}]}']
)
def test_what_is_no_json_is_said_to_be_none(text: bytes) -> None:
    with pytest.raises(Invalid, match="the scenario: expected JSON"):
        read(text)
