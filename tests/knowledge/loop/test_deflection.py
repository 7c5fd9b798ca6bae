"""An article's share has an interval that can be trusted, and decides only when it lies on one side."""

from collections import Counter
from functools import cache
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.shares import share
from knowledge.loop.deflection import Verdict, verdict
from knowledge.loop.settings import LoopSettings

SETTINGS = LoopSettings(enough=10, works_below=0.5)


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_holds_the_share_and_stays_between_nothing_and_all(one: int, other: int) -> None:
    helped, asked = min(one, other), max(one, other)
    found = share(helped, asked, 1.96)
    assert 0 <= found.low <= found.high <= 1
    if asked:
        assert found.low - 1e-9 <= helped / asked <= found.high + 1e-9


@pytest.mark.parametrize(
    ("helped", "asked", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_it_is_wilsons(helped: int, asked: int, low: float, high: float) -> None:
    found = share(helped, asked, 1.959964)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("helped", "asked", "told"),
    [
        (0, 9, Verdict.UNSURE),
        (0, 10, Verdict.FAILS),
        (2, 12, Verdict.UNSURE),
        (4, 10, Verdict.UNSURE),
        (10, 10, Verdict.WORKS),
        (6, 10, Verdict.UNSURE),
        (0, 0, Verdict.UNSURE),
    ],
)
def test_few_questions_and_middling_shares_decide_nothing(helped: int, asked: int, told: Verdict) -> None:
    assert verdict(share(helped, asked, SETTINGS.z), SETTINGS) is told


def _covered(asked: int, true: float) -> float:
    """How often the interval holds the true share, over all that can come of so many questions."""
    whole = 0.0
    for helped in range(asked + 1):
        found = share(helped, asked, 1.96)
        if found.low <= true <= found.high:
            whole += comb(asked, helped) * true**helped * (1 - true) ** (asked - helped)
    return whole


@pytest.mark.parametrize("asked", [20, 50, 200])
def test_the_interval_holds_the_true_share_in_about_95_of_100(asked: int) -> None:
    covered = [_covered(asked, at / 40) for at in range(2, 39)]
    assert 0.94 < sum(covered) / len(covered) < 0.965
    assert min(covered) > 0.91


@cache
def _verdict(helped: int, asked: int) -> Verdict:
    return verdict(share(helped, asked, 1.96), LoopSettings())


def _first_verdict(random: Random, true: float, most: int) -> Verdict:
    """What a cluster whose article settles that share comes to, looked at after each conversation."""
    helped = 0
    for asked in range(1, most + 1):
        helped += random.random() < true
        told = _verdict(helped, asked)
        if told is not Verdict.UNSURE:
            return told
    return Verdict.UNSURE


@pytest.mark.parametrize(
    ("true", "most", "told", "least"),
    [
        # Looked at only once 95 of 100 would be left alone; looked at each time, Wilson's interval alone leaves 62.
        (0.5, 400, Verdict.UNSURE, 0.95),
        (0.2, 100, Verdict.FAILS, 0.97),
        (0.8, 100, Verdict.WORKS, 0.97),
    ],
)
def test_looking_again_and_again_reopens_nothing_that_does_not_fail(
    true: float, most: int, told: Verdict, least: float
) -> None:
    random = Random(5)
    found = Counter(_first_verdict(random, true, most) for _ in range(400))
    assert found[told] / 400 >= least
