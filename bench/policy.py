"""What the default policy saves: the workload of docs/simulation.md under every policy, on the same conversations.

Ratios of cost come in pairs on the same arrivals, handle times and patience, with intervals over seeds. With `--scenario`
any scenario is run instead, and its figures are printed.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from app.build import LOCALES
from bench.harness import Aim, Options, Result
from core.ids import SkillId
from core.texts import Texts
from routing.ladder import Ladder, Step, Term
from routing.queue import QueueRouting
from routing.simulation.laws import Exponential, LogNormal
from routing.simulation.plain import plain
from routing.simulation.reading.scenario import read
from routing.simulation.results import Results
from routing.simulation.runner import simulate
from routing.simulation.scenario import HOUR_S, Contender, Kind, Scenario, Team
from routing.simulation.tables import as_text, saying
from routing.skill import Proficiency

SHARES = (0.25, 0.22, 0.18, 0.15, 0.12, 0.08)
HANDLE_S = (240.0, 300.0, 360.0, 300.0, 420.0, 300.0)
PRIMARY = (17, 19, 19, 13, 15, 7)
OCCUPANCY = 0.95
TIERS = (("gold", 0.15, 20.0, 4.0, 2), ("standard", 0.50, 60.0, 2.0, 1), ("low", 0.35, 300.0, 1.0, 0))
"""Name, share, target in seconds, weight, priority (of the policies that go by one)."""
KINDS_OF_AGENTS = ((0.40, (0,)), (0.75, (0, 1)), (0.90, (0, 1, 3)), (1.0, (0, 1, 2, 3, 4, 5)))
"""Up to which share of a primary group, and which further skills, counted from their own."""
PATIENCE_S = 600.0
SEEDS, HOURS, WARM_UP = 10, 100.0, 5.0
QUICK_SEEDS, QUICK_HOURS, QUICK_WARM_UP = 2, 12.0, 2.0

# A point of priority must not count beside the weights that the tiers have.
_WEIGHTS = {"point_factor": 1.0}
UNGUARDED, DEFAULT = "index, no guard", "index"
CONTENDERS = (
    Contender(UNGUARDED, QueueRouting("index", _WEIGHTS, guard=None)),
    Contender(DEFAULT, QueueRouting("index", _WEIGHTS)),
    Contender("first_come", QueueRouting("first_come", {}, "longest_idle", None)),
    Contender("ageing", QueueRouting("ageing", {"point_s": 60.0}, "longest_idle", None)),
    Contender("strict", QueueRouting("strict", {}, "longest_idle", None)),
    Contender("earliest_deadline", QueueRouting("earliest_deadline", {}, "longest_idle", None)),
    Contender("cmu", QueueRouting("cmu", _WEIGHTS, "longest_idle", None)),
)
AIMS = {
    "first_come": (0.20, 0.29),
    "strict": (0.70, 0.83),
    "earliest_deadline": (0.42, 0.81),
    "cmu": (0.73, 0.85),
}
"""Cost of the index without a guard over that of the other: without abandonment, and with patience."""
GUARD_COSTS = 1.08
LONGEST_S = 1850.0


def workload(patience_s: float | None = None) -> Scenario:
    """90 agents, 6 skills, 3 tiers, at 95 % occupancy."""
    mean = sum(share * handle for share, handle in zip(SHARES, HANDLE_S, strict=True))
    rate = sum(PRIMARY) * OCCUPANCY * HOUR_S / mean
    kinds = tuple(
        Kind(
            name=f"{skill}/{tier}",
            work=f"{skill}",
            rate=rate * SHARES[skill] * share,
            handle=LogNormal(HANDLE_S[skill], 1.0),
            patience=None if patience_s is None else Exponential(patience_s),
            ladder=Ladder((Term(_skill(skill), Proficiency(1)),), (Step(),)),
            target_s=target,
            worth=weight,
            priority=priority,
        )
        for skill in range(len(SHARES))
        for tier, share, target, weight, priority in TIERS
    )
    name = "workload" if patience_s is None else f"workload, patience {patience_s:g} s"
    return Scenario(
        kinds,
        tuple(_teams()),
        CONTENDERS,
        seeds=tuple(range(1, SEEDS + 1)),
        hours=HOURS,
        warm_up_s=WARM_UP * HOUR_S,
        name=name,
    )


def _skill(number: int) -> SkillId:
    return SkillId(f"skill {number % len(SHARES)}")


def _teams() -> Iterator[Team]:
    """One for each agent."""
    for group, size in enumerate(PRIMARY):
        for at in range(size):
            place = (at + 0.5) / size
            further = next(skills for upto, skills in KINDS_OF_AGENTS if place <= upto)
            levels = dict.fromkeys((_skill(group + each) for each in further), Proficiency(2))
            if len(further) > 1:
                levels[_skill(group + further[1])] = Proficiency(3)
            levels[_skill(group)] = Proficiency(5 - at % 2)
            yield Team(f"{group}.{at}", 1, levels)


def measure(options: Options) -> Result:
    """Two workloads, with and without patience."""
    if options.scenario is not None:
        return _of_file(options.scenario, table=options.table)
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    for number, patience in enumerate((None, PATIENCE_S)):
        scenario = workload(patience)
        if options.quick:
            scenario = replace(
                scenario,
                seeds=scenario.seeds[:QUICK_SEEDS],
                hours=QUICK_HOURS,
                warm_up_s=QUICK_WARM_UP * HOUR_S,
                contenders=tuple(each for each in CONTENDERS if each.name != "ageing"),
            )
        results = watched(scenario)
        figures[scenario.name] = _figures(results)
        aims |= _aims(results, number, long_enough=not options.quick)
    config = {
        "agents": sum(PRIMARY),
        "hours": QUICK_HOURS if options.quick else HOURS,
        "seeds": QUICK_SEEDS if options.quick else SEEDS,
    }
    return Result(config, figures, aims)


def watched(scenario: Scenario, processes: int = 2) -> Results:
    """With a bar on standard error that says how far it is."""
    with tqdm(desc=scenario.name, unit="run", disable=None) as bar:

        def told(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        return simulate(scenario, processes, told)


def _of_file(file: Path, *, table: bool) -> Result:
    try:
        scenario = read(file.read_bytes())
    except OSError as error:
        raise RuntimeError(f"{file} cannot be read: {error}") from error
    results = watched(scenario)
    if table:
        print(as_text(results, saying(Texts(LOCALES), "en")))
    return Result({"scenario": str(file)}, plain(results))


def _figures(results: Results) -> dict[str, object]:
    return {
        policy.name: {
            "attainment": round(policy.total.attainment.value, 4),
            "weighted": round(policy.weighted.value, 4),
            "late_s": round(policy.late.value, 2),
            "longest_s": round(policy.total.longest_s),
            "mean_wait_s": round(policy.total.wait_s.value, 2),
            "abandoned": round(policy.total.abandoned.value, 4),
            "cost": round(policy.cost.value, 4),
        }
        for policy in results.policies
    }


def _aims(results: Results, number: int, *, long_enough: bool) -> dict[str, Aim]:
    about = ("", " with patience")[number]
    ratios = {
        (pair.first, pair.second): pair.cost_ratio.value
        for pair in results.pairs
        if pair.cost_ratio is not None
    }
    made = {
        f"cost over {name}{about}": Aim.at_most(
            ratios[UNGUARDED, name], limits[number], long_enough=long_enough
        )
        for name, limits in AIMS.items()
    }
    if not number:
        guard = 1.0 / ratios[UNGUARDED, DEFAULT]
        made["cost of the guard"] = Aim.at_most(guard, GUARD_COSTS, long_enough=long_enough)
        default = next(each for each in results.policies if each.name == DEFAULT)
        made["longest wait"] = Aim.at_most(default.total.longest_s, LONGEST_S, " s", long_enough=long_enough)
    return made
