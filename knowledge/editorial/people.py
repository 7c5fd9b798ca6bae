"""Who may be asked to review, and what people may say in a note or a comment."""

import unicodedata
from collections.abc import Iterable

from sqlalchemy import select

from core.agent import Permission, Role, permissions_of
from core.errors import Invalid
from core.ids import AgentId
from core.store.tables.people import agent
from core.store.tx import Tx


def reviewers(tx: Tx) -> list[AgentId]:
    """Everybody active who may decide on a revision, by name."""
    rows = tx.conn.execute(select(agent.c.id, agent.c.roles).where(agent.c.active).order_by(agent.c.name))
    return [AgentId(row.id) for row in rows if Permission.REVIEW in _permissions(row.roles)]


def _permissions(roles: Iterable[str]) -> frozenset[Permission]:
    return permissions_of(frozenset(Role.stored(role) for role in roles))


def check_reviewer(tx: Tx, who: AgentId) -> None:
    """Raises Invalid."""
    if who not in reviewers(tx):
        raise Invalid("reviewer", "somebody active who may review", code="not_a_reviewer")


def checked_words(field: str, words: str, limit: int, *, needed: bool = False) -> str:
    """Without stray space at the ends; raises Invalid."""
    said = words.replace("\r\n", "\n").strip()
    if needed and not said:
        raise Invalid(field, "something in it", code="empty")
    if len(said) > limit:
        raise Invalid(field, f"at most {limit} characters, not {len(said)}")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in said):
        raise Invalid(field, "no control characters")
    return said
