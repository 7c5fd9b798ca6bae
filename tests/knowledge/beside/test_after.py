"""Whether an answer that an agent gave from an article helped, as far as one can know."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.beside.after import Then, then

GIVEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
WINDOW = timedelta(days=7)


def after(days: float) -> datetime:
    return GIVEN + timedelta(days=days)


@pytest.mark.parametrize(
    ("resolved", "wrote", "now", "expected"),
    [
        ([], [], 90, Then.SETTLING),
        ([1], [], 5, Then.SETTLING),
        ([1], [], 9, Then.HELPED),
        ([1], [0.5], 9, Then.HELPED),
        ([1], [3], 9, Then.CAME_BACK),
        ([1], [3], 4, Then.CAME_BACK),
        ([1], [30], 40, Then.HELPED),
        ([-1], [], 90, Then.SETTLING),
        ([4, 1], [3], 90, Then.CAME_BACK),
    ],
)
def test_it_helped_when_it_was_resolved_and_nobody_came_back(
    resolved: list[float], wrote: list[float], now: float, expected: Then
) -> None:
    ends, words = [after(each) for each in resolved], [after(each) for each in wrote]
    assert then(GIVEN, ends, words, after(now), WINDOW) is expected
