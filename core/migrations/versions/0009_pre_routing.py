"""Routing: ladders, policies by queue, rules, wrap-up, handle times, simulations."""

import sqlalchemy as sa
from alembic import op

revision = "0009_pre_routing"
down_revision = "0008_pre_live"


def upgrade() -> None:
    _handle_time()
    _presence_reason()
    _routing_rule()
    _simulation()
    _conversation_route()
    _rule_evaluation()
    _unservable()
    _wrap_up()
    _columns()


def _handle_time() -> None:
    op.create_table(
        "handle_time",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Float(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "kind", name=op.f("pk_handle_time")),
    )


def _presence_reason() -> None:
    op.create_table(
        "presence_reason",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_reason")),
        sa.UniqueConstraint("state", "name", name=op.f("uq_presence_reason_state_name")),
    )


def _routing_rule() -> None:
    op.create_table(
        "routing_rule",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_by_id", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["agent.id"], name=op.f("fk_routing_rule_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule")),
    )
    op.create_index(op.f("ix_routing_rule_position"), "routing_rule", ["position"], unique=False)


def _simulation() -> None:
    op.create_table(
        "simulation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("progress", sa.Float(), server_default=sa.text("0"), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["agent.id"], name=op.f("fk_simulation_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation")),
    )
    op.create_index(op.f("ix_simulation_created_at"), "simulation", ["created_at"], unique=False)


def _conversation_route() -> None:
    op.create_table(
        "conversation_route",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("queue_id", sa.Text(), nullable=True),
        sa.Column("ladder", sa.Text(), nullable=True),
        sa.Column("ladder_adds", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sla_policy_id", sa.Text(), nullable=True),
        sa.Column("priority", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("excluded", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_conversation_route")),
    )


def _unservable() -> None:
    op.create_table(
        "unservable",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("queue_id", sa.Text(), nullable=True),
        sa.Column("lacking", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_unservable")),
    )


def _rule_evaluation() -> None:
    op.create_table(
        "rule_evaluation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_rule_evaluation_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_evaluation")),
    )
    op.create_index(
        op.f("ix_rule_evaluation_conversation_id_created_at"),
        "rule_evaluation",
        ["conversation_id", "created_at"],
        unique=False,
    )
    op.create_index(op.f("ix_rule_evaluation_created_at"), "rule_evaluation", ["created_at"], unique=False)


def _wrap_up() -> None:
    op.create_table(
        "wrap_up",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("interruptible", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_wrap_up_agent_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_wrap_up_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrap_up")),
    )
    op.create_index(
        "ix_wrap_up_open",
        "wrap_up",
        ["agent_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _columns() -> None:
    op.add_column("agent", sa.Column("yielding", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("agent", sa.Column("channels", sa.Text(), nullable=True))
    op.add_column("agent", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("agent", sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("agent", sa.Column("presence_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("agent", sa.Column("presence_by", sa.Text(), nullable=True))
    op.add_column(
        "conversation",
        sa.Column("interruptible", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("inbox", sa.Column("weight", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column(
        "inbox", sa.Column("interruptible", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("queue", sa.Column("routing", sa.Text(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("queue_item", sa.Column("target_s", sa.Float(), nullable=True))
    op.add_column("queue_item", sa.Column("worth", sa.Float(), server_default=sa.text("1"), nullable=False))
    op.add_column("queue_item", sa.Column("channel", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "queue_item",
        sa.Column("interruptible", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("queue_item", sa.Column("kind", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "queue_item", sa.Column("handle_s", sa.Float(), server_default=sa.text("300"), nullable=False)
    )
    op.add_column(
        "queue_item", sa.Column("excluded", sa.Text(), server_default=sa.text("'[]'"), nullable=False)
    )
    op.add_column(
        "queue_member", sa.Column("delay_s", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("reservation", sa.Column("standby", sa.Text(), nullable=True))
    op.add_column(
        "reservation",
        sa.Column("interruptible", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("sla_clock", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sla_policy", sa.Column("worth", sa.Float(), server_default=sa.text("1"), nullable=False))
    op.add_column(
        "sla_policy", sa.Column("warn_share", sa.Float(), server_default=sa.text("(0.8)"), nullable=False)
    )
    op.add_column("business_hours", sa.Column("plan", sa.Text(), nullable=True))
    for table in ("business_hours", "sla_policy", "queue"):
        op.add_column(table, sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.create_index(
        "ix_sla_clock_running",
        "sla_clock",
        ["conversation_id"],
        unique=False,
        sqlite_where=sa.text("stopped_at IS NULL"),
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
