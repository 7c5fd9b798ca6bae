"""What a button of ours carries: which message offered it, and the how-manieth option it is. At most 64 bytes, so no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.ids import MessageId
from core.message import Buttons, Option, Part

CHOSEN = "="
"""Carried by the button that only shows what was chosen: whoever presses it means nothing."""

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Pressed:
    """``number`` counts the options of all buttons of the message, from 0."""

    message: MessageId
    number: int


def data_of(message: MessageId, number: int) -> str:
    """For ``callback_data``."""
    return f"{message}:{number}"


def pressed(data: str | None) -> Pressed | None:
    """None for what is no button of ours, or only shows what was chosen."""
    message, _, number = (data or "").rpartition(":")
    if not message or not number.isascii() or not number.isdigit() or len(number) > _DIGITS:
        return None
    return Pressed(MessageId(message), int(number))


def options_of(parts: Sequence[Part]) -> tuple[Option, ...]:
    """Every option of a message, in the order by which ``Pressed.number`` counts."""
    return tuple(option for part in parts if isinstance(part, Buttons) for option in part.options)


def option_at(parts: Sequence[Part], number: int) -> Option | None:
    """What was pressed, by what the message that offered it says; None when it offered no such option."""
    options = options_of(parts)
    return options[number] if 0 <= number < len(options) else None
