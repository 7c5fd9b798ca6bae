"""Which engine understands a turn: the inbox's own, and the scripted one while that does not do its part."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.contract import Engine, Turn
from bot.proposals import Understanding
from core.errors import Unavailable

log = logging.getLogger(__name__)


class WithFallback:
    """Implements ``Engine`` with two. What each needs to go on (slots, open form) is in the turn itself."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self._first = first
        self._second = second

    async def understand(self, turn: Turn) -> Understanding:
        try:
            return await self._first.understand(turn)
        except Unavailable as error:
            log.info(
                "answered without the first engine: %s", error, extra={"conversation": turn.conversation}
            )
            trouble = error.code
        return replace(await self._second.understand(turn), trouble=trouble)


class ByInbox:
    """Implements ``Engine``: the one that the inbox names, else the installation's."""

    def __init__(self, usual: Engine, named: Mapping[str, Engine]) -> None:
        self._usual = usual
        self._named = named

    async def understand(self, turn: Turn) -> Understanding:
        name = turn.profile.engine
        engine = self._usual if name is None else self._named.get(name)
        if engine is None:
            log.warning("this inbox names an engine that is not here: %s", name)
            engine = self._usual
        return await engine.understand(turn)
