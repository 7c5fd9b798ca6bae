"""Flags: an agent says that something is wrong with an article, somebody who edits sees to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from core.errors import Conflict, NotFound
from core.events import article_topic
from core.ids import AgentId, ArticleId, ConversationId
from core.knowledge_events import ArticleFlagged, FlagResolved
from core.store.tables.conversation import conversation
from core.store.tables.knowledge import article, revision
from core.store.tables.loop import article_flag
from core.store.tx import Tx
from knowledge.article import checked_text


@dataclass(frozen=True, slots=True)
class Flag:
    """``title`` is that of the revision ``number`` that was flagged; ``resolved_at`` None while it is open."""

    id: str
    article: ArticleId
    language: str
    number: int
    title: str
    agent: AgentId
    conversation: ConversationId | None
    text: str
    created_at: datetime
    resolved_by: AgentId | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an agent says about a revision, and in which conversation they noticed."""

    article: ArticleId
    language: str
    number: int
    text: str
    conversation: ConversationId | None = None


def flag(tx: Tx, said: Complaint, agent: AgentId, characters: int) -> Flag:
    """Raises Invalid for no text or one that is too long, NotFound where there is no such revision or conversation."""
    text = checked_text("text", said.text, characters)
    known = select(revision.c.number).where(
        revision.c.article_id == said.article,
        revision.c.language == said.language,
        revision.c.number == said.number,
    )
    if tx.conn.execute(known).one_or_none() is None:
        raise NotFound(f"article {said.article} has no revision {said.number} in {said.language}")
    if said.conversation is not None:
        there = select(conversation.c.id).where(conversation.c.id == said.conversation)
        if tx.conn.execute(there).one_or_none() is None:
            raise NotFound(f"there is no conversation {said.conversation}")
    made = tx.ids.new()
    tx.conn.execute(
        insert(article_flag).values(
            id=made,
            article_id=said.article,
            language=said.language,
            number=said.number,
            agent_id=agent,
            conversation_id=said.conversation,
            text=text,
            created_at=tx.now,
        )
    )
    tx.emit(article_topic(said.article), ArticleFlagged(said.article, said.language, made))
    return get(tx, made)


def resolve(tx: Tx, flag_id: str, by: AgentId) -> Flag:
    """Raises NotFound, and Conflict ``resolved`` when somebody else did."""
    before = get(tx, flag_id)
    changed = (
        update(article_flag)
        .where(article_flag.c.id == flag_id, article_flag.c.resolved_at.is_(None))
        .values(resolved_by_id=by, resolved_at=tx.now)
    )
    if tx.conn.execute(changed).rowcount != 1:
        raise Conflict(f"flag {flag_id} is settled", code="resolved")
    tx.emit(article_topic(before.article), FlagResolved(before.article, before.language, flag_id))
    return get(tx, flag_id)


def get(tx: Tx, flag_id: str) -> Flag:
    """Raises NotFound."""
    row = tx.conn.execute(_flags().where(article_flag.c.id == flag_id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no flag {flag_id}")
    return _flag(row)


def list_of(tx: Tx, article_id: ArticleId, most: int) -> Sequence[Flag]:
    """Open ones first, the newest first."""
    wanted = _flags().where(article_flag.c.article_id == article_id)
    ordered = wanted.order_by(article_flag.c.resolved_at.is_not(None), article_flag.c.created_at.desc())
    return [_flag(row) for row in tx.conn.execute(ordered.limit(most))]


def list_open(tx: Tx, most: int) -> Sequence[Flag]:
    """Of all articles that are kept, the oldest first: it has waited longest."""
    wanted = _flags().where(article_flag.c.resolved_at.is_(None), article.c.archived_at.is_(None))
    return [_flag(row) for row in tx.conn.execute(wanted.order_by(article_flag.c.created_at).limit(most))]


def count_open(tx: Tx, articles: Sequence[ArticleId]) -> Mapping[str, int]:
    """Of these articles, those that have any."""
    wanted = (
        select(article_flag.c.article_id, func.count().label("flags"))
        .where(article_flag.c.article_id.in_(articles), article_flag.c.resolved_at.is_(None))
        .group_by(article_flag.c.article_id)
    )
    return {row.article_id: row.flags for row in tx.conn.execute(wanted)}


def _flags() -> Select[Any]:
    return (
        select(article_flag, revision.c.title)
        .join(article, article.c.id == article_flag.c.article_id)
        .join(
            revision,
            (revision.c.article_id == article_flag.c.article_id)
            & (revision.c.language == article_flag.c.language)
            & (revision.c.number == article_flag.c.number),
        )
    )


def _flag(row: Row[Any]) -> Flag:
    return Flag(
        row.id,
        ArticleId(row.article_id),
        row.language,
        row.number,
        row.title,
        AgentId(row.agent_id),
        None if row.conversation_id is None else ConversationId(row.conversation_id),
        row.text,
        row.created_at,
        None if row.resolved_by_id is None else AgentId(row.resolved_by_id),
        row.resolved_at,
    )
