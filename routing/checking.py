"""What operators may say of agents, queues and inboxes; each refusal names the field and says what was expected."""

from collections.abc import Collection, Sequence

from core.errors import Invalid
from core.ids import SkillId
from routing.skill import Skills, proficiency

MOST_CAPACITY = 100_000
MOST_PRIORITY = 100
MOST_S = 86_400


def checked_capacity(units: int, field: str = "capacity") -> int:
    if not 1 <= units <= MOST_CAPACITY:
        raise Invalid(
            field,
            f"a number of units from 1 to {MOST_CAPACITY}, not {units}: who should get no work is set to away",
        )
    return units


def checked_weight(units: int, field: str = "weight") -> int:
    """What one conversation loads an agent with."""
    if not 1 <= units <= MOST_CAPACITY:
        raise Invalid(field, f"a number of units from 1 to {MOST_CAPACITY}, not {units}")
    return units


def checked_priority(points: int, field: str = "priority") -> int:
    if not 0 <= points <= MOST_PRIORITY:
        raise Invalid(field, f"a number of points from 0 (usual) to {MOST_PRIORITY} (first), not {points}")
    return points


def checked_seconds(seconds: int, field: str) -> int:
    """A pause or a delay; 0 is none."""
    if not 0 <= seconds <= MOST_S:
        raise Invalid(field, f"seconds from 0 to {MOST_S} (a day), not {seconds}")
    return seconds


def checked_skills(
    skills: Sequence[tuple[str, int]], known: Collection[str], field: str = "skills"
) -> Skills:
    """What an agent can do: pairs of a skill's id and a level."""
    found: dict[SkillId, int] = {}
    for at, (skill, level) in enumerate(skills):
        if skill not in known:
            raise Invalid(f"{field}[{at}].skill", f"the id of a skill that there is, not {skill!r}")
        if skill in found:
            raise Invalid(f"{field}[{at}].skill", f"each skill once, not {skill!r} again")
        found[SkillId(skill)] = proficiency(level, f"{field}[{at}].level")
    return {skill: proficiency(level) for skill, level in found.items()}


def checked_channels(
    channels: Collection[str] | None, known: Collection[str], field: str = "channels"
) -> tuple[str, ...] | None:
    """The kinds of inboxes that an agent takes, in order; None: all of them."""
    if channels is None:
        return None
    if not channels:
        raise Invalid(
            field, "at least one kind of inbox, or nothing for all: who should get no work is set to away"
        )
    for each in channels:
        if each not in known:
            raise Invalid(
                field, f"kinds of inboxes that there are ({', '.join(sorted(known))}), not {each!r}"
            )
    return tuple(sorted(set(channels)))


def checked_reserve(agents: int, members: int, field: str = "routing.reserve") -> int:
    """So many of a queue's agents are kept free for it."""
    if not 0 <= agents <= members:
        raise Invalid(field, f"a number of agents from 0 to {members}, which are its members, not {agents}")
    return agents
