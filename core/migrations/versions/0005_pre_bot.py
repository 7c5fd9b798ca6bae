"""The schema of the first release: the bot's turns."""

import sqlalchemy as sa
from alembic import op

revision = "0005_pre_bot"
down_revision = "0004_pre_routing"


def upgrade() -> None:
    _bot_turn()


def _bot_turn() -> None:
    op.create_table(
        "bot_turn",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("active_form", sa.Text(), nullable=True),
        sa.Column("slots", sa.Text(), nullable=False),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_bot_turn_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_bot_turn_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_turn")),
        sa.UniqueConstraint("message_id", name=op.f("uq_bot_turn_message_id")),
    )
    op.create_index(
        op.f("ix_bot_turn_conversation_id_created_at"),
        "bot_turn",
        ["conversation_id", "created_at"],
        unique=False,
    )
