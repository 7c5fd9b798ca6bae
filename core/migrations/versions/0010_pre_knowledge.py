"""The knowledge base: categories, audiences, review, schedules, images, brands, and what becomes of articles in use."""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0010_pre_knowledge"
down_revision = "0009_pre_routing"


def upgrade() -> None:
    _brand()
    _category()
    _article_tag()
    _article_image()
    _reusable()
    _redirect()
    _synonym()
    _embedding()
    _embedding_model()
    _edition()
    _publication()
    _review_step()
    _review_comment()
    _working_copy()
    _article_finding()
    _columns()
    _fill_editions()
    _fill_sources()
    _fill_categories()


def _brand() -> None:
    op.create_table(
        "brand",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
    )


def _category() -> None:
    op.create_table(
        "category",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("descriptions", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("slug", name=op.f("uq_category_slug")),
    )


def _article_tag() -> None:
    op.create_table(
        "article_tag",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_tag_article_id")),
        sa.PrimaryKeyConstraint("article_id", "tag", name=op.f("pk_article_tag")),
    )
    op.create_index(op.f("ix_article_tag_tag"), "article_tag", ["tag"], unique=False)


def _article_image() -> None:
    op.create_table(
        "article_image",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["agent.id"], name=op.f("fk_article_image_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_image")),
        sa.UniqueConstraint("digest", name=op.f("uq_article_image_digest")),
    )


def _reusable() -> None:
    op.create_table(
        "reusable",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("updated_by_id", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["updated_by_id"], ["agent.id"], name=op.f("fk_reusable_updated_by_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reusable")),
    )


def _redirect() -> None:
    op.create_table(
        "redirect",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_redirect")),
    )
    op.create_index(op.f("ix_redirect_target"), "redirect", ["target"], unique=False)


def _synonym() -> None:
    op.create_table(
        "synonym",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
    )
    op.create_index(op.f("ix_synonym_language"), "synonym", ["language"], unique=False)


def _embedding() -> None:
    op.create_table(
        "embedding",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "digest", name=op.f("pk_embedding")),
    )


def _embedding_model() -> None:
    op.create_table(
        "embedding_model",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("model", name=op.f("pk_embedding_model")),
    )


def _edition() -> None:
    op.create_table(
        "edition",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unpublish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unpublish_before_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_edition_article_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["agent.id"], name=op.f("fk_edition_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["agent.id"], name=op.f("fk_edition_decided_by_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["agent.id"], name=op.f("fk_edition_reviewer_id")),
        sa.PrimaryKeyConstraint("article_id", "language", name=op.f("pk_edition")),
    )
    op.create_index(op.f("ix_edition_stage"), "edition", ["stage"], unique=False)


def _publication() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_publication_article_id")),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_publication_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(
        op.f("ix_publication_article_id_language_at"),
        "publication",
        ["article_id", "language", "at"],
        unique=False,
    )


def _review_step() -> None:
    op.create_table(
        "review_step",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("for_id", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_review_step_article_id")),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_review_step_by_id")),
        sa.ForeignKeyConstraint(["for_id"], ["agent.id"], name=op.f("fk_review_step_for_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_step")),
    )
    op.create_index(
        op.f("ix_review_step_article_id_language_at"),
        "review_step",
        ["article_id", "language", "at"],
        unique=False,
    )


def _review_comment() -> None:
    op.create_table(
        "review_comment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_by_id", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_review_comment_article_id")),
        sa.ForeignKeyConstraint(["author_id"], ["agent.id"], name=op.f("fk_review_comment_author_id")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["review_comment.id"], name=op.f("fk_review_comment_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["agent.id"], name=op.f("fk_review_comment_resolved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index(
        op.f("ix_review_comment_article_id_language"),
        "review_comment",
        ["article_id", "language"],
        unique=False,
    )


def _working_copy() -> None:
    op.create_table(
        "working_copy",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_working_copy_agent_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_working_copy_article_id")),
        sa.PrimaryKeyConstraint("article_id", "language", "agent_id", name=op.f("pk_working_copy")),
    )


def _article_finding() -> None:
    op.create_table(
        "article_finding",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("first_id", sa.Text(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Text(), nullable=False),
        sa.Column("second_number", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Text(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["agent.id"], name=op.f("fk_article_finding_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["article.id"], name=op.f("fk_article_finding_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["article.id"], name=op.f("fk_article_finding_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_finding")),
        sa.UniqueConstraint(
            "kind",
            "language",
            "first_id",
            "second_id",
            name=op.f("uq_article_finding_kind_language_first_id_second_id"),
        ),
    )


def _columns() -> None:
    # Only processes from before there were categories read and write this word; new rows have an empty one by themselves,
    # so that a `_post_` migration of the next version can drop it (see core.store.schema.LEAVING).
    with op.batch_alter_table("article") as changed:
        changed.alter_column(
            "category", existing_type=sa.Text(), existing_nullable=False, server_default=sa.text("''")
        )
    op.add_column("article", sa.Column("category_id", sa.Text(), nullable=True))
    op.add_column(
        "article", sa.Column("audience", sa.Text(), server_default=sa.text("'public'"), nullable=False)
    )
    op.add_column("article", sa.Column("brands", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("article", sa.Column("owner_id", sa.Text(), nullable=True))
    op.add_column("article", sa.Column("review_by", sa.Date(), nullable=True))
    op.add_column("article", sa.Column("source_language", sa.Text(), nullable=True))
    op.add_column("article", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("article", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("article", sa.Column("moved", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index(op.f("ix_article_category_id"), "article", ["category_id"], unique=False)
    op.create_index(op.f("ix_article_moved"), "article", ["moved"], unique=False)
    op.create_index(op.f("ix_article_review_by"), "article", ["review_by"], unique=False)
    op.create_index(op.f("ix_article_updated_at"), "article", ["updated_at"], unique=False)
    op.add_column("inbox", sa.Column("brand_id", sa.Text(), nullable=True))
    op.add_column("revision", sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("revision", sa.Column("source_number", sa.Integer(), nullable=True))


def _fill_editions() -> None:
    """What is published was published when its row says so; every other newest revision is a draft."""
    op.execute(
        "INSERT INTO publication (id, article_id, language, number, at) "
        "SELECT article_id || '-' || language, article_id, language, number, published_at FROM published"
    )
    op.execute(
        "INSERT INTO edition (article_id, language, number, stage) "
        "SELECT article_id, language, MAX(number), 'draft' FROM revision GROUP BY article_id, language"
    )
    op.execute(
        "UPDATE article SET source_language = (SELECT language FROM revision "
        "WHERE revision.article_id = article.id ORDER BY created_at, CASE language WHEN 'en' THEN 0 ELSE 1 END LIMIT 1)"
    )


def _fill_sources() -> None:
    """A translation was made from the newest text that its source had then."""
    op.execute(
        "UPDATE revision SET source_number = (SELECT MAX(source.number) FROM revision AS source "
        "JOIN article ON article.id = source.article_id AND article.source_language = source.language "
        "WHERE source.article_id = revision.article_id AND source.created_at <= revision.created_at) "
        "WHERE EXISTS (SELECT 1 FROM article WHERE article.id = revision.article_id "
        "AND article.source_language <> revision.language)"
    )


def _fill_categories() -> None:
    """Each word that articles were filed under becomes a category, named in the language they were first written in.

    The words themselves stay in ``article.category``, for processes that know no categories yet.
    """
    bind = op.get_bind()
    found = bind.execute(
        sa.text(
            "SELECT category, MIN(COALESCE(source_language, 'en')) AS language FROM article "
            "WHERE category <> '' GROUP BY category ORDER BY category"
        )
    )
    slugs: set[str] = set()
    for position, (word, language) in enumerate(found.all()):
        made = {"id": f"category-{position + 1}", "slug": _slug(word, position, slugs), "position": position}
        names = json.dumps({language: word}, ensure_ascii=False)
        bind.execute(
            sa.text(
                "INSERT INTO category (id, slug, names, descriptions, position) "
                "VALUES (:id, :slug, :names, '{}', :position)"
            ),
            {**made, "names": names},
        )
        filed = sa.text("UPDATE article SET category_id = :id WHERE category = :word")
        bind.execute(filed, {"id": made["id"], "word": word})


def _slug(word: str, position: int, taken: set[str]) -> str:
    plain = "-".join(re.findall("[a-z0-9]+", word.lower()))[:70].rstrip("-")
    slug = plain if plain and plain not in taken else f"category-{position + 1}"
    taken.add(slug)
    return slug
