"""How many processes and cores a load needs, from the CPU that one message was measured to cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

BUSY = 0.6
"""The share of a core that is planned with: beyond it waiting grows faster than the load."""
MESSAGES_PER_AGENT_MIN = 12
"""Of an agent with three or four chats at once, the customers' and their own."""
LOADS = (1, 5, 20, 50, 100, 200)
"""Messages a second."""


@dataclass(frozen=True, slots=True)
class Row:
    """``agents`` who are busy at once; a process uses at most one core."""

    messages_per_s: int
    agents: int
    processes: int
    postgresql_cores: float
    redis_cores: float


def sized(cpu_ms: Mapping[str, float]) -> Iterator[Row]:
    """``cpu_ms`` a message: ``ours``, ``postgresql`` and ``redis``."""
    for load in LOADS:
        yield Row(
            load,
            round(load * 60 / MESSAGES_PER_AGENT_MIN),
            # One more than is needed: any of them may die, or be upgraded.
            ceil(_cores(load, cpu_ms["ours"])) + 1,
            round(_cores(load, cpu_ms["postgresql"]), 1),
            round(_cores(load, cpu_ms["redis"]), 2),
        )


def _cores(load: int, cpu_ms: float) -> float:
    return load * cpu_ms / 1000 / BUSY
