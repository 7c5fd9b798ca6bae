"""Conversations, their messages, the event log, the outbox and timers."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import (
    text as sql,
)

from core.store.forms import StoredEnvelope, StoredHandoff, StoredParts, StoredUndo
from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

conversation = Table(
    "conversation",
    metadata,
    key(),
    ref("inbox_id", "inbox.id"),
    ref("contact_id", "contact.id"),
    ref("contact_point_id", "contact_point.id"),
    text("thread_key"),
    text("subject", nullable=True),
    text("status"),
    instant("snoozed_until", nullable=True),
    text("handler"),
    ref("queue_id", "queue.id"),
    ref("agent_id", "agent.id", nullable=True),
    ref("last_agent_id", "agent.id", nullable=True),
    text("language", nullable=True),
    Column("priority", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("interruptible", Boolean, nullable=False, server_default=sql("false")),
    Column("turn", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("visible_n", Integer, nullable=False),
    # How far the requester has read, in what they see; and how far an agent has, in all.
    Column("read_n", Integer, nullable=False, server_default=sql("0")),
    Column("seen_n", Integer, nullable=False, server_default=sql("0")),
    instant("first_due_at", nullable=True),
    instant("next_due_at", nullable=True),
    instant("resolution_due_at", nullable=True),
    instant("first_answered_at", nullable=True),
    instant("queued_at", nullable=True),
    text("last_text"),
    text("last_author"),
    Column("handoff", Json(StoredHandoff), nullable=True),
    Column("context", Json(dict[str, str]), nullable=False, server_default=sql("'{}'")),
    Column("public", Boolean, nullable=False, server_default=sql("false")),
    instant("created_at"),
    instant("updated_at"),
    CheckConstraint("(handler = 'agent') = (agent_id IS NOT NULL)", name="handler_is_one"),
    CheckConstraint("(status = 'snoozed') = (snoozed_until IS NOT NULL)", name="snoozed_until_a_time"),
    Index(
        "uq_conversation_open_thread",
        "inbox_id",
        "thread_key",
        unique=True,
        sqlite_where=sql("status <> 'closed'"),
        postgresql_where=sql("status <> 'closed'"),
    ),
    Index(None, "contact_id", "updated_at"),
    Index(None, "agent_id", "status", "updated_at"),
    Index(None, "handler", "status", "updated_at"),
    Index(None, "updated_at"),
)

message = Table(
    "message",
    metadata,
    key(),
    ref("conversation_id", "conversation.id"),
    ref("inbox_id", "inbox.id"),
    Column("n", Integer, nullable=False),
    text("kind"),
    text("author"),
    text("author_id", nullable=True),
    Column("turn", Integer, nullable=False),
    Column("parts", Json(StoredParts), nullable=False),
    text("text"),
    text("delivery", nullable=True),
    text("delivery_reason", nullable=True),
    text("key", nullable=True),
    text("external_id", nullable=True),
    Column("envelope", Json(StoredEnvelope), nullable=True),
    instant("created_at"),
    instant("sent_at", nullable=True),
    instant("edited_at", nullable=True),
    UniqueConstraint("conversation_id", "n"),
    Index(
        "uq_message_key",
        "conversation_id",
        "key",
        unique=True,
        sqlite_where=sql("kind <> 'inbound' AND key IS NOT NULL"),
        postgresql_where=sql("kind <> 'inbound' AND key IS NOT NULL"),
    ),
    Index(
        "uq_message_inbound",
        "inbox_id",
        "external_id",
        unique=True,
        sqlite_where=sql("kind = 'inbound'"),
        postgresql_where=sql("kind = 'inbound'"),
    ),
    Index(
        "ix_message_sent",
        "external_id",
        sqlite_where=sql("kind = 'reply' AND external_id IS NOT NULL"),
        postgresql_where=sql("kind = 'reply' AND external_id IS NOT NULL"),
    ),
    Index(
        "ix_message_unsettled",
        "delivery",
        sqlite_where=sql("delivery IN ('queued', 'sending', 'uncertain')"),
        postgresql_where=sql("delivery IN ('queued', 'sending', 'uncertain')"),
    ),
)

message_edit = Table(
    "message_edit",
    metadata,
    ref("message_id", "message.id"),
    Column("version", Integer, nullable=False),
    Column("parts", Json(StoredParts), nullable=False),
    instant("written_at"),
    PrimaryKeyConstraint("message_id", "version"),
)

rating = Table(
    "rating",
    metadata,
    ref("conversation_id", "conversation.id"),
    # Which of its ends was rated: the number of the event that resolved it.
    Column("resolved_n", Integer, nullable=False),
    ref("agent_id", "agent.id", nullable=True),
    Column("score", Integer, nullable=False),
    text("comment", nullable=True),
    instant("created_at"),
    PrimaryKeyConstraint("conversation_id", "resolved_n"),
    CheckConstraint("score BETWEEN 1 AND 5", name="score_is_known"),
)

participant = Table(
    "participant",
    metadata,
    ref("conversation_id", "conversation.id"),
    ref("contact_point_id", "contact_point.id"),
    Column("joined", Boolean, nullable=False),
    ref("added_by", "agent.id", nullable=True),
    instant("created_at"),
    PrimaryKeyConstraint("conversation_id", "contact_point_id"),
    Index(None, "contact_point_id"),
)

conversation_link = Table(
    "conversation_link",
    metadata,
    ref("conversation_id", "conversation.id"),
    ref("other_id", "conversation.id"),
    text("kind"),
    ref("by_id", "agent.id", nullable=True),
    instant("created_at"),
    PrimaryKeyConstraint("conversation_id", "other_id", "kind"),
    Index(None, "other_id"),
)

rearrangement = Table(
    "rearrangement",
    metadata,
    key(),
    text("kind"),
    ref("source_id", "conversation.id"),
    ref("target_id", "conversation.id"),
    ref("by_id", "agent.id"),
    Column("undo", Json(StoredUndo), nullable=False),
    instant("created_at"),
    instant("undone_at", nullable=True),
    Index(None, "source_id"),
    Index(None, "target_id"),
)

media = Table(
    "media",
    metadata,
    key(),
    text("owner"),
    text("name"),
    text("media_type"),
    Column("size", Integer, nullable=False),
    text("digest"),
    instant("created_at"),
)

media_content = Table(
    "media_content",
    metadata,
    Column("media_id", Text, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

topic = Table(
    "topic",
    metadata,
    text("name", primary_key=True),
    Column("n", Integer, nullable=False),
)

event = Table(
    "event",
    metadata,
    text("topic"),
    Column("n", Integer, nullable=False),
    Column("visible_n", Integer),
    text("type"),
    text("data"),
    instant("at"),
    PrimaryKeyConstraint("topic", "n"),
    Index(
        "uq_event_visible",
        "topic",
        "visible_n",
        unique=True,
        sqlite_where=sql("visible_n IS NOT NULL"),
        postgresql_where=sql("visible_n IS NOT NULL"),
    ),
    Index(None, "at"),
)

outbox = Table(
    "outbox",
    metadata,
    text("handler"),
    text("topic"),
    Column("n", Integer, nullable=False),
    instant("created_at"),
    instant("due_at"),
    Column("attempts", Integer, nullable=False, server_default=sql("0")),
    instant("claimed_until", nullable=True),
    instant("dead_at", nullable=True),
    text("error", nullable=True),
    PrimaryKeyConstraint("handler", "topic", "n"),
    Index(
        "ix_outbox_due",
        "due_at",
        sqlite_where=sql("dead_at IS NULL"),
        postgresql_where=sql("dead_at IS NULL"),
    ),
)

timer = Table(
    "timer",
    metadata,
    text("topic"),
    text("kind"),
    text("ref"),
    instant("due_at"),
    PrimaryKeyConstraint("topic", "kind", "ref"),
    Index(None, "due_at"),
)

secret = Table(
    "secret",
    metadata,
    text("name", primary_key=True),
    text("value"),
)
