"""What several Rasa servers share in a Redis, where PARLEY_TRACKERS names one: trackers, and one turn of a conversation at a time.

Rasa's own Redis stores wait for Redis in the event loop, add to what is kept for ever, and fail the turn when it is away.
What is kept here is a cache, as in `components/trackers.py`: without Redis each turn goes on from Parley's record.
"""

from __future__ import annotations

import json
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.conversation import Dialogue
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from components.locks import AsyncioLockStore
from components.trackers import bounded, lean

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker

log = logging.getLogger("parley.shared")

_ANSWER_S = 0.3
_KEEP_S = 30 * 86_400
_TURN_S = 10
"""After so long a lock is nobody's: whoever held it is gone."""
_WAIT_S = 1.0
_LOOK_S = 0.02
_KEY, _LOCK = "parley:rasa:tracker:", "parley:rasa:turn:"

_clients: dict[str, Redis] = {}


def _client(url: str) -> Redis:
    """Gives the one of this process: each new model comes with new stores."""
    if url not in _clients:
        _clients[url] = Redis.from_url(
            url, decode_responses=True, socket_timeout=_ANSWER_S, socket_connect_timeout=_ANSWER_S
        )
    return _clients[url]


class SharedTrackerStore(TrackerStore):
    """Keeps at most `limit` events a conversation, replaced as a whole."""

    def __init__(
        self, domain: Domain | None, event_broker: Any = None, host: str = "", *, limit: str | int = 120
    ) -> None:
        """Takes the address of Redis as Rasa hands it to every store: as `host`."""
        super().__init__(domain, event_broker)
        self._limit = int(limit)
        self._redis = _client(host)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replaces what was kept of this conversation."""
        events = [lean(event.as_dict()) for event in bounded(tracker, self._limit)]
        try:
            await self._redis.set(_KEY + tracker.sender_id, json.dumps(events), ex=_KEEP_S)
        except (RedisError, OSError) as error:
            log.warning("a conversation is not shared: %s", error)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Gives the conversation, or None when nothing is kept of it."""
        try:
            kept = await self._redis.get(_KEY + sender_id)
        except (RedisError, OSError) as error:
            log.warning("a conversation is taken for a new one: %s", error)
            return None
        if kept is None:
            return None
        tracker = self.init_tracker(sender_id)
        dialogue = Dialogue.from_parameters({"name": sender_id, "events": json.loads(kept)})
        tracker.recreate_from_dialogue(dialogue)
        return tracker

    async def keys(self) -> Iterable[str]:
        """Lists the conversations that are kept."""
        return [key.removeprefix(_KEY) async for key in self._redis.scan_iter(f"{_KEY}*")]


class SharedLockStore(LockStore):
    """One turn of a conversation at a time on all servers; for who waits too long, or without Redis, on this one."""

    def __init__(self, endpoint_config: Any) -> None:
        """Takes the address of Redis from the endpoints file."""
        self._here = AsyncioLockStore()
        self._redis = _client(endpoint_config.url)

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Holds the conversation."""
        async with self._here.lock(conversation_id):
            lock = Lock(self._redis, _LOCK + conversation_id, timeout=_TURN_S, sleep=_LOOK_S)
            held = await _acquired(lock)
            try:
                yield
            finally:
                if held:
                    await _released(lock)


async def _acquired(lock: Lock) -> bool:
    try:
        return await lock.acquire(blocking_timeout=_WAIT_S)
    except (RedisError, OSError) as error:
        log.warning("a turn goes on without a lock: %s", error)
        return False


async def _released(lock: Lock) -> None:
    try:
        await lock.release()
    except (LockError, RedisError, OSError) as error:
        log.warning("a lock runs out by itself: %s", error)
