"""Routing rules over HTTP: made, refused, put in order, tried on the past."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, insert, update

from console.changes.rules import save_rule
from console.wire.routing import RoutingRuleAsk
from core.errors import Conflict
from core.ids import AgentId
from core.store.tables import people
from core.store.tables.conversation import conversation
from core.store.tx import Tx
from tests.builders import MORNING
from tests.console.conftest import Browser, Office, frame_of

WHEN = {"kind": "group", "match": "all", "of": [{"kind": "text", "words": ["refund"]}]}
RULE = {"name": "Refunds", "when": WHEN, "gives": {"queue": "general", "priority": 3}}


async def add(sue: Browser, name: str, **values: Any) -> dict[str, Any]:
    added: dict[str, Any] = await sue.post("/api/routing/rules", RULE | {"name": name} | values, status=201)
    return added


async def test_a_supervisor_makes_changes_orders_and_removes_rules(office: Office) -> None:
    sue = await office.browser("sue")
    one, two = await add(sue, "One"), await add(sue, "Two", go_on=True)
    assert (one["position"], two["position"], one["version"], one["changed_by"]) == (0, 1, 1, "Sue")
    assert one["when"]["of"] == [{"kind": "text", "words": ["refund"], "match": "any"}]
    changed = await sue.put(f"/api/routing/rules/{one['id']}", RULE | {"enabled": False, "version": 1})
    assert (changed["version"], changed["enabled"]) == (2, False)
    refused = await sue.put(f"/api/routing/rules/{one['id']}", RULE | {"version": 1}, status=409)
    assert refused["error"]["code"] == "newer_version"
    order = await sue.put("/api/routing/rules/order", {"ids": [two["id"], one["id"]]})
    assert [each["name"] for each in order["items"]] == ["Two", "Refunds"]
    await sue.put("/api/routing/rules/order", {"ids": [two["id"]]}, status=422)
    await sue.delete(f"/api/routing/rules/{two['id']}")
    await sue.delete(f"/api/routing/rules/{two['id']}", status=404)
    assert [each["position"] for each in (await sue.get("/api/routing/rules"))["items"]] == [0]


def leaf(**condition: Any) -> dict[str, Any]:
    return {"when": {"kind": "group", "match": "all", "of": [condition]}}


def gives(**what: Any) -> dict[str, Any]:
    return {"gives": what}


TERM = {"skill": "german", "level": 3}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    (gives(), "gives"),
    (gives(queue="gone"), "gives.queue"),
    (gives(sla_policy="gone"), "gives.sla_policy"),
    (gives(priority=-1), "gives.priority"),
    (gives(skills=[{"skill": "gone", "level": 3}]), "gives.skills[0].skill"),
    (gives(skills=[{"skill": "german", "level": 0}]), "gives.skills[0].level"),
    (gives(skills=[{"skill": "german", "level": 6}]), "gives.skills[0].level"),
    (gives(skills=[TERM, TERM]), "gives.skills[1].skill"),
    (gives(ladder={"steps": []}), "gives.ladder.steps"),
    (gives(ladder={"steps": [{"any_of": []}]}), "gives.ladder.steps[0]"),
    (gives(ladder={"steps": [{"until_s": 60}, {"any_of": [[TERM]]}]}), "gives.ladder.steps[1]"),
    (
        gives(ladder={"steps": [{"any_of": [[TERM]], "until_s": 60}, {"until_s": 30}]}),
        "gives.ladder.steps[1].until_s",
    ),
    (gives(ladder={"steps": [{"any_of": [], "agents": ["nobody"], "until_s": 9}, {}]}), "gives.ladder"),
    (gives(exclude=["ada", "nobody"]), "gives.exclude[1]"),
    (gives(exclude=["ada", "ada"]), "gives.exclude[1]"),
    (gives(exclude=[f"a{at}" for at in range(101)]), "gives.exclude"),
    (gives(queue="general", skills=[TERM], ladder={"required": [TERM]}), "gives.skills"),
    (leaf(kind="text", words=[]), "when.of[0].words"),
    (leaf(kind="text", words=["?!"]), "when.of[0].words[0]"),
    (leaf(kind="time", zone="UTC", start="17:00", end="09:00"), "when.of[0].end"),
    (leaf(kind="time", zone="Mars"), "when.of[0].zone"),
    (leaf(kind="time", zone="UTC", days=[7]), "when.of[0].days[0]"),
    (leaf(kind="confidence"), "when.of[0]"),
    (leaf(kind="confidence", at_least=2), "when.of[0].at_least"),
    (leaf(kind="inbox", any_of=["gone"]), "when.of[0].any_of[0]"),
    (leaf(kind="hours", hours="gone"), "when.of[0].hours"),
    (leaf(kind="language", any_of=["klingonisch"]), "when.of[0].any_of[0]"),
    (leaf(kind="pigeon"), "when.of[0].kind"),
    ({"when": {"kind": "group", "match": "any", "of": []}}, "when.of"),
]


async def test_what_makes_no_sense_is_refused_by_its_place(office: Office) -> None:
    await office.world.db.run(_german)
    sue = await office.browser("sue")
    for wrong, field in WRONG:
        refused = await sue.post("/api/routing/rules", RULE | wrong, status=422)
        assert refused["error"]["field"] == field
        assert refused["error"]["expected"]
    refused = await sue.post("/api/routing/rules", RULE | gives(skills=[TERM | {"level": 6}]), status=422)
    assert refused["error"]["expected"] == "a level from 1 to 5"
    refused = await sue.post("/api/routing/rules", RULE | gives(exclude=["nobody"]), status=422)
    assert refused["error"]["expected"] == "an agent that there is, not nobody"
    assert (await sue.get("/api/routing/rules"))["items"] == []


def _german(tx: Tx) -> None:
    tx.conn.execute(insert(people.skill).values(id="german", name="German"))


async def test_an_agent_changes_no_rules_and_sees_why_a_conversation_went_where_it_went(
    office: Office,
) -> None:
    said = await office.visitor_says()
    ada = await office.browser("ada")
    for method, path in (
        ("GET", "rules"),
        ("POST", "rules"),
        ("PUT", "rules/order"),
        ("POST", "rules/dry-run"),
        ("PUT", "rules/x"),
        ("DELETE", "rules/x"),
        ("GET", "checks"),
    ):
        response = await ada.call(method, f"/api/routing/{path}", {})
        assert response.status == 403, path
    assert (await ada.get(f"/api/conversations/{said.conversation}/routing"))["evaluations"] == []
    assert (await ada.call("GET", "/api/conversations/none/routing")).status == 404


async def test_a_dry_run_says_what_unsaved_rules_would_have_given_and_what_was_given(office: Office) -> None:
    refund = (await office.visitor_says("A refund, please", visitor="v1")).conversation
    other = (await office.visitor_says("Something else", visitor="v2")).conversation
    sue = await office.browser("sue")
    unsaved = [
        RULE
        | {"name": "Gold", "gives": {"priority": 1}, "go_on": True, **leaf(kind="contact", attribute="tier")},
        RULE,
    ]
    tried = await sue.post(
        "/api/routing/rules/dry-run", {"rules": unsaved, "conversations": [refund, other, "gone"]}
    )
    assert (tried["considered"], tried["changed"], tried["more"], tried["by_fallback"]) == (2, 1, False, 1)
    assert tried["by_rule"] == [{"rule": 0, "held": 0, "decided": 0}, {"rule": 1, "held": 1, "decided": 1}]
    first, second = tried["items"]
    assert (first["conversation"], first["changed"], first["would_give"]["priority"]) == (refund, True, 3)
    assert (first["gave"]["queue"], first["gave"]["priority"]) == ("general", 0)
    assert first["rules"][1]["when"]["of"][0]["seen"] == "refund"
    assert first["rules"][0]["outcome"] == "no"
    assert (second["conversation"], second["changed"], second["would_give"]["fallback"]) == (
        other,
        False,
        "language:General",
    )
    assert "please" not in str(tried)
    assert (await sue.get("/api/routing/rules"))["items"] == []


async def test_a_dry_run_looks_at_those_who_came_to_people_in_that_time(office: Office) -> None:
    for at, visitor in enumerate(("v1", "v2", "v3")):
        conversation_id = (await office.visitor_says(visitor=visitor)).conversation
        here = conversation.c.id == conversation_id
        came = update(conversation).where(here).values(queued_at=MORNING + timedelta(hours=at))
        await office.world.db.run(_run, came)
    sue = await office.browser("sue")
    ask = {"rules": [RULE], "since": "2026-03-02T10:00:00Z", "until": "2026-03-02T12:00:00Z"}
    # What changed last before that time cannot have come in it.
    assert (await sue.post("/api/routing/rules/dry-run", ask))["considered"] == 0
    moved = update(conversation).values(updated_at=MORNING + timedelta(hours=5))
    await office.world.db.run(_run, moved)
    assert (await sue.post("/api/routing/rules/dry-run", ask))["considered"] == 2
    wrong = ask | {"until": "2026-03-02T09:00:00Z"}
    refused = await sue.post("/api/routing/rules/dry-run", wrong, status=422)
    assert refused["error"]["field"] == "since"


async def test_a_dry_run_of_a_rule_that_could_not_be_saved_names_it(office: Office) -> None:
    sue = await office.browser("sue")
    wrong = RULE | leaf(kind="text", words=["?"])
    refused = await sue.post("/api/routing/rules/dry-run", {"rules": [RULE, wrong]}, status=422)
    assert refused["error"]["field"] == "rules[1].when.of[0].words[0]"


def _run(tx: Tx, statement: Any) -> None:
    tx.conn.execute(statement)


async def test_the_checks_name_rules_that_do_nothing_and_work_that_nobody_can_do(office: Office) -> None:
    await office.world.db.run(_german)
    sue = await office.browser("sue")
    wide = await add(sue, "Wide")
    narrow = await add(sue, "Narrow", **leaf(kind="text", words=["refund now"]))
    never = await add(
        sue,
        "Never",
        when={"kind": "group", "of": [{"kind": "language", "any_of": [each]} for each in ("de", "en")]},
        gives={"queue": "general", "skills": [{"skill": "german", "level": 3}]},
    )
    lost = await add(sue, "Lost", **leaf(kind="inbox", any_of=["web"]), gives={"skills": [TERM]})
    gone = delete(people.skill).where(people.skill.c.id == "german")
    await office.world.db.run(_run, gone)
    found = await sue.get("/api/routing/checks")
    assert [(each["rule"], each["code"], each["by"], each["field"]) for each in found["rules"]] == [
        (narrow["id"], "unreachable", [wide["id"]], None),
        (never["id"], "impossible", [], None),
        (never["id"], "missing", [], "gives.skills[0].skill"),
        (lost["id"], "missing", [], "gives.skills[0].skill"),
    ]
    # Nobody belongs to the one queue that there is.
    assert {(each["source"], each["members"]) for each in found["nobody"]} == {("queue:general", 0)}


async def test_whom_a_rule_excludes_is_stored_tried_and_missed_when_nobody_else_is_there(
    office: Office,
) -> None:
    said = (await office.visitor_says("A refund, please")).conversation
    await office.world.db.run(_join_and_german)
    sue = await office.browser("sue")
    never = gives(queue="general", exclude=["ada"])
    rule = await add(sue, "Not Ada", **never)
    assert rule["gives"]["exclude"] == ["ada"]
    ask = {"rules": [RULE | never], "conversations": [said]}
    [item] = (await sue.post("/api/routing/rules/dry-run", ask))["items"]
    assert (item["changed"], item["would_give"]["exclude"]) == (True, ["ada"])
    [found] = (await sue.get("/api/routing/checks"))["nobody"]
    assert (found["source"], found["lacking"], found["members"], found["excluded"]) == (
        f"rule:{rule['id']}",
        [],
        1,
        1,
    )
    await office.world.db.run(
        _run, update(people.agent).where(people.agent.c.id == "ada").values(active=False)
    )
    assert (await sue.get("/api/routing/checks"))["rules"] == []


async def test_supervisors_hear_live_of_work_that_nobody_can_do(office: Office) -> None:
    await office.world.db.run(_join_and_german)
    sue, ada = await office.browser("sue"), await office.browser("ada")
    async with await sue.live() as socket, await ada.live() as other:
        assert (await frame_of(socket, "nobody"))["items"] == []
        await add(sue, "German", gives={"queue": "general", "skills": [TERM]})
        [item] = (await frame_of(socket, "nobody"))["items"]
        assert (item["source"].partition(":")[0], item["name"], item["queue_name"]) == (
            "rule",
            "German",
            "General",
        )
        assert item["lacking"] == [{"skill": "german", "name": "German", "level": 3, "best": 0}]
        await other.send_json({"type": "ping"})
        heard: set[str] = set()
        while "pong" not in heard:
            heard.add((await other.receive_json(timeout=30))["type"])
        assert "nobody" not in heard


def _join_and_german(tx: Tx) -> None:
    _german(tx)
    tx.conn.execute(insert(people.queue_member).values(queue_id="general", agent_id="ada"))


async def test_there_are_only_so_many_rules(office: Office) -> None:
    ask = msgspec.convert(RULE, RoutingRuleAsk)
    await office.world.db.run(save_rule, None, ask, AgentId("sue"), 1)
    with pytest.raises(Conflict):
        await office.world.db.run(save_rule, None, ask, AgentId("sue"), 1)
