"""What becomes of articles in use: gaps and their clusters, votes, counts, insertions, sources, flags."""

import sqlalchemy as sa
from alembic import op

revision = "0011_pre_loop"
down_revision = "0010_pre_knowledge"


def upgrade() -> None:
    _gap_cluster()
    _gap()
    _gap_answer()
    _article_compared()
    _article_vote()
    _article_use()
    _article_insertion()
    _article_source()
    _article_flag()


def _gap_cluster() -> None:
    op.create_table(
        "gap_cluster",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("watched_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_gap_cluster_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_cluster")),
    )
    op.create_index(op.f("ix_gap_cluster_state"), "gap_cluster", ["state"], unique=False)


def _gap() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("asked_in", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("best_article_id", sa.Text(), nullable=True),
        sa.Column("best_probability", sa.Float(), nullable=False),
        sa.Column("cluster_id", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["best_article_id"], ["article.id"], name=op.f("fk_gap_best_article_id")),
        sa.ForeignKeyConstraint(["cluster_id"], ["gap_cluster.id"], name=op.f("fk_gap_cluster_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_gap_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_gap_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("message_id", name=op.f("uq_gap_message_id")),
    )
    op.create_index(op.f("ix_gap_cluster_id_created_at"), "gap", ["cluster_id", "created_at"], unique=False)
    op.create_index(op.f("ix_gap_conversation_id"), "gap", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_gap_created_at"), "gap", ["created_at"], unique=False)


def _gap_answer() -> None:
    op.create_table(
        "gap_answer",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("alike", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_gap_answer_article_id")),
        sa.ForeignKeyConstraint(["cluster_id"], ["gap_cluster.id"], name=op.f("fk_gap_answer_cluster_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_gap_answer_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_gap_answer_message_id")),
        sa.PrimaryKeyConstraint("cluster_id", "message_id", name=op.f("pk_gap_answer")),
    )
    op.create_index(op.f("ix_gap_answer_conversation_id"), "gap_answer", ["conversation_id"], unique=False)


def _article_compared() -> None:
    op.create_table(
        "article_compared",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_compared_article_id")),
        sa.PrimaryKeyConstraint("article_id", "language", name=op.f("pk_article_compared")),
    )


def _article_vote() -> None:
    op.create_table(
        "article_vote",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_vote_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_vote")),
    )
    op.create_index(
        "uq_article_vote_visitor",
        "article_vote",
        ["article_id", "language", "number", "visitor"],
        unique=True,
    )


def _article_use() -> None:
    op.create_table(
        "article_use",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_use_article_id")),
        sa.PrimaryKeyConstraint(
            "day", "article_id", "language", "number", "kind", name=op.f("pk_article_use")
        ),
    )


def _article_insertion() -> None:
    op.create_table(
        "article_insertion",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_article_insertion_agent_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_insertion_article_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_article_insertion_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_article_insertion_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_insertion")),
    )
    op.create_index(
        op.f("ix_article_insertion_article_id_created_at"),
        "article_insertion",
        ["article_id", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_article_insertion_conversation_id"), "article_insertion", ["conversation_id"], unique=False
    )
    op.create_index(
        op.f("ix_article_insertion_message_id"), "article_insertion", ["message_id"], unique=False
    )


def _article_source() -> None:
    op.create_table(
        "article_source",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_source_article_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_article_source_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_article_source_message_id")),
        sa.PrimaryKeyConstraint("article_id", "language", "message_id", name=op.f("pk_article_source")),
    )


def _article_flag() -> None:
    op.create_table(
        "article_flag",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_by_id", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_article_flag_agent_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_flag_article_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_article_flag_conversation_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["agent.id"], name=op.f("fk_article_flag_resolved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_flag")),
    )
    op.create_index(
        op.f("ix_article_flag_article_id_created_at"),
        "article_flag",
        ["article_id", "created_at"],
        unique=False,
    )
