"""What a field of a msgspec shape takes, in words for people: a pattern's description, the choices of a word."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import inspect

_STEP = re.compile(r"[^.\[\]]+|\[[^\]]*\]")


def expected_at(shape: object, field: str) -> str | None:
    """``field`` as in msgspec's errors, such as ``imap.host`` or ``aliases[1]``; None where nothing is known of it."""
    found: list[inspect.Type] = [_type_of(shape)]
    for step in _STEP.findall(field):
        found = [inner for each in found for inner in _inside(each, step)]
    said = (_words(each) for outer in found for each in _each(outer))
    return next((words for words in said if words), None)


@cache
def _type_of(shape: object) -> inspect.Type:
    return inspect.type_info(shape)


def _each(type_: inspect.Type) -> Iterator[inspect.Type]:
    """The types that it may be, with their metadata."""
    plain = type_.type if isinstance(type_, inspect.Metadata) else type_
    if isinstance(plain, inspect.UnionType):
        for inner in plain.types:
            yield from _each(inner)
    else:
        yield type_


def _inside(type_: inspect.Type, step: str) -> Iterator[inspect.Type]:
    for each in _each(type_):
        match each.type if isinstance(each, inspect.Metadata) else each:
            case inspect.StructType(fields=fields):
                yield from (field.type for field in fields if field.encode_name == step)
            case inspect.DictType(value_type=inner):
                yield inner
            case inspect.TupleType(item_types=items):
                yield from items
            case inspect.ListType(item_type=inner) | inspect.VarTupleType(item_type=inner):
                yield inner
            case _:
                pass


def _words(type_: inspect.Type) -> str | None:
    match type_:
        case inspect.Metadata(extra_json_schema={"description": str(words)}):
            return words
        case inspect.LiteralType(values=values):
            return _choices([str(value) for value in values])
        case inspect.EnumType(cls=cls):
            return _choices([str(member.value) for member in cls])
        case _:
            return None


def _choices(names: list[str]) -> str:
    return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
