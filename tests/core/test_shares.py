"""The interval of a difference is Newcombe's, and holds the true one about as often as it says."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.shares import difference, share

Z95 = 1.959964


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_it_is_newcombes(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    found = difference(share(*first, Z95), share(*second, Z95))
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 300), st.integers(1, 300))
def test_it_holds_the_difference_and_turns_around_with_its_sides(a: int, m: int, b: int, n: int) -> None:
    one, other = share(min(a, m), m, Z95), share(min(b, n), n, Z95)
    found, turned = difference(one, other), difference(other, one)
    assert found is not None
    assert turned is not None
    assert -1 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
    assert turned.low == pytest.approx(-found.high)


def test_without_anybody_on_one_side_there_is_none() -> None:
    assert difference(share(3, 9, Z95), share(0, 0, Z95)) is None


@pytest.mark.parametrize(("one", "other"), [(0.3, 0.3), (0.6, 0.4), (0.1, 0.02)])
def test_it_holds_the_true_difference_in_about_95_of_100(one: float, other: float) -> None:
    size, covered = 40, 0.0
    for a in range(size + 1):
        for b in range(size + 1):
            found = difference(share(a, size, Z95), share(b, size, Z95))
            assert found is not None
            if found.low <= one - other <= found.high:
                covered += _chance(a, size, one) * _chance(b, size, other)
    assert 0.93 < covered < 0.985


def _chance(hits: int, of: int, true: float) -> float:
    return comb(of, hits) * true**hits * (1 - true) ** (of - hits)
