"""What becomes of articles in use: questions that found nothing, votes, insertions, flags, and counts by day."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from core.store.tables.base import instant, key, metadata, ref, text

gap_cluster = Table(
    # Questions that ask the same.
    "gap_cluster",
    metadata,
    key(),
    text("language"),
    text("label"),
    # open, drafting, watching (an article was published for it), closed, ignored
    text("state"),
    ref("article_id", "article.id", nullable=True),
    # The revision that is watched, and since when the article is.
    Column("number", Integer, nullable=True),
    instant("watched_since", nullable=True),
    # Why nobody needs to write for it.
    text("reason", nullable=True),
    Column("version", Integer, nullable=False, server_default=sql("1")),
    instant("created_at"),
    instant("updated_at"),
    Index(None, "state"),
)

gap = Table(
    # A question that found nothing good; `text` without what could name a person.
    "gap",
    metadata,
    key(),
    # bot, help or console
    text("asked_in"),
    text("language"),
    text("text"),
    ref("conversation_id", "conversation.id", nullable=True),
    # The message that asks; none in a search.
    ref("message_id", "message.id", nullable=True),
    text("brand", nullable=True),
    ref("best_article_id", "article.id", nullable=True),
    Column("best_probability", Float, nullable=False),
    ref("cluster_id", "gap_cluster.id", nullable=True),
    # Its vector, and by which model (`knowledge.embedding`); here, so that it goes with the question.
    text("model", nullable=True),
    Column("vector", LargeBinary, nullable=True),
    instant("created_at"),
    Index(None, "cluster_id", "created_at"),
    Index(None, "created_at"),
    Index(None, "conversation_id"),
    UniqueConstraint("message_id"),
)

gap_answer = Table(
    # A question that got the article which a cluster watches.
    "gap_answer",
    metadata,
    ref("cluster_id", "gap_cluster.id"),
    ref("conversation_id", "conversation.id"),
    ref("message_id", "message.id"),
    ref("article_id", "article.id"),
    text("language"),
    Column("number", Integer, nullable=False),
    # Whether it asks what the cluster asks, once somebody has compared them.
    Column("alike", Boolean, nullable=True),
    instant("created_at"),
    PrimaryKeyConstraint("cluster_id", "message_id"),
    Index(None, "conversation_id"),
)

article_compared = Table(
    # The revision that was last compared with all others, for what both say.
    "article_compared",
    metadata,
    ref("article_id", "article.id"),
    text("language"),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("article_id", "language"),
)

article_vote = Table(
    "article_vote",
    metadata,
    key(),
    ref("article_id", "article.id"),
    text("language"),
    Column("number", Integer, nullable=False),
    Column("helpful", Boolean, nullable=False),
    text("reason", nullable=True),
    text("comment", nullable=True),
    # Who, as a hash that changes; one vote each.
    text("visitor"),
    instant("created_at"),
    Index("uq_article_vote_visitor", "article_id", "language", "number", "visitor", unique=True),
)

article_use = Table(
    # How often a revision was shown, given, inserted…, by day.
    "article_use",
    metadata,
    Column("day", Date, nullable=False),
    ref("article_id", "article.id"),
    text("language"),
    Column("number", Integer, nullable=False),
    text("kind"),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("day", "article_id", "language", "number", "kind"),
)

article_insertion = Table(
    # An agent put an article into a reply, as text or as a link.
    "article_insertion",
    metadata,
    key(),
    ref("conversation_id", "conversation.id"),
    ref("message_id", "message.id", nullable=True),
    ref("agent_id", "agent.id"),
    ref("article_id", "article.id"),
    text("language"),
    Column("number", Integer, nullable=False),
    text("kind"),
    # Whether the agent changed its words before the reply was sent; nobody has looked yet where it is null.
    Column("edited", Boolean, nullable=True),
    instant("created_at"),
    Index(None, "conversation_id"),
    Index(None, "message_id"),
    Index(None, "article_id", "created_at"),
)

article_source = Table(
    # The answers of agents that a draft was made from.
    "article_source",
    metadata,
    ref("article_id", "article.id"),
    text("language"),
    ref("conversation_id", "conversation.id"),
    ref("message_id", "message.id"),
    instant("created_at"),
    PrimaryKeyConstraint("article_id", "language", "message_id"),
)

article_flag = Table(
    # An agent says that something is wrong with an article.
    "article_flag",
    metadata,
    key(),
    ref("article_id", "article.id"),
    text("language"),
    Column("number", Integer, nullable=False),
    ref("agent_id", "agent.id"),
    ref("conversation_id", "conversation.id", nullable=True),
    text("text"),
    instant("created_at"),
    ref("resolved_by_id", "agent.id", nullable=True),
    instant("resolved_at", nullable=True),
    Index(None, "article_id", "created_at"),
)
