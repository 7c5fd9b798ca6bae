"""Answer or not: how many questions are answered while so many of the answers are right, and what a probability means."""

from collections.abc import Sequence
from dataclasses import dataclass

PRECISIONS = (0.9, 0.8, 0.7)
BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The first article found for a query: how sure it is, whether it is right, and whether any could be."""

    sure: float
    right: bool
    answerable: bool


def curve(judged: Sequence[Judged]) -> dict[str, float]:
    """At each precision the largest share of the answerable queries that can be answered rightly."""
    ranked = sorted(judged, key=lambda one: -one.sure)
    answerable = max(1, sum(one.answerable for one in judged))
    found: dict[str, float] = {}
    for precision in PRECISIONS:
        right = best = 0
        for given, one in enumerate(ranked, 1):
            right += one.right
            if right >= precision * given:
                best = right
        found[f"{precision:.0%}"] = round(best / answerable, 3)
    return found


def meaning(judged: Sequence[Judged]) -> dict[str, object]:
    """Whether a probability means what it says: expected calibration error over ten bins, Brier score, and the bins.

    A bin is [queries, their mean probability, the share of them that is right].
    """
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        bins[min(BINS - 1, int(one.sure * BINS))].append(one)
    rows = [
        [len(some), _mean([one.sure for one in some]), _mean([float(one.right) for one in some])]
        for some in bins
        if some
    ]
    error = sum(count * abs(sure - right) for count, sure, right in rows) / max(1, len(judged))
    brier = _mean([(one.sure - one.right) ** 2 for one in judged])
    return {"calibration_error": round(error, 3), "brier": brier, "bins": rows}


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / max(1, len(values)), 3)
