"""Sessions of agents as rows: opened with a random secret, found by its hash, ended by time or by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from console.auth.secret import hash_of, new_secret
from console.queries.agents import load_agent
from console.settings import SessionSettings
from core.agent import Agent, Permission, permissions_of
from core.ids import AgentId
from core.store.tables.people import agent, agent_session
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Signed:
    """A session and the agent who has it; ``key`` is the hash of its secret."""

    key: str
    agent: Agent
    csrf: str
    seen_at: datetime
    expires_at: datetime
    revoked: bool

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.agent.roles)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


class Ended(StrEnum):
    """Why a session is no good any more."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    INACTIVE = "inactive"


def ended(session: Signed, now: datetime, idle_s: float) -> Ended | None:
    """None while it is good."""
    if session.revoked:
        return Ended.REVOKED
    if not session.agent.active:
        return Ended.INACTIVE
    if now >= session.expires_at or now >= session.seen_at + timedelta(seconds=idle_s):
        return Ended.EXPIRED
    return None


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: ``secret`` goes into the cookie and is known nowhere else."""

    secret: str
    session: Signed


def open_session(
    tx: Tx, agent_id: AgentId, address: str | None, settings: SessionSettings, replaces: str | None = None
) -> Opened:
    """Sign in: always a new secret; the session that the browser had before (``replaces``, a secret) ends."""
    if replaces is not None:
        revoke_sessions(tx, key=hash_of(replaces))
    secret, csrf = new_secret(), new_secret()
    values = {
        "token_hash": hash_of(secret),
        "agent_id": agent_id,
        "csrf": csrf,
        "address": address,
        "created_at": tx.now,
        "seen_at": tx.now,
        "expires_at": tx.now + timedelta(seconds=settings.absolute_s),
    }
    tx.conn.execute(insert(agent_session).values(values))
    row = tx.conn.execute(select(agent).where(agent.c.id == agent_id)).one()
    session = Signed(hash_of(secret), load_agent(row), csrf, tx.now, values["expires_at"], revoked=False)  # type: ignore[arg-type]
    return Opened(secret, session)


def find_session(tx: Tx, key: str) -> Signed | None:
    """With its agent, whatever its state."""
    return find_sessions(tx, [key]).get(key)


def find_sessions(tx: Tx, keys: list[str]) -> dict[str, Signed]:
    """Those that exist, in one statement."""
    columns = [column.label(f"session_{column.name}") for column in agent_session.c]
    statement = (
        select(agent, *columns)
        .join_from(agent_session, agent, agent.c.id == agent_session.c.agent_id)
        .where(agent_session.c.token_hash.in_(keys))
    )
    return {row.session_token_hash: _signed(row) for row in tx.conn.execute(statement)}


def has_session(tx: Tx, agent_id: AgentId) -> bool:
    """Whether the agent is signed in anywhere."""
    statement = select(agent_session.c.token_hash).where(
        agent_session.c.agent_id == agent_id,
        agent_session.c.revoked_at.is_(None),
        agent_session.c.expires_at > tx.now,
    )
    return tx.conn.execute(statement.limit(1)).first() is not None


def touch_session(tx: Tx, key: str) -> None:
    """It is in use: its idle time starts again."""
    tx.conn.execute(update(agent_session).where(agent_session.c.token_hash == key).values(seen_at=tx.now))


def revoke_sessions(
    tx: Tx, *, key: str | None = None, agent_id: AgentId | None = None, but: str | None = None
) -> list[str]:
    """End one session, or all of an agent's (``but`` one); their keys, so that live sockets can be closed."""
    statement = update(agent_session).where(agent_session.c.revoked_at.is_(None)).values(revoked_at=tx.now)
    if key is not None:
        statement = statement.where(agent_session.c.token_hash == key)
    if agent_id is not None:
        statement = statement.where(agent_session.c.agent_id == agent_id)
    if but is not None:
        statement = statement.where(agent_session.c.token_hash != but)
    return list(tx.conn.execute(statement.returning(agent_session.c.token_hash)).scalars())


def _signed(row: Any) -> Signed:
    return Signed(
        row.session_token_hash,
        load_agent(row),
        row.session_csrf,
        row.session_seen_at,
        row.session_expires_at,
        row.session_revoked_at is not None,
    )
