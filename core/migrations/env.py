"""Alembic's entry: migrations run on the connection that `core.store.schema` gives."""

from alembic import context
from sqlalchemy import Connection

from core.store.tables import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
