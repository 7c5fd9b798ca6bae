"""What waits for one person: to be reviewed, changed, published; and what they wait for themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select

from core.agent import Permission
from core.ids import AgentId, ArticleId
from core.store.tables.knowledge import article, edition, published, revision
from core.store.tx import Tx
from knowledge.article import Stage
from knowledge.editorial import people
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Who

_UNSEEN = 500
"""So many editions in a stage are looked at for one person, those that have waited longest first."""


@dataclass(frozen=True, slots=True)
class Item:
    """An edition that waits; ``by`` is who asked, decided or scheduled, ``since`` when, ``due_at`` its time to come."""

    article: ArticleId
    language: str
    title: str
    number: int
    author: AgentId | None
    by: AgentId | None
    since: datetime | None
    asked_of: AgentId | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """``review``: for this person's decision; ``change``: for theirs to be changed; ``publish``: approved.

    ``asked``: theirs, which others are to look at; ``scheduled``: theirs, or anybody's for who publishes.
    """

    review: tuple[Item, ...] = ()
    change: tuple[Item, ...] = ()
    publish: tuple[Item, ...] = ()
    asked: tuple[Item, ...] = ()
    scheduled: tuple[Item, ...] = ()

    @property
    def count(self) -> int:
        """How much asks something of this person."""
        return len(self.review) + len(self.change) + len(self.publish)


def waiting_for(tx: Tx, who: Who, rules: EditorialSettings) -> Waiting:
    """The longest waiting first; for who may not write, nothing."""
    if Permission.EDIT not in who.permissions:
        return Waiting()
    rows = {stage: _in(tx, stage) for stage in Stage if stage is not Stage.DRAFT}
    reviews, publishes = Permission.REVIEW in who.permissions, Permission.PUBLISH in who.permissions
    in_review = rows[Stage.IN_REVIEW]
    others = set(people.reviewers(tx)) - {who.agent}
    theirs = [row for row in in_review if reviews and _may_decide(row, who, others, rules)]
    wanted: Mapping[str, list[Row[Any]]] = {
        "review": sorted(theirs, key=lambda row: row.reviewer_id != who.agent),
        "change": [row for row in rows[Stage.CHANGES_REQUESTED] if _own(row, who)],
        "publish": rows[Stage.APPROVED] if publishes else [],
        "asked": [row for row in in_review if _own(row, who)],
        "scheduled": [row for row in rows[Stage.SCHEDULED] if publishes or _own(row, who)],
    }
    return Waiting(**{name: tuple(map(_item, some[: rules.listed])) for name, some in wanted.items()})


def _may_decide(row: Row[Any], who: Who, others: Collection[str], rules: EditorialSettings) -> bool:
    """Not asked of somebody else by name, as long as they are there and may review; and written by somebody else."""
    written = row.author_id == who.agent and not rules.own_approval
    return row.reviewer_id not in others and not written


def _own(row: Row[Any], who: Who) -> bool:
    return who.agent in {row.author_id, row.asked_by_id}


def _in(tx: Tx, stage: Stage) -> list[Row[Any]]:
    of_edition = and_(
        revision.c.article_id == edition.c.article_id,
        revision.c.language == edition.c.language,
        revision.c.number == edition.c.number,
    )
    shown = and_(published.c.article_id == edition.c.article_id, published.c.language == edition.c.language)
    wanted = (
        select(edition, revision.c.title, revision.c.author_id)
        .join(revision, of_edition)
        .join(article, article.c.id == edition.c.article_id)
        .outerjoin(published, shown)
        .where(edition.c.stage == stage.value, article.c.archived_at.is_(None))
        .where(or_(published.c.number.is_(None), published.c.number != edition.c.number))
        .order_by(edition.c.asked_at, edition.c.article_id, edition.c.language)
        .limit(_UNSEEN)
    )
    return list(tx.conn.execute(wanted))


def _item(row: Row[Any]) -> Item:
    decided = row.stage in {Stage.CHANGES_REQUESTED.value, Stage.APPROVED.value}
    return Item(
        article=ArticleId(row.article_id),
        language=row.language,
        title=row.title,
        number=row.number,
        author=_agent(row.author_id),
        by=_agent(row.decided_by_id if decided else row.asked_by_id),
        since=row.decided_at if decided else row.asked_at,
        asked_of=_agent(row.reviewer_id),
        due_at=row.publish_at,
    )


def _agent(value: str | None) -> AgentId | None:
    return None if value is None else AgentId(value)
