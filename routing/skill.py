"""What an agent can do, what is asked for in the short form that becomes a ladder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NewType

from core.errors import Invalid
from core.ids import SkillId

Proficiency = NewType("Proficiency", int)
LOWEST, HIGHEST = 1, 5


def proficiency(level: int, field: str = "level") -> Proficiency:
    """Raises Invalid outside 1 (beginner) to 5 (expert)."""
    if not LOWEST <= level <= HIGHEST:
        raise Invalid(field, f"a level from {LOWEST} to {HIGHEST}, not {level}")
    return Proficiency(level)


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that some agents can do better than others."""

    id: SkillId
    name: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill at ``level`` at least; after ``drop_after_s`` seconds of waiting it no longer counts (None: always).

    Only a form: ``ladder.relaxing`` makes of it what routing goes by.
    """

    skill: SkillId
    level: Proficiency
    drop_after_s: int | None = None


Skills = Mapping[SkillId, Proficiency]


def checked(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """The same, if they make sense together; raises Invalid that names the one that does not."""
    seen: set[SkillId] = set()
    result = tuple(requirements)
    for at, each in enumerate(result):
        proficiency(each.level, f"requirements[{at}].level")
        if each.drop_after_s is not None and each.drop_after_s < 0:
            raise Invalid(f"requirements[{at}].drop_after_s", "seconds from 0, or nothing")
        if each.skill in seen:
            raise Invalid(f"requirements[{at}].skill", "each skill at most once")
        seen.add(each.skill)
    return result
