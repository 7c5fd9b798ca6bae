"""Reads a tree of dataclasses from the environment: each field is one variable, named by its path."""

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from core.errors import Invalid

T = TypeVar("T")

PREFIX = "PARLEY"
GIVEN = "given"
"""In a field's metadata: the application fills it from another setting."""
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting: its name, its default as one would write it, and what the section says that it is in."""

    name: str
    default: str
    kind: str
    section: type[Any]


def read(shape: type[T], environ: Mapping[str, str]) -> T:
    """Build ``shape`` from variables that begin with ``PARLEY_``; what is not given keeps its default.

    Raises Invalid with the variable's name for a value that does not fit, and for a name that is no setting.
    """
    known = {variable.name for variable in variables(shape)}
    for name in environ:
        if name.startswith(f"{PREFIX}_") and name not in known:
            near = get_close_matches(name, known, n=1)
            raise Invalid(name, f"a setting; did you mean {near[0]}" if near else "a setting of that name")
    built: T = _build(shape, PREFIX, environ)
    return built


def variables(shape: type[Any], prefix: str = PREFIX, default: Any = None) -> Iterator[Variable]:
    """Every setting below ``shape``, in the order of the fields; ``default`` where it is not the shape's own."""
    hints = get_type_hints(shape)
    for field in fields(shape):
        name, hint = f"{prefix}_{field.name.upper()}", hints[field.name]
        value = _default(field) if default is None else getattr(default, field.name)
        if is_dataclass(hint):
            assert isinstance(hint, type)  # noqa: S101 - a hint names a class, never an instance
            yield from variables(hint, name, value)
        elif _readable(hint) and not field.metadata.get(GIVEN):
            yield Variable(name, _written(value), _kind(hint), shape)


def values(settings: Any, prefix: str = PREFIX) -> Iterator[tuple[str, Any]]:
    """What each setting is, by its name."""
    for field in fields(settings):
        name, value = f"{prefix}_{field.name.upper()}", getattr(settings, field.name)
        if is_dataclass(value):
            yield from values(value, name)
        else:
            yield name, value


def _build(shape: Any, prefix: str, environ: Mapping[str, str]) -> Any:
    hints = get_type_hints(shape)
    values: dict[str, Any] = {}
    for field in fields(shape):
        name, hint = f"{prefix}_{field.name.upper()}", hints[field.name]
        if is_dataclass(hint):
            values[field.name] = _build_over(_default(field), hint, name, environ)
        elif name in environ and _readable(hint):
            values[field.name] = _parse(name, environ[name], hint)
    return shape(**values)


def _build_over(default: Any, hint: Any, prefix: str, environ: Mapping[str, str]) -> Any:
    """As ``_build``, but what is not given comes from ``default``, which may differ from the section's own."""
    hints = get_type_hints(hint)
    values = {field.name: getattr(default, field.name) for field in fields(hint)}
    for field in fields(hint):
        name, kind = f"{prefix}_{field.name.upper()}", hints[field.name]
        if is_dataclass(kind):
            values[field.name] = _build_over(values[field.name], kind, name, environ)
        elif name in environ and _readable(kind) and not field.metadata.get(GIVEN):
            values[field.name] = _parse(name, environ[name], kind)
    return hint(**values)


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return None


def _bare(hint: Any) -> Any:
    """``int`` of ``int | None``."""
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [one for one in get_args(hint) if one is not type(None)]
        return inner[0] if len(inner) == 1 else hint
    return hint


def _readable(hint: Any) -> bool:
    return _bare(hint) in _PARSERS or (get_origin(_bare(hint)) is tuple and get_args(_bare(hint))[0] is str)


def _kind(hint: Any) -> str:
    bare = _bare(hint)
    return "comma-separated words" if get_origin(bare) is tuple else _EXPECTED[bare]


def _parse(name: str, text: str, hint: Any) -> Any:
    bare = _bare(hint)
    if get_origin(bare) is tuple:
        return tuple(word.strip() for word in text.split(",") if word.strip())
    try:
        return _PARSERS[bare](text.strip())
    except ValueError:
        raise Invalid(name, f"{_EXPECTED[bare]}, not {text!r}") from None


def _duration(text: str) -> timedelta:
    return timedelta(seconds=float(text))


def _boolean(text: str) -> bool:
    word = text.lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return word in _TRUE


_PARSERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: _boolean,
    Path: Path,
    timedelta: _duration,
}
_EXPECTED: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "yes or no",
    Path: "a path",
    timedelta: "a number of seconds",
}


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}"
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
