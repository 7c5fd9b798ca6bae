"""Handle times and patience: what is drawn has the mean and the spread that its law promises."""

import math
from random import Random
from statistics import fmean, pstdev

import pytest

from routing.simulation.laws import (
    Empirical,
    Erlang,
    Exponential,
    Fixed,
    Law,
    LogNormal,
    Mixture,
    balanced,
    drawing,
    mean_of,
)

DRAWN = 20_000


@pytest.mark.parametrize(
    ("law", "cv"),
    [
        (Fixed(300), 0.0),
        (Exponential(300), 1.0),
        (LogNormal(300, 0.5), 0.5),
        (Erlang(300, 4), 0.5),
        (balanced(300, 2), 2.0),
        (Mixture((1, 3), (150, 350)), 1.080123),
        (Empirical((150, 300, 450)), math.sqrt(2 / 3) * 0.5),
    ],
)
def test_a_law_keeps_its_mean_and_its_spread(law: Law, cv: float) -> None:
    draw = drawing(law, Random(1))
    drawn = [draw() for _ in range(DRAWN)]
    assert mean_of(law) == pytest.approx(300)
    assert fmean(drawn) == pytest.approx(300, rel=4 * max(cv, 1e-9) / math.sqrt(DRAWN))
    assert pstdev(drawn) / 300 == pytest.approx(cv, rel=0.1, abs=1e-9)


def test_the_same_chance_gives_the_same_times() -> None:
    law = LogNormal(300, 1)
    assert [drawing(law, Random(7))() for _ in range(3)] == [drawing(law, Random(7))() for _ in range(3)]


def test_a_chance_of_exactly_nothing_is_borne() -> None:
    class Never:
        def random(self) -> float:
            return 0.0

    assert drawing(LogNormal(300, 1), Never())() >= 0
    assert drawing(Exponential(300), Never())() == 0
