"""What became of conversations with the bot, which ones were held out from it, and what a conversation costs."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, PrimaryKeyConstraint, Table
from sqlalchemy import text as sql

from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

deflection = Table(
    # One row for each conversation in which the bot had a part; worked out from the record, at any time anew.
    "deflection",
    metadata,
    ref("conversation_id", "conversation.id"),
    ref("inbox_id", "inbox.id"),
    # The kind of the inbox.
    text("channel"),
    text("language", nullable=True),
    text("intent", nullable=True),
    # The version of the article that answered last.
    text("article_id", nullable=True),
    text("article_language", nullable=True),
    Column("article_number", Integer, nullable=True),
    # confirmed, assumed, escalated or abandoned, and why.
    text("outcome"),
    text("reason"),
    # The quarter of an hour in which it began, counted from 1970: every time zone's hours and days are whole ones of these.
    Column("slot", Integer, nullable=False),
    instant("began_at"),
    instant("last_at"),
    instant("settles_at"),
    # Whether it was judged after that time.
    Column("settled", Boolean, nullable=False),
    PrimaryKeyConstraint("conversation_id"),
    Index(None, "slot"),
    Index(
        "ix_deflection_unsettled",
        "settles_at",
        sqlite_where=sql("NOT settled"),
        postgresql_where=sql("NOT settled"),
    ),
)

hold_out = Table(
    # What the lot said of a conversation when it began, while its inbox held some out: to people at once, or to the bot.
    "hold_out",
    metadata,
    ref("conversation_id", "conversation.id"),
    ref("inbox_id", "inbox.id"),
    Column("held_out", Boolean, nullable=False),
    # The inbox's share at the time, from 0 to 1.
    Column("share", Float, nullable=False),
    Column("slot", Integer, nullable=False),
    PrimaryKeyConstraint("conversation_id"),
    Index(None, "slot"),
)

handling_cost = Table(
    # The operator's own figures, one row; null or nothing where they have not given any.
    "handling_cost",
    metadata,
    key(),
    text("currency", nullable=True),
    # Of one conversation that a person handles: of any channel, and of single ones.
    Column("cost", Float, nullable=True),
    Column("by_channel", Json(dict[str, float]), nullable=False),
    Column("version", Integer, nullable=False),
)
