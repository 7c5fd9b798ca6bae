"""Articles, one immutable row for each revision, and which revision is published in which language."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Table
from sqlalchemy import text as sql

from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

article = Table(
    "article",
    metadata,
    key(),
    text("slug", unique=True),
    text("category"),
    Column("n", Integer, nullable=False, server_default=sql("0")),
    instant("created_at"),
    instant("updated_at"),
)

revision = Table(
    "revision",
    metadata,
    ref("article_id", "article.id"),
    text("language"),
    Column("number", Integer, nullable=False),
    text("title"),
    text("body"),
    Column("questions", Json(tuple[str, ...]), nullable=False),
    ref("author_id", "agent.id", nullable=True),
    instant("created_at"),
    PrimaryKeyConstraint("article_id", "language", "number"),
)

published = Table(
    "published",
    metadata,
    text("article_id"),
    text("language"),
    Column("number", Integer, nullable=False),
    instant("published_at"),
    PrimaryKeyConstraint("article_id", "language"),
    ForeignKeyConstraint(
        ["article_id", "language", "number"],
        ["revision.article_id", "revision.language", "revision.number"],
    ),
)
