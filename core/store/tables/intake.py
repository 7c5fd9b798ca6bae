"""What a provider sent and is not worked up yet, how far each feed was read, and which pieces of a reply it took."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, Table
from sqlalchemy import text as sql

from core.store.tables.base import instant, metadata, ref, text
from core.store.types import Json

payload = Table(
    "payload",
    metadata,
    ref("inbox_id", "inbox.id"),
    # The provider's own number; its order is the provider's.
    Column("number", BigInteger, nullable=False),
    # What must stay in order, such as a chat.
    text("thread"),
    # waiting, done, or failed: given up, and what could be said of it was said
    text("state"),
    # Several that are one message, such as an album.
    text("bundle", nullable=True),
    # As it came, until it is done.
    text("body", nullable=True),
    instant("created_at"),
    PrimaryKeyConstraint("inbox_id", "number"),
    Index(
        "ix_payload_waiting",
        "inbox_id",
        "thread",
        "number",
        sqlite_where=sql("state = 'waiting'"),
        postgresql_where=sql("state = 'waiting'"),
    ),
    Index(None, "created_at"),
)

feed = Table(
    "feed",
    metadata,
    ref("inbox_id", "inbox.id"),
    # The first number that was not read yet.
    Column("next_number", BigInteger, nullable=False),
    # What the provider says of our own account there.
    Column("account", Json(dict[str, str]), nullable=False),
    # Why it cannot be read now, and since when.
    text("problem", nullable=True),
    instant("problem_at", nullable=True),
    instant("updated_at"),
    PrimaryKeyConstraint("inbox_id"),
)

delivered_piece = Table(
    "delivered_piece",
    metadata,
    ref("message_id", "message.id"),
    Column("piece", Integer, nullable=False),
    # As in the column external_id of a message.
    text("external_id"),
    instant("created_at"),
    PrimaryKeyConstraint("message_id", "piece"),
    Index(None, "external_id"),
)
