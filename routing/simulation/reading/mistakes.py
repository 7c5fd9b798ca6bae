"""Says what is wrong with a scenario in words: where, what was expected, what was there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from core.errors import Invalid
from routing.simulation.reading import wire

_WORDS = (
    (r"`float`", "a number"),
    (r"`int`", "a whole number"),
    (r"`str`", "a text"),
    (r"`bool`", "true or false"),
    (r"`array`", "a list"),
    (r"`object`", "an object"),
    (r"`null`", "null"),
)
_BOUNDS = ((" >= ", "of at least"), (" <= ", "of at most"), (" > ", "of more than"), (" < ", "of less than"))
_UNKNOWN = re.compile(r"Object contains unknown field `(.+)`")
_PART = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")


def explained(error: msgspec.ValidationError, raw: Any) -> Invalid:
    """The same mistake in ``raw`` JSON with its whole place: ``types[0].skills.german: expected …``."""
    told, _, path = str(error).partition(" - at `$")
    parts = [match.group(1) or match.group(2) for match in _PART.finditer(path.rstrip("`"))]
    place = _whole(raw, parts, str(error))
    unknown = _UNKNOWN.fullmatch(told)
    about = [*place, unknown.group(1)] if unknown else place
    return Invalid(_named(about) or "the scenario", _expected(told, raw, place))


def _expected(told: str, raw: Any, place: list[str | int]) -> str:
    if unknown := _UNKNOWN.fullmatch(told):
        allowed = sorted(_fields(raw, place))
        return f"one of the fields {', '.join(allowed)}, not {unknown.group(1)!r}"
    if missing := re.fullmatch(r"Object missing required field `(.+)`", told):
        if missing.group(1) == "law":
            return f'a "law": one of {", ".join(LAWS)}'
        return f"the field {missing.group(1)!r}, which is missing"
    if place and place[-1] == "law":
        return f"one of {', '.join(LAWS)}, not {_at(raw, place)!r}"
    words = told.removeprefix("Expected ").removeprefix("expected ")
    for pattern, word in _WORDS:
        words = words.replace(pattern, word)
    for sign, bound in _BOUNDS:
        words = re.sub(rf"{sign}(\S+?)(?:\.0)?$", rf" {bound} \1", words)
    words = (
        words.replace(" of length of ", " with a length of ")
        .replace(" | ", " or ")
        .replace(", got ", ", not ")
    )
    value = _at(raw, place)
    return words if ", not " in words or isinstance(value, dict | list) else f"{words}, not {value!r}"


def _whole(raw: Any, parts: list[str], message: str) -> list[str | int]:
    """The place with the names of the keys that the message leaves out."""
    place: list[str | int] = []
    for part in parts:
        if part == "...":
            place.append(_guilty(raw, place, message))
        else:
            place.append(int(part) if part.isdigit() and isinstance(_at(raw, place), list) else part)
    return place


def _guilty(raw: Any, place: list[str | int], message: str) -> str:
    """The key without whose value the mistake would not be there: each is tried alone."""
    table = _at(raw, place)
    for key, value in table.items():
        alone = msgspec.json.encode(_with(raw, place, {key: value}))
        try:
            wire.decode(alone)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return str(key)
    return "…"


def _with(raw: Any, place: list[str | int], value: object) -> Any:
    if not place:
        return value
    first, rest = place[0], place[1:]
    if isinstance(raw, list) and isinstance(first, int):
        return [_with(each, rest, value) if at == first else each for at, each in enumerate(raw)]
    return {key: _with(each, rest, value) if key == first else each for key, each in raw.items()}


def _at(raw: Any, place: list[str | int]) -> Any:
    for part in place:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def _named(place: list[str | int]) -> str:
    named = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return named.removeprefix(".")


def _fields(raw: Any, place: list[str | int]) -> set[str]:
    """What the object at the place may have; of several forms, those of the law that it names."""
    types = [msgspec.inspect.type_info(wire.Scenario)]
    for part in place:
        types = [inner for each in types for inner in _inside(each, part)]
    structs = [
        each for kind in types for each in _plain(kind) if isinstance(each, msgspec.inspect.StructType)
    ]
    law = (_at(raw, place) or {}).get("law")
    chosen = [each for each in structs if each.tag == law] or structs
    tags = {"law"} if any(each.tag for each in chosen) else set()
    return tags | {field.encode_name for each in chosen for field in each.fields}


def _inside(kind: msgspec.inspect.Type, part: str | int) -> Iterator[msgspec.inspect.Type]:
    for each in _plain(kind):
        match each:
            case msgspec.inspect.StructType(fields=fields):
                yield from (field.type for field in fields if field.encode_name == part)
            case msgspec.inspect.ListType(item_type=item):
                yield item
            case msgspec.inspect.DictType(value_type=value):
                yield value
            case _:
                pass


def _plain(kind: msgspec.inspect.Type) -> Iterator[msgspec.inspect.Type]:
    if isinstance(kind, msgspec.inspect.UnionType):
        for each in kind.types:
            yield from _plain(each)
    elif isinstance(kind, msgspec.inspect.Metadata):
        yield from _plain(kind.type)
    else:
        yield kind


def _laws() -> Mapping[str, type[msgspec.Struct]]:
    forms = (
        wire.Deterministic,
        wire.Exponential,
        wire.Lognormal,
        wire.Erlang,
        wire.Hyperexponential,
        wire.Empirical,
    )
    return {str(form.__struct_config__.tag): form for form in forms}


LAWS = tuple(_laws())
"""The names of the laws, as JSON has them."""
