"""Contacts and their addresses; agents, their sessions and invitations; what administrators set up."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy import text as sql

from core.store.forms import StoredHoliday, StoredRequirement, StoredWeek
from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

contact = Table(
    "contact",
    metadata,
    key(),
    text("name", nullable=True),
    text("language", nullable=True),
    Column("attributes", Json(dict[str, str]), nullable=False),
    # For whom they stand since they were merged: always one who is not merged themselves.
    text("merged_into", nullable=True),
    instant("created_at"),
    Index(None, "merged_into"),
)

contact_point = Table(
    "contact_point",
    metadata,
    key(),
    ref("contact_id", "contact.id"),
    text("kind"),
    text("address"),
    Column("verified", Boolean, nullable=False),
    instant("unreachable_since", nullable=True),
    instant("created_at"),
    UniqueConstraint("kind", "address"),
    Index(None, "contact_id"),
)

visitor_session = Table(
    "visitor_session",
    metadata,
    key(),
    ref("inbox_id", "inbox.id"),
    ref("contact_point_id", "contact_point.id", nullable=True),
    text("secret_hash"),
    text("language", nullable=True),
    # Whose it is: by default of a visitor with the session's own id, else of one who came before and has proven it.
    text("visitor", nullable=True),
    # The site's own name for them, as its signed token says it.
    text("user_key", nullable=True),
    instant("created_at"),
    instant("expires_at"),
    Index(None, "inbox_id", "user_key"),
    Index(None, "visitor"),
)

contact_merge = Table(
    "contact_merge",
    metadata,
    key(),
    ref("source_id", "contact.id"),
    ref("target_id", "contact.id"),
    # Nobody of ours: both sides were proven.
    ref("by_id", "agent.id", nullable=True),
    Column("evidence", Json(tuple[str, ...]), nullable=False),
    instant("created_at"),
    instant("undone_at", nullable=True),
    ref("undone_by_id", "agent.id", nullable=True),
    Index(None, "source_id"),
    Index(None, "target_id"),
)

contact_proof = Table(
    "contact_proof",
    metadata,
    # Who has proven that the point is theirs, where it is another contact's: whoever merges, only this opens anything.
    ref("contact_id", "contact.id"),
    ref("contact_point_id", "contact_point.id"),
    text("how"),
    instant("created_at"),
    PrimaryKeyConstraint("contact_id", "contact_point_id"),
    Index(None, "contact_point_id"),
)

contact_claim = Table(
    "contact_claim",
    metadata,
    ref("contact_id", "contact.id"),
    # What somebody said of themselves (email, phone, name …) and nobody has proven: it only suggests a merge.
    text("kind"),
    text("value"),
    text("source"),
    instant("created_at"),
    PrimaryKeyConstraint("contact_id", "kind", "value"),
    Index(None, "kind", "value"),
)

merge_dismissal = Table(
    "merge_dismissal",
    metadata,
    ref("contact_id", "contact.id"),
    ref("other_id", "contact.id"),
    ref("by_id", "agent.id"),
    instant("created_at"),
    PrimaryKeyConstraint("contact_id", "other_id"),
)

verification = Table(
    "verification",
    metadata,
    key(),
    ref("inbox_id", "inbox.id"),
    text("visitor"),
    text("kind"),
    # Not known before its owner has shown up there.
    text("address", nullable=True),
    ref("through_id", "inbox.id"),
    text("language", nullable=True),
    text("link_hash", nullable=True),
    Column("attempts", Integer, nullable=False, server_default=sql("0")),
    text("state"),
    text("reason", nullable=True),
    instant("created_at"),
    instant("expires_at"),
    Index(None, "inbox_id", "created_at"),
    Index(None, "visitor", "created_at"),
    Index(None, "kind", "address", "created_at"),
    Index(None, "link_hash"),
)

agent = Table(
    "agent",
    metadata,
    key(),
    text("email"),
    text("name"),
    text("password_hash", nullable=True),
    Column("roles", Json(tuple[str, ...]), nullable=False),
    Column("active", Boolean, nullable=False),
    text("language"),
    text("presence"),
    text("presence_reason", nullable=True),
    instant("idle_since"),
    Column("capacity", Integer, nullable=False),
    Column("load", Integer, nullable=False, server_default=sql("0")),
    Column("version", Integer, nullable=False, server_default=sql("0")),
    Column("n", Integer, nullable=False, server_default=sql("0")),
    instant("created_at"),
    UniqueConstraint("email"),
)

agent_session = Table(
    "agent_session",
    metadata,
    text("token_hash", primary_key=True),
    ref("agent_id", "agent.id"),
    text("csrf"),
    text("address", nullable=True),
    instant("created_at"),
    instant("seen_at"),
    instant("expires_at"),
    instant("revoked_at", nullable=True),
    Index(None, "agent_id"),
)

invitation = Table(
    "invitation",
    metadata,
    text("token_hash", primary_key=True),
    ref("agent_id", "agent.id"),
    text("kind"),
    instant("created_at"),
    instant("expires_at"),
    instant("used_at", nullable=True),
)

skill = Table("skill", metadata, key(), text("name"), UniqueConstraint("name"))

agent_skill = Table(
    "agent_skill",
    metadata,
    ref("agent_id", "agent.id"),
    ref("skill_id", "skill.id"),
    Column("level", Integer, nullable=False),
    UniqueConstraint("agent_id", "skill_id"),
)

business_hours = Table(
    "business_hours",
    metadata,
    key(),
    text("name"),
    text("zone"),
    Column("week", Json(StoredWeek), nullable=False),
    Column("holidays", Json(tuple[StoredHoliday, ...]), nullable=False),
)

sla_policy = Table(
    "sla_policy",
    metadata,
    key(),
    text("name"),
    Column("first_response_s", Integer),
    Column("next_response_s", Integer),
    Column("resolution_s", Integer),
    ref("hours_id", "business_hours.id", nullable=True),
)

queue = Table(
    "queue",
    metadata,
    key(),
    text("name"),
    Column("priority", Integer, nullable=False),
    ref("sla_policy_id", "sla_policy.id", nullable=True),
    ref("hours_id", "business_hours.id", nullable=True),
    Column("requirements", Json(tuple[StoredRequirement, ...]), nullable=False),
    Column("languages", Json(tuple[str, ...]), nullable=False),
    UniqueConstraint("name"),
)

queue_member = Table(
    "queue_member",
    metadata,
    ref("queue_id", "queue.id"),
    ref("agent_id", "agent.id"),
    UniqueConstraint("queue_id", "agent_id"),
)

inbox = Table(
    "inbox",
    metadata,
    key(),
    text("kind"),
    text("name"),
    Column("enabled", Boolean, nullable=False),
    ref("queue_id", "queue.id"),
    Column("bot", Boolean, nullable=False),
    text("bot_mode", nullable=True),
    Column("config", Json(dict[str, object]), nullable=False),
    instant("created_at"),
)

canned_reply = Table(
    "canned_reply",
    metadata,
    key(),
    text("shortcut"),
    text("language"),
    text("title"),
    text("text"),
    UniqueConstraint("shortcut", "language"),
)
