"""Mails as they came, and how far each mailbox has been read."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from core.store.tables.base import instant, key, metadata, ref, text

mail = Table(
    "mail",
    metadata,
    key(),
    ref("inbox_id", "inbox.id"),
    text("message_id"),
    text("digest"),
    text("folder"),
    Column("uid_validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("size", Integer, nullable=False),
    text("state"),
    text("reason_code", nullable=True),
    text("reason", nullable=True),
    text("sender", nullable=True),
    text("subject", nullable=True),
    Column("attempts", Integer, nullable=False, server_default=sql("0")),
    ref("stored_message_id", "message.id", nullable=True),
    instant("received_at"),
    instant("settled_at", nullable=True),
    UniqueConstraint("inbox_id", "message_id", "digest"),
    Index(None, "state", "id"),
    Index(None, "inbox_id", "sender", "received_at"),
    Index(
        "ix_mail_stored",
        "inbox_id",
        "id",
        sqlite_where=sql("state = 'stored'"),
        postgresql_where=sql("state = 'stored'"),
    ),
)

mail_source = Table(
    "mail_source",
    metadata,
    ref("mail_id", "mail.id", ondelete="CASCADE"),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("mail_id"),
)

# The Message-ID of each mail that was taken in, and of those that it names (``named``). The message itself is found
# by ``external_id``, wherever it was moved to.
mail_reference = Table(
    "mail_reference",
    metadata,
    ref("inbox_id", "inbox.id"),
    text("reference"),
    Column("named", Boolean, nullable=False),
    text("external_id"),
    PrimaryKeyConstraint("inbox_id", "reference", "named", "external_id"),
)

mailbox = Table(
    "mailbox",
    metadata,
    ref("inbox_id", "inbox.id"),
    text("folder"),
    Column("uid_validity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),
    # Where it began: what came before that, under whatever numbers, is nobody's new mail.
    Column("began_validity", BigInteger, nullable=False),
    Column("began_uid", BigInteger, nullable=False),
    instant("began_at"),
    text("problem", nullable=True),
    instant("problem_at", nullable=True),
    UniqueConstraint("inbox_id", "folder"),
)

continuation = Table(
    "continuation",
    metadata,
    ref("conversation_id", "conversation.id"),
    ref("inbox_id", "inbox.id"),
    ref("contact_point_id", "contact_point.id"),
    Column("sent_n", Integer, nullable=False),
    text("state"),
    text("reason", nullable=True),
    instant("updated_at"),
    UniqueConstraint("conversation_id"),
)
