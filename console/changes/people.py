"""Agents as administrators and supervisors change them, and as they change themselves."""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET
from sqlalchemy import delete, insert, select, update

from console.auth.accounts import normal_email
from console.auth.sessions import revoke_sessions
from console.queries.agents import get_agent
from console.wire.people import AgentChange, AgentSkill, NewAgent
from console.wire.session import PresenceAsk
from core.agent import Agent, PresenceState, Role
from core.errors import Conflict, Forbidden, Invalid
from core.events import AgentChanged, agent_topic
from core.ids import AgentId
from core.store.tables.people import agent, agent_skill, inbox, skill
from core.store.tx import Tx
from routing import ledger
from routing.checking import checked_capacity, checked_channels, checked_skills


def add_agent(tx: Tx, ask: NewAgent, language: str, capacity: int) -> AgentId:
    """Without a password: an invitation lets them choose one. Raises Invalid when the address is taken."""
    email = normal_email(ask.email)
    if tx.conn.execute(select(agent.c.id).where(agent.c.email == email)).first() is not None:
        raise Invalid("email", "an address that no other agent has", code="taken")
    row = {
        "id": tx.ids.new(),
        "email": email,
        "name": ask.name,
        "password_hash": None,
        "roles": tuple(role.value for role in Role if role in ask.roles),
        "active": True,
        "language": language,
        "presence": PresenceState.OFFLINE.value,
        "presence_reason": None,
        "idle_since": tx.now,
        "capacity": capacity,
        "created_at": tx.now,
    }
    tx.conn.execute(insert(agent).values(row))
    added = AgentId(str(row["id"]))
    tx.emit(agent_topic(added), AgentChanged(added))
    return added


def change_agent(tx: Tx, agent_id: AgentId, ask: AgentChange, by: Agent) -> list[str]:
    """The keys of the sessions that end with it. Raises Forbidden for what only an administrator may change."""
    person = get_agent(tx, agent_id)
    administers = Role.ADMINISTRATOR in by.roles
    if not administers and not (ask.name is UNSET and ask.roles is UNSET and ask.active is UNSET):
        raise Forbidden("only an administrator changes name, roles and whether an agent is active")
    values: dict[str, Any] = {}
    if ask.name is not UNSET:
        values["name"] = ask.name
    if ask.roles is not UNSET:
        values["roles"] = tuple(role.value for role in Role if role in ask.roles)
    if ask.capacity is not UNSET:
        values["capacity"] = checked_capacity(ask.capacity)
    if ask.channels is not UNSET:
        values["channels"] = _channels(tx, agent_id, ask.channels)
    if ask.active is not UNSET:
        values["active"] = ask.active
    if ask.skills is not UNSET:
        _set_skills(tx, agent_id, ask.skills)
    _keep_an_administrator(tx, person, ask)
    tx.conn.execute(update(agent).where(agent.c.id == agent_id).values(version=agent.c.version + 1, **values))
    tx.emit(agent_topic(agent_id), AgentChanged(agent_id))
    if person.active and ask.active is False:
        return _leave(tx, agent_id)
    loses_a_role = ask.roles is not UNSET and not person.roles <= set(ask.roles)
    return sign_out_everywhere(tx, agent_id) if loses_a_role else []


def forget_password(tx: Tx, agent_id: AgentId) -> list[str]:
    """Before a reset link is made: whoever had the old password has it in vain; the keys of the sessions that end."""
    tx.conn.execute(update(agent).where(agent.c.id == agent_id).values(password_hash=None))
    return sign_out_everywhere(tx, agent_id)


def sign_out_everywhere(tx: Tx, agent_id: AgentId) -> list[str]:
    """Sessions end and presence goes; conversations stay theirs."""
    ledger.set_presence(tx, agent_id, PresenceState.OFFLINE)
    return revoke_sessions(tx, agent_id=agent_id)


def _keep_an_administrator(tx: Tx, person: Agent, ask: AgentChange) -> None:
    loses_role = ask.roles is not UNSET and Role.ADMINISTRATOR not in ask.roles
    if Role.ADMINISTRATOR not in person.roles or not (loses_role or ask.active is False):
        return
    others = tx.conn.execute(
        select(agent.c.roles).where(agent.c.active.is_(True), agent.c.id != person.id).with_for_update()
    )
    if not any(Role.ADMINISTRATOR in roles for roles in others.scalars()):
        raise Conflict("somebody must stay administrator", code="last_administrator")


def _leave(tx: Tx, agent_id: AgentId) -> list[str]:
    """Sessions end, presence goes, and what the agent held waits in its queue again."""
    keys = sign_out_everywhere(tx, agent_id)
    ledger.give_back(tx, agent_id)
    return keys


def _set_skills(tx: Tx, agent_id: AgentId, skills: Sequence[AgentSkill]) -> None:
    known = tx.conn.execute(select(skill.c.id)).scalars().all()
    checked_skills([(each.skill, each.level) for each in skills], known)
    tx.conn.execute(delete(agent_skill).where(agent_skill.c.agent_id == agent_id))
    rows = [{"agent_id": agent_id, "skill_id": each.skill, "level": each.level} for each in skills]
    if rows:
        tx.conn.execute(insert(agent_skill), rows)


def _channels(tx: Tx, agent_id: AgentId, channels: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """A kind whose last inbox is gone may stay where it was."""
    kinds = set(tx.conn.execute(select(inbox.c.kind).distinct()).scalars())
    before = tx.conn.execute(select(agent.c.channels).where(agent.c.id == agent_id)).scalar_one()
    return checked_channels(channels, kinds | set(before or ()))


def set_presence(tx: Tx, agent_id: AgentId, ask: PresenceAsk) -> Agent:
    """Their own. Raises Invalid for what only the system says."""
    return set_presence_of(tx, agent_id, ask, agent_id)


def set_presence_of(tx: Tx, agent_id: AgentId, ask: PresenceAsk, by: AgentId) -> Agent:
    """Raises Invalid for what only the system says, Conflict ``inactive`` for somebody who is deactivated."""
    if ask.state is PresenceState.NOT_RESPONDING:
        raise Invalid("state", "offline, available, busy or away")
    if not get_agent(tx, agent_id).active:
        raise Conflict(f"agent {agent_id} is deactivated", code="inactive")
    ledger.set_presence(tx, agent_id, ask.state, (ask.reason or "").strip() or None, by=by)
    return get_agent(tx, agent_id)


def change_me(tx: Tx, agent_id: AgentId, values: dict[str, Any]) -> Agent:
    """Language and name."""
    if values:
        tx.conn.execute(update(agent).where(agent.c.id == agent_id).values(**values))
        tx.emit(agent_topic(agent_id), AgentChanged(agent_id))
    return get_agent(tx, agent_id)
