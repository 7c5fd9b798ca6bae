"""A database that is away now and then, for as long as it takes to be asked so often; nobody has to be waited for meanwhile."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from core.errors import Unavailable
from core.store.database import Database


class Outages:
    """``slept`` is how long each of those who slept would have slept: they are awake at once."""

    def __init__(self, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slept: list[float] = []
        self._left = 0
        self._sleep = asyncio.sleep
        monkeypatch.setattr(db, "run", self._unless_away(db.run))
        monkeypatch.setattr(db, "read", self._unless_away(db.read))
        monkeypatch.setattr(asyncio, "sleep", self._noted)

    async def pass_by(self, wake: Callable[[], None], asked: int = 30) -> None:
        """From now on until it was asked so often; ``wake`` has somebody ask at once."""
        self._left = asked
        wake()
        while self._left:
            await self._sleep(0)

    def _unless_away(self, answer: Callable[..., Any]) -> Callable[..., Any]:
        async def asked(*args: Any, **kwargs: Any) -> Any:
            if not self._left:
                return await answer(*args, **kwargs)
            self._left -= 1
            raise Unavailable("away")

        return asked

    async def _noted(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self._sleep(0)
