"""Agents from their rows: as the domain has them, and as lists show them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, select

from console.wire import people as wire
from console.wire.session import Me
from core.agent import Agent, Presence, PresenceState, Role
from core.errors import NotFound
from core.events import OfferMade, agent_topic
from core.ids import AgentId
from core.store.codec import recorded_from_row
from core.store.tables.conversation import event
from core.store.tables.people import agent, agent_skill, queue_member
from core.store.tx import Tx
from routing import reservations


def load_agent(row: Row[Any]) -> Agent:
    """``row`` holds every column of the table ``agent``."""
    return Agent(
        id=AgentId(row.id),
        email=row.email,
        name=row.name,
        roles=frozenset(Role.stored(role) for role in row.roles),
        active=row.active,
        language=row.language,
        presence=Presence(
            PresenceState(row.presence), row.presence_reason, row.presence_since, row.presence_by
        ),
        idle_since=row.idle_since,
        capacity=row.capacity,
        load=row.load,
        version=row.version,
        n=row.n,
    )


def get_agent(tx: Tx, agent_id: AgentId) -> Agent:
    """Raises NotFound."""
    row = tx.conn.execute(select(agent).where(agent.c.id == agent_id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no agent {agent_id}")
    return load_agent(row)


def get_agents(tx: Tx, ids: Collection[AgentId]) -> dict[AgentId, Agent]:
    """Those that exist."""
    rows = tx.conn.execute(select(agent).where(agent.c.id.in_(ids)))
    return {AgentId(row.id): load_agent(row) for row in rows}


def me(person: Agent) -> Me:
    return Me(
        person.id,
        person.name,
        person.email,
        in_order(person.roles),
        person.language,
        person.presence.state,
        person.presence.reason,
        person.capacity,
        person.load,
        person.presence.since,
        person.presence.by,
    )


def in_order(roles: frozenset[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)


def list_agents(tx: Tx, only: Sequence[AgentId] | None = None) -> tuple[wire.Agent, ...]:
    """All of them, or those named, by name; three statements however many there are."""
    people = select(agent).order_by(agent.c.name, agent.c.id)
    skills = select(agent_skill).order_by(agent_skill.c.skill_id)
    members = select(queue_member).order_by(queue_member.c.queue_id)
    if only is not None:
        people = people.where(agent.c.id.in_(only))
        skills = skills.where(agent_skill.c.agent_id.in_(only))
        members = members.where(queue_member.c.agent_id.in_(only))
    skills_of: dict[str, list[wire.AgentSkill]] = defaultdict(list)
    for row in tx.conn.execute(skills):
        skills_of[row.agent_id].append(wire.AgentSkill(row.skill_id, row.level))
    queues_of: dict[str, list[str]] = defaultdict(list)
    for row in tx.conn.execute(members):
        queues_of[row.agent_id].append(row.queue_id)
    return tuple(
        _shown(load_agent(row), skills_of[row.id], queues_of[row.id], row.channels)
        for row in tx.conn.execute(people)
    )


def show_agent(tx: Tx, agent_id: AgentId) -> wire.Agent:
    """Raises NotFound."""
    found = list_agents(tx, [agent_id])
    if not found:
        raise NotFound(f"there is no agent {agent_id}")
    return found[0]


def _shown(
    person: Agent, skills: Sequence[wire.AgentSkill], queues: Sequence[str], channels: tuple[str, ...] | None
) -> wire.Agent:
    return wire.Agent(
        person.id,
        person.name,
        person.email,
        in_order(person.roles),
        person.active,
        person.presence.state,
        tuple(skills),
        person.capacity,
        person.load,
        tuple(queues),
        channels,
        person.presence.reason,
        person.presence.since,
        person.presence.by,
    )


def position_of(tx: Tx, person: Agent) -> int:
    """Where a console that begins afresh starts to follow the agent's topic: before any offer that is still open."""
    offered = {each.id for each in reservations.open_offers(tx, agent=person.id)}
    if not offered:
        return person.n
    made = select(event).where(event.c.topic == agent_topic(person.id), event.c.type == OfferMade.__name__)
    rows = tx.conn.execute(made.order_by(event.c.n.desc()).limit(len(offered)))
    recorded = [known for row in rows if (known := recorded_from_row(row)) is not None]
    open_ones = [
        each.n for each in recorded if isinstance(each.event, OfferMade) and each.event.reservation in offered
    ]
    return min(open_ones, default=person.n + 1) - 1
