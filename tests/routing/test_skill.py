"""Levels, and the short form of what is required."""

import pytest

from core.errors import Invalid
from routing.skill import checked, proficiency
from tests.routing.values import needs


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_outside_one_to_five_is_refused(level: int) -> None:
    with pytest.raises(Invalid, match="from 1 to 5"):
        proficiency(level)


def test_requirements_that_contradict_each_other_are_refused_by_their_place() -> None:
    with pytest.raises(Invalid, match=r"requirements\[1\].skill: expected each skill at most once"):
        checked([needs("chinese", 2), needs("chinese", 3)])
    with pytest.raises(Invalid, match=r"requirements\[0\].drop_after_s"):
        checked([needs("chinese", 2, drop_after_s=-1)])
