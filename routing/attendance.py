"""Whether an agent who does nothing, or whose console is gone, still counts as being there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.agent import SYSTEM, Presence, PresenceState

IDLE = "idle"
DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True)
class AttendanceSettings:
    """Seconds; 0: never.

    ``idle_s``: an available agent who did nothing in the console for so long is away. ``gone_s``: whoever has had no
    live connection for so long is offline. ``watch_s``: how often that is looked at, and how exact it is: both come
    true at the earliest after their time and this.
    """

    idle_s: float = 900.0
    gone_s: float = 180.0
    watch_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Attendance:
    """Their presence, when they last did something, and when they last were connected; None: not known."""

    presence: PresenceState
    since: datetime | None
    seen_at: datetime | None
    connected_at: datetime | None


def overdue(
    known: Attendance, now: datetime, watched_since: datetime, settings: AttendanceSettings
) -> Presence | None:
    """What their presence becomes by itself; None: it stays.

    Setting a presence counts as being there. What was before ``watched_since`` is not held against them: nobody could
    have noticed what they did.
    """
    if known.presence is PresenceState.OFFLINE:
        return None
    if settings.gone_s and _silent(known.connected_at, known, now, watched_since) >= _limit(
        settings.gone_s, settings
    ):
        return Presence(PresenceState.OFFLINE, DISCONNECTED, now, SYSTEM)
    if known.presence is not PresenceState.AVAILABLE or not settings.idle_s:
        return None
    if _silent(known.seen_at, known, now, watched_since) >= _limit(settings.idle_s, settings):
        return Presence(PresenceState.AWAY, IDLE, now, SYSTEM)
    return None


def _silent(last: datetime | None, known: Attendance, now: datetime, watched_since: datetime) -> timedelta:
    return now - max(each for each in (last, known.since, watched_since) if each is not None)


def _limit(seconds: float, settings: AttendanceSettings) -> timedelta:
    return timedelta(seconds=seconds + settings.watch_s)
