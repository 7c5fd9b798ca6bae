"""Agents of a scenario from their form in JSON."""

import re
from collections.abc import Mapping, Sequence

from core.errors import Invalid
from core.ids import SkillId
from routing.simulation.reading import wire
from routing.simulation.scenario import DAY_S, HOUR_S, Kind, Shift, Team
from routing.skill import HIGHEST, Proficiency, proficiency

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_SPAN = re.compile(r"\s*([\d:]+)\s*[-–]\s*([\d:]+)\s*")


def teams(form: int | Sequence[wire.Agents]) -> tuple[Team, ...]:
    """A number: so many who can do everything. Raises Invalid."""
    if isinstance(form, int):
        return (Team("agents", form),)
    found: dict[str, Team] = {}
    for at, each in enumerate(form):
        name = each.name or f"agents {at + 1}"
        if name in found:
            raise Invalid(f"agents[{at}].name", f"a name of its own; {name!r} is taken")
        found[name] = _team(each, name, f"agents[{at}]")
    if not sum(team.count for team in found.values()):
        raise Invalid("agents", "at least one agent in all")
    return tuple(found.values())


def _team(form: wire.Agents, name: str, field: str) -> Team:
    return Team(
        name=name,
        count=form.count,
        skills=_skills(form.skills, f"{field}.skills"),
        speed=1.0 if isinstance(form.speed, dict) else form.speed,
        speeds=form.speed if isinstance(form.speed, dict) else {},
        capacity=form.capacity,
        queues=None if form.queues is None else frozenset(form.queues),
        channels=None if form.channels is None else frozenset(form.channels),
        delays=form.delays,
        shifts=tuple(_shift(each, f"{field}.shifts[{at}]") for at, each in enumerate(form.shifts)),
    )


def _skills(form: Sequence[str] | Mapping[str, int], field: str) -> Mapping[SkillId, Proficiency]:
    """Of those named without a level they are experts."""
    levels = form if isinstance(form, Mapping) else dict.fromkeys(form, HIGHEST)
    return {SkillId(skill): proficiency(level, f"{field}.{skill}") for skill, level in levels.items()}


def _shift(form: str | wire.Shift, field: str) -> Shift:
    if isinstance(form, str):
        span = _SPAN.fullmatch(form)
        if span is None:
            raise Invalid(field, f'"HH:MM-HH:MM", not {form!r}')
        form = wire.Shift(span.group(1), span.group(2))
    start, until = form.from_, form.until
    if isinstance(start, str) and isinstance(until, str):
        first, last = _clock(start, f"{field}.from"), _clock(until, f"{field}.until")
        # Until an earlier time of the day: over midnight.
        return Shift(first, last if last > first else last + DAY_S)
    if isinstance(start, str) or isinstance(until, str):
        raise Invalid(field, "two times of day, or two numbers of hours from the start")
    if until <= start:
        raise Invalid(f"{field}.until", f"more than {start:g} hours, when it begins, not {until:g}")
    return Shift(start * HOUR_S, until * HOUR_S, None)


def _clock(text: str, field: str) -> float:
    found = _CLOCK.fullmatch(text)
    seconds = 60.0 * (60 * int(found.group(1)) + int(found.group(2))) if found else DAY_S + 1
    if seconds > DAY_S:
        raise Invalid(field, f'a time of day as "HH:MM", not {text!r}')
    return seconds


def checked(team: Team, kinds: Sequence[Kind], field: str) -> Team:
    """What the team says of queues and kinds of work is about such as there are; ``speeds`` by type."""
    queues = tuple(dict.fromkeys(kind.queue for kind in kinds))
    for queue in sorted(team.queues or ()):
        if queue not in queues:
            raise Invalid(f"{field}.queues", f"queues of the types ({', '.join(queues)}), not {queue!r}")
    for queue in team.delays:
        if queue not in queues:
            raise Invalid(f"{field}.delays.{queue}", f"a queue of the types ({', '.join(queues)})")
    works = tuple(dict.fromkeys(kind.work for kind in kinds))
    for work in team.speeds:
        if work not in works:
            raise Invalid(f"{field}.speed.{work}", f"a type of this scenario ({', '.join(works)})")
    return team
