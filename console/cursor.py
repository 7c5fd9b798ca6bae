"""Where a page of a list ended, as text that only we read."""

import base64
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from core.errors import Invalid
from core.web import without_nul

C = TypeVar("C", bound=msgspec.Struct)


def written(cursor: msgspec.Struct) -> str:
    """For a query."""
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def read(text: str, shape: type[C]) -> C:
    """Raises Invalid for what was not ``written`` so; times are aware."""
    try:
        told = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        cursor = msgspec.json.decode(told, type=shape)
        values = (getattr(cursor, name) for name in shape.__struct_fields__)
        times = [(at.tzinfo, at.astimezone(UTC)) for at in values if isinstance(at, datetime)]
    except (ValueError, OverflowError, RecursionError, msgspec.MsgspecError):
        raise _not_ours() from None
    if told != without_nul(told) or any(zone is None for zone, _ in times):
        raise _not_ours()
    return cursor


def _not_ours() -> Invalid:
    return Invalid("cursor", "what the page before gave as next")
