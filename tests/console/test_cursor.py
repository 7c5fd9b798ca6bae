"""Where a page ended comes back as it was, and nothing else is taken for it."""

import base64
from datetime import UTC, datetime

import msgspec
import pytest

from console import cursor
from core.errors import Invalid


class _Mark(msgspec.Struct, array_like=True, frozen=True):
    at: datetime
    id: str


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_it_comes_back_as_it_was() -> None:
    mark = _Mark(datetime(2026, 3, 2, 9, tzinfo=UTC), "灯 \\u0000")
    assert cursor.read(cursor.written(mark), _Mark) == mark


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "é",
        _encoded("[]"),
        _encoded('["2026-03-02T09:00:00Z", 3]'),
        _encoded('["2026-03-02T09:00:00", "no zone"]'),
        _encoded('["2026-03-02T09:00:00Z", "a\\u0000b"]'),
        _encoded('["0001-01-01T00:00:00+14:00", "before time"]'),
        _encoded("[" * 100_000),
    ],
)
def test_what_no_page_gave_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="what the page before gave"):
        cursor.read(text, _Mark)
