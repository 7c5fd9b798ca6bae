"""What a ladder asks for at each of its steps, as values shared by all conversations that ask for the same."""

from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from core.ids import AgentId, SkillId
from routing.ladder import All, Ladder, Step, meets
from routing.skill import Skills

_NOTHING: All = ()
_LATELY = 4096
_Wants = tuple[All, tuple[All, ...], frozenset[AgentId]]


@dataclass(slots=True, eq=False, weakref_slot=True)
class Stage:
    """Everybody who may have it at a step: that step's and those of the steps before. Equal ones are one object.

    ``skills``: all that it names.
    """

    required: All
    any_of: tuple[All, ...]
    agents: frozenset[AgentId]
    skills: frozenset[SkillId] = frozenset()

    def is_met(self, skills: Skills) -> bool:
        """Whether these skills are enough without being named."""
        if not meets(skills, self.required):
            return False
        return _NOTHING in self.any_of or any(meets(skills, each) for each in self.any_of)


@dataclass(slots=True, eq=False, weakref_slot=True)
class Way:
    """A ladder, step for step.

    ``until``: seconds of waiting at which each step ends (not of the last). ``only``: those whom a step asks by name and
    nobody else, empty for other steps.
    """

    stages: tuple[Stage, ...]
    until: tuple[float, ...]
    only: tuple[frozenset[AgentId], ...]
    named: frozenset[AgentId] = field(default=frozenset())

    def step(self, waited: float) -> int:
        for at, end in enumerate(self.until):
            if waited < end:
                return at
        return len(self.until)


class Stages:
    """Those in use, each once; what nobody waits for any longer is forgotten."""

    def __init__(self) -> None:
        self._stages: WeakValueDictionary[_Wants, Stage] = WeakValueDictionary()
        self._ways: WeakValueDictionary[Ladder, Way] = WeakValueDictionary()
        self._lately: dict[int, tuple[Ladder, Way]] = {}
        self._alike: dict[tuple[All, tuple[Step, ...]], Way] = {}

    def way(self, ladder: Ladder) -> Way:
        """Many conversations have the same ladder, often the same object, which spares comparing it."""
        lately = self._lately.get(id(ladder))
        if lately is not None:
            return lately[1]
        key = (ladder.required, ladder.steps)
        found = self._alike.get(key)
        if found is not None:
            return found
        found = self._ways.get(ladder)
        if found is None:
            found = self._ways[ladder] = self._made(ladder)
        if len(self._lately) >= _LATELY:
            self._lately.clear()
            self._alike.clear()
        self._lately[id(ladder)] = (ladder, found)
        self._alike[key] = found
        return found

    def _made(self, ladder: Ladder) -> Way:
        stages = tuple(self._stage(ladder, at) for at in range(len(ladder.steps)))
        until = tuple(float(each.until_s) for each in ladder.steps if each.until_s is not None)
        only = tuple(frozenset[AgentId]() if each.any_of else each.agents for each in ladder.steps[:-1])
        return Way(stages, until, only, frozenset[AgentId]().union(*only))

    def _stage(self, ladder: Ladder, step: int) -> Stage:
        so_far = ladder.steps[: step + 1]
        any_of = tuple(dict.fromkeys(terms for each in so_far for terms in each.any_of))
        agents = frozenset[AgentId]().union(*(each.agents for each in so_far))
        if _NOTHING in any_of:
            any_of, agents = (_NOTHING,), frozenset()
        key = (ladder.required, any_of, agents)
        found = self._stages.get(key)
        if found is None:
            terms = (*ladder.required, *(term for each in any_of for term in each))
            found = self._stages[key] = Stage(*key, frozenset(term.skill for term in terms))
        return found
