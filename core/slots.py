"""Time in quarters of an hour, counted from 1970: whatever the time zone, its hours and days are whole ones of these; pure."""

from datetime import UTC, datetime, timedelta

SLOT_S = 900
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def slot_of(at: datetime) -> int:
    """The one in which it is."""
    return int((at - _ZERO).total_seconds()) // SLOT_S


def begin_of(slot: int) -> datetime:
    """When it begins."""
    return _ZERO + timedelta(seconds=slot * SLOT_S)
