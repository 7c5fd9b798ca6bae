"""Charts as inline SVG: bars with their intervals, and curves; colours come from the page, so that they follow its theme."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from routing.simulation.estimate import Figure

WIDTH = 360
"""Units: as wide as a phone's page, so that words keep their size there; larger screens enlarge it."""
COLOURS = 6
_ROW, _BAR, _LEFT, _BOTTOM, _HEIGHT = 34, 14, 40, 34, 200
_TICKS = (0.001, 0.01, 0.1, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """``words``: its value as it is to be read."""

    name: str
    figure: Figure
    words: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Points from left to right."""

    name: str
    points: Sequence[tuple[float, float]]


def bars(title: str, rows: Sequence[Bar], most: float | None = None) -> str:
    """One below the other, from 0 to ``most`` or the largest; a thin line shows the interval."""
    most = most or max((max(row.figure.high or 0.0, row.figure.value) for row in rows), default=0.0) or 1.0
    scale = WIDTH / most
    parts = []
    for number, row in enumerate(rows):
        top = number * _ROW
        wide = max(1.0, row.figure.value * scale)
        parts.append(f'<text x="0" y="{top + 11}">{escape(row.name)}</text>')
        parts.append(f'<text x="{WIDTH}" y="{top + 11}" text-anchor="end">{escape(row.words)}</text>')
        parts.append(
            f'<rect x="0" y="{top + 15}" width="{wide:.1f}" height="{_BAR}" class="fill c{number % COLOURS}"/>'
        )
        if row.figure.low is not None and row.figure.high is not None:
            low, high, middle = (
                max(0.0, row.figure.low) * scale,
                min(row.figure.high, most) * scale,
                top + 15 + _BAR / 2,
            )
            parts.append(f'<path d="M{low:.1f} {middle}H{high:.1f}" class="span"/>')
    return _figure(title, len(rows) * _ROW, parts)


def survival(title: str, across: str, up: str, curves: Sequence[Curve]) -> str:
    """Shares that fall from left to right, both axes logarithmic; the names stand below."""
    right = max((point[0] for curve in curves for point in curve.points), default=1.0)
    left, low = 1.0, _TICKS[0]
    decades = max(1, math.ceil(math.log10(max(right, 10.0))))
    plot = _Plot(math.log10(left), float(decades), math.log10(low), 0.0)
    parts = list(_grid(plot, decades))
    for number, curve in enumerate(curves):
        seen = [(max(left, x), y) for x, y in curve.points if y >= low]
        path = "L".join(f"{plot.x(math.log10(x)):.1f} {plot.y(math.log10(y)):.1f}" for x, y in seen)
        parts += (
            [f'<path d="M{path}" class="line c{number % COLOURS} d{number // COLOURS % 3}"/>'] if path else []
        )
    parts.append(f'<text x="{WIDTH}" y="{_HEIGHT + 28}" text-anchor="end">{escape(across)}</text>')
    parts.append(f'<text x="0" y="{_HEIGHT + 28}">{escape(up)}</text>')
    below = _HEIGHT + _BOTTOM
    for number, curve in enumerate(curves):
        y = below + 8 + 16 * number
        parts.append(f'<path d="M0 {y}H24" class="line c{number % COLOURS} d{number // COLOURS % 3}"/>')
        parts.append(f'<text x="30" y="{y + 4}">{escape(curve.name)}</text>')
    return _figure(title, below + 16 * len(curves) + 4, parts)


@dataclass(frozen=True, slots=True)
class _Plot:
    """From values to places in the drawing."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        return _LEFT + (value - self.left) / (self.right - self.left) * (WIDTH - _LEFT - 4)

    def y(self, value: float) -> float:
        return 6 + (self.high - value) / (self.high - self.low) * (_HEIGHT - 6)


def _grid(plot: _Plot, decades: int) -> Iterator[str]:
    for tick in _TICKS:
        y = plot.y(math.log10(tick))
        yield f'<path d="M{_LEFT} {y:.1f}H{WIDTH - 4}" class="grid"/>'
        yield f'<text x="{_LEFT - 4}" y="{y + 4:.1f}" text-anchor="end">{tick:.1%}</text>'.replace(".0%", "%")
    for power in range(decades + 1):
        x = plot.x(power)
        yield f'<path d="M{x:.1f} 6V{_HEIGHT}" class="grid"/>'
        yield f'<text x="{x:.1f}" y="{_HEIGHT + 13}" text-anchor="middle">{10**power}</text>'


def _figure(title: str, height: float, parts: Sequence[str]) -> str:
    return (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg></figure>'
    )
