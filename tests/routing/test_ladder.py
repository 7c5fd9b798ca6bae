"""Ladders: what each step lets in, and what is refused and where."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from core.ids import AgentId, SkillId
from routing.ladder import Ladder, Step, Term, allows, checked, first_asked, meets, relaxing, step_at
from routing.skill import Proficiency, Requirement, proficiency
from tests.routing.values import needs

GERMAN, BILLING = SkillId("german"), SkillId("billing")
ADA = AgentId("ada")


def term(skill: SkillId, level: int = 3) -> Term:
    return Term(skill, proficiency(level))


def test_a_higher_level_meets_a_lower_one() -> None:
    skills = {GERMAN: proficiency(4)}
    assert meets(skills, [term(GERMAN, 3)])
    assert not meets(skills, [term(GERMAN, 5)])
    assert not meets(skills, [term(BILLING, 1)])


def test_what_is_always_required_never_drops() -> None:
    ladder = relaxing([needs("german", 3), needs("billing", 1, drop_after_s=60)])
    last = step_at(ladder, timedelta(days=400))
    assert allows(ladder, last, ADA, {GERMAN: proficiency(3)})
    assert not allows(ladder, last, ADA, {GERMAN: proficiency(2), BILLING: proficiency(5)})


def test_named_agents_need_the_required_skills_too() -> None:
    ladder = Ladder((term(GERMAN),), (Step((), frozenset({ADA}), 30), Step()))
    assert not allows(ladder, 0, ADA, {GERMAN: proficiency(2)})
    assert allows(ladder, 0, ADA, {GERMAN: proficiency(3)})
    assert not allows(ladder, 0, AgentId("bob"), {GERMAN: proficiency(5)})
    assert allows(ladder, 1, AgentId("bob"), {GERMAN: proficiency(3)})


def test_a_step_ends_at_its_instant_counted_from_entry() -> None:
    ladder = Ladder((), (Step(((term(GERMAN),),), until_s=30), Step()))
    assert [step_at(ladder, timedelta(seconds=at)) for at in (0, 29.9, 30, 9999)] == [0, 0, 1, 1]


def test_who_is_asked_first_is_asked_alone_for_so_long() -> None:
    ladder = first_asked(ADA, 20, Ladder((), (Step(((term(GERMAN),),), until_s=10), Step())))
    assert [step.until_s for step in ladder.steps] == [20, None]
    assert checked(ladder) == ladder


_TERMS = st.lists(
    st.builds(needs, st.sampled_from("abc"), st.integers(1, 5), st.none() | st.integers(0, 60)),
    unique_by=lambda each: each.skill,
    max_size=3,
)
_SKILLS = st.dictionaries(st.sampled_from("abc"), st.integers(1, 5))


@settings(max_examples=60)
@given(_TERMS, _SKILLS, st.integers(0, 90), st.integers(0, 90))
def test_the_short_form_means_the_same_as_a_ladder_and_going_down_only_adds(
    requirements: list[Requirement], skills: dict[str, int], one: int, two: int
) -> None:
    ladder = checked(relaxing(requirements))
    able = {SkillId(skill): proficiency(level) for skill, level in skills.items()}

    def may(seconds: int) -> bool:
        return allows(ladder, step_at(ladder, timedelta(seconds=seconds)), ADA, able)

    for seconds in (one, two):
        still = [each for each in requirements if each.drop_after_s is None or seconds < each.drop_after_s]
        assert may(seconds) == all(skills.get(each.skill, 0) >= each.level for each in still)
    assert may(min(one, two)) <= may(max(one, two))


@pytest.mark.parametrize(
    ("ladder", "said"),
    [
        (Ladder((), ()), r"ladder.steps: expected at least one step"),
        (
            Ladder((Term(GERMAN, Proficiency(6)),)),
            r"ladder.required\[0\].level: expected a level from 1 to 5, not 6",
        ),
        (
            Ladder((), (Step(((Term(GERMAN, Proficiency(0)),),)),)),
            r"ladder.steps\[0\].any_of\[0\]\[0\].level",
        ),
        (Ladder((), (Step(()),)), r"ladder.steps\[0\]: expected alternatives or named agents"),
        (Ladder((), (Step(until_s=5),)), r"ladder.steps\[0\].until_s: expected nothing"),
        (Ladder((), (Step(((term(GERMAN),),)), Step())), r"ladder.steps\[0\].until_s: expected seconds"),
        (
            Ladder((), (Step((), frozenset({ADA}), 9), Step(((term(GERMAN),),), until_s=9), Step())),
            r"ladder.steps\[1\].until_s: expected more than 9 s",
        ),
        (
            Ladder((), (Step(((term(GERMAN, 2),),), until_s=9), Step(((term(GERMAN, 3),),)))),
            r"ladder.steps\[1\]: expected a step that lets more agents have it .* shrink",
        ),
        (
            Ladder((term(GERMAN), term(GERMAN))),
            r"ladder.required\[1\].skill: expected each skill at most once",
        ),
        (Ladder((term(BILLING),)), r"ladder.required\[0\].skill: expected a skill that there is"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_place(ladder: Ladder, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        checked(ladder, known={GERMAN})
