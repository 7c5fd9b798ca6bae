"""Refuses what an inbox's configuration has no field for: a mistyped name would be kept and mean nothing."""

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import inspect

from channels.contract import UNKNOWN
from core.errors import Invalid


def only_known(config: Mapping[str, object], shape: type) -> None:
    """Raises Invalid on the first field (``imap.hots``) that ``shape``, a msgspec struct, does not have."""
    _look(config, _typed(shape), "")


@cache
def _typed(shape: type) -> inspect.Type:
    return inspect.type_info(shape)


def _look(value: object, typed: inspect.Type, place: str) -> None:
    fields = {field.encode_name: field.type for struct in _structs(typed) for field in struct.fields}
    if isinstance(value, Mapping) and fields:
        for name, inner in value.items():
            if name not in fields:
                raise Invalid(f"{place}{name}", f"one of {', '.join(sorted(fields))}", code=UNKNOWN)
            _look(inner, fields[name], f"{place}{name}.")
    if isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            for item in _items(typed):
                _look(inner, item, f"{place.removesuffix('.')}[{at}].")


def _structs(typed: inspect.Type) -> Iterator[inspect.StructType]:
    if isinstance(typed, inspect.StructType):
        yield typed
    if isinstance(typed, inspect.UnionType):
        for each in typed.types:
            yield from _structs(each)


def _items(typed: inspect.Type) -> Iterator[inspect.Type]:
    match typed:
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            yield item
        case inspect.UnionType(types=types):
            for each in types:
                yield from _items(each)
        case _:
            pass
