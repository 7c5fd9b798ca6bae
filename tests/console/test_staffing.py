"""How many agents a half hour needs, asked over HTTP."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from console.settings import ConsoleSettings, PlanningSettings
from console.staffing import Plans
from console.wire.planning import StaffingAsk
from core.errors import Conflict, Invalid
from core.ids import AgentId
from core.limits import Rate
from tests.console.conftest import Office, Serve

T = TypeVar("T")
SUE, ADA = AgentId("sue"), AgentId("ada")
ASK = {"arrivals": [10, 50, 0], "handle_s": 300, "starts": "23:30"}


async def test_a_supervisor_learns_how_many_agents_each_half_hour_needs(office: Office) -> None:
    sue = await office.browser("sue")
    found = await sue.post("/api/routing/staffing", ASK)
    assert [(each["starts"], each["agents"]) for each in found["halves"]] == [
        ("23:30", 4),
        ("00:00", 12),
        ("00:30", 0),
    ]
    assert (found["peak"], found["agent_hours"]) == (12, 8)
    busy = found["halves"][1]
    assert busy["expected"]["within"] >= 0.8 > busy["one_less"]["within"]


async def test_what_makes_no_sense_is_refused_by_its_field(office: Office) -> None:
    sue = await office.browser("sue")
    for wrong, field in (
        ({"arrivals": [1, -2]}, "arrivals[1]"),
        ({"arrivals": []}, "arrivals"),
        ({"arrivals": ["many"]}, "arrivals[0]"),
        ({"handle_s": 0}, "handle_s"),
        ({"share": 80}, "share"),
        ({"starts": "8"}, "starts"),
    ):
        refused = await sue.post("/api/routing/staffing", ASK | wrong, status=422)
        assert refused["error"]["field"] == field


async def test_an_agent_is_not_asked_to_plan(office: Office) -> None:
    ada = await office.browser("ada")
    await ada.post("/api/routing/staffing", ASK, status=403)


async def test_nobody_has_plans_worked_out_without_end(serve: Serve) -> None:
    office = await serve(ConsoleSettings(planning=PlanningSettings(staffing=Rate(burst=1, per_s=1))))
    sue = await office.browser("sue")
    await sue.post("/api/routing/staffing", ASK)
    await sue.post("/api/routing/staffing", ASK, status=429)


class Slow:
    """Workers of which each half hour ends when the test says so."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[float] = asyncio.Queue()
        self.go_on = asyncio.Semaphore(0)

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        self.begun.put_nowait(args[0])
        await self.go_on.acquire()
        return work(*args)


def plans(workers: Slow, **limits: float) -> Plans:
    return Plans(workers, PlanningSettings(**limits))  # type: ignore[arg-type]


def ask(*arrivals: float) -> StaffingAsk:
    return StaffingAsk(arrivals, 300)


async def test_each_half_hour_is_a_task_of_its_own_and_equal_ones_are_worked_out_once() -> None:
    slow = Slow()
    going = asyncio.ensure_future(plans(slow).staffing(ask(10, 50, 10), SUE))
    assert await slow.begun.get() == 10
    assert slow.begun.empty()
    slow.go_on.release()
    assert await slow.begun.get() == 50
    slow.go_on.release()
    assert [each.agents for each in (await going).halves] == [4, 12, 4]
    assert slow.begun.empty()


async def test_a_plan_waits_for_another_and_is_refused_when_that_takes_too_long() -> None:
    slow = Slow()
    short = plans(slow, staffing_wait_s=0.01)
    first = asyncio.ensure_future(short.staffing(ask(10), SUE))
    await slow.begun.get()
    with pytest.raises(Conflict) as refused:
        await short.staffing(ask(20), ADA)
    assert refused.value.code == "planning"
    slow.go_on.release()
    await first
    slow.go_on.release()
    assert (await short.staffing(ask(20), ADA)).peak == 6


async def test_who_asks_anew_no_longer_waits_for_what_they_asked_before() -> None:
    slow = Slow()
    both = plans(slow)
    first = asyncio.ensure_future(both.staffing(ask(*range(1, 300)), SUE))
    await slow.begun.get()
    second = asyncio.ensure_future(both.staffing(ask(10), SUE))
    await asyncio.sleep(0)
    slow.go_on.release()
    with pytest.raises(Conflict) as refused:
        await first
    assert refused.value.code == "asked_anew"
    slow.go_on.release()
    assert (await second).peak == 4


async def test_a_plan_that_takes_too_long_is_ended_and_the_next_may_begin() -> None:
    slow = Slow()
    short = plans(slow, staffing_s=0.01)
    with pytest.raises(Invalid) as refused:
        await short.staffing(ask(10), SUE)
    assert refused.value.field == "arrivals"
    slow.go_on.release()
    assert (await short.staffing(ask(10), SUE)).peak == 4
