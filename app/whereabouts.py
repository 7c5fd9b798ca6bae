"""Where it is asked, and told, which visitors are connected to which process."""

from collections.abc import Awaitable, Callable

from app.runtime import Runtime
from core.whereabouts import Whereabouts


def visitors(runtime: Runtime) -> Whereabouts | None:
    """None: each process knows its own alone."""
    redis = runtime.redis
    return None if redis is None else Whereabouts(redis, runtime.bus, runtime.process, "visitors")


def elsewhere(runtime: Runtime) -> Callable[[str], Awaitable[bool]]:
    """Whether a visitor is connected to another process."""
    found = visitors(runtime)
    return _nowhere if found is None else found.elsewhere


async def _nowhere(_visitor: str) -> bool:
    return False
