"""Results as tables of text, for a terminal; words in the reader's language."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from core.texts import Texts
from routing.simulation.estimate import Figure
from routing.simulation.results import Pair, Policy, Results, Row
from routing.simulation.scenario import Scenario

Say = Callable[..., str]
_LARGE = 1000
COLUMNS = (
    "simulated-column-came",
    "simulated-column-wait",
    "simulated-column-p-wait",
    "simulated-column-attainment",
    "simulated-column-abandoned",
    "simulated-column-p99",
    "simulated-column-longest",
)


def saying(texts: Texts, language: str) -> Say:
    """Says keys in one language."""
    return lambda key, **values: texts.say(key, language, **values)


def as_text(results: Results, say: Say) -> str:
    """For each policy a table with a line for each type; then the policies pairwise."""
    parts = [_heading(results, say)]
    parts += ["\n".join(_policy(policy, say)) for policy in results.policies]
    if results.pairs:
        parts.append("\n".join(_pairs(results.pairs, say)))
    return "\n\n".join(parts)


def _heading(results: Results, say: Say) -> str:
    scenario = results.scenario
    name = scenario.name or say("simulated-unnamed")
    return f"{name}\n{about(scenario, say)}"


def about(scenario: Scenario, say: Say) -> str:
    """How much was simulated."""
    return say(
        "simulated-heading",
        hours=number(scenario.hours),
        warm=number(scenario.warm_up_s / 3600),
        seeds=str(len(scenario.seeds)),
    )


def _policy(policy: Policy, say: Say) -> Iterator[str]:
    yield f"== {policy.name} =="
    names = [*policy.kinds, *([say("simulated-all")] if len(policy.kinds) > 1 else [])]
    rows = [*policy.kinds.values(), *([policy.total] if len(policy.kinds) > 1 else [])]
    head = [say("simulated-type"), *(say(each) for each in COLUMNS)]
    yield from aligned([head, *([name, *cells(row)] for name, row in zip(names, rows, strict=True))])
    yield say(
        "simulated-summary",
        weighted=share(policy.weighted),
        late=seconds(policy.late),
        cost=cost(policy.cost),
    )
    for name, team in policy.teams.items():
        yield say("simulated-team", name=name, occupancy=f"{team.occupancy:.1%}")
    if policy.total.unfinished:
        yield say("simulated-unfinished", count=str(policy.total.unfinished))


def cells(row: Row) -> list[str]:
    """In the order of COLUMNS."""
    return [
        str(row.came),
        seconds(row.wait_s),
        share(row.p_wait),
        share(row.attainment),
        share(row.abandoned),
        f"{rounded(row.percentiles[-1])} s",
        f"{rounded(row.longest_s)} s",
    ]


def _pairs(pairs: Sequence[Pair], say: Say) -> Iterator[str]:
    yield say("simulated-pairs")
    head = [say("simulated-pair"), *(say(each) for each in PAIR_COLUMNS)]
    yield from aligned([head, *([f"{pair.first} - {pair.second}", *pair_cells(pair)] for pair in pairs)])
    yield say("simulated-pairs-note")


PAIR_COLUMNS = (
    "simulated-column-wait",
    "simulated-column-attainment",
    "simulated-column-abandoned",
    "simulated-column-cost",
    "simulated-column-cost-ratio",
)


def pair_cells(pair: Pair) -> list[str]:
    """In the order of PAIR_COLUMNS."""
    return [
        spread(pair.wait_s, lambda value: f"{signed(value)} s"),
        spread(pair.attainment, lambda value: f"{value:+.2%}"),
        spread(pair.abandoned, lambda value: f"{value:+.2%}"),
        spread(pair.cost, signed),
        "-" if pair.cost_ratio is None else spread(pair.cost_ratio, lambda value: f"{value:.3f}"),
    ]


def seconds(figure: Figure) -> str:
    return spread(figure, lambda value: f"{rounded(value)} s")


def share(figure: Figure) -> str:
    return spread(figure, lambda value: f"{value:.2%}")


def cost(figure: Figure) -> str:
    return spread(figure, rounded)


def rounded(value: float) -> str:
    """Four digits, and all of those before the point."""
    return f"{value:.0f}" if abs(value) >= _LARGE else f"{value:.4g}"


def signed(value: float) -> str:
    return f"+{rounded(value)}" if value >= 0 else rounded(value)


def number(value: float) -> str:
    return f"{value:g}"


def spread(figure: Figure, form: Callable[[float], str]) -> str:
    """The value and half of its interval."""
    value = form(figure.value)
    if figure.high is None:
        return value
    return f"{value} ±{form(figure.high - figure.value).removeprefix('+').removesuffix(' s')}"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the others to the right; Chinese characters are two wide."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        padded = [
            cell + " " * (width - _width(cell)) if at == 0 else " " * (width - _width(cell)) + cell
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in {"W", "F"} else 1 for each in text)
