"""What every bench shares: its options, the form of its result, and what machine it ran on."""

import os
import platform
import resource
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """``quick`` ends within a minute, ``short`` within some minutes; ``scale`` measures sizes instead of quality.

    ``articles``: beside the sample's. ``data`` is where other sets are read from, ``scenario`` a file of one's own, whose ``table`` is printed.
    """

    quick: bool
    data: Path | None = None
    scenario: Path | None = None
    table: bool = True
    short: bool = False
    scale: bool = False
    articles: int | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure, what it should be, and whether it is; None when this run was too short to tell."""

    value: float | None
    aim: str
    met: bool | None

    @classmethod
    def at_most(cls, value: float, limit: float, unit: str = "", *, long_enough: bool = True) -> "Aim":
        return cls(round(value, 3), f"at most {limit:g}{unit}", value <= limit if long_enough else None)

    @classmethod
    def at_least(cls, value: float, limit: float, unit: str = "", *, long_enough: bool = True) -> "Aim":
        return cls(round(value, 3), f"at least {limit:g}{unit}", value >= limit if long_enough else None)


@dataclass(frozen=True, slots=True)
class Result:
    """``config`` says what was run, ``figures`` what came out."""

    config: Mapping[str, object]
    figures: Mapping[str, object]
    aims: Mapping[str, Aim] = field(default_factory=dict)

    def as_json(self, name: str, on: Mapping[str, object]) -> dict[str, object]:
        aims = {key: {"value": aim.value, "aim": aim.aim, "met": aim.met} for key, aim in self.aims.items()}
        return {
            "bench": name,
            "config": dict(self.config),
            "machine": dict(on),
            "figures": dict(self.figures),
            "aims": aims,
        }


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and of CPU by this process and those of its children that have ended."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> "Spent":
        own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
        return cls(time.perf_counter(), cpu)

    def since(self) -> dict[str, object]:
        """What has been spent since then, and how many processes wanted a core in the last minute."""
        now = Spent.now()
        return {
            "seconds": round(now.wall - self.wall, 1),
            "cpu_seconds": round(now.cpu - self.cpu, 1),
            "load": round(os.getloadavg()[0], 1),
        }


def machine() -> dict[str, object]:
    """Processor, cores, memory, Python: enough to compare two runs by."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def percentile(values: list[float], share: float) -> float:
    """The nearest rank; ``share`` from 0 to 1. Raises RuntimeError without values."""
    if not values:
        raise RuntimeError("nothing was measured")
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(share * (len(ranked) - 1)))]
