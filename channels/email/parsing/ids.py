"""Message-IDs out of headers, and the date a mail was written, read as forgivingly as they are written."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

from channels.email.parsing.headers import Headers
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.words import decoded

_BRACKETS: Final = re.compile(r"<([^<>]{1,1000})>")
_LONGEST = 500
_DATE = 200
_EARLIEST = 1980


def message_ids(values: tuple[str, ...], limits: ParseLimits) -> tuple[str, ...]:
    """Each once, in order; of more than the limit allows the first one and the latest stay."""
    found: dict[str, None] = {}
    for each in values:
        # Programs written in Python encode ids that are too long for a line (github.com/python/cpython/issues/79986).
        value = decoded(each) if "=?" in each else each
        bracketed = _BRACKETS.findall(value)
        for raw in bracketed or [word for word in value.split() if "@" in word]:
            one = "".join(raw.split()).strip("<>,;\"'")
            if one and len(one) <= _LONGEST:
                found.setdefault(one)
    ids = tuple(found)
    return ids if len(ids) <= limits.references else (ids[0], *ids[1 - limits.references :])


def message_id(headers: Headers, limits: ParseLimits) -> str | None:
    """The mail's own; without angle brackets whatever stands there is taken for it."""
    for name in ("message-id", "x-message-id"):
        value = headers.get(name)
        found = message_ids((value,), limits)
        if found:
            return found[0]
        bare = "".join(value.split()).strip("<>")
        if bare and len(bare) <= _LONGEST:
            return bare
    return None


def date_of(value: str) -> datetime | None:
    """In UTC; None for what is no date."""
    value = value[:_DATE].strip()
    if not value:
        return None
    return _by_rule(value) or _by_numbers(value)


def _by_rule(value: str) -> datetime | None:
    try:
        fields = parsedate_tz(value)
        if fields is None:
            return None
        year, month, day, hour, minute, second, *_, offset = fields
        # A leap second is the second before it here.
        zone = timezone(timedelta(seconds=offset or 0))
        read = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return read if read.year >= _EARLIEST else None


def _by_numbers(value: str) -> datetime | None:
    """ISO 8601, which no mail should have and some do; without a zone it is taken as UTC."""
    try:
        read = datetime.fromisoformat(value)
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return read if read.year >= _EARLIEST else None


def sent_at(headers: Headers) -> tuple[datetime | None, bool]:
    """When it was written, and whether that had to be taken from the server that received it."""
    for name in ("date", "resent-date"):
        found = date_of(headers.get(name))
        if found is not None:
            return found, name != "date"
    for value in headers.all("received"):
        found = date_of(value.rpartition(";")[2])
        if found is not None:
            return found, True
    return None, True
