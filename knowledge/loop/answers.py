"""How agents answered a cluster's questions, the best first: resolved, rated well, not opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.events import StatusChanged
from core.message import Kind
from core.store.codec import recorded_from_row
from core.store.tables.conversation import conversation, event, message, rating
from core.store.tables.loop import gap
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge.loop.naming import names_in

_CONVERSATIONS = 50
"""So many of the newest conversations of a cluster are looked at."""
_GOOD, _BAD = 4, 2
_ENDS = frozenset({"resolved", "closed"})


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a conversation; ``score`` its newest rating, 1 to 5."""

    resolved: bool
    reopened: bool
    score: int | None

    @property
    def worth(self) -> int:
        """Higher is better: an end counts most, then the customer's word."""
        rated = 0 if self.score is None else int(self.score >= _GOOD) - int(self.score <= _BAD)
        return 4 * int(self.resolved) + 2 * rated - 3 * int(self.reopened)


@dataclass(frozen=True, slots=True)
class AgentAnswer:
    """What an agent wrote after the question; ``names`` are those of the people in the conversation."""

    message: str
    conversation: str
    agent: str
    text: str
    at: datetime
    fate: Fate
    names: tuple[str, ...]


def answers(tx: Tx, cluster: str, most: int) -> list[AgentAnswer]:
    """Of each conversation the longest answer, the best first; of equals the newest."""
    asked = _asked(tx, cluster)
    if not asked:
        return []
    fates, names = _fates(tx, list(asked)), names_in(tx, list(asked))
    wanted = (
        select(message, agent.c.name.label("agent_name"))
        .join(agent, agent.c.id == message.c.author_id)
        .where(
            message.c.conversation_id.in_(asked),
            message.c.kind == Kind.REPLY.value,
            message.c.author == "agent",
            message.c.text != "",
        )
    )
    longest: dict[str, AgentAnswer] = {}
    for row in tx.conn.execute(wanted):
        here = row.conversation_id
        if row.created_at < asked[here]:
            continue
        found = AgentAnswer(
            row.id,
            here,
            row.agent_name,
            row.text,
            row.created_at,
            fates[here],
            names[here],
        )
        if here not in longest or len(found.text) > len(longest[here].text):
            longest[here] = found
    return sorted(longest.values(), key=lambda each: (each.fate.worth, each.at), reverse=True)[:most]


def _asked(tx: Tx, cluster: str) -> dict[str, datetime]:
    """Conversation -> when the question was asked there."""
    rows = tx.conn.execute(
        select(gap.c.conversation_id, func.min(gap.c.created_at).label("at"))
        .where(gap.c.cluster_id == cluster, gap.c.conversation_id.is_not(None))
        .group_by(gap.c.conversation_id)
        .order_by(func.max(gap.c.created_at).desc())
        .limit(_CONVERSATIONS)
    )
    return {row.conversation_id: row.at for row in rows}


def _fates(tx: Tx, conversations: Sequence[str]) -> dict[str, Fate]:
    rows = tx.conn.execute(
        select(conversation.c.id, conversation.c.status).where(conversation.c.id.in_(conversations))
    )
    scores: dict[str, int] = {
        row.conversation_id: row.score
        for row in tx.conn.execute(
            select(rating).where(rating.c.conversation_id.in_(conversations)).order_by(rating.c.created_at)
        )
    }
    reopened = _reopened(tx, conversations)
    return {row.id: Fate(row.status in _ENDS, row.id in reopened, scores.get(row.id)) for row in rows}


def _reopened(tx: Tx, conversations: Sequence[str]) -> set[str]:
    """Those that were open again after an end."""
    topics = {f"conversation:{each}": each for each in conversations}
    rows = tx.conn.execute(
        select(event)
        .where(event.c.topic.in_(topics), event.c.type == StatusChanged.__name__)
        .order_by(event.c.topic, event.c.n)
    )
    ended: set[str] = set()
    again: set[str] = set()
    for row in rows:
        recorded = recorded_from_row(row)
        told = None if recorded is None else recorded.event
        if isinstance(told, StatusChanged):
            here = topics[row.topic]
            if told.status in _ENDS:
                ended.add(here)
            elif here in ended:
                again.add(here)
    return again
