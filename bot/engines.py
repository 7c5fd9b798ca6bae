"""Rasa while it does its part, else the scripted engine: for each turn anew, so that no turn is lost in between."""

import logging

from bot.contract import Engine, Turn, Understanding
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
        return await self._second.understand(turn)
