"""Saying something about a line of a revision, answering it, and settling it; one transaction each."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from core.agent import Permission
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.events import article_topic
from core.ids import AgentId, ArticleId
from core.knowledge_events import CommentAdded, CommentResolved
from core.store.tables.knowledge import review_comment, revision
from core.store.tx import Tx
from knowledge.editorial import people
from knowledge.editorial.comment import Comment
from knowledge.editorial.comparing import lines_of
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Who

QUOTED = 300


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about revision ``number``: one line of its body, or all of it; or in answer to ``parent``."""

    number: int
    body: str
    line: int | None = None
    parent: str | None = None


class Comments:
    """The use cases; whoever writes articles may."""

    def __init__(self, rules: EditorialSettings) -> None:
        self.rules = rules

    def add(self, tx: Tx, article: ArticleId, language: str, who: Who, remark: Remark) -> Comment:
        """Raises Invalid, NotFound where there is no such revision or comment, Conflict where there are too many."""
        _may(who)
        body = people.checked_words("body", remark.body, self.rules.comment_characters, needed=True)
        if _count(tx, article, language) >= self.rules.comments:
            raise Conflict(f"there are {self.rules.comments} comments already", code="too_many")
        said = _answer(tx, article, language, remark) or _about(tx, article, language, remark)
        new = tx.ids.new()
        row = {**said, "id": new, "body": body, "author_id": who.agent, "created_at": tx.now}
        tx.conn.execute(insert(review_comment).values(row))
        tx.emit(article_topic(article), CommentAdded(article, language, new))
        return find(tx, article, new)

    def resolve(self, tx: Tx, article: ArticleId, id: str, who: Who, *, resolved: bool) -> Comment:
        """Settled, or open again, with all its answers; what is so already stays."""
        _may(who)
        found = find(tx, article, id)
        if found.parent is not None:
            raise Invalid("comment", "one that is not an answer", code="an_answer")
        if (found.resolved_at is not None) == resolved:
            return found
        values = {
            "resolved_by_id": who.agent if resolved else None,
            "resolved_at": tx.now if resolved else None,
        }
        changed = update(review_comment).where(review_comment.c.id == id).values(values)
        language = tx.conn.execute(changed.returning(review_comment.c.language)).scalar_one()
        tx.emit(article_topic(article), CommentResolved(article, language, id, resolved))
        return find(tx, article, id)


def find(tx: Tx, article: ArticleId, id: str) -> Comment:
    """Raises NotFound."""
    of = (review_comment.c.id == id, review_comment.c.article_id == article)
    row = tx.conn.execute(select(review_comment).where(*of)).one_or_none()
    if row is None:
        raise NotFound(f"there is no comment {id}")
    return _comment(row)


def load(tx: Tx, article: ArticleId, language: str) -> list[Comment]:
    """Those of all revisions, oldest first."""
    of = (review_comment.c.article_id == article, review_comment.c.language == language)
    wanted = select(review_comment).where(*of).order_by(review_comment.c.created_at, review_comment.c.id)
    return [_comment(row) for row in tx.conn.execute(wanted)]


def _answer(tx: Tx, article: ArticleId, language: str, remark: Remark) -> dict[str, Any] | None:
    """An answer is where what it answers is."""
    if remark.parent is None:
        return None
    asked = find(tx, article, remark.parent)
    if asked.parent is not None:
        raise Invalid("parent", "a comment that is not an answer itself", code="an_answer")
    return {
        "article_id": article,
        "language": language,
        "number": asked.number,
        "line": asked.line,
        "quote": asked.quote,
        "parent_id": asked.id,
    }


def _about(tx: Tx, article: ArticleId, language: str, remark: Remark) -> dict[str, Any]:
    of = (revision.c.article_id == article, revision.c.language == language)
    body = tx.conn.execute(
        select(revision.c.body).where(*of, revision.c.number == remark.number)
    ).scalar_one_or_none()
    if body is None:
        raise NotFound(f"article {article} has no revision {remark.number} in {language}")
    lines = lines_of(body)
    if remark.line is not None and not 1 <= remark.line <= len(lines):
        raise Invalid("line", f"from 1 to {len(lines)}")
    quote = "" if remark.line is None else lines[remark.line - 1][:QUOTED]
    return {
        "article_id": article,
        "language": language,
        "number": remark.number,
        "line": remark.line,
        "quote": quote,
        "parent_id": None,
    }


def _count(tx: Tx, article: ArticleId, language: str) -> int:
    of = (review_comment.c.article_id == article, review_comment.c.language == language)
    return tx.conn.execute(select(func.count()).select_from(review_comment).where(*of)).scalar_one()


def _may(who: Who) -> None:
    if Permission.EDIT not in who.permissions:
        raise Forbidden("to comment needs the permission edit")


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        id=row.id,
        number=row.number,
        line=row.line,
        quote=row.quote,
        body=row.body,
        author=AgentId(row.author_id),
        created_at=row.created_at,
        parent=row.parent_id,
        resolved_by=None if row.resolved_by_id is None else AgentId(row.resolved_by_id),
        resolved_at=row.resolved_at,
    )
