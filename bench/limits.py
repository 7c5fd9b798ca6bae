"""What a rate limit costs: the three buckets of a visitor's message, in one process and shared in a real Redis (Valkey).

CPU is this process's, a call; ``server`` is what the server itself says a run of the script took it. Beside it, in the same run, the bare
library asks the server to run a script of one line: what any shared limit would cost.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from random import Random

import uvloop

from bench.harness import Aim, Options, Result, percentile
from core.clock import SystemClock
from core.limits import Asked, InProcessRateLimits, Rate, RateLimits
from core.redis import RedisSettings, SharedRedis
from core.scripts import Scripts
from core.shared_limits import SharedRateLimits
from core.tasks import Supervisor
from tests.servers.valkey import running_valkey

CALLS, QUICK_CALLS = 50_000, 5_000
AT_ONCE = (1, 16, 64)
TIMES_BARE = 2.0
_WIDE = Rate(burst=1_000_000, per_s=1_000.0)
_NARROW = Rate(burst=1, per_s=0.001)
_VISITORS, _ADDRESSES = 1_000, 100

Call = Callable[[int], Awaitable[object]]


def measure(options: Options) -> Result:
    calls = QUICK_CALLS if options.quick else CALLS
    with running_valkey() as server, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(_measured(server.url, calls))
    ratio = figures["redis, 16 at once"]["cpu_us"] / figures["bare script, 16 at once"]["cpu_us"]
    aim = Aim.at_most(ratio, TIMES_BARE, long_enough=not options.quick)
    return Result({"calls": calls, "buckets": 3}, figures, {"CPU of a call beside a bare script's": aim})


async def _measured(url: str, calls: int) -> dict[str, dict[str, float]]:
    redis = SharedRedis(url, RedisSettings(), "bench", Random(1))
    supervisor = Supervisor(Random(1))
    own, shared = (
        InProcessRateLimits(SystemClock()),
        SharedRateLimits(Scripts(redis, supervisor), SystemClock()),
    )
    bare = redis.client.register_script("return 0")
    figures = {"in process": await _figures(_taking(own), calls, 1)}
    for many in AT_ONCE:
        figures[f"redis, {many} at once"] = await _figures(_taking(shared), calls, many)
        figures[f"bare script, {many} at once"] = await _figures(lambda _n: bare(), calls, many)
    await shared.take(("flood", _NARROW))
    figures["a flood refused"] = await _figures(lambda _n: shared.take(("flood", _NARROW)), calls, 1)
    stats = await redis.ask(lambda client: client.info("commandstats"))
    figures["server"] = {"script_us": stats["cmdstat_evalsha"]["usec_per_call"]}
    await supervisor.stop()
    await redis.close()
    return figures


def _taking(limits: RateLimits) -> Call:
    def call(n: int) -> Awaitable[float]:
        return limits.take(*_of_message(n))

    return call


def _of_message(n: int) -> tuple[Asked, ...]:
    return (
        (f"live.messages:{n % _VISITORS}", _WIDE),
        ("live.messages.inbox:web", _WIDE),
        (f"live.messages.address:192.0.2.{n % _ADDRESSES}", _WIDE),
    )


async def _figures(call: Call, calls: int, many: int) -> dict[str, float]:
    numbers, taken = iter(range(calls)), list[float]()

    async def caller() -> None:
        for n in numbers:
            began = time.perf_counter()
            await call(n)
            taken.append((time.perf_counter() - began) * 1e6)

    cpu, wall = time.process_time(), time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(many)))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {
        "cpu_us": round(cpu / calls * 1e6, 1),
        "calls_a_second": round(calls / wall),
        "p50_us": round(percentile(taken, 0.5), 1),
        "p99_us": round(percentile(taken, 0.99), 1),
    }
