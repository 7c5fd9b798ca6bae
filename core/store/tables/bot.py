"""What happened in each turn of the bot: our record is the truth, Rasa's tracker a cache."""

from sqlalchemy import Column, Float, Index, Integer, Table, UniqueConstraint

from core.store.forms import StoredGivenArticle
from core.store.learning import StoredGuess
from core.store.tables.base import instant, key, metadata, ref, text
from core.store.types import Json

bot_turn = Table(
    "bot_turn",
    metadata,
    key(),
    ref("conversation_id", "conversation.id"),
    ref("message_id", "message.id"),
    Column("turn", Integer, nullable=False),
    text("engine"),
    text("intent", nullable=True),
    Column("confidence", Float),
    Column("ranking", Json(tuple[StoredGuess, ...])),
    Column("in_scope", Float),
    text("language", nullable=True),
    text("active_form", nullable=True),
    Column("slots", Json(dict[str, str]), nullable=False),
    Column("articles", Json(tuple[StoredGivenArticle, ...]), nullable=False),
    text("outcome"),
    text("asked", nullable=True),
    Column("failures", Integer, nullable=False),
    # Why a person took over (null: none did), and how the customer seemed to feel.
    text("reason", nullable=True),
    text("mood", nullable=True),
    Column("milliseconds", Integer, nullable=False),
    instant("created_at"),
    UniqueConstraint("message_id"),
    Index(None, "conversation_id", "created_at"),
)
