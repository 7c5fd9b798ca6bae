"""Accounts as rows: found by e-mail address, given a password, changed by their owner."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from core.ids import AgentId
from core.store.tables.people import agent
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Account:
    """``password_hash`` is None for somebody who has not yet accepted an invitation."""

    id: AgentId
    password_hash: str | None


def normal_email(email: str) -> str:
    """How addresses are compared and stored."""
    return email.strip().lower()


def find_account(tx: Tx, email: str) -> Account | None:
    """The active account with this address."""
    statement = select(agent.c.id, agent.c.password_hash).where(
        func.lower(agent.c.email) == normal_email(email), agent.c.active.is_(True)
    )
    row = tx.conn.execute(statement).one_or_none()
    return None if row is None else Account(AgentId(row.id), row.password_hash)


def password_hash_of(tx: Tx, agent_id: AgentId) -> str | None:
    return tx.conn.execute(select(agent.c.password_hash).where(agent.c.id == agent_id)).scalar_one_or_none()


def set_password(tx: Tx, agent_id: AgentId, password_hash: str) -> None:
    """``password_hash`` as ``Passwords.hash`` makes it."""
    tx.conn.execute(update(agent).where(agent.c.id == agent_id).values(password_hash=password_hash))
