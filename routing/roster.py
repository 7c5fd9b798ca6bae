"""Agents and queues as routing sees them, read from the database."""

from typing import Any

from sqlalchemy import ColumnElement, select, true

from core.agent import PresenceState
from core.errors import NotFound
from core.ids import AgentId, HoursId, QueueId, SkillId, SLAPolicyId
from core.store.tables import people
from core.store.tables.conversation import conversation
from core.store.tables.routing import handle_time
from core.store.tx import Tx
from routing.forms import to_ladder, to_routing
from routing.handle_times import held_by, speeds_of
from routing.handling import HandlingSettings
from routing.presence import AgentState
from routing.queue import Queue
from routing.skill import proficiency


def read_agent(tx: Tx, agent: AgentId) -> AgentState | None:
    """None when there is no such agent."""
    found = _agents(tx, people.agent.c.id == agent)
    return found[0] if found else None


def read_agents(tx: Tx) -> list[AgentState]:
    """All of them, in order of joining."""
    return _agents(tx, true())


def read_queue(tx: Tx, queue: QueueId) -> Queue:
    """Raises NotFound."""
    found = _queues(tx, people.queue.c.id == queue)
    if not found:
        raise NotFound(f"there is no queue {queue}")
    return found[0]


def read_queues(tx: Tx) -> list[Queue]:
    """All of them, by name."""
    return _queues(tx, true())


def _agents(tx: Tx, which: ColumnElement[bool]) -> list[AgentState]:
    agent = people.agent
    skills: dict[str, dict[SkillId, Any]] = {}
    queues: dict[str, dict[QueueId, float]] = {}
    chosen = select(agent.c.id).where(which)
    for row in tx.conn.execute(select(people.agent_skill).where(people.agent_skill.c.agent_id.in_(chosen))):
        skills.setdefault(row.agent_id, {})[SkillId(row.skill_id)] = proficiency(row.level)
    for row in tx.conn.execute(select(people.queue_member).where(people.queue_member.c.agent_id.in_(chosen))):
        queues.setdefault(row.agent_id, {})[QueueId(row.queue_id)] = float(row.delay_s)
    speeds = speeds_of(tx, handle_time.c.agent_id.in_(chosen))
    usual_s = tx.setting(HandlingSettings).usual_s
    held = held_by(tx, conversation.c.agent_id.in_(chosen))
    return [
        AgentState(
            id=AgentId(row.id),
            presence=PresenceState(row.presence),
            active=row.active,
            skills=skills.get(row.id, {}),
            queues=frozenset(queues.get(row.id, ())),
            delays={queue: delay for queue, delay in queues.get(row.id, {}).items() if delay},
            channels=None if row.channels is None else frozenset(row.channels),
            speeds=speeds.get(row.id, {}),
            held=held.get(row.id, (0, 0.0))[0],
            held_s=held.get(row.id, (0, usual_s))[1],
            capacity=row.capacity,
            load=row.load,
            yielding=row.yielding,
            idle_since=row.idle_since,
            version=row.version,
        )
        for row in tx.conn.execute(select(agent).where(which).order_by(agent.c.created_at, agent.c.id))
    ]


def _queues(tx: Tx, which: ColumnElement[bool]) -> list[Queue]:
    members: dict[str, set[AgentId]] = {}
    chosen = select(people.queue.c.id).where(which)
    for row in tx.conn.execute(select(people.queue_member).where(people.queue_member.c.queue_id.in_(chosen))):
        members.setdefault(row.queue_id, set()).add(AgentId(row.agent_id))
    return [
        Queue(
            id=QueueId(row.id),
            name=row.name,
            priority=row.priority,
            languages=row.languages,
            ladder=to_ladder(row.requirements),
            routing=to_routing(row.routing),
            members=frozenset(members.get(row.id, ())),
            policy=None if row.sla_policy_id is None else SLAPolicyId(row.sla_policy_id),
            hours=None if row.hours_id is None else HoursId(row.hours_id),
        )
        for row in tx.conn.execute(
            select(people.queue).where(which).order_by(people.queue.c.name, people.queue.c.id)
        )
    ]
