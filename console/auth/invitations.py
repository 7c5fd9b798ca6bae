"""Links that work once and expire: to begin, or to choose a new password."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert, select, update

from console.auth.secret import hash_of, new_secret
from console.auth.sessions import revoke_sessions
from console.wire.session import InvitationKind
from core.errors import NotFound
from core.ids import AgentId
from core.store.tables.people import agent, invitation
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link is for."""

    agent: AgentId
    kind: InvitationKind
    email: str
    name: str


def invite(tx: Tx, agent_id: AgentId, kind: InvitationKind, lasts_s: float) -> str:
    """A new secret for the link; the links that this person had before work no more."""
    tx.conn.execute(
        update(invitation)
        .where(invitation.c.agent_id == agent_id, invitation.c.used_at.is_(None))
        .values(used_at=tx.now)
    )
    secret = new_secret()
    values = {
        "token_hash": hash_of(secret),
        "agent_id": agent_id,
        "kind": kind,
        "created_at": tx.now,
        "expires_at": tx.now + timedelta(seconds=lasts_s),
    }
    tx.conn.execute(insert(invitation).values(values))
    return secret


def find_invitation(tx: Tx, secret: str) -> Invited:
    """Raises NotFound when it is unknown, used or expired."""
    statement = (
        select(invitation.c.agent_id, invitation.c.kind, agent.c.email, agent.c.name)
        .join_from(invitation, agent, agent.c.id == invitation.c.agent_id)
        .where(
            invitation.c.token_hash == hash_of(secret),
            invitation.c.used_at.is_(None),
            invitation.c.expires_at > tx.now,
            agent.c.active.is_(True),
        )
    )
    row = tx.conn.execute(statement).one_or_none()
    if row is None:
        raise NotFound("this link is used, expired or unknown")
    return Invited(AgentId(row.agent_id), row.kind, row.email, row.name)


def use_invitation(tx: Tx, secret: str, name: str, password_hash: str) -> tuple[Invited, list[str]]:
    """Set name and password, once; the person's other sessions end (their keys). Raises NotFound."""
    invited = find_invitation(tx, secret)
    used = tx.conn.execute(
        update(invitation)
        .where(invitation.c.token_hash == hash_of(secret), invitation.c.used_at.is_(None))
        .values(used_at=tx.now)
    )
    if used.rowcount != 1:
        raise NotFound("this link is used, expired or unknown")
    tx.conn.execute(
        update(agent).where(agent.c.id == invited.agent).values(name=name, password_hash=password_hash)
    )
    return invited, revoke_sessions(tx, agent_id=invited.agent)
