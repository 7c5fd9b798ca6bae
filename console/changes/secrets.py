"""Secrets in an inbox's configuration: shown only as being there, kept when left out, lent to no other address."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from channels.contract import Channel
from core.errors import Invalid

_LEFT_OUT = (None, True)
"""What an answer of ours, sent back unchanged, says of a secret."""


def masked(config: Mapping[str, object], channel: Channel | None) -> dict[str, Any]:
    """True for each secret that there is, and where there are several their numbers, from 0.

    Without a channel nobody knows what is secret, and nothing is shown.
    """
    if channel is None:
        return {}
    shown = deepcopy(dict(config))
    for path in channel.secrets:
        holder, name = _place(shown, path)
        if holder is not None and name in holder:
            known = holder[name]
            if isinstance(known, list | tuple) and known:
                holder[name] = list(range(len(known)))
            elif known:
                holder[name] = True
            else:
                del holder[name]
    return shown


def completed(
    config: Mapping[str, object], stored: Mapping[str, object] | None, channel: Channel
) -> dict[str, Any]:
    """With the stored secrets where the new configuration leaves them out; in a list a number stands for a stored one.

    Raises Invalid on the first of them when the configuration would give it to somebody else than before, and on a
    number that none has.
    """
    known = {} if stored is None else stored
    moved = any(_at(config, path) != _at(known, path) for path in channel.destinations)
    whole = deepcopy(dict(config))
    for path in channel.secrets:
        holder, name = _place(whole, path)
        if holder is None:
            continue
        given = holder.pop(name, None)
        now, lent = _with_stored(path, given, _at(known, path))
        if lent and moved:
            raise Invalid(path, "it again, because where it is sent has changed", code="secret")
        if now or not _left_out(given):
            holder[name] = now
    return whole


def _with_stored(path: str, given: object, stored: object) -> tuple[object, bool]:
    """What the secret is from now on, and whether anything of it is a stored one."""
    if _left_out(given):
        return stored, bool(stored)
    if not isinstance(given, list | tuple):
        return given, False
    several = stored if isinstance(stored, list | tuple) else ()
    numbers = [each for each in given if isinstance(each, int)]
    if any(isinstance(each, bool) or not 0 <= each < len(several) for each in numbers):
        raise Invalid(path, "new ones, and the numbers of those that there are")
    return [several[each] if isinstance(each, int) else each for each in given], bool(numbers)


def _left_out(value: object) -> bool:
    return any(value is each for each in _LEFT_OUT)


def _place(config: dict[str, Any], path: str) -> tuple[dict[str, Any] | None, str]:
    """What holds the field, where there is such a thing, and the field's name in it."""
    *groups, name = path.split(".")
    holder: Any = config
    for group in groups:
        holder = holder.get(group)
        if not isinstance(holder, dict):
            return None, name
    return holder, name


def _at(config: Mapping[str, object], path: str) -> object:
    found: Any = config
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
