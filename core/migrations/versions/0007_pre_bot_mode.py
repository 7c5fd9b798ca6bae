"""Inboxes say whether the bot suggests; whether it answers stays in the column of before, which older processes read."""

import sqlalchemy as sa
from alembic import op

revision = "0007_pre_bot_mode"
down_revision = "0006_pre_email"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("bot_mode", sa.Text(), nullable=True))
    inbox = sa.table("inbox", sa.column("bot", sa.Boolean()), sa.column("bot_mode", sa.Text()))
    op.execute(inbox.update().values(bot_mode=sa.case((inbox.c.bot, "answer"), else_="off")))
