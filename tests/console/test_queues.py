"""Queues and inboxes as operators set them up for routing."""

from typing import Any

import pytest

from core.ids import AgentId, QueueId
from routing import roster
from routing.presence import AgentState
from routing.queue import Queue
from tests.console.conftest import Browser, Office

QUEUE = {"name": "Billing"}


async def queue_of(office: Office, id: str) -> Queue:
    return await office.world.db.read(roster.read_queue, QueueId(id))


async def state_of(office: Office, agent: str) -> AgentState:
    found = await office.world.db.read(roster.read_agent, AgentId(agent))
    assert found is not None
    return found


async def a_skill(sue: Browser, name: str) -> str:
    return str((await sue.post("/api/skills", {"name": name}, status=201))["id"])


async def refused(sue: Browser, **change: Any) -> dict[str, Any]:
    error: dict[str, Any] = (await sue.post("/api/queues", QUEUE | change, status=422))["error"]
    return error


async def test_a_queue_keeps_its_ladder_its_members_delays_and_how_its_work_is_given_out(
    office: Office,
) -> None:
    sue = await office.browser("sue")
    german = await a_skill(sue, "German")
    ask = QUEUE | {
        "ladder": {
            "required": [],
            "steps": [
                {"any_of": [[{"skill": german, "level": 3}]], "agents": ["bob"], "until_s": 60},
                {"any_of": [[]], "agents": [], "until_s": None},
            ],
        },
        "members": ["ada", "bob"],
        "delays": {"bob": 45},
        "routing": {
            "policy": "ageing",
            "parameters": {"point_s": 30},
            "choice": "longest_idle",
            "guard": None,
            "reserve": 1,
            "previous_agent_s": 20,
            "wrap_up_s": 90,
        },
    }
    made = await sue.post("/api/queues", ask, status=201)
    assert {name: made[name] for name in ask} == ask
    queue = await queue_of(office, made["id"])
    assert len(queue.ladder.steps) == 2
    assert (queue.routing.policy, queue.routing.wrap_up_s) == ("ageing", 90)
    assert (await state_of(office, "bob")).delays == {made["id"]: 45}
    assert (await state_of(office, "ada")).delays == {}


async def test_the_short_form_still_makes_a_ladder(office: Office) -> None:
    sue = await office.browser("sue")
    german = await a_skill(sue, "German")
    needs = [{"skill": german, "level": 2, "drop_after_s": 60}]
    made = await sue.post("/api/queues", QUEUE | {"requirements": needs}, status=201)
    assert made["requirements"] == needs
    assert [each["until_s"] for each in made["ladder"]["steps"]] == [60, None]


async def test_who_is_named_twice_is_refused_by_their_place(office: Office) -> None:
    sue = await office.browser("sue")
    error = await refused(sue, members=["ada", "ada"])
    assert (error["field"], error["expected"]) == ("members[1]", "each agent once, not 'ada' again")


async def test_a_changed_delay_reaches_the_router(office: Office) -> None:
    sue = await office.browser("sue")
    made = await sue.post("/api/queues", QUEUE | {"members": ["ada", "bob"]}, status=201)
    before = (await state_of(office, "ada")).queues
    await sue.put(f"/api/queues/{made['id']}", QUEUE | {"members": ["ada"], "delays": {"ada": 30}})
    assert (await state_of(office, "ada")).delays == {made["id"]: 30}
    assert (await state_of(office, "ada")).queues == before
    assert made["id"] not in (await state_of(office, "bob")).queues


async def test_what_makes_no_sense_is_refused_with_its_place_and_a_sentence(office: Office) -> None:
    sue = await office.browser("sue")
    german = await a_skill(sue, "German")
    one, two = {"skill": german, "level": 1}, {"skill": german, "level": 2}

    def steps(*steps: dict[str, Any]) -> dict[str, Any]:
        return {"required": [], "steps": list(steps)}

    last = {"any_of": [[two]], "until_s": None}
    shrinking = steps({"any_of": [[one]], "until_s": 60}, last)
    unknown = steps({"any_of": [[{"skill": "x", "level": 1}]]})
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"priority": -1}, "priority", "from 0"),
        ({"ladder": steps()}, "ladder.steps", "at least one step"),
        ({"ladder": shrinking}, "ladder.steps[1]", "would shrink"),
        ({"ladder": unknown}, "ladder.steps[0].any_of[0][0].skill", "a skill that there is"),
        ({"ladder": steps({"agents": ["nobody"]})}, "ladder.steps", "ids that exist"),
        (
            {"ladder": steps({}), "requirements": [two | {"drop_after_s": None}]},
            "requirements",
            "nothing beside",
        ),
        ({"members": ["ada"], "delays": {"bob": 3}}, "delays.bob", "a member"),
        ({"members": ["ada"], "delays": {"ada": -1}}, "delays.ada", "from 0"),
        ({"routing": {"policy": "magic"}}, "routing.policy", "one of index"),
        ({"routing": {"parameters": {"late_s": 0}}}, "routing.parameters.late_s", "more than 0"),
        (
            {"routing": {"parameters": {"point_factor": 1e200}}},
            "routing.parameters.point_factor",
            "at most 10",
        ),
        (
            {"routing": {"policy": "ageing", "parameters": {"point_s": 1e9}}},
            "routing.parameters.point_s",
            "at most 86400 seconds",
        ),
        (
            {"routing": {"policy": "strict", "parameters": {"late_s": 1}}},
            "routing.parameters.late_s",
            "strict",
        ),
        ({"routing": {"choice": "nicest"}}, "routing.choice", "one of least_cost"),
        ({"routing": {"guard": 0.5}}, "routing.guard", "1 or more times"),
        ({"routing": {"reserve": 2}, "members": ["ada"]}, "routing.reserve", "from 0 to 1"),
        ({"routing": {"wrap_up_s": -5}}, "routing.wrap_up_s", "from 0"),
        ({"routing": {"previous_agent_s": 90_000}}, "routing.previous_agent_s", "a day"),
    ]
    for change, field, words in cases:
        error = await refused(sue, **change)
        assert error["field"] == field, (change, error)
        assert words in error["expected"], (change, error)


@pytest.mark.parametrize("level", [0, 6])
async def test_a_level_outside_one_to_five_is_refused(office: Office, level: int) -> None:
    sue = await office.browser("sue")
    german = await a_skill(sue, "German")
    body = {"skills": [{"skill": german, "level": level}]}
    error = (await sue.patch("/api/agents/ada", body, status=422))["error"]
    assert (error["field"], error["expected"]) == ("skills[0].level", f"a level from 1 to 5, not {level}")
    ladder = {"required": [{"skill": german, "level": level}]}
    assert (await refused(sue, ladder=ladder))["field"] == "ladder.required[0].level"


@pytest.mark.parametrize("capacity", [0, -1])
async def test_who_should_get_no_work_is_not_given_a_capacity_of_none(office: Office, capacity: int) -> None:
    sue = await office.browser("sue")
    error = (await sue.patch("/api/agents/ada", {"capacity": capacity}, status=422))["error"]
    assert error["field"] == "capacity"
    assert "set to away" in error["expected"]


async def test_an_agent_takes_some_channels_or_all(office: Office) -> None:
    sue = await office.browser("sue")
    changed = await sue.patch("/api/agents/ada", {"channels": ["widget"]})
    assert changed["channels"] == ["widget"]
    assert (await state_of(office, "ada")).channels == frozenset({"widget"})
    for wrong in (["fax"], []):
        error = (await sue.patch("/api/agents/ada", {"channels": wrong}, status=422))["error"]
        assert error["field"] == "channels"
    assert (await sue.patch("/api/agents/ada", {"channels": None}))["channels"] is None


async def test_an_inbox_weighs_what_its_channel_says_unless_told_otherwise(office: Office) -> None:
    admin = await office.browser("max")
    ask = {"kind": "widget", "name": "Shop", "queue": "general"}
    made = await admin.post("/api/inboxes", ask, status=201)
    assert (made["weight"], made["interruptible"]) == (1, False)
    path = f"/api/inboxes/{made['id']}"
    changed = await admin.put(path, ask | {"weight": 3, "interruptible": True})
    assert (changed["weight"], changed["interruptible"]) == (3, True)
    assert (await admin.put(path, ask))["weight"] == 3
    error = (await admin.put(path, ask | {"weight": 0}, status=422))["error"]
    assert error["field"] == "weight"
    kinds = admin.session["kinds"]["widget"]
    assert (kinds["weight"], kinds["interruptible"]) == (1, False)


async def test_the_policies_are_told_with_their_numbers(office: Office) -> None:
    sue = await office.browser("sue")
    known = await sue.get("/api/routing/policies")
    names = [each["name"] for each in known["policies"]]
    assert names[0] == "index"
    assert {"earliest_deadline", "strict", "ageing", "first_come", "cmu"} < set(names)
    assert known["policies"][0]["parameters"]["late_s"] == 600
    assert "least_cost" in known["choices"]
    usual = {each["name"]: (each["choice"], each["guard"]) for each in known["policies"]}
    assert (usual["index"], usual["strict"]) == (("least_cost", 6), ("longest_idle", None))


async def test_what_is_left_out_of_a_policy_is_as_usual_for_it(office: Office) -> None:
    sue = await office.browser("sue")
    for name, routing, choice, guard in (
        ("A", {}, "least_cost", 6),
        ("B", {"policy": "strict"}, "longest_idle", None),
        ("C", {"policy": "strict", "guard": 3}, "longest_idle", 3),
        ("D", {"guard": None, "choice": "least_loaded"}, "least_loaded", None),
    ):
        made = await sue.post("/api/queues", QUEUE | {"name": name, "routing": routing}, status=201)
        assert (made["routing"]["choice"], made["routing"]["guard"]) == (choice, guard)
