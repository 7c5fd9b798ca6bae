"""What simulating the past reads from the database, in pages: so that nobody who serves others waits for all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from core.errors import Invalid
from core.events import HandlerChanged, PresenceChanged, Recorded, StatusChanged, Topic
from core.ids import AgentId, QueueId, SkillId, SLAPolicyId
from core.store.codec import decode_event
from core.store.tables import people
from core.store.tables.conversation import conversation, event
from core.store.tables.routing import conversation_route
from core.store.tx import Tx
from routing import roster
from routing.forms import to_ladder
from routing.presence import AgentState
from routing.queue import Queue
from routing.rulebook.outcome import Routed

_TYPES = (HandlerChanged.__name__, StatusChanged.__name__, PresenceChanged.__name__)
_COLUMNS = (event.c.topic, event.c.n, event.c.type, event.c.data, event.c.at)


@dataclass(frozen=True, slots=True)
class Period:
    """``most``: so many events at most are looked at."""

    since: datetime
    until: datetime
    most: int


@dataclass(frozen=True, slots=True)
class Change:
    """One event as it is stored; reading what is in it is left to a thread."""

    topic: str
    n: int
    type: str
    data: str
    at: datetime

    def told(self) -> Recorded | None:
        """None for what this version does not know."""
        known = decode_event(self.type, self.data)
        return None if known is None else Recorded(Topic(self.topic), self.n, None, self.at, known)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a conversation is beside its changes: ``given`` by the rules when it last came to people."""

    channel: str
    weight: int
    interruptible: bool
    priority: int = 0
    given: Routed | None = None


@dataclass(frozen=True, slots=True)
class Center:
    """As it is now. ``promises``: seconds to the first answer, and worth, of each policy; ``names`` of agents and skills."""

    queues: tuple[Queue, ...]
    agents: tuple[AgentState, ...]
    promises: Mapping[SLAPolicyId, tuple[float | None, float]]
    agent_names: Mapping[AgentId, str]
    skill_names: Mapping[SkillId, str]


def check_length(tx: Tx, period: Period) -> None:
    """Raises Invalid for a time with too much in it, before any of that is read."""
    some = select(event.c.n).where(*_within(period)).limit(period.most + 1).subquery()
    if tx.conn.execute(select(func.count()).select_from(some)).scalar_one() > period.most:
        raise Invalid(
            "past_days", f"a time with at most {period.most} changes of hands and states", code="too_much"
        )


def read_changes(tx: Tx, period: Period, after: Change | None, most: int) -> list[Change]:
    """The next of them, in the order of their topics and numbers."""
    chosen = list(_within(period))
    if after is not None:
        chosen.append(
            or_(event.c.topic > after.topic, and_(event.c.topic == after.topic, event.c.n > after.n))
        )
    rows = tx.conn.execute(select(*_COLUMNS).where(*chosen).order_by(event.c.topic, event.c.n).limit(most))
    return [Change(*row) for row in rows]


def read_before(tx: Tx, period: Period, agents: Sequence[AgentId]) -> list[Change]:
    """The last change of presence before that time, of each of them who has one."""
    last = (
        select(event.c.topic, func.max(event.c.n).label("n"))
        .where(
            event.c.topic.in_([f"agent:{each}" for each in agents]),
            event.c.type == PresenceChanged.__name__,
            event.c.at < period.since,
        )
        .group_by(event.c.topic)
        .subquery()
    )
    same = and_(event.c.topic == last.c.topic, event.c.n == last.c.n)
    return [Change(*row) for row in tx.conn.execute(select(*_COLUMNS).join(last, same))]


def read_marks(tx: Tx, conversations: Sequence[str]) -> dict[str, Mark]:
    """By id, as they are now."""
    route = conversation_route
    rows = tx.conn.execute(
        select(
            conversation.c.id,
            people.inbox.c.kind.label("channel"),
            conversation.c.weight,
            conversation.c.interruptible,
            conversation.c.priority.label("own_priority"),
            *(route.c.queue_id, route.c.priority, route.c.ladder, route.c.ladder_adds, route.c.sla_policy_id),
            *(route.c.kind.label("work"), route.c.excluded),
        )
        .join(people.inbox, people.inbox.c.id == conversation.c.inbox_id)
        .outerjoin(route, route.c.conversation_id == conversation.c.id)
        .where(conversation.c.id.in_(conversations))
    )
    found = {}
    for row in rows:
        given = None
        if row.queue_id is not None:
            given = Routed(
                queue=QueueId(row.queue_id),
                priority=row.priority,
                ladder=None if row.ladder is None else to_ladder(row.ladder),
                ladder_adds=row.ladder_adds,
                sla_policy=None if row.sla_policy_id is None else SLAPolicyId(row.sla_policy_id),
                work=row.work,
                exclude=tuple(AgentId(each) for each in row.excluded),
            )
        found[row.id] = Mark(row.channel, row.weight, row.interruptible, row.own_priority, given)
    return found


def read_center(tx: Tx) -> Center:
    """Agents, queues and promises."""
    policy = people.sla_policy.c
    promises = tx.conn.execute(select(policy.id, policy.first_response_s, policy.worth))
    skills = tx.conn.execute(select(people.skill.c.id, people.skill.c.name))
    agents = tx.conn.execute(select(people.agent.c.id, people.agent.c.name).order_by(people.agent.c.id))
    return Center(
        queues=tuple(roster.read_queues(tx)),
        agents=tuple(roster.read_agents(tx)),
        promises={
            SLAPolicyId(row.id): (
                None if row.first_response_s is None else float(row.first_response_s),
                row.worth,
            )
            for row in promises
        },
        agent_names={AgentId(row.id): row.name for row in agents},
        skill_names={SkillId(row.id): row.name for row in skills},
    )


def _within(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (event.c.type.in_(_TYPES), event.c.at >= period.since, event.c.at < period.until)
