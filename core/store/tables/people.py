"""Contacts and their addresses; agents, their sessions and invitations; what administrators set up."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy import text as sql

from core.store.forms import (
    StoredBotProfile,
    StoredHoliday,
    StoredHolidayPlan,
    StoredLadder,
    StoredQueueRouting,
    StoredRequirement,
    StoredWeek,
)
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
    # The part of the load that is interruptible.
    Column("yielding", Integer, nullable=False, server_default=sql("0")),
    # The kinds of inboxes that they take; null: all.
    Column("channels", Json(tuple[str, ...]), nullable=True),
    Column("version", Integer, nullable=False, server_default=sql("0")),
    Column("n", Integer, nullable=False, server_default=sql("0")),
    # When they last did something in the console, and when a live socket of theirs was last known to be open.
    instant("seen_at", nullable=True),
    instant("connected_at", nullable=True),
    instant("presence_since", nullable=True),
    # Who set it: an agent (themselves, or a supervisor) or the system.
    text("presence_by", nullable=True),
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
    # In effect: worked out of the plan for some years, so that reading is cheap; without a plan they are one's own.
    Column("holidays", Json(tuple[StoredHoliday, ...]), nullable=False),
    Column("plan", Json(StoredHolidayPlan), nullable=True),
    # Raised by each change that a person makes, so that nobody overwrites what they have not seen.
    Column("version", Integer, nullable=False, server_default=sql("1")),
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
    # What a missed target is worth beside others, and the share of it that has passed when the warning comes.
    Column("worth", Float, nullable=False, server_default=sql("1")),
    Column("warn_share", Float, nullable=False, server_default=sql("0.8")),
    Column("version", Integer, nullable=False, server_default=sql("1")),
)

queue = Table(
    "queue",
    metadata,
    key(),
    text("name"),
    Column("priority", Integer, nullable=False),
    ref("sla_policy_id", "sla_policy.id", nullable=True),
    ref("hours_id", "business_hours.id", nullable=True),
    # The list is the form before ladders.
    Column("requirements", Json(tuple[StoredRequirement, ...] | StoredLadder), nullable=False),
    Column("languages", Json(tuple[str, ...]), nullable=False),
    Column("routing", Json(StoredQueueRouting), nullable=False, server_default=sql("'{}'")),
    Column("version", Integer, nullable=False, server_default=sql("1")),
    UniqueConstraint("name"),
)

queue_member = Table(
    "queue_member",
    metadata,
    ref("queue_id", "queue.id"),
    ref("agent_id", "agent.id"),
    # Seconds that a conversation must have waited there before it comes to them.
    Column("delay_s", Integer, nullable=False, server_default=sql("0")),
    UniqueConstraint("queue_id", "agent_id"),
)

presence_reason = Table(
    "presence_reason",
    metadata,
    key(),
    text("state"),
    text("name"),
    Column("position", Integer, nullable=False),
    UniqueConstraint("state", "name"),
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
    # What one of its conversations loads an agent with, and whether it yields to what does not.
    Column("weight", Integer, nullable=False, server_default=sql("1")),
    Column("interruptible", Boolean, nullable=False, server_default=sql("false")),
    # The brand whose name and look it shows.
    text("brand_id", nullable=True),
    # The share of its customers, from 0 to 1, that go to people although the bot answers.
    Column("hold_out", Float, nullable=False, server_default=sql("0")),
    # How the bot is here; nothing: as everywhere.
    Column("bot_profile", Json(StoredBotProfile)),
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
