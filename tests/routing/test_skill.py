"""Levels, what is required, and how it relaxes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.ids import SkillId
from routing.skill import Requirement, checked, in_force, meets, proficiency
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


def test_a_higher_level_meets_a_lower_one() -> None:
    skills = {SkillId("chinese"): proficiency(4)}
    assert meets(skills, [needs("chinese", 3)])
    assert not meets(skills, [needs("chinese", 5)])
    assert not meets(skills, [needs("german", 1)])


def test_what_is_always_required_never_drops() -> None:
    assert in_force([needs("chinese", 3)], timedelta(days=400)) == (needs("chinese", 3),)


TERMS = st.lists(
    st.builds(needs, st.sampled_from(["a", "b", "c"]), st.integers(1, 5), st.none() | st.integers(0, 60)),
    unique_by=lambda term: term.skill,
)


@given(TERMS, st.integers(0, 90), st.integers(0, 90))
def test_waiting_longer_never_takes_an_agent_away(terms: list[Requirement], one: int, two: int) -> None:
    sooner, later = sorted((one, two))
    remaining = in_force(terms, timedelta(seconds=later))
    assert set(remaining) <= set(in_force(terms, timedelta(seconds=sooner)))
