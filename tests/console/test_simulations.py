"""Simulations over HTTP: begun in the background, one at a time, shown with their report, stopped and given up."""

import asyncio
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from sqlalchemy import insert

from console.changes import simulations as changes
from console.settings import ConsoleSettings, PlanningSettings, SimulationSettings
from console.simulating import scenarios
from console.wire.planning import SimulationAsk
from core.ids import AgentId
from core.limits import Rate
from core.store.tables.routing import simulation
from core.store.tx import Tx
from routing.plan import POLICIES
from routing.simulation.reading.scenario import read
from tests.console.conftest import Browser, Office, Serve

MANY = Rate(burst=100, per_s=100)
TINY = {
    "types": [{"name": "calls", "rate": 30, "handle": 60, "target": 20}],
    "agents": 1,
    "hours": 2,
    "warm_up": 0,
}
ASK: dict[str, Any] = {
    "policies": [{"policy": "index"}, {"policy": "first_come"}],
    "scenario": TINY,
    "seeds": 2,
}
LONG: dict[str, Any] = ASK | {"scenario": TINY | {"hours": 20_000}, "seeds": 1}
SETTINGS = SimulationSettings(per_person=MANY, beat_s=0.1)


def with_settings(settings: SimulationSettings) -> ConsoleSettings:
    return ConsoleSettings(planning=PlanningSettings(simulation=settings))


async def ended(office: Office, browser: Browser, id: str) -> dict[str, Any]:
    async with asyncio.timeout(120):
        await office.console.runs.settled()
    shown: dict[str, Any] = await browser.get(f"/api/routing/simulations/{id}")
    return shown


@pytest.mark.server
async def test_a_supervisor_compares_policies_and_reads_the_report(serve: Serve) -> None:
    office = await serve(with_settings(SETTINGS))
    sue = await office.browser("sue")
    begun = await sue.post("/api/routing/simulations", ASK, status=202)
    assert (begun["simulation"]["state"], begun["simulation"]["source"], begun["result"]) == (
        "running",
        "own",
        None,
    )
    shown = await ended(office, sue, begun["simulation"]["id"])
    assert (shown["simulation"]["state"], shown["simulation"]["progress"]) == ("done", 1)
    assert [each["policy"] for each in shown["result"]["policies"]] == ["index", "first_come"]
    assert shown["result"]["policies"][0]["types"]["calls"]["arrived"] > 60
    (pair,) = shown["result"]["comparisons"]
    assert (pair["first"], pair["second"]) == ("index", "first_come")
    report = await sue.call("GET", f"/api/routing/simulations/{begun['simulation']['id']}/report?language=zh")
    assert report.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert '<html lang="zh">' in await report.text()


@pytest.mark.server
async def test_one_that_is_removed_stops_and_another_may_begin(serve: Serve) -> None:
    office = await serve(with_settings(SETTINGS))
    sue = await office.browser("sue")
    first = (await sue.post("/api/routing/simulations", LONG, status=202))["simulation"]["id"]
    refused = await sue.post("/api/routing/simulations", ASK, status=409)
    assert refused["error"]["code"] == "simulating"
    unfinished = await sue.call("GET", f"/api/routing/simulations/{first}/report")
    assert unfinished.status == 409
    await sue.delete(f"/api/routing/simulations/{first}")
    async with asyncio.timeout(30):
        await office.console.runs.settled()
    assert (await sue.call("GET", f"/api/routing/simulations/{first}")).status == 404
    second = (await sue.post("/api/routing/simulations", ASK, status=202))["simulation"]["id"]
    assert (await ended(office, sue, second))["simulation"]["state"] == "done"


@pytest.mark.server
async def test_one_that_takes_too_long_is_ended(serve: Serve) -> None:
    office = await serve(with_settings(replace(SETTINGS, time_limit_s=0.2)))
    sue = await office.browser("sue")
    begun = await sue.post("/api/routing/simulations", LONG, status=202)
    shown = await ended(office, sue, begun["simulation"]["id"])
    assert (shown["simulation"]["state"], shown["simulation"]["error"]) == ("failed", "time")


@pytest.mark.server
async def test_a_server_that_stops_ends_its_simulation(serve: Serve) -> None:
    office = await serve(with_settings(SETTINGS))
    sue = await office.browser("sue")
    id = (await sue.post("/api/routing/simulations", LONG, status=202))["simulation"]["id"]
    await office.world.supervisor.stop()
    shown = await sue.get(f"/api/routing/simulations/{id}")
    assert (shown["simulation"]["state"], shown["simulation"]["error"]) == ("failed", "stopped")


async def test_one_that_a_dead_server_left_behind_is_given_up_at_the_next_start(serve: Serve) -> None:
    first = await serve()
    id = await first.world.db.run(changes.begin, "", {"source": "past", "policies": []}, AgentId("sue"), 60)
    second = await serve()
    sue = await second.browser("sue")
    shown = await ended(second, sue, id)
    assert (shown["simulation"]["state"], shown["simulation"]["error"]) == ("failed", "interrupted")


async def test_only_the_newest_stay(office: Office) -> None:
    await office.world.db.run(_old_ones)
    await office.world.db.run(changes.finish, "running", {"v": 1}, 2)
    sue = await office.browser("sue")
    items = (await sue.get("/api/routing/simulations"))["items"]
    assert [each["id"] for each in items] == ["running", "old3"]


def _old_ones(tx: Tx) -> None:
    base = {"name": "", "asked": {"source": "past", "policies": []}, "created_at": tx.now, "seen_at": tx.now}
    for at in range(1, 4):
        tx.conn.execute(insert(simulation).values(**base, id=f"old{at}", state="done"))
    tx.conn.execute(insert(simulation).values(**base, id="running", state="running"))


async def test_what_makes_no_sense_is_refused_by_its_field(serve: Serve) -> None:
    office = await serve(with_settings(replace(SETTINGS, conversations=1000)))
    sue = await office.browser("sue")
    own = {name: value for name, value in ASK.items() if name != "scenario"}
    for ask, field in (
        (own, "past_days"),
        (ASK | {"sample": "rush"}, "past_days"),
        (own | {"past_days": 400}, "past_days"),
        (own | {"past_days": 7}, "past_days"),  # nobody came
        (own | {"sample": "nothing"}, "sample"),
        (ASK | {"policies": []}, "policies"),
        (ASK | {"policies": [{"policy": "index"}] * 7}, "policies"),
        (ASK | {"policies": [{"policy": "by_weather"}]}, "policies[0].policy"),
        (ASK | {"policies": [{"policy": "current"}]}, "policies[0].policy"),
        (
            ASK | {"policies": [{"policy": "ageing", "parameters": {"point_s": -1}}]},
            "policies[0].parameters.point_s",
        ),
        (ASK | {"policies": [{"policy": "index", "guard": 0}]}, "policies[0].guard"),
        (ASK | {"seeds": 0}, "seeds"),
        (ASK | {"hours": 10_000}, "hours"),
        (ASK | {"hours": 1e9}, "hours"),
        (ASK | {"seeds": 10**9}, "seeds"),
        (ASK | {"scenario": TINY | {"agents": 0}}, "scenario.agents"),
        (ASK | {"scenario": TINY | {"agents": 10**9}}, "scenario.agents"),
        (ASK | {"scenario": TINY | {"hours": 1e308}}, "scenario.hours"),
        (ASK | {"scenario": TINY | {"types": [{"rate": 1e308}]}}, "scenario.types[0].rate"),
    ):
        refused = await sue.post("/api/routing/simulations", ask, status=422)
        assert refused["error"]["field"] == field


async def test_an_agent_neither_sees_nor_begins_one(office: Office) -> None:
    ada = await office.browser("ada")
    await ada.post("/api/routing/simulations", ASK, status=403)
    assert (await ada.call("GET", "/api/routing/simulations")).status == 403


async def test_the_page_learns_what_may_be_chosen(office: Office) -> None:
    sue = await office.browser("sue")
    choices = (await sue.get("/api/routing/simulations"))["choices"]
    assert choices["samples"] == ["skills", "chats", "rush"]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_console_simulates_a_policy_just_as_the_command_line_does(policy: str) -> None:
    ask = msgspec.convert(ASK | {"policies": [{"policy": policy}]}, SimulationAsk)
    [ours] = scenarios.made_up(ask, SETTINGS).contenders
    [theirs] = read(msgspec.json.encode(TINY | {"policy": policy})).contenders
    assert ours.routing == theirs.routing
