"""The schema of the first release: the knowledge base."""

import sqlalchemy as sa
from alembic import op

revision = "0003_pre_knowledge"
down_revision = "0002_pre_conversations"


def upgrade() -> None:
    _article()
    _revision()
    _published()


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("slug", name=op.f("uq_article_slug")),
    )


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_revision_article_id")),
        sa.ForeignKeyConstraint(["author_id"], ["agent.id"], name=op.f("fk_revision_author_id")),
        sa.PrimaryKeyConstraint("article_id", "language", "number", name=op.f("pk_revision")),
    )


def _published() -> None:
    op.create_table(
        "published",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "language", "number"],
            ["revision.article_id", "revision.language", "revision.number"],
            name=op.f("fk_published_article_id_language_number"),
        ),
        sa.PrimaryKeyConstraint("article_id", "language", name=op.f("pk_published")),
    )
