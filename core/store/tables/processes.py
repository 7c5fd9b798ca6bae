"""The processes that serve an installation: each says every few seconds that it runs, and what it is."""

from sqlalchemy import Column, Float, Integer, Table

from core.store.tables.base import instant, key, metadata, text

process = Table(
    "process",
    metadata,
    key(),
    text("version"),
    # The newest migration that it knows.
    text("knows"),
    # With commas between.
    text("roles"),
    text("host"),
    Column("pid", Integer, nullable=False),
    # Its clock less the database's, in seconds, at the least.
    Column("skew_s", Float, nullable=False),
    Column("open_files", Integer, nullable=False),
    # So many connections to the database it may have at most.
    Column("connections", Integer, nullable=False),
    # What is wrong with Redis as it sees it; null: nothing, or there is none.
    text("redis", nullable=True),
    instant("started_at"),
    # By the database's clock.
    instant("seen_at"),
)
