"""Waiting conversations, offers to agents, the clocks of promised times, and the lease of the one router."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy import text as sql

from core.store.forms import StoredLadder, StoredPause, StoredRequirement
from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

queue_item = Table(
    "queue_item",
    metadata,
    text("conversation_id", primary_key=True),
    ref("queue_id", "queue.id"),
    Column("priority", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    # The list is the form before ladders.
    Column("requirements", Json(tuple[StoredRequirement, ...] | StoredLadder), nullable=False),
    Column("declined", Json(tuple[str, ...]), nullable=False),
    instant("declined_at", nullable=True),
    text("preferred", nullable=True),
    instant("entered_at"),
    instant("deadline", nullable=True),
    Column("target_s", Float, nullable=True),
    Column("worth", Float, nullable=False, server_default=sql("1")),
    text("channel", server_default=sql("''")),
    Column("interruptible", Boolean, nullable=False, server_default=sql("false")),
    text("kind", server_default=sql("''")),
    Column("handle_s", Float, nullable=False, server_default=sql("300")),
    Column("excluded", Json(tuple[str, ...]), nullable=False, server_default=sql("'[]'")),
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
    # Who is asked next if it is declined.
    text("standby", nullable=True),
    Column("interruptible", Boolean, nullable=False, server_default=sql("false")),
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
    instant("warned_at", nullable=True),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("conversation_id", "target"),
    Index(
        "ix_sla_clock_running",
        "conversation_id",
        sqlite_where=sql("stopped_at IS NULL"),
        postgresql_where=sql("stopped_at IS NULL"),
    ),
)

wrap_up = Table(
    "wrap_up",
    metadata,
    key(),
    ref("agent_id", "agent.id"),
    ref("conversation_id", "conversation.id"),
    Column("weight", Integer, nullable=False),
    Column("interruptible", Boolean, nullable=False, server_default=sql("false")),
    instant("created_at"),
    instant("ends_at"),
    instant("ended_at", nullable=True),
    Index(
        "ix_wrap_up_open",
        "agent_id",
        sqlite_where=sql("ended_at IS NULL"),
        postgresql_where=sql("ended_at IS NULL"),
    ),
)

handle_time = Table(
    "handle_time",
    metadata,
    # Of everybody together under the empty id.
    text("agent_id"),
    text("kind"),
    Column("count", Float, nullable=False),
    Column("seconds", Float, nullable=False),
    instant("updated_at"),
    PrimaryKeyConstraint("agent_id", "kind"),
)

routing_rule = Table(
    "routing_rule",
    metadata,
    key(),
    Column("position", Integer, nullable=False),
    text("name"),
    Column("enabled", Boolean, nullable=False),
    Column("rule", Json(dict[str, object]), nullable=False),
    Column("version", Integer, nullable=False, server_default=sql("1")),
    ref("changed_by_id", "agent.id", nullable=True),
    instant("changed_at"),
    Index(None, "position"),
)

rule_evaluation = Table(
    "rule_evaluation",
    metadata,
    key(),
    ref("conversation_id", "conversation.id"),
    # What was known then, never the words that were written; which rule held, and which condition of the others did not.
    Column("facts", Json(dict[str, object]), nullable=False),
    Column("trace", Json(dict[str, object]), nullable=False),
    text("rule_id", nullable=True),
    instant("created_at"),
    Index(None, "conversation_id", "created_at"),
    Index(None, "created_at"),
)

conversation_route = Table(
    "conversation_route",
    metadata,
    text("conversation_id", primary_key=True),
    # The turn that it was given for, and the queue it went to then.
    Column("turn", Integer, nullable=False, server_default=sql("0")),
    text("queue_id", nullable=True),
    # What the rules gave this one conversation; null where its queue's holds. One that adds stands beside the queue's.
    Column("ladder", Json(StoredLadder), nullable=True),
    Column("ladder_adds", Boolean, nullable=False, server_default=sql("false")),
    # It may have been removed since: then its queue's holds.
    text("sla_policy_id", nullable=True),
    Column("priority", Integer, nullable=False, server_default=sql("0")),
    text("kind", nullable=True),
    Column("excluded", Json(tuple[str, ...]), nullable=False, server_default=sql("'[]'")),
    text("rule_id", nullable=True),
    instant("updated_at"),
)

unservable = Table(
    "unservable",
    metadata,
    # What asks for work that nobody could ever take, each told of once: queue:ID, rule:ID, conversation:ID.
    text("source", primary_key=True),
    text("queue_id", nullable=True),
    Column("lacking", Json(dict[str, int]), nullable=False),
    instant("since"),
)

simulation = Table(
    "simulation",
    metadata,
    key(),
    text("name"),
    text("state"),
    Column("asked", Json(dict[str, object]), nullable=False),
    Column("progress", Float, nullable=False, server_default=sql("0")),
    Column("result", Json(dict[str, object]), nullable=True),
    text("error", nullable=True),
    ref("by_id", "agent.id", nullable=True),
    instant("created_at"),
    # When the process that works on it said so last.
    instant("seen_at", nullable=True),
    instant("ended_at", nullable=True),
    Index(None, "created_at"),
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
