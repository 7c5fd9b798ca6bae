"""YAML as people write it by hand: texts, lists and mappings, each scalar the words that stand there.

``no``, ``1.10`` and ``2026-11-22`` are what they look like, so that none becomes something else on its way; who needs a
number or a day says so (``fields.Fields``). References are not followed: with them a few lines become gigabytes.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from core.errors import Invalid

_DEEPEST = 8


class _Readable(yaml.CSafeDumper):
    """Several lines as a block."""


def _text(dumper: _Readable, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Readable.add_representer(str, _text)


def dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=10_000)


def load(where: str, text: str, *, first_line: int = 1) -> Any:
    """None, a text, a list or a mapping. Raises Invalid, which names the file and the line."""
    try:
        found = list(_Reading(where, first_line, yaml.parse(text, Loader=yaml.CBaseLoader)).documents())
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        line = first_line + (mark.line if mark else 0)
        raise Invalid(f"{where}, line {line}", f"YAML ({error.problem})") from None
    except (yaml.YAMLError, ValueError) as error:
        raise Invalid(where, f"YAML ({str(error).splitlines()[0]})") from None
    if len(found) > 1:
        raise Invalid(where, "one document of YAML")
    return found[0] if found else None


class _Reading:
    """Builds values out of the parser's events, so that nothing is deep or referred to before it is looked at."""

    def __init__(self, where: str, first_line: int, events: Iterator[yaml.Event]) -> None:
        self._where = where
        self._first_line = first_line
        self._events = events

    def documents(self) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                yield self._value(event, _DEEPEST)

    def _value(self, event: yaml.Event, room: int) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if not isinstance(event, yaml.CollectionStartEvent):
            raise self._wrong(event, "YAML (references, *name, are not read)")
        if not room:
            raise self._wrong(event, f"YAML at most {_DEEPEST} levels deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._list(room - 1))
        return self._mapping(room - 1)

    def _list(self, room: int) -> Iterator[Any]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._value(event, room)

    def _mapping(self, room: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._wrong(event, "a name before each colon")
            if event.value in found:
                raise self._wrong(event, f"{event.value} once")
            found[event.value] = self._value(next(self._events), room)
        return found

    def _wrong(self, event: yaml.Event, expected: str) -> Invalid:
        line = self._first_line + (event.start_mark.line if event.start_mark else 0)
        return Invalid(f"{self._where}, line {line}", expected)
