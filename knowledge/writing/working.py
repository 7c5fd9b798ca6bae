"""Unsaved text: each person's own copy of an edition, kept until they save or throw it away, so that nothing is lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, select

from core.errors import NotFound
from core.ids import AgentId, ArticleId
from core.store.forms import StoredDraft
from core.store.tables.knowledge import article, working_copy
from core.store.tx import Tx
from knowledge.article import checked_language


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed, finished or not; ``source``: the revision of the source that a translation is made from."""

    title: str
    body: str
    questions: tuple[str, ...] = ()
    note: str = ""
    source: int | None = None


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """``base``: the revision that it was begun on, 0 for a language without one."""

    agent: AgentId
    base: int
    draft: Draft
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose copy of what."""

    article: ArticleId
    language: str
    agent: AgentId


def keep(tx: Tx, desk: Desk, base: int, draft: Draft) -> datetime:
    """In place of what they had there; when it was kept. Raises NotFound."""
    checked_language(desk.language)
    if tx.conn.execute(select(article.c.id).where(article.c.id == desk.article)).one_or_none() is None:
        raise NotFound(f"there is no article {desk.article}")
    content = StoredDraft(draft.title, draft.body, draft.questions, draft.note, draft.source)
    values = {"base": base, "content": content, "updated_at": tx.now}
    key = {"article_id": desk.article, "language": desk.language, "agent_id": desk.agent}
    statement = tx.insert_for(working_copy).values(**key, **values)
    tx.conn.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
    return tx.now


def drop(tx: Tx, desk: Desk) -> None:
    """Dropping what is not there does nothing."""
    of = working_copy.c
    tx.conn.execute(
        delete(working_copy).where(
            of.article_id == desk.article, of.language == desk.language, of.agent_id == desk.agent
        )
    )


def copies(tx: Tx, article_id: ArticleId, language: str) -> list[WorkingCopy]:
    """Everybody's, the newest first."""
    of = working_copy.c
    wanted = (
        select(working_copy)
        .where(of.article_id == article_id, of.language == language)
        .order_by(of.updated_at.desc())
    )
    return [_copy(row) for row in tx.conn.execute(wanted)]


def _copy(row: Row[tuple[object, ...]]) -> WorkingCopy:
    content: StoredDraft = row.content
    draft = Draft(content.title, content.body, content.questions, content.note, content.source)
    return WorkingCopy(AgentId(row.agent_id), row.base, draft, row.updated_at)
