"""Live channels: sessions of proven visitors, contacts that are merged and claimed, edits, ratings, what providers sent."""

import sqlalchemy as sa
from alembic import op

revision = "0008_pre_live"
down_revision = "0007_pre_bot_mode"


def upgrade() -> None:
    _contact_claim()
    _contact_proof()
    _contact_merge()
    _merge_dismissal()
    _feed()
    _payload()
    _verification()
    _rating()
    _delivered_piece()
    _message_edit()
    _contact()
    _contact_point()
    _conversation()
    _message()
    _reservation()
    _visitor_session()


def _contact_claim() -> None:
    op.create_table(
        "contact_claim",
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_claim_contact_id")),
        sa.PrimaryKeyConstraint("contact_id", "kind", "value", name=op.f("pk_contact_claim")),
    )
    op.create_index(op.f("ix_contact_claim_kind_value"), "contact_claim", ["kind", "value"], unique=False)


def _contact_proof() -> None:
    op.create_table(
        "contact_proof",
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("contact_point_id", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_proof_contact_id")),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_point.id"], name=op.f("fk_contact_proof_contact_point_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", "contact_point_id", name=op.f("pk_contact_proof")),
    )
    op.create_index(
        op.f("ix_contact_proof_contact_point_id"), "contact_proof", ["contact_point_id"], unique=False
    )


def _contact_merge() -> None:
    op.create_table(
        "contact_merge",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_contact_merge_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["contact.id"], name=op.f("fk_contact_merge_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["contact.id"], name=op.f("fk_contact_merge_target_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["agent.id"], name=op.f("fk_contact_merge_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_merge")),
    )
    op.create_index(op.f("ix_contact_merge_source_id"), "contact_merge", ["source_id"], unique=False)
    op.create_index(op.f("ix_contact_merge_target_id"), "contact_merge", ["target_id"], unique=False)


def _merge_dismissal() -> None:
    op.create_table(
        "merge_dismissal",
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_merge_dismissal_by_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_merge_dismissal_contact_id")),
        sa.ForeignKeyConstraint(["other_id"], ["contact.id"], name=op.f("fk_merge_dismissal_other_id")),
        sa.PrimaryKeyConstraint("contact_id", "other_id", name=op.f("pk_merge_dismissal")),
    )


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("next_number", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("problem_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_feed_inbox_id")),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_feed")),
    )


def _payload() -> None:
    op.create_table(
        "payload",
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("bundle", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_payload_inbox_id")),
        sa.PrimaryKeyConstraint("inbox_id", "number", name=op.f("pk_payload")),
    )
    op.create_index(op.f("ix_payload_created_at"), "payload", ["created_at"], unique=False)
    op.create_index(
        "ix_payload_waiting",
        "payload",
        ["inbox_id", "thread", "number"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _verification() -> None:
    op.create_table(
        "verification",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("through_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("link_hash", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_verification_inbox_id")),
        sa.ForeignKeyConstraint(["through_id"], ["inbox.id"], name=op.f("fk_verification_through_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    op.create_index(
        op.f("ix_verification_kind_address_created_at"),
        "verification",
        ["kind", "address", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_verification_inbox_id_created_at"), "verification", ["inbox_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_verification_link_hash"), "verification", ["link_hash"], unique=False)
    op.create_index(
        op.f("ix_verification_visitor_created_at"), "verification", ["visitor", "created_at"], unique=False
    )


def _rating() -> None:
    op.create_table(
        "rating",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("resolved_n", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_rating_score_is_known")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_rating_agent_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_rating_conversation_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "resolved_n", name=op.f("pk_rating")),
    )


def _delivered_piece() -> None:
    op.create_table(
        "delivered_piece",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_delivered_piece_message_id")),
        sa.PrimaryKeyConstraint("message_id", "piece", name=op.f("pk_delivered_piece")),
    )
    op.create_index(op.f("ix_delivered_piece_external_id"), "delivered_piece", ["external_id"], unique=False)


def _message_edit() -> None:
    op.create_table(
        "message_edit",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_edit_message_id")),
        sa.PrimaryKeyConstraint("message_id", "version", name=op.f("pk_message_edit")),
    )


def _contact() -> None:
    op.add_column("contact", sa.Column("merged_into", sa.Text(), nullable=True))
    op.create_index(op.f("ix_contact_merged_into"), "contact", ["merged_into"], unique=False)


def _contact_point() -> None:
    op.add_column("contact_point", sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True))


def _conversation() -> None:
    op.add_column(
        "conversation", sa.Column("context", sa.Text(), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column(
        "conversation", sa.Column("public", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )


def _message() -> None:
    op.add_column("message", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))


def _reservation() -> None:
    op.create_index(
        "ix_reservation_accepted",
        "reservation",
        ["ended_at"],
        unique=False,
        sqlite_where=sa.text("state = 'accepted'"),
        postgresql_where=sa.text("state = 'accepted'"),
    )


def _visitor_session() -> None:
    op.add_column("visitor_session", sa.Column("visitor", sa.Text(), nullable=True))
    op.add_column("visitor_session", sa.Column("user_key", sa.Text(), nullable=True))
    op.create_index(
        op.f("ix_visitor_session_inbox_id_user_key"),
        "visitor_session",
        ["inbox_id", "user_key"],
        unique=False,
    )
    op.create_index(op.f("ix_visitor_session_visitor"), "visitor_session", ["visitor"], unique=False)
