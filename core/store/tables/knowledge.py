"""Articles, one immutable row for each revision, which is published, where drafts stand, and what articles rest on."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from core.store.forms import StoredDraft, StoredLook
from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False, server_default=sql("1"))


def _of_edition() -> tuple[Column[str], Column[str], Column[int]]:
    return ref("article_id", "article.id"), text("language"), Column("number", Integer, nullable=False)


category = Table(
    "category",
    metadata,
    key(),
    text("parent_id", nullable=True),
    text("slug", unique=True),
    # By language.
    Column("names", Json(dict[str, str]), nullable=False),
    Column("descriptions", Json(dict[str, str]), nullable=False),
    Column("position", Integer, nullable=False),
    _version(),
    ForeignKeyConstraint(["parent_id"], ["category.id"]),
)

article = Table(
    "article",
    metadata,
    key(),
    text("slug", unique=True),
    text("category_id", nullable=True),
    # Who may read it, and for which brands (none: all).
    text("audience", server_default=sql("'public'")),
    Column("brands", Json(tuple[str, ...]), nullable=False, server_default=sql("'[]'")),
    text("owner_id", nullable=True),
    Column("review_by", Date, nullable=True),
    # The language that its translations follow.
    text("source_language", nullable=True),
    instant("archived_at", nullable=True),
    _version(),
    Column("n", Integer, nullable=False, server_default=sql("0")),
    # When it changed last, in the order of commits; see core.store.changes.
    Column("moved", Integer, nullable=False, server_default=sql("0")),
    instant("created_at"),
    instant("updated_at"),
    Index(None, "category_id"),
    Index(None, "moved"),
    Index(None, "updated_at"),
    Index(None, "review_by"),
)

article_tag = Table(
    "article_tag",
    metadata,
    ref("article_id", "article.id"),
    text("tag"),
    PrimaryKeyConstraint("article_id", "tag"),
    Index(None, "tag"),
)

revision = Table(
    "revision",
    metadata,
    *_of_edition(),
    text("title"),
    text("body"),
    Column("questions", Json(tuple[str, ...]), nullable=False),
    # What changed, in a line.
    text("note", server_default=sql("''")),
    # The revision in the article's source language that it was translated from.
    Column("source_number", Integer, nullable=True),
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

publication = Table(
    # What was published when; `until` is open for what is.
    "publication",
    metadata,
    key(),
    *_of_edition(),
    ref("by_id", "agent.id", nullable=True),
    instant("at"),
    instant("until", nullable=True),
    Index(None, "article_id", "language", "at"),
)

edition = Table(
    # Where the newest draft stands; `number` is the revision that somebody asked about or decided on.
    "edition",
    metadata,
    *_of_edition(),
    text("stage"),
    # Whom the author would like to look at it; anybody who reviews may.
    ref("reviewer_id", "agent.id", nullable=True),
    ref("asked_by_id", "agent.id", nullable=True),
    instant("asked_at", nullable=True),
    ref("decided_by_id", "agent.id", nullable=True),
    instant("decided_at", nullable=True),
    instant("publish_at", nullable=True),
    instant("unpublish_at", nullable=True),
    # The end of what is published from before something was scheduled: it holds until then, and is back when the schedule is dropped.
    instant("unpublish_before_at", nullable=True),
    _version(),
    PrimaryKeyConstraint("article_id", "language"),
    Index(None, "stage"),
)

review_step = Table(
    # Who did what with a revision, when and why.
    "review_step",
    metadata,
    key(),
    *_of_edition(),
    # knowledge.editorial.stages.Step
    text("step"),
    ref("by_id", "agent.id", nullable=True),
    # Of whom a review was asked.
    ref("for_id", "agent.id", nullable=True),
    text("note"),
    # When it is to be published or unpublished.
    instant("due_at", nullable=True),
    instant("at"),
    Index(None, "article_id", "language", "at"),
)

review_comment = Table(
    "review_comment",
    metadata,
    key(),
    *_of_edition(),
    # The line of the body it is about, from 1; and what stood there.
    Column("line", Integer, nullable=True),
    text("quote"),
    text("body"),
    ref("author_id", "agent.id"),
    text("parent_id", nullable=True),
    instant("created_at"),
    ref("resolved_by_id", "agent.id", nullable=True),
    instant("resolved_at", nullable=True),
    ForeignKeyConstraint(["parent_id"], ["review_comment.id"]),
    Index(None, "article_id", "language"),
)

working_copy = Table(
    # What somebody has typed and not saved, so that it is not lost.
    "working_copy",
    metadata,
    ref("article_id", "article.id"),
    text("language"),
    ref("agent_id", "agent.id"),
    Column("base", Integer, nullable=False),
    Column("content", Json(StoredDraft), nullable=False),
    instant("updated_at"),
    PrimaryKeyConstraint("article_id", "language", "agent_id"),
)

redirect = Table(
    # Where an article's former address leads: a slug that is one now, or another redirect.
    "redirect",
    metadata,
    text("slug"),
    text("target"),
    instant("created_at"),
    PrimaryKeyConstraint("slug"),
    Index(None, "target"),
)

reusable = Table(
    # A snippet (Markdown) or a variable (a few words) that articles name.
    "reusable",
    metadata,
    text("name"),
    text("kind"),
    Column("texts", Json(dict[str, str]), nullable=False),
    _version(),
    ref("updated_by_id", "agent.id", nullable=True),
    instant("updated_at"),
    PrimaryKeyConstraint("name"),
)

article_image = Table(
    "article_image",
    metadata,
    key(),
    text("digest", unique=True),
    text("media_type"),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    ref("author_id", "agent.id", nullable=True),
    instant("created_at"),
)

synonym = Table(
    # Words of one language that mean the same in searches.
    "synonym",
    metadata,
    key(),
    text("language"),
    Column("words", Json(tuple[str, ...]), nullable=False),
    _version(),
    instant("updated_at"),
    Index(None, "language"),
)

brand = Table(
    # A look and a name, chosen by inbox and help center; its id is a word of the operator's.
    "brand",
    metadata,
    key(),
    text("name"),
    Column("look", Json(StoredLook), nullable=False),
    Column("hosts", Json(tuple[str, ...]), nullable=False),
    _version(),
)

embedding = Table(
    # The vector of a text by a model; `digest` is the text's.
    "embedding",
    metadata,
    text("model"),
    text("digest"),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("model", "digest"),
)

embedding_model = Table(
    # When a process last had this model at work: what nobody has used for long is forgotten.
    "embedding_model",
    metadata,
    text("model", primary_key=True),
    instant("used_at"),
)

article_finding = Table(
    # Two articles that say the same, or opposite things.
    "article_finding",
    metadata,
    key(),
    text("kind"),
    text("language"),
    ref("first_id", "article.id"),
    Column("first_number", Integer, nullable=False),
    ref("second_id", "article.id"),
    Column("second_number", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("detail", Json(dict[str, str]), nullable=False),
    text("state"),
    ref("decided_by_id", "agent.id", nullable=True),
    instant("found_at"),
    UniqueConstraint("kind", "language", "first_id", "second_id"),
)
