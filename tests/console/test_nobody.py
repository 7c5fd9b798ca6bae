"""Supervisors who come together are told what nobody can serve after one look at the line, beside the event loop."""

import asyncio
from types import SimpleNamespace
from typing import Any

from console.live.checks import NobodyWatch
from console.live.encode import encode
from console.wire.live import NobodyFrame
from core.agent import Permission
from core.bus import InProcessBus


async def test_supervisors_who_come_together_share_one_look_at_the_line() -> None:
    looks = []

    async def read(*asked: object) -> tuple[()]:
        looks.append(asked)
        await asyncio.sleep(0)
        return ()

    # What is not large cannot be asked for here.
    parts: Any = SimpleNamespace(
        bus=InProcessBus(),
        db=SimpleNamespace(large=SimpleNamespace(read=read)),
        routing=SimpleNamespace(rules=None),
    )
    nobody: Any = None
    watch = NobodyWatch(parts, nobody)
    sue: Any = SimpleNamespace(may=lambda what: what is Permission.SUPERVISE)
    ada: Any = SimpleNamespace(may=lambda _: False)
    told = await asyncio.gather(watch.known(sue), watch.known(ada), watch.known(sue), watch.known(sue))
    nothing = encode(NobodyFrame(()))
    assert list(told) == [nothing, None, nothing, nothing]
    assert len(looks) == 1
