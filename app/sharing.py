"""What a process does because there are others beside it: looks for what no signal told, says who is connected to it."""

from collections.abc import Awaitable, Callable, Mapping

from app.announcing import Announcing
from app.build import Built
from app.runtime import Runtime
from app.whereabouts import visitors
from channels.live.begun import Begun
from channels.live.checking import SessionCheck
from core.sweeping import Look, Sweep


def services(runtime: Runtime, built: Built) -> Mapping[str, Callable[[], Awaitable[None]]]:
    """By name; none where this is the only process."""
    if runtime.alone:
        return {}
    bus, settings, live = runtime.bus, runtime.settings, built.channels.live
    begun = Begun(runtime.db, bus, live.followers, runtime.supervisor)
    sweep = Sweep(runtime.db, bus, runtime.clock, Look(built.sweep_streams, begun.look), settings.redis)
    check = SessionCheck(runtime.db, bus, live.followers, settings.live.check_s)
    found: dict[str, Callable[[], Awaitable[None]]] = {
        "process": Announcing(runtime).run,
        "sweep": sweep.run,
        "sessions": check.run,
    }
    here = visitors(runtime)
    if here is not None:
        found["whereabouts"] = lambda: here.run(live.here)
    return found


def watch(runtime: Runtime) -> None:
    """What is measured of it."""
    redis, bus = runtime.redis, runtime.bus
    if redis is None:
        return
    runtime.metrics.watch("redis_well", "Whether Redis answers", lambda: redis.well)
    runtime.metrics.watch("signals_heard", "Whether signals of other processes are heard", lambda: bus.whole)
    runtime.metrics.watch("processes_heard", "Other processes heard just now", lambda: len(bus.others()))
