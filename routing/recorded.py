"""The recorded past as a scenario: who came when, how long each was worked on, who gave up, who was at work."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.agent import PresenceState
from core.errors import Invalid
from core.events import Event, HandlerChanged, PresenceChanged, StatusChanged
from core.ids import AgentId, QueueId, SkillId
from routing.handling import Moment, active_s
from routing.ladder import Ladder, Term
from routing.past import Center, Change, Mark, Period
from routing.presence import AgentState, is_offered_work
from routing.queue import Queue, QueueRouting
from routing.rulebook.outcome import ladder_in
from routing.simulation.laws import Exponential
from routing.simulation.scenario import HOUR_S, Contender, Kind, Scenario, Seen, Shift, Team

TODAY = "as it is now"
"""The contender that has each queue's own settings, where the page has no word for it."""
_OVER = frozenset({"resolved", "closed"})


@dataclass(frozen=True, slots=True)
class Stay:
    """One conversation's stay with people: when it came to a queue, how long it waited, how long it was worked on.

    ``answered``: an agent took it; ``handle_s`` is None while that has not come to its end. ``over``: it left otherwise.
    ``agents`` are those who held it.
    """

    queue: QueueId
    came_at: datetime
    waited_s: float
    answered: bool
    over: bool
    handle_s: float | None
    agents: frozenset[AgentId] = frozenset()


class Past:
    """Is given what was read, page by page; ``scenario`` then works it out. Reads nothing, so that any thread may do it."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._told: dict[str, list[tuple[datetime, Event]]] = defaultdict(list)
        self._presence: dict[AgentId, list[tuple[datetime, bool]]] = defaultdict(list)
        self._marks: dict[str, Mark] = {}
        self._stays: list[tuple[str, Stay]] = []

    def add(self, changes: Iterable[Change]) -> None:
        """In their order; what was before the time first."""
        for each in changes:
            known = each.told()
            if known is None:
                continue
            match known.event:
                case PresenceChanged(agent=agent, state=state):
                    self._presence[agent].append((each.at, is_offered_work(PresenceState(state))))
                case _:
                    self._told[each.topic].append((each.at, known.event))

    def mark(self, marks: Mapping[str, Mark]) -> None:
        """What their conversations are beside."""
        self._marks.update(marks)

    def conversations(self) -> list[str]:
        """Those that came to people in this time, once all changes are known. Raises Invalid where nobody came."""
        stays = [
            (topic.partition(":")[2], stay)
            for topic, events in self._told.items()
            for stay in stays_of(events, self._period.until)
        ]
        self._stays = sorted(stays, key=lambda each: each[1].came_at)
        if not stays:
            raise _nobody_came()
        return list(dict.fromkeys(id for id, _ in self._stays))

    def scenario(self, center: Center, contenders: Sequence[Contender]) -> Scenario:
        """Agents and queues as they are now, conversations and presence as they were. Raises Invalid where nobody came."""
        queues, named, period = {each.id: each for each in center.queues}, _Names(center), self._period
        sorts: dict[_Sort, list[Stay]] = defaultdict(list)
        came: list[tuple[Stay, _Sort]] = []
        for id, stay in self._stays:
            if stay.queue in queues and id in self._marks:
                sort = _sort(queues[stay.queue], self._marks[id], center)
                sorts[sort].append(stay)
                came.append((stay, sort))
        if not came:
            raise _nobody_came()
        used = [each for each in center.queues if any(sort.queue == each.id for sort in sorts)]
        names = _kind_names(sorts, queues)
        kinds = tuple(_kind(sort, stays, names[sort], queues, named) for sort, stays in sorts.items())
        places = {sort: at for at, sort in enumerate(sorts)}
        busy = frozenset[AgentId]().union(*(stay.agents for stay, _ in came))
        return Scenario(
            kinds=kinds,
            teams=_teams(center, used, named, lambda agent: self._shifts(agent, worked=agent.id in busy)),
            contenders=tuple(contenders),
            seeds=(1,),
            hours=(period.until - period.since).total_seconds() / HOUR_S,
            warm_up_s=0.0,
            seen=tuple(_seen(stay, places[sort], kinds, period.since) for stay, sort in came),
        )

    def _shifts(self, agent: AgentState, *, worked: bool) -> tuple[Shift, ...]:
        """When they were available; before the first change that is recorded they are taken to have been the other way.

        Who ``worked`` and of whom no change is recorded at all was there all the time.
        """
        period, changes = self._period, sorted(self._presence.get(agent.id, ()), key=lambda each: each[0])
        if not changes and worked:
            return (Shift(0.0, _seconds(period, period.until), None),)
        before = [available for at, available in changes if at < period.since]
        later = [(at, available) for at, available in changes if at >= period.since]
        now = before[-1] if before else not later[0][1] if later else is_offered_work(agent.presence)
        shifts: list[Shift] = []
        began = period.since
        for at, available in [*later, (period.until, False)]:
            if now and at > began:
                shifts.append(Shift(_seconds(period, began), _seconds(period, at), None))
            if available != now:
                began = at
            now = available
        return tuple(shifts)


def today(queues: Sequence[Queue], name: str = TODAY) -> Contender:
    """Each queue as it is set now."""
    return Contender(name, QueueRouting(), {each.name: each.routing for each in queues})


def _nobody_came() -> Invalid:
    return Invalid("past_days", "a time in which somebody came to a queue", code="nobody_came")


def stays_of(events: Iterable[tuple[datetime, Event]], until: datetime) -> list[Stay]:
    """Of one conversation, from its events in their order. A transfer belongs to the stay that it happens in."""
    found: list[Stay] = []
    stay: Stay | None = None
    moments: list[Moment] = []
    holder: AgentId | None = None
    is_open = True
    for at, each in events:
        match each:
            case StatusChanged(status=status):
                is_open = status == "open"
            case HandlerChanged(handler="queue", queue=queue) if stay is None and queue is not None:
                stay, moments, holder = (
                    Stay(queue, at, 0.0, answered=False, over=False, handle_s=None),
                    [],
                    None,
                )
            case HandlerChanged(handler=handler, agent=agent) if stay is not None:
                holder = agent if handler == "agent" else None
                if holder is not None:
                    stay = replace(stay, agents=stay.agents | {holder})
                if holder is not None and not stay.answered:
                    stay = replace(stay, answered=True, waited_s=(at - stay.came_at).total_seconds())
                if handler not in {"agent", "queue"}:
                    found.append(_ended(stay, [*moments, Moment(at, None, open=False)], at))
                    stay = None
            case _:
                continue
        moments.append(Moment(at, holder, is_open))
    if stay is not None:
        waited_s = stay.waited_s if stay.answered else (until - stay.came_at).total_seconds()
        found.append(replace(stay, waited_s=waited_s))
    return found


def _ended(stay: Stay, moments: Sequence[Moment], at: datetime) -> Stay:
    if not stay.answered:
        return replace(stay, over=True, waited_s=(at - stay.came_at).total_seconds())
    return replace(stay, over=True, handle_s=sum(active_s(moments, each) for each in stay.agents))


class _Names:
    """What people call skills, and agents: two of one name are told apart by a number."""

    def __init__(self, center: Center) -> None:
        self.skills = center.skill_names
        self.agents: dict[AgentId, str] = {}
        taken: set[str] = set()
        for id, first in center.agent_names.items():
            name, number = first, 1
            while name in taken:
                number += 1
                name = f"{first} {number}"
            taken.add(name)
            self.agents[id] = name

    def skill(self, skill: SkillId) -> SkillId:
        return SkillId(self.skills.get(skill, skill))

    def desk(self, agent: AgentId) -> AgentId:
        """As the simulation calls the one agent of a team."""
        return AgentId(f"{self.agents.get(agent, agent)}-1")

    def ladder(self, ladder: Ladder) -> Ladder:
        def terms(old: Iterable[Term]) -> tuple[Term, ...]:
            return tuple(Term(self.skill(each.skill), each.level) for each in old)

        steps = tuple(
            replace(
                each,
                any_of=tuple(terms(one) for one in each.any_of),
                agents=frozenset(map(self.desk, each.agents)),
            )
            for each in ladder.steps
        )
        return Ladder(terms(ladder.required), steps)


@dataclass(frozen=True, slots=True)
class _Sort:
    """What is alike for the engine: such conversations are one kind."""

    queue: QueueId
    channel: str
    weight: int
    interruptible: bool
    priority: int
    target_s: float | None
    worth: float
    ladder: Ladder
    work: str
    excluded: frozenset[AgentId]


def _sort(queue: Queue, mark: Mark, center: Center) -> _Sort:
    given = mark.given
    policy = queue.policy
    if given is not None and given.sla_policy in center.promises:
        policy = given.sla_policy
    target_s, worth = (None, 1.0) if policy is None else center.promises.get(policy, (None, 1.0))
    return _Sort(
        queue=queue.id,
        channel=mark.channel,
        weight=mark.weight,
        interruptible=mark.interruptible,
        priority=max(0, queue.priority + mark.priority + (0 if given is None else given.priority)),
        target_s=target_s,
        worth=worth,
        ladder=queue.ladder if given is None else ladder_in(queue, given),
        work="" if given is None else given.work or "",
        excluded=frozenset[AgentId]() if given is None else frozenset(given.exclude),
    )


def _kind_names(sorts: Iterable[_Sort], queues: Mapping[QueueId, Queue]) -> dict[_Sort, str]:
    """The queue's, with the channel where several come to it, and a number where that is not enough."""
    sorts = list(sorts)
    channels: dict[QueueId, set[str]] = defaultdict(set)
    for sort in sorts:
        channels[sort.queue].add(sort.channel)
    names: dict[_Sort, str] = {}
    taken: set[str] = set()
    for sort in sorts:
        first = queues[sort.queue].name
        if len(channels[sort.queue]) > 1:
            first = f"{first} ({sort.channel})"
        name, number = first, 1
        while name in taken:
            number += 1
            name = f"{first} {number}"
        taken.add(name)
        names[sort] = name
    return names


def _kind(
    sort: _Sort, stays: Sequence[Stay], name: str, queues: Mapping[QueueId, Queue], named: _Names
) -> Kind:
    times = [stay.handle_s for stay in stays if stay.handle_s]
    return Kind(
        name=name,
        rate=0.0,
        handle=Exponential(max(1.0, sum(times) / len(times)) if times else 300.0),
        ladder=named.ladder(sort.ladder),
        queue=queues[sort.queue].name,
        priority=sort.priority,
        target_s=sort.target_s,
        worth=sort.worth,
        units=sort.weight,
        channel=sort.channel,
        interruptible=sort.interruptible,
        excluded=frozenset(map(named.desk, sort.excluded)),
    )


def _seen(stay: Stay, kind: int, kinds: Sequence[Kind], since: datetime) -> Seen:
    """Who was never answered gave up after that wait; who still waits at the end has shown no end of their patience."""
    at_s = (stay.came_at - since).total_seconds()
    law = kinds[kind].handle
    usual = law.mean if isinstance(law, Exponential) else 300.0
    gave_up = stay.waited_s if stay.over and not stay.answered else None
    return Seen(at_s, kind, stay.handle_s or usual, gave_up)


def _teams(
    center: Center,
    queues: Sequence[Queue],
    named: _Names,
    shifts_of: Callable[[AgentState], tuple[Shift, ...]],
) -> tuple[Team, ...]:
    names = {each.id: each.name for each in queues}
    teams = []
    for agent in center.agents:
        shifts = shifts_of(agent)
        member = frozenset(names[each] for each in agent.queues if each in names)
        if not agent.active or not shifts or not member or agent.capacity < 1:
            continue
        teams.append(
            Team(
                name=named.agents[agent.id],
                count=1,
                skills={named.skill(skill): level for skill, level in agent.skills.items()},
                capacity=agent.capacity,
                queues=member,
                channels=agent.channels,
                delays={names[queue]: wait for queue, wait in agent.delays.items() if queue in names},
                shifts=shifts,
            )
        )
    if not teams:
        raise Invalid("past_days", "a time in which somebody was available", code="nobody_worked")
    return tuple(teams)


def _seconds(period: Period, at: datetime) -> float:
    return (at - period.since).total_seconds()
