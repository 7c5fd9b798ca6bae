"""A brand's colour as a theme: whatever colour it is, words stand out from what is behind them (WCAG AA, 4.5 to 1)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.errors import Invalid

AA: Final = 4.5
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_STEPS = 50

Rgb = tuple[int, int, int]

_WHITE: Final[Rgb] = (255, 255, 255)
_BLACK: Final[Rgb] = (0, 0, 0)
_INK: Final[Rgb] = (17, 20, 28)
_LIGHT_GROUNDS: Final[tuple[Rgb, ...]] = (_WHITE, (246, 247, 249))
_DARK_GROUNDS: Final[tuple[Rgb, ...]] = ((17, 20, 26), (27, 31, 39))
"""What accented words stand on: the page and its cards; the style sheet has the same."""
_SOFT_LIGHT = 0.10
_LINEAR_BELOW = 0.04045
_SOFT_DARK = 0.22


@dataclass(frozen=True, slots=True)
class Theme:
    """Of one mode, as ``#rrggbb``: ``fill`` is behind words in ``on_fill``; ``text`` stands on the page, its cards and ``soft``."""

    fill: str
    on_fill: str
    text: str
    soft: str


def checked_colour(value: str) -> str:
    """``#rrggbb`` in lower case. Raises Invalid."""
    found = _HEX.fullmatch(value)
    if found is None:
        raise Invalid("color", "a colour like #0f766e")
    return f"#{found[1].lower()}"


def light(colour: str) -> Theme:
    own = _rgb(colour)
    soft = _mixed(own, _WHITE, 1 - _SOFT_LIGHT)
    fill = _until(own, _BLACK, lambda each: contrast(each, _WHITE) >= AA)
    text = _until(own, _BLACK, lambda each: _stands_out(each, (*_LIGHT_GROUNDS, soft)))
    return Theme(_hex(fill), _hex(_WHITE), _hex(text), _hex(soft))


def dark(colour: str) -> Theme:
    own = _rgb(colour)
    soft = _mixed(own, _DARK_GROUNDS[0], 1 - _SOFT_DARK)
    text = _until(own, _WHITE, lambda each: _stands_out(each, (*_DARK_GROUNDS, soft)))
    return Theme(_hex(text), _hex(_INK), _hex(text), _hex(soft))


def style_sheet(colour: str) -> str:
    """Both modes as custom properties."""
    return (
        f":root{{{_properties(light(colour))}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark(colour))}}}}}"
    )


def contrast(one: Rgb, other: Rgb) -> float:
    """As WCAG 2 reckons it, 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def contrast_of(one: str, other: str) -> float:
    return contrast(_rgb(one), _rgb(other))


def _properties(theme: Theme) -> str:
    return f"--fill:{theme.fill};--on-fill:{theme.on_fill};--accent:{theme.text};--accent-soft:{theme.soft}"


def _stands_out(colour: Rgb, grounds: tuple[Rgb, ...]) -> bool:
    return all(contrast(colour, ground) >= AA for ground in grounds)


def _until(colour: Rgb, towards: Rgb, enough: Callable[[Rgb], bool]) -> Rgb:
    """The colour, mixed with as little of another as it takes."""
    for step in range(_STEPS + 1):
        mixed = _mixed(colour, towards, step / _STEPS)
        if enough(mixed):
            return mixed
    return towards


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(each / 255) for each in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= _LINEAR_BELOW else float(((value + 0.055) / 1.055) ** 2.4)


def _rgb(colour: str) -> Rgb:
    plain = checked_colour(colour)
    return int(plain[1:3], 16), int(plain[3:5], 16), int(plain[5:7], 16)


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
