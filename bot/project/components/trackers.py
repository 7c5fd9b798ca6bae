"""Where Rasa remembers conversations: one bounded row each, replaced as a whole.

Rasa's own SQL store adds rows for ever, reads them all at each turn and cannot replace a conversation
(`PUT …/tracker/events` appends to it). What is kept here is a cache: Parley's turn record restores it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.events import ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rasa.shared.core.domain import Domain

_SCHEMA = """
create table if not exists tracker (
  sender_id text primary key, events text not null, saved_at real not null
) without rowid
"""
_SAVE = """
insert into tracker values (?, ?, ?)
on conflict (sender_id) do update set events = excluded.events, saved_at = excluded.saved_at
"""
_DAY_S = 86400.0


class BoundedTrackerStore(TrackerStore):
    """Keeps at most `limit` events a conversation, in `trackers.db` in `folder`, for `keep_days` days."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: Any = None,
        host: str | None = None,
        *,
        folder: str,
        limit: str | int = 120,
        keep_days: float = 30,
    ) -> None:
        """Opens the store and forgets conversations that nobody wrote in for `keep_days`."""
        super().__init__(domain, event_broker)
        self._limit = int(limit)
        Path(folder).mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(Path(folder) / "trackers.db", isolation_level=None, timeout=5)
        # A lost row is restored from Parley's own record: no need to wait for the disk.
        for statement in ("pragma journal_mode = wal", "pragma synchronous = off", _SCHEMA):
            self._db.execute(statement)
        self._db.execute("delete from tracker where saved_at < ?", [time.time() - keep_days * _DAY_S])

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replaces what was kept of this conversation."""
        events = bounded(tracker, self._limit)
        text = json.dumps([lean(event.as_dict()) for event in events], ensure_ascii=False)
        self._db.execute(_SAVE, [tracker.sender_id, text, time.time()])

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Gives the conversation, or None when nothing is kept of it."""
        row = self._db.execute("select events from tracker where sender_id = ?", [sender_id]).fetchone()
        if row is None:
            return None
        tracker = self.init_tracker(sender_id)
        events = {"name": sender_id, "events": json.loads(row[0])}
        tracker.recreate_from_dialogue(Dialogue.from_parameters(events))
        return tracker

    async def keys(self) -> Iterable[str]:
        """Lists the conversations that are kept."""
        return [row[0] for row in self._db.execute("select sender_id from tracker")]


def bounded(tracker: DialogueStateTracker, limit: int) -> Sequence[Event]:
    """Cuts the oldest turns away, with what they set put in their place.

    Cuts to three quarters of `limit`, so that it happens every few turns only.
    """
    events = list(tracker.events)
    if len(events) <= limit:
        return events
    start = _turn_start(events, len(events) - limit * 3 // 4)
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:start], list(tracker.slots.values()))
    return [*_summary(before, events[start].timestamp), *events[start:]]


def _turn_start(events: list[Event], at_least: int) -> int:
    """Finds the first customer's message from `at_least` on; never drops the last one."""
    starts = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    return next((index for index in starts if index >= at_least), starts[-1] if starts else 0)


def _summary(before: DialogueStateTracker, timestamp: float) -> list[Event]:
    slots = before.current_slot_values().items()
    events: list[Event] = [SessionStarted(timestamp)]
    if before.active_loop_name:
        events.append(ActiveLoop(before.active_loop_name, timestamp))
    events += [SlotSet(name, value, timestamp) for name, value in slots if value is not None]
    return events


def lean(event: dict[str, Any]) -> dict[str, Any]:
    """Leaves out what only training uses: three quarters of a customer's message."""
    parsed = event.get("parse_data")
    if parsed:
        for key in ("text_tokens", "response_selector"):
            parsed.pop(key, None)
        parsed["intent_ranking"] = parsed.get("intent_ranking", [])[:3]
    return event
