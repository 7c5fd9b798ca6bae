"""Channels that are not ours: found by the names that the settings give."""

from collections.abc import Sequence
from importlib import import_module

from channels.registry import Make
from core.errors import Invalid


def further_channels(names: Sequence[str]) -> tuple[Make, ...]:
    """Each name is ``module:callable``. Raises Invalid with the setting's name for one that is not there."""
    return tuple(_found(name) for name in names)


def _found(name: str) -> Make:
    module, _, attribute = name.partition(":")
    try:
        made: Make = getattr(import_module(module), attribute)
    except (ImportError, ValueError, AttributeError) as error:
        raise Invalid("PARLEY_CHANNELS", f"module:callable of a channel, not {name} ({error})") from error
    return made
