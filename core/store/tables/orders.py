"""Orders of customers where nobody else keeps them, what was asked for about each, and all that was done with it."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy import text as sql

from core.store.forms import StoredOrderItem, StoredOrderResult
from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

shop_order = Table(
    # `order` is a word of SQL.
    "shop_order",
    metadata,
    key(),
    text("number"),
    text("state"),
    text("currency"),
    Column("items", Json(tuple[StoredOrderItem, ...]), nullable=False),
    text("address"),
    # As the shop gave it last: the same again does not undo what was changed here.
    text("shop_address"),
    # A local date (ISO 8601).
    text("expected", nullable=True),
    text("tracking", nullable=True),
    # Whose it is: their address in small letters, or their name at a site (`inbox:name`).
    text("email", nullable=True),
    text("user_name", nullable=True),
    Column("version", Integer, nullable=False, server_default=sql("1")),
    instant("placed_at"),
    instant("delivered_at", nullable=True),
    instant("created_at"),
    instant("updated_at"),
    UniqueConstraint("number"),
    Index(None, "placed_at", "id"),
    Index(None, "email"),
    Index(None, "user_name"),
)

order_request = Table(
    # A return or a refund that was asked for.
    "order_request",
    metadata,
    key(),
    ref("order_id", "shop_order.id"),
    text("kind"),
    text("state"),
    text("reason"),
    # In minor units of the order's currency; none for a return.
    Column("amount", BigInteger, nullable=True),
    # Where the outcome is told.
    ref("conversation_id", "conversation.id", nullable=True),
    # Nobody of ours: the customer, through the bot.
    ref("asked_by_id", "agent.id", nullable=True),
    instant("asked_at"),
    ref("decided_by_id", "agent.id", nullable=True),
    instant("decided_at", nullable=True),
    text("decision", nullable=True),
    Index(None, "order_id", "asked_at"),
    Index(None, "state", "asked_at"),
    Index(None, "conversation_id"),
    Index(
        "uq_order_request_waiting",
        "order_id",
        unique=True,
        sqlite_where=sql("state = 'waiting'"),
        postgresql_where=sql("state = 'waiting'"),
    ),
)

order_step = Table(
    # What was done with an order, by whom, one after the other.
    "order_step",
    metadata,
    ref("order_id", "shop_order.id"),
    Column("n", Integer, nullable=False),
    # What was done: imported, changed, cancelled, address, return_asked, refund_asked, refund_accepted or refund_declined.
    text("kind"),
    # customer, agent or shop
    text("source"),
    ref("by_id", "agent.id", nullable=True),
    ref("conversation_id", "conversation.id", nullable=True),
    # What it was before, or why: in people's words.
    text("detail", nullable=True),
    text("state"),
    Column("amount", BigInteger, nullable=True),
    instant("at"),
    PrimaryKeyConstraint("order_id", "n"),
)

order_instruction = Table(
    # What was answered to an instruction, so that the same one again does nothing twice.
    "order_instruction",
    metadata,
    ref("order_id", "shop_order.id"),
    text("key"),
    text("wish"),
    Column("result", Json(StoredOrderResult), nullable=False),
    instant("at"),
    PrimaryKeyConstraint("order_id", "wish", "key"),
)

shop_key = Table(
    # With what a shop shows who it is when it pushes orders; only the hash is kept.
    "shop_key",
    metadata,
    key(),
    text("name"),
    text("hash"),
    instant("created_at"),
    instant("used_at", nullable=True),
    UniqueConstraint("name"),
    UniqueConstraint("hash"),
)
