"""Waiting conversations, offers to agents, the clocks of promised times, and the lease of the one router."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy import text as sql

from core.store.forms import StoredPause, StoredRequirement
from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

queue_item = Table(
    "queue_item",
    metadata,
    text("conversation_id", primary_key=True),
    ref("queue_id", "queue.id"),
    Column("priority", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("requirements", Json(tuple[StoredRequirement, ...]), nullable=False),
    Column("declined", Json(tuple[str, ...]), nullable=False),
    instant("declined_at", nullable=True),
    text("preferred", nullable=True),
    instant("entered_at"),
    instant("deadline", nullable=True),
    Column("generation", Integer, nullable=False),
    Index(None, "queue_id", "entered_at"),
)

reservation = Table(
    "reservation",
    metadata,
    key(),
    ref("conversation_id", "conversation.id"),
    ref("agent_id", "agent.id"),
    text("state"),
    Column("weight", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("reason", Json(dict[str, object]), nullable=False),
    instant("created_at"),
    instant("expires_at"),
    instant("ended_at", nullable=True),
    Index(
        "uq_reservation_live",
        "conversation_id",
        unique=True,
        sqlite_where=sql("state = 'offered'"),
        postgresql_where=sql("state = 'offered'"),
    ),
    Index(None, "agent_id", "state"),
    Index(None, "conversation_id", "created_at"),
    Index(
        "ix_reservation_accepted",
        "ended_at",
        sqlite_where=sql("state = 'accepted'"),
        postgresql_where=sql("state = 'accepted'"),
    ),
)

sla_clock = Table(
    "sla_clock",
    metadata,
    ref("conversation_id", "conversation.id"),
    text("target"),
    instant("started_at"),
    Column("pauses", Json(tuple[StoredPause, ...]), nullable=False),
    instant("stopped_at", nullable=True),
    instant("missed_at", nullable=True),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("conversation_id", "target"),
)

lease = Table(
    "lease",
    metadata,
    text("name", primary_key=True),
    text("holder"),
    Column("epoch", Integer, nullable=False),
    instant("expires_at"),
    UniqueConstraint("name", "epoch"),
)
