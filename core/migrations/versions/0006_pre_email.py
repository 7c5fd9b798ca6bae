"""E-mail: what is on the outside of a message, participants, links and rearrangements, mails as they came."""

import sqlalchemy as sa
from alembic import op

revision = "0006_pre_email"
down_revision = "0005_pre_bot"


def upgrade() -> None:
    _participant()
    _conversation_link()
    _rearrangement()
    _message()
    _mail()
    _mail_source()
    _mail_reference()
    _mailbox()
    _continuation()
    _media_content()


def _participant() -> None:
    op.create_table(
        "participant",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("contact_point_id", sa.Text(), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["agent.id"], name=op.f("fk_participant_added_by")),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_point.id"], name=op.f("fk_participant_contact_point_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_participant_conversation_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "contact_point_id", name=op.f("pk_participant")),
    )
    op.create_index(
        op.f("ix_participant_contact_point_id"), "participant", ["contact_point_id"], unique=False
    )


def _conversation_link() -> None:
    op.create_table(
        "conversation_link",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_conversation_link_by_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_conversation_link_conversation_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["conversation.id"], name=op.f("fk_conversation_link_other_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "other_id", "kind", name=op.f("pk_conversation_link")),
    )
    op.create_index(op.f("ix_conversation_link_other_id"), "conversation_link", ["other_id"], unique=False)


def _rearrangement() -> None:
    op.create_table(
        "rearrangement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("undo", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_rearrangement_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["conversation.id"], name=op.f("fk_rearrangement_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["conversation.id"], name=op.f("fk_rearrangement_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rearrangement")),
    )
    op.create_index(op.f("ix_rearrangement_source_id"), "rearrangement", ["source_id"], unique=False)
    op.create_index(op.f("ix_rearrangement_target_id"), "rearrangement", ["target_id"], unique=False)


def _message() -> None:
    op.add_column("message", sa.Column("envelope", sa.Text(), nullable=True))
    op.create_index(
        "ix_message_sent",
        "message",
        ["external_id"],
        unique=False,
        sqlite_where=sa.text("kind = 'reply' AND external_id IS NOT NULL"),
        postgresql_where=sa.text("kind = 'reply' AND external_id IS NOT NULL"),
    )


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("stored_message_id", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_mail_inbox_id")),
        sa.ForeignKeyConstraint(
            ["stored_message_id"], ["message.id"], name=op.f("fk_mail_stored_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint(
            "inbox_id", "message_id", "digest", name=op.f("uq_mail_inbox_id_message_id_digest")
        ),
    )
    op.create_index(
        op.f("ix_mail_inbox_id_sender_received_at"),
        "mail",
        ["inbox_id", "sender", "received_at"],
        unique=False,
    )
    op.create_index(op.f("ix_mail_state_id"), "mail", ["state", "id"], unique=False)
    op.create_index(
        "ix_mail_stored",
        "mail",
        ["inbox_id", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'stored'"),
        postgresql_where=sa.text("state = 'stored'"),
    )


def _mail_source() -> None:
    op.create_table(
        "mail_source",
        sa.Column("mail_id", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mail.id"], name=op.f("fk_mail_source_mail_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("mail_id", name=op.f("uq_mail_source_mail_id")),
    )


def _mail_reference() -> None:
    op.create_table(
        "mail_reference",
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_mail_reference_inbox_id")),
        sa.PrimaryKeyConstraint(
            "inbox_id", "reference", "named", "external_id", name=op.f("pk_mail_reference")
        ),
    )


def _mailbox() -> None:
    op.create_table(
        "mailbox",
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("began_validity", sa.BigInteger(), nullable=False),
        sa.Column("began_uid", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("problem_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_mailbox_inbox_id")),
        sa.UniqueConstraint("inbox_id", "folder", name=op.f("uq_mailbox_inbox_id_folder")),
    )


def _continuation() -> None:
    op.create_table(
        "continuation",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("contact_point_id", sa.Text(), nullable=False),
        sa.Column("sent_n", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_point.id"], name=op.f("fk_continuation_contact_point_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_continuation_conversation_id")
        ),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_continuation_inbox_id")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_continuation_conversation_id")),
    )


def _media_content() -> None:
    op.create_table(
        "media_content",
        sa.Column("media_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_media_content_media_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("media_id", name=op.f("pk_media_content")),
    )
