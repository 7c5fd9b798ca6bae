"""The bot that answers first: orders, what became of its conversations, labelled turns and trained models."""

import sqlalchemy as sa
from alembic import op

revision = "0012_pre_bot"
down_revision = "0011_pre_loop"


def upgrade() -> None:
    _improving()
    _handing()
    _deflection()
    _hold_out()
    _orders()
    _inbox_bot()


def _improving() -> None:
    """What the bot misunderstood, labelled texts and trained models."""
    op.add_column("bot_turn", sa.Column("ranking", sa.Text(), nullable=True))
    op.add_column("bot_turn", sa.Column("in_scope", sa.Float(), nullable=True))
    _bot_misread()
    _bot_example()
    _bot_label()
    _bot_model()
    _bot_rollout()
    _bot_server()


def _bot_misread() -> None:
    op.create_table(
        "bot_misread",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("ranking", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("turn_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_bot_misread_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_bot_misread_message_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["bot_turn.id"], name=op.f("fk_bot_misread_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_misread")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_bot_misread_turn_id")),
    )
    op.create_index(op.f("ix_bot_misread_conversation_id"), "bot_misread", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_bot_misread_created_at"), "bot_misread", ["created_at"], unique=False)
    op.create_index(op.f("ix_bot_misread_key_created_at"), "bot_misread", ["key", "created_at"], unique=False)


def _bot_example() -> None:
    op.create_table(
        "bot_example",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("turn_id", sa.Text(), nullable=True),
        sa.Column("labelled_by_id", sa.Text(), nullable=True),
        sa.Column("labelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["bot_turn.id"], name=op.f("fk_bot_example_turn_id")),
        sa.ForeignKeyConstraint(["labelled_by_id"], ["agent.id"], name=op.f("fk_bot_example_labelled_by_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_bot_example")),
    )
    op.create_index(op.f("ix_bot_example_intent"), "bot_example", ["intent"], unique=False)


def _bot_label() -> None:
    op.create_table(
        "bot_label",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("labelled_by_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["labelled_by_id"], ["agent.id"], name=op.f("fk_bot_label_labelled_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["agent.id"], name=op.f("fk_bot_label_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_label")),
    )
    op.create_index(op.f("ix_bot_label_key_created_at"), "bot_label", ["key", "created_at"], unique=False)


def _bot_model() -> None:
    op.create_table(
        "bot_model",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("examples", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done", sa.Float(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("evaluation", sa.Text(), nullable=True),
        sa.Column("running", sa.Text(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trained_by_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["trained_by_id"], ["agent.id"], name=op.f("fk_bot_model_trained_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_model")),
        sa.UniqueConstraint("running", name=op.f("uq_bot_model_running")),
    )
    op.create_index(op.f("ix_bot_model_created_at"), "bot_model", ["created_at"], unique=False)


def _bot_rollout() -> None:
    op.create_table(
        "bot_rollout",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("before_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("running", sa.Text(), nullable=True),
        sa.Column("swapping", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("started_by_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["model_id"], ["bot_model.id"], name=op.f("fk_bot_rollout_model_id")),
        sa.ForeignKeyConstraint(["before_id"], ["bot_model.id"], name=op.f("fk_bot_rollout_before_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["agent.id"], name=op.f("fk_bot_rollout_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_rollout")),
        sa.UniqueConstraint("running", name=op.f("uq_bot_rollout_running")),
    )
    op.create_index(op.f("ix_bot_rollout_created_at"), "bot_rollout", ["created_at"], unique=False)


def _bot_server() -> None:
    op.create_table(
        "bot_server",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("gave_up_id", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["bot_model.id"], name=op.f("fk_bot_server_model_id")),
        sa.ForeignKeyConstraint(["gave_up_id"], ["bot_rollout.id"], name=op.f("fk_bot_server_gave_up_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_server")),
    )


def _handing() -> None:
    op.add_column("bot_turn", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("bot_turn", sa.Column("mood", sa.Text(), nullable=True))
    op.create_table(
        "case_number",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_case_number_conversation_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_case_number")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_case_number_conversation_id")),
    )
    op.create_table(
        "bot_errand",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("queue_id", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_bot_errand_by_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_bot_errand_conversation_id")
        ),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_bot_errand_queue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_errand")),
        sa.UniqueConstraint("conversation_id", "turn", name=op.f("uq_bot_errand_conversation_id_turn")),
    )
    op.create_index(
        op.f("ix_bot_errand_conversation_id_created_at"),
        "bot_errand",
        ["conversation_id", "created_at"],
        unique=False,
    )


def _deflection() -> None:
    op.create_table(
        "deflection",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("article_id", sa.Text(), nullable=True),
        sa.Column("article_language", sa.Text(), nullable=True),
        sa.Column("article_number", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settles_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_deflection_conversation_id")
        ),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_deflection_inbox_id")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_deflection")),
    )
    op.create_index(op.f("ix_deflection_slot"), "deflection", ["slot"], unique=False)
    op.create_index(
        "ix_deflection_unsettled",
        "deflection",
        ["settles_at"],
        unique=False,
        sqlite_where=sa.text("NOT settled"),
        postgresql_where=sa.text("NOT settled"),
    )


def _hold_out() -> None:
    """Who goes to people by lot, and what a conversation costs there."""
    op.add_column("inbox", sa.Column("hold_out", sa.Float(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "hold_out",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("held_out", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_hold_out_conversation_id")
        ),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_hold_out_inbox_id")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_hold_out")),
    )
    op.create_index(op.f("ix_hold_out_slot"), "hold_out", ["slot"], unique=False)
    op.create_table(
        "handling_cost",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("cost", sa.Float(), nullable=True),
        sa.Column("by_channel", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_cost")),
    )


def _orders() -> None:
    _shop_order()
    _order_request()
    _order_step()
    _order_instruction()
    _shop_key()


def _shop_order() -> None:
    op.create_table(
        "shop_order",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("shop_address", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("tracking", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("user_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order")),
        sa.UniqueConstraint("number", name=op.f("uq_shop_order_number")),
    )
    op.create_index(op.f("ix_shop_order_placed_at_id"), "shop_order", ["placed_at", "id"], unique=False)
    for column in ("email", "user_name"):
        op.create_index(op.f(f"ix_shop_order_{column}"), "shop_order", [column], unique=False)


def _order_request() -> None:
    waiting = sa.text("state = 'waiting'")
    op.create_table(
        "order_request",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_order_request_order_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_order_request_conversation_id")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["agent.id"], name=op.f("fk_order_request_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["agent.id"], name=op.f("fk_order_request_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_request")),
    )
    for first in ("order_id", "state"):
        op.create_index(
            op.f(f"ix_order_request_{first}_asked_at"), "order_request", [first, "asked_at"], unique=False
        )
    op.create_index(
        op.f("ix_order_request_conversation_id"), "order_request", ["conversation_id"], unique=False
    )
    op.create_index(
        "uq_order_request_waiting",
        "order_request",
        ["order_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _order_step() -> None:
    op.create_table(
        "order_step",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_order_step_order_id")),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_order_step_by_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_order_step_conversation_id")
        ),
        sa.PrimaryKeyConstraint("order_id", "n", name=op.f("pk_order_step")),
    )


def _order_instruction() -> None:
    op.create_table(
        "order_instruction",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_order_instruction_order_id")),
        sa.PrimaryKeyConstraint("order_id", "wish", "key", name=op.f("pk_order_instruction")),
    )


def _shop_key() -> None:
    op.create_table(
        "shop_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_key")),
        sa.UniqueConstraint("name", name=op.f("uq_shop_key_name")),
        sa.UniqueConstraint("hash", name=op.f("uq_shop_key_hash")),
    )


def _inbox_bot() -> None:
    """How the bot is in an inbox."""
    op.add_column("inbox", sa.Column("bot_profile", sa.Text(), nullable=True))
