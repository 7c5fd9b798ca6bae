"""One asyncio lock a conversation: Rasa's own store makes those who wait look once a second."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from rasa.core.lock_store import LockStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class AsyncioLockStore(LockStore):
    """Serves the messages of one conversation in the order they came, without polling."""

    def __init__(self, endpoint_config: Any = None) -> None:
        """Takes what Rasa hands to every lock store; nothing of it is needed."""
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Holds the conversation; its entry goes with the last one who waits."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._waiting[conversation_id] = self._waiting.get(conversation_id, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[conversation_id] -= 1
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id], self._locks[conversation_id]
