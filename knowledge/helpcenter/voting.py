"""Whether an article helped, and why not: one vote for each visitor and revision, told apart for a day by a hash only."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from core.answer import Reader
from core.ids import ArticleId
from core.store.tables.knowledge import revision
from core.store.tables.loop import article_vote
from core.store.tx import Tx
from knowledge.helpcenter.reading import Shown, find
from knowledge.loop.redacting import redact

REASONS: Final = ("unclear", "missing", "wrong", "unrelated", "other")


@dataclass(frozen=True, slots=True)
class Vote:
    """``number``: the revision that was read; ``visitor`` who, as a hash."""

    helpful: bool
    number: int
    visitor: str
    reason: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader of one revision missed, redacted; ``id`` grows with time."""

    id: str
    language: str
    number: int
    reason: str | None
    text: str
    at: datetime


def visitor_of(secret: bytes, day: str, address: str, browser: str) -> str:
    """Another one each day, and nothing that leads back to an address."""
    key = hmac.digest(secret, f"help visitor {day}".encode(), hashlib.sha256)
    return hmac.new(key, f"{address}\n{browser}".encode(errors="replace"), hashlib.sha256).hexdigest()[:32]


def record(tx: Tx, reader: Reader, language: str, slug: str, vote: Vote) -> Shown | None:
    """What was voted on; None when the reader has no such article. A second vote of a visitor takes the first one's place."""
    found = find(tx, reader, language, slug)
    if not isinstance(found, Shown):
        return None
    number = vote.number if _is_there(tx, found, vote.number) else found.number
    values = {
        "helpful": vote.helpful,
        "reason": vote.reason,
        "comment": None if vote.comment is None else redact(vote.comment, (), len(vote.comment)),
    }
    key = {"article_id": found.id, "language": language, "number": number, "visitor": vote.visitor}
    new = {"id": tx.ids.new(), "created_at": tx.now}
    statement = tx.insert_for(article_vote).values(**new, **key, **values)
    tx.conn.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
    return found


def _is_there(tx: Tx, shown: Shown, number: int) -> bool:
    """Whether it is an earlier revision, which a page from before may have shown."""
    if number > shown.number:
        return False
    wanted = select(revision.c.number).where(
        revision.c.article_id == ArticleId(shown.id),
        revision.c.language == shown.language,
        revision.c.number == number,
    )
    return tx.conn.execute(wanted).one_or_none() is not None


def reasons(tx: Tx, article: ArticleId) -> Mapping[str, int]:
    """How many gave each of ``REASONS`` that anybody gave, the commonest first."""
    given = article_vote.c.reason.in_(REASONS), article_vote.c.helpful.is_(False)
    votes = func.count().label("votes")
    wanted = select(article_vote.c.reason, votes).where(article_vote.c.article_id == article, *given)
    rows = tx.conn.execute(
        wanted.group_by(article_vote.c.reason).order_by(votes.desc(), article_vote.c.reason)
    )
    return {row.reason: row.votes for row in rows}


def comments(tx: Tx, article: ArticleId, before: str | None, most: int) -> Sequence[Comment]:
    """The newest first, from below the id ``before`` on."""
    said = article_vote.c.comment.is_not(None), article_vote.c.comment != ""
    wanted = select(article_vote).where(article_vote.c.article_id == article, *said)
    if before is not None:
        wanted = wanted.where(article_vote.c.id < before)
    rows = tx.conn.execute(wanted.order_by(article_vote.c.id.desc()).limit(most))
    return [
        Comment(row.id, row.language, row.number, row.reason, row.comment, row.created_at) for row in rows
    ]
