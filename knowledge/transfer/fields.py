"""Reads a mapping field by field; what nobody asked for is refused in the end, for it may be a slip."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from core.errors import Invalid

_NUMBER = re.compile(r"[0-9]{1,9}")
_FIRST_YEAR = 1970
"""Further back, calculating with times, or telling them in another zone, may leave the calendar."""
_A_DAY, _A_TIME = "a day since 1970 such as 2026-11-22", "a time since 1970 such as 2026-11-22T09:30:00Z"


class Fields:
    """``values`` are texts, lists and mappings; an empty one is as good as none."""

    def __init__(self, where: str, values: Mapping[str, Any]) -> None:
        self._where = where
        self._values = values
        self._known: set[str] = set()

    def line(self, name: str) -> str | None:
        value = self._take(name)
        if value is None or isinstance(value, str):
            return value
        raise self._wrong(name, "one line of text")

    def needed(self, name: str) -> str:
        """Raises Invalid where there is none."""
        value = self.line(name)
        if value is None:
            raise self._wrong(name, "one line of text")
        return value

    def lines(self, name: str) -> tuple[str, ...]:
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._wrong(name, "a list of lines (- …)")
        return tuple(value)

    def number(self, name: str) -> int | None:
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str) or not _NUMBER.fullmatch(value) or int(value) == 0:
            raise self._wrong(name, "a whole number above 0")
        return int(value)

    def flag(self, name: str) -> bool:
        value = self._take(name)
        if value is not None and value not in {"true", "false"}:
            raise self._wrong(name, "true or false")
        return bool(value == "true")

    def day(self, name: str) -> date | None:
        value = self.line(name)
        try:
            day = None if value is None else date.fromisoformat(value)
        except ValueError:
            raise self._wrong(name, _A_DAY) from None
        if day is not None and day.year < _FIRST_YEAR:
            raise self._wrong(name, _A_DAY)
        return day

    def instant(self, name: str) -> datetime | None:
        value = self.line(name)
        if value is None:
            return None
        try:
            said = datetime.fromisoformat(value)
            at = said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            raise self._wrong(name, _A_TIME) from None
        if at.year < _FIRST_YEAR:
            raise self._wrong(name, _A_TIME)
        return at

    def texts(self, name: str) -> Mapping[str, str]:
        """By language."""
        return self._texts(name, self._take(name), "a text for each language (en: …)")

    def words(self, name: str) -> Mapping[str, Mapping[str, str]]:
        """By language, texts by name."""
        value = self._take(name)
        if value is None:
            return {}
        expected = "texts by their names for each language (en: …)"
        if not isinstance(value, dict):
            raise self._wrong(name, expected)
        return {language: self._texts(name, some, expected) for language, some in value.items()}

    def end(self) -> None:
        """Raises Invalid for what nobody asked for."""
        for name in self._values:
            if name not in self._known:
                raise self._wrong(name, f"one of {', '.join(sorted(self._known))}")

    def _texts(self, name: str, value: object, expected: str) -> Mapping[str, str]:
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            raise self._wrong(name, expected)
        return value

    def _take(self, name: str) -> Any:
        self._known.add(name)
        value = self._values.get(name)
        return None if isinstance(value, str) and not value.strip() else value

    def _wrong(self, name: str, expected: str) -> Invalid:
        return Invalid(f"{self._where}: {name}", expected)
