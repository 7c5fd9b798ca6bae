"""The routing engine at three sizes: the CPU of one event, by kind, beside a naive scan of all who wait in the same run."""

import gc
import time
from collections.abc import Mapping, Sequence
from random import Random

from bench.harness import Aim, Options, Result, percentile
from bench.routing_least import Least
from bench.routing_world import Size, World, naive_scan
from routing.collecting import collecting_later
from routing.engine import AgentChanged, Arrived, Engine, Fact, Offer
from routing.plan import Plan, QueuePolicy
from routing.policies.base import Policy
from routing.policies.indexed import Index
from routing.policies.ordered import EarliestDeadline
from routing.reason import of_offer
from routing.settings import RoutingSettings

SIZES = ((100, 1_000, 20), (1_000, 10_000, 100), (10_000, 100_000, 200))
POLICIES: Mapping[str, Policy] = {"earliest_deadline": EarliestDeadline(), "index": Index()}
ROUNDS, QUICK_ROUNDS = 6_000, 1_000
WARM_UP = 300
SCANS = 5
MICRO = 1e6
KEPT = RoutingSettings().candidates


def measure(options: Options) -> Result:
    """Each policy at each size, with few profiles and with many."""
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    sizes = (SIZES[0], SIZES[-1]) if options.quick else SIZES
    figures: dict[str, Mapping[str, object]] = {}
    for policy in POLICIES:
        for numbers in sizes:
            for alike in (True, False):
                size = Size(*numbers, alike)
                name = f"{policy}, {numbers[0]} agents, {'few' if alike else 'different'} profiles"
                figures[name] = _run(POLICIES[policy], size, rounds)
    config = {
        "rounds": rounds,
        "sizes": sizes,
        "unit": "microseconds of CPU unless said otherwise",
        "loop_ns": _loop_ns(),
    }
    return Result(config, figures, _aims(figures))


def _run(policy: Policy, size: Size, rounds: int) -> Mapping[str, object]:
    timed = _Timed(policy)
    world = World(size, Random(7), timed.feed)
    facts = world.fill()
    timed.least = Least(world.agents, [*world.waiting.values()])
    gc.collect()
    gc.freeze()
    with collecting_later():
        timed.feed("rebuild", facts)
    for _ in range(WARM_UP):
        world.happen()
    rebuild_s = timed.took["rebuild"][0] / MICRO
    timed.took.clear()
    timed.parts.clear()
    for _ in range(rounds):
        world.happen()
    figures = _summary(timed.took)
    figures |= {name: _ranks(values) for name, values in timed.parts.items()}
    figures["rebuild_s"] = round(rebuild_s, 3)
    figures["naive_scan_p50"] = round(_scans(world), 1)
    gc.unfreeze()
    return figures


class _Timed:
    """An engine whose events are timed by name; with a decision all that explains it is captured.

    ``parts``, of an agent who frees: what putting the explanation into the form that is stored takes, which the transaction
    does that stores it; the event together with that; and the least that the event could be.
    """

    def __init__(self, policy: Policy) -> None:
        self.took: dict[str, list[float]] = {}
        self.parts: dict[str, list[float]] = {}
        self.least: Least | None = None
        self._engine = Engine(Plan(QueuePolicy(policy)))
        self._indexed = not policy.ordered

    def feed(self, name: str, facts: Sequence[Fact]) -> list[Offer]:
        began = time.thread_time()
        offers = self._engine.feed(facts)
        decided = time.thread_time()
        if name == "freed" and self._indexed:
            for offer in offers:
                of_offer(offer, KEPT)
            stored = time.thread_time()
            self.parts.setdefault("freed: stored form", []).append((stored - decided) * MICRO)
            self.parts.setdefault("freed: with stored form", []).append((stored - began) * MICRO)
        self.took.setdefault(name, []).append((decided - began) * MICRO)
        if self.least is not None:
            self._do_least(self.least, name, facts[-1])
        return offers

    def _do_least(self, least: Least, name: str, fact: Fact) -> None:
        """After it, so that it fetches nothing for the engine."""
        if name == "freed" and isinstance(fact, AgentChanged):
            began = time.thread_time()
            least.freed(fact.agent.id)
            self.parts.setdefault("freed: the least", []).append((time.thread_time() - began) * MICRO)
        elif name == "arrived" and isinstance(fact, Arrived):
            least.arrived(fact.item)


def _loop_ns() -> float:
    """A turn of the simplest loop: how fast this machine was, with all that ran beside us."""
    turns, total, began = 1_000_000, 0, time.thread_time()
    for each in range(turns):
        total += each
    return round((time.thread_time() - began) / turns * 1e9, 1)


def _summary(took: Mapping[str, list[float]]) -> dict[str, object]:
    everything = [each for values in took.values() for each in values]
    figures: dict[str, object] = {name: _ranks(values) for name, values in took.items()}
    figures["mean"] = round(sum(everything) / len(everything), 2)
    figures["events_a_second"] = round(MICRO * len(everything) / sum(everything))
    return figures


def _ranks(values: list[float]) -> Mapping[str, float]:
    return {
        "p50": round(percentile(values, 0.5), 1),
        "p99": round(percentile(values, 0.99), 1),
        "n": len(values),
    }


def _scans(world: World) -> float:
    took = []
    for agent in world.agents[:SCANS]:
        began = time.thread_time()
        naive_scan(world, agent)
        took.append((time.thread_time() - began) * MICRO)
    return percentile(took, 0.5)


def _aims(figures: Mapping[str, Mapping[str, object]]) -> Mapping[str, Aim]:
    aims: dict[str, Aim] = {}
    limits = {"earliest_deadline": (10.0, 400.0), "index": (50.0, 1000.0)}
    small, large = SIZES[0][0], SIZES[-1][0]
    for policy, (median, worst) in limits.items():
        for kind in ("few", "different"):
            big = figures[f"{policy}, {large} agents, {kind} profiles"]
            little = figures[f"{policy}, {small} agents, {kind} profiles"]
            freed = big["freed"]
            name = f"{policy}, {kind} profiles"
            if isinstance(freed, Mapping):
                aims[f"{name}: p50 of a freed agent"] = Aim.at_most(freed["p50"], median, " microseconds")
                aims[f"{name}: p99 of a freed agent"] = Aim.at_most(freed["p99"], worst, " microseconds")
            growth = _number(big["mean"]) / _number(little["mean"])
            aims[f"{name}: growth of an event's cost"] = Aim.at_most(growth, 3.0, " times")
            aims[f"{name}: rebuild"] = Aim.at_most(_number(big["rebuild_s"]), 2.0, " s")
    return aims


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
