"""From what a supervisor asks to a scenario: last week as it was, a sample, or their own; refused where it is too much."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec

from console.settings import SimulationSettings
from console.simulating.samples import SAMPLES
from console.wire.planning import SimulatedPolicyAsk, SimulationAsk
from core.errors import Invalid
from core.store.database import Database
from core.tasks import Workers
from routing import past, recorded
from routing.past import Period
from routing.plan import queue_policy, usual_routing
from routing.queue import QueueRouting
from routing.recorded import Past
from routing.settings import RoutingSettings
from routing.simulation.reading.scenario import read
from routing.simulation.reading.size import check_size
from routing.simulation.scenario import Contender, Scenario

CURRENT = "current"


def check(ask: SimulationAsk, settings: SimulationSettings) -> None:
    """Raises Invalid with the field."""
    sources = [ask.past_days, ask.sample, ask.scenario]
    if sum(each is not None for each in sources) != 1:
        raise Invalid("past_days", "one of past_days, sample and scenario")
    if ask.past_days is not None and ask.past_days > settings.past_days:
        raise Invalid("past_days", f"1 to {settings.past_days} days, not {ask.past_days}")
    if ask.sample is not None and ask.sample not in SAMPLES:
        raise Invalid("sample", f"one of {', '.join(SAMPLES)}")
    if len(ask.policies) > settings.policies:
        raise Invalid("policies", f"at most {settings.policies}, not {len(ask.policies)}")
    if ask.seeds > settings.seeds:
        raise Invalid("seeds", f"1 to {settings.seeds}, not {ask.seeds}")
    for at, policy in enumerate(ask.policies):
        if policy.policy == CURRENT and ask.past_days is None:
            raise Invalid(
                f"policies[{at}].policy", "a policy by its name: only the past has queues of its own"
            )


async def from_past(
    db: Database, workers: Workers, ask: SimulationAsk, settings: SimulationSettings
) -> Scenario:
    """Read in pages, each worked through beside the event loop. Raises Invalid where nothing happened, or too much."""
    days = timedelta(days=ask.past_days or 1)
    period = await db.read(lambda tx: Period(tx.now - days, tx.now, settings.events))
    await db.read(past.check_length, period)
    center = await db.read(past.read_center)
    found, at_once = Past(period), settings.events_at_once
    agents = [each.id for each in center.agents]
    for start in range(0, len(agents), at_once):
        found.add(await db.read(past.read_before, period, agents[start : start + at_once]))
    after: past.Change | None = None
    for _ in range(settings.events // at_once + 1):
        changes = await db.read(past.read_changes, period, after, at_once)
        await workers.run(found.add, changes)
        if len(changes) < at_once:
            break
        after = changes[-1]
    conversations = await workers.run(found.conversations)
    for start in range(0, len(conversations), at_once):
        found.mark(await db.read(past.read_marks, conversations[start : start + at_once]))
    return await workers.run(_of_past, found, center, ask, settings)


def _of_past(found: Past, center: past.Center, ask: SimulationAsk, settings: SimulationSettings) -> Scenario:
    contenders = [
        recorded.today(center.queues, CURRENT)
        if each.policy == CURRENT
        else Contender(name, _routing(each, at))
        for at, (each, name) in enumerate(zip(ask.policies, names_of(ask.policies), strict=True))
    ]
    return check_size(found.scenario(center, contenders), settings.size)


def made_up(ask: SimulationAsk, settings: SimulationSettings) -> Scenario:
    """A sample or their own; the policies that it names itself do not count. Raises Invalid with the place."""
    form: Mapping[str, Any] = SAMPLES[ask.sample] if ask.sample is not None else ask.scenario or {}
    own = {name: value for name, value in form.items() if name not in {"policy", "policies", "seeds"}}
    if ask.hours is not None:
        own |= {"hours": ask.hours}
    try:
        scenario = read(msgspec.json.encode({**own, "seeds": ask.seeds}), settings.size)
    except Invalid as error:
        if error.field == "hours" and ask.hours is not None:
            raise
        raise Invalid(f"scenario.{error.field}", error.expected) from error
    contenders = tuple(
        Contender(name, _routing(each, at))
        for at, (each, name) in enumerate(zip(ask.policies, names_of(ask.policies), strict=True))
    )
    return check_size(replace(scenario, contenders=contenders), settings.size)


def names_of(policies: tuple[SimulatedPolicyAsk, ...]) -> tuple[str, ...]:
    """The policy's own name; a number behind it where one is compared with itself."""
    found: list[str] = []
    for each in policies:
        number = sum(one.partition(" ")[0] == each.policy for one in found)
        found.append(f"{each.policy} {number + 1}" if number else each.policy)
    return tuple(found)


def _routing(ask: SimulatedPolicyAsk, at: int) -> QueueRouting:
    made = replace(usual_routing(ask.policy), parameters=dict(ask.parameters))
    if ask.choice is not None:
        made = replace(made, choice=ask.choice)
    if not isinstance(ask.guard, msgspec.UnsetType):
        made = replace(made, guard=ask.guard)
    _ = queue_policy(made, RoutingSettings(), f"policies[{at}]")
    return made
