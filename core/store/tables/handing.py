"""What goes with handing over: the number that a customer is told, and what an agent asks the bot to get for them."""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint
from sqlalchemy import text as sql

from core.store.tables.base import instant, key, metadata, ref, text

case_number = Table(
    "case_number",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    ref("conversation_id", "conversation.id"),
    UniqueConstraint("conversation_id"),
)

bot_errand = Table(
    "bot_errand",
    metadata,
    key(),
    ref("conversation_id", "conversation.id"),
    # The turn token under which the bot does it: whoever takes the conversation ends it by that alone.
    Column("turn", Integer, nullable=False),
    text("kind"),
    # What the bot asks, where the agent wrote it themselves.
    text("question", nullable=True),
    ref("by_id", "agent.id"),
    ref("queue_id", "queue.id"),
    Column("tries", Integer, nullable=False, server_default=sql("1")),
    # How it ended (null: it did not, or somebody took the conversation).
    text("ended", nullable=True),
    instant("created_at"),
    instant("ended_at", nullable=True),
    UniqueConstraint("conversation_id", "turn"),
    Index(None, "conversation_id", "created_at"),
)
