"""What the bot misunderstood, what people said it meant, and the models trained from that."""

from sqlalchemy import Column, Float, Index, Table, Text, UniqueConstraint

from core.store.learning import StoredEvaluation, StoredExample, StoredGuess, StoredLabel
from core.store.tables.base import instant, metadata, ref, text
from core.store.tables.base import key as primary_key
from core.store.types import Json

bot_misread = Table(
    # A turn that was probably not understood; `key` is the same for the same text.
    "bot_misread",
    metadata,
    primary_key(),
    text("key"),
    text("text"),
    text("language"),
    text("intent", nullable=True),
    Column("confidence", Float),
    Column("ranking", Json(tuple[StoredGuess, ...]), nullable=False),
    text("outcome"),
    text("why"),
    ref("conversation_id", "conversation.id"),
    ref("message_id", "message.id"),
    ref("turn_id", "bot_turn.id"),
    instant("created_at"),
    UniqueConstraint("turn_id"),
    Index(None, "key", "created_at"),
    Index(None, "created_at"),
    Index(None, "conversation_id"),
)

bot_example = Table(
    # What a text means, as somebody said last; without an intent it is not for training.
    "bot_example",
    metadata,
    Column("key", Text, primary_key=True),
    text("text"),
    text("language"),
    text("intent", nullable=True),
    text("source"),
    ref("turn_id", "bot_turn.id", nullable=True),
    ref("labelled_by_id", "agent.id", nullable=True),
    instant("labelled_at"),
    Index(None, "intent"),
)

bot_label = Table(
    # Each time somebody said so; `before` is what it was, None: nothing yet.
    "bot_label",
    metadata,
    primary_key(),
    text("key"),
    text("intent", nullable=True),
    Column("before", Json(StoredLabel)),
    ref("labelled_by_id", "agent.id", nullable=True),
    instant("created_at"),
    instant("undone_at", nullable=True),
    ref("undone_by_id", "agent.id", nullable=True),
    Index(None, "key", "created_at"),
)

bot_model = Table(
    # `running` is set while it is trained, and unique: one is trained at a time.
    "bot_model",
    metadata,
    primary_key(),
    text("fingerprint"),
    text("project"),
    Column("examples", Json(tuple[StoredExample, ...]), nullable=False),
    text("state"),
    text("step"),
    Column("done", Float, nullable=False),
    text("problem", nullable=True),
    Column("evaluation", Json(StoredEvaluation)),
    text("running", nullable=True),
    text("holder", nullable=True),
    instant("beat_at"),
    ref("trained_by_id", "agent.id", nullable=True),
    instant("created_at"),
    instant("ended_at", nullable=True),
    UniqueConstraint("running"),
    Index(None, "created_at"),
)

bot_rollout = Table(
    # `running` as above: one roll-out at a time. `swapping`: the server whose turn it is.
    "bot_rollout",
    metadata,
    primary_key(),
    ref("model_id", "bot_model.id"),
    ref("before_id", "bot_model.id", nullable=True),
    text("state"),
    text("running", nullable=True),
    text("swapping", nullable=True),
    text("problem", nullable=True),
    ref("started_by_id", "agent.id", nullable=True),
    instant("created_at"),
    instant("ended_at", nullable=True),
    UniqueConstraint("running"),
    Index(None, "created_at"),
)

bot_server = Table(
    # A process with a Rasa of its own: the model that it serves, when it was last seen, and the roll-out it could not
    # follow back.
    "bot_server",
    metadata,
    primary_key(),
    ref("model_id", "bot_model.id", nullable=True),
    text("fingerprint", nullable=True),
    text("problem", nullable=True),
    ref("gave_up_id", "bot_rollout.id", nullable=True),
    instant("seen_at"),
)
