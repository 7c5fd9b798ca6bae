"""Who matches whom: teams and abilities, each pair compared once, kept up to date as agents come, change and go."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from math import inf

from core.ids import AgentId, QueueId, SkillId
from routing.matching.records import RATE, Ability, AbilityKey, Agent, Pool, Profile, Team
from routing.matching.stages import Stage
from routing.plan import Plan, QueuePolicy
from routing.policies.base import Policy
from routing.presence import AgentState

MOST_ABILITIES = 4096
"""So many are remembered, even those that nobody waits for at the moment."""

_Anchor = tuple[QueueId, SkillId | None]


class Groups:
    """``skilled`` and ``staffed`` count the free agents of each skill and queue. ``only_pool``: if there is just one."""

    def __init__(self, plan: Plan, agents: Mapping[AgentId, Agent]) -> None:
        self._plan = plan
        self._agents = agents
        self._pools: dict[Policy, Pool] = {}
        self._rules: dict[QueueId, tuple[QueuePolicy, Pool]] = {}
        self._abilities: dict[AbilityKey, Ability] = {}
        self._anchored: dict[_Anchor, dict[Ability, None]] = {}
        self._by_name: dict[AgentId, dict[Ability, None]] = {}
        self._teams: dict[Profile, Team] = {}
        self._members: dict[QueueId, dict[Team, None]] = {}
        self._able: dict[SkillId, dict[Team, None]] = {}
        self._most = MOST_ABILITIES
        # Keeping rates up to date touches everything that an agent could do: left out where no policy asks for them.
        self.rated = any(each.policy.turns for each in (plan.default, *plan.queues.values()))
        self.only_pool: Pool | None = None
        self.skilled: dict[SkillId, int] = {}
        self.staffed: dict[QueueId, int] = {}

    def rules(self, queue: QueueId) -> tuple[QueuePolicy, Pool]:
        """How the queue's work is handled, and whose work it is compared with."""
        found = self._rules.get(queue)
        if found is None:
            policy = self._plan.of(queue)
            pool = self._pools.get(policy.policy)
            if pool is None:
                rule = policy.policy
                pool = self._pools[rule] = Pool(rule, rule.ordered, rule.turns, rule.parameters)
                self.only_pool = pool if len(self._pools) == 1 else None
            found = self._rules[queue] = (policy, pool)
        return found

    def ability(self, queue: QueueId, channel: str, tier: float, stage: Stage) -> Ability:
        key = (queue, channel, tier, stage)
        found = self._abilities.get(key)
        if found is None:
            self._forget_unused()
            found = self._abilities[key] = Ability(key, *self.rules(queue))
            self._match_teams(found)
        return found

    def place(self, agent: Agent, state: AgentState) -> bool:
        """Put the agent into the team they now belong to; whether that is another one than before."""
        before = agent.team
        profile = to_profile(state) if state.available else None
        if (None if before is None else before.profile) == profile:
            return False
        self.take_out(agent)
        if profile is not None:
            self._put_in(agent, profile)
        return True

    def take_out(self, agent: Agent) -> None:
        """They are not available, or gone."""
        team = agent.team
        if team is None:
            return
        self.unlist(agent)
        self._add_rate(agent, -agent.rate)
        for ability in agent.named:
            del ability.named[agent]
        agent.named.clear()
        agent.team = None
        del team.agents[agent]
        if not team.agents:
            self._drop_team(team)

    def set_rate(self, agent: Agent, state: AgentState) -> None:
        """How many conversations they finish a second."""
        rate = round(RATE * state.held / state.held_s) if state.held > 0 and state.held_s > 0 else 0
        if rate != agent.rate:
            self._add_rate(agent, rate - agent.rate)
            agent.rate = rate

    def wanted_by(self, agent: Agent) -> Iterator[Ability]:
        """What the agent could do, had they room."""
        if agent.team is not None:
            yield from agent.team.abilities
            yield from agent.named

    def list(self, agent: Agent) -> None:
        """Stand among the free, if there is room for anything."""
        team = agent.team
        if team is None or agent.listed is not None or not agent.free:
            return
        idle, joined = agent.idle, agent.joined
        agent.listed = (agent.load / agent.capacity, idle, joined, agent)
        if not team.free:
            for ability in team.abilities:
                ability.open[team] = None
        insort(team.free, agent.listed)
        insort(team.idle, (idle, joined, agent))
        self._count_free(team, 1)

    def unlist(self, agent: Agent) -> None:
        """Stand among them no longer."""
        team, listed = agent.team, agent.listed
        if team is None or listed is None:
            return
        agent.listed = None
        del team.free[bisect_left(team.free, listed)]
        del team.idle[bisect_left(team.idle, (listed[1], listed[2], agent))]
        if not team.free:
            for ability in team.abilities:
                del ability.open[team]
        self._count_free(team, -1)

    def _count_free(self, team: Team, more: int) -> None:
        for skill in team.skills:
            self.skilled[skill] = self.skilled.get(skill, 0) + more
        for queue in team.profile.queues:
            self.staffed[queue] = self.staffed.get(queue, 0) + more

    def _add_rate(self, agent: Agent, rate: int) -> None:
        if rate and agent.team is not None:
            abilities = agent.team.abilities
            for ability in abilities | agent.named if agent.named else abilities:
                ability.rate += rate
                if ability.rate < ability.holds_from:
                    ability.holds_until = -inf

    def _put_in(self, agent: Agent, profile: Profile) -> None:
        team = self._teams.get(profile)
        if team is None:
            team = self._teams[profile] = self._new_team(profile)
        team.agents[agent] = None
        agent.team = team
        for ability in self._by_name.get(agent.id, ()):
            self._call(ability, agent)
        for ability in team.abilities:
            ability.rate += agent.rate

    def _call(self, ability: Ability, agent: Agent) -> None:
        team = agent.team
        if team is None or agent.id not in ability.stage.agents or team in ability.teams:
            return
        if not is_reachable(ability, team) or not _has_required(ability, team):
            return
        ability.named[agent] = None
        agent.named[ability] = None
        ability.rate += agent.rate

    def _new_team(self, profile: Profile) -> Team:
        team = Team(profile, dict(profile.skills), dict(profile.delays), dict(profile.speeds))
        for skill in team.skills:
            self._able.setdefault(skill, {})[team] = None
        for queue in profile.queues:
            self._members.setdefault(queue, {})[team] = None
        for queue in profile.queues:
            for anchor in (None, *team.skills):
                for ability in self._anchored.get((queue, anchor), ()):
                    _match(team, ability)
        return team

    def _drop_team(self, team: Team) -> None:
        del self._teams[team.profile]
        for skill in team.skills:
            del self._able[skill][team]
        for queue in team.profile.queues:
            del self._members[queue][team]
        for ability in team.abilities:
            del ability.teams[team]

    def _match_teams(self, ability: Ability) -> None:
        for anchor in _anchors(ability.stage):
            self._anchored.setdefault((ability.queue, anchor), {})[ability] = None
            those = self._members.get(ability.queue) if anchor is None else self._able.get(anchor)
            for team in those or ():
                _match(team, ability)
        for name in ability.stage.agents:
            self._by_name.setdefault(name, {})[ability] = None
            agent = self._agents.get(name)
            if agent is not None:
                self._call(ability, agent)

    def _forget_unused(self) -> None:
        if len(self._abilities) < self._most:
            return
        for ability in [each for each in self._abilities.values() if not each.lines]:
            self._forget(ability)
        self._most = max(MOST_ABILITIES, 2 * len(self._abilities))

    def _forget(self, ability: Ability) -> None:
        del self._abilities[ability.key]
        for anchor in _anchors(ability.stage):
            del self._anchored[ability.queue, anchor][ability]
        for name in ability.stage.agents:
            del self._by_name[name][ability]
        for team in ability.teams:
            del team.abilities[ability]
        for agent in ability.named:
            del agent.named[ability]


def to_profile(agent: AgentState) -> Profile:
    """Two agents with equal profiles can do the same, equally well."""
    return Profile(
        agent.queues,
        frozenset(agent.skills.items()),
        agent.channels,
        frozenset((queue, float(delay)) for queue, delay in agent.delays.items() if delay > 0),
        frozenset(agent.speeds.items()),
    )


def is_reachable(ability: Ability, team: Team) -> bool:
    """Whether its work comes to the team at all: queue and channel."""
    queue, channel, _, _ = ability.key
    profile = team.profile
    return queue in profile.queues and (profile.channels is None or channel in profile.channels)


def _has_required(ability: Ability, team: Team) -> bool:
    return all(team.skills.get(each.skill, 0) >= each.level for each in ability.stage.required)


def _match(team: Team, ability: Ability) -> None:
    if team in ability.teams or not is_reachable(ability, team) or not ability.stage.is_met(team.skills):
        return
    if team.delays and team.delays.get(ability.queue, 0.0) > ability.key[2]:
        return
    team.abilities[ability] = None
    ability.teams[team] = None
    for agent in team.agents:
        ability.rate += agent.rate
    if team.free:
        ability.open[team] = None


def _anchors(stage: Stage) -> tuple[SkillId | None, ...]:
    """Whoever can do it has one of these skills; None: no skill is needed."""
    if stage.required:
        return (stage.required[0].skill,) if stage.any_of else ()
    return tuple(dict.fromkeys(each[0].skill if each else None for each in stage.any_of))
