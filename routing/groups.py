"""Classes of conversations against teams of agents: there are few of both, so each pair is compared once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.ids import AgentId, ConversationId, QueueId
from routing.need import Need, Profile, to_profile
from routing.presence import AgentState
from routing.skill import Requirement, Skills, meets
from routing.strategy import Place

MOST_ABILITIES = 4096
"""So many matches are remembered, even of needs that nobody has at the moment."""


@dataclass(slots=True, eq=False)
class Team:
    """Agents who are present and can do the same; ``free`` are those with any room at all."""

    profile: Profile
    skills: Skills
    present: set[AgentId] = field(default_factory=set)
    free: set[AgentId] = field(default_factory=set)
    abilities: "set[Ability]" = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Ability:
    """What a queue and its requirements ask for: the teams that can do it, the classes that need it."""

    queue: QueueId
    requirements: tuple[Requirement, ...]
    teams: set[Team] = field(default_factory=set)
    classes: "set[Class]" = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Class:
    """Conversations with one need, in their order; the heap keeps entries of those that left until they surface."""

    need: Need
    ability: Ability
    heap: list[tuple[Place, int, ConversationId]] = field(default_factory=list)
    size: int = 0


class Groups:
    """Who matches whom, kept up to date as conversations and agents come and go."""

    def __init__(self) -> None:
        self._classes: dict[Need, Class] = {}
        self._declined: set[Class] = set()
        self._abilities: dict[tuple[QueueId, tuple[Requirement, ...]], Ability] = {}
        self._teams: dict[Profile, Team] = {}
        self._team_of: dict[AgentId, Team] = {}

    def join(self, need: Need) -> Class:
        """The class of this need, with one conversation more."""
        found = self._classes.get(need)
        if found is None:
            found = self._classes[need] = Class(need, self._ability(need))
            found.ability.classes.add(found)
            if need.declined:
                self._declined.add(found)
        found.size += 1
        return found

    def leave(self, group: Class) -> None:
        """One conversation less."""
        group.size -= 1
        if not group.size:
            del self._classes[group.need]
            group.ability.classes.discard(group)
            self._declined.discard(group)

    def with_decliners(self) -> frozenset[Class]:
        """The classes of conversations that somebody declined."""
        return frozenset(self._declined)

    def place(self, agent: AgentId, state: AgentState | None) -> bool:
        """Put the agent into the team they now belong to; whether a team gained or lost somebody."""
        before = self._team_of.get(agent)
        profile = to_profile(state) if state is not None and state.available else None
        moved = (None if before is None else before.profile) != profile
        if moved:
            self._take_out(agent, before)
            if profile is not None:
                self._put_in(agent, profile)
        team = self._team_of.get(agent)
        if team is not None and state is not None:
            (team.free.add if state.load < state.capacity else team.free.discard)(agent)
        return moved

    def wanted_by(self, agent: AgentId) -> Iterator[Class]:
        """The classes that the agent could serve, if they have room."""
        team = self._team_of.get(agent)
        if team is not None and agent in team.free:
            for ability in team.abilities:
                yield from ability.classes

    def can_serve(self, agent: AgentId, group: Class) -> bool:
        """Whether the agent is free, present and able."""
        team = self._team_of.get(agent)
        return team is not None and team in group.ability.teams and agent in team.free

    def free(self, group: Class) -> list[AgentId]:
        """Who is free, present and able."""
        return [each for team in group.ability.teams for each in team.free]

    def present(self, group: Class) -> list[AgentId]:
        """Who is present and able, free or not."""
        return [each for team in group.ability.teams for each in team.present]

    def _ability(self, need: Need) -> Ability:
        key = (need.queue, need.requirements)
        found = self._abilities.get(key)
        if found is None:
            self._forget_unused()
            found = self._abilities[key] = Ability(*key)
            for team in self._teams.values():
                self._match(team, found)
        return found

    def _forget_unused(self) -> None:
        if len(self._abilities) < MOST_ABILITIES:
            return
        for key, ability in list(self._abilities.items()):
            if not ability.classes:
                del self._abilities[key]
                for team in ability.teams:
                    team.abilities.discard(ability)

    def _put_in(self, agent: AgentId, profile: Profile) -> None:
        team = self._teams.get(profile)
        if team is None:
            team = self._teams[profile] = Team(profile, dict(profile.skills))
            for ability in self._abilities.values():
                self._match(team, ability)
        team.present.add(agent)
        self._team_of[agent] = team

    def _take_out(self, agent: AgentId, team: Team | None) -> None:
        if team is None:
            return
        del self._team_of[agent]
        team.present.discard(agent)
        team.free.discard(agent)
        if not team.present:
            del self._teams[team.profile]
            for ability in team.abilities:
                ability.teams.discard(team)

    def _match(self, team: Team, ability: Ability) -> None:
        if ability.queue in team.profile.queues and meets(team.skills, ability.requirements):
            team.abilities.add(ability)
            ability.teams.add(team)
