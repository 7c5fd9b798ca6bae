"""Every table of the database, one module for each area; ``metadata`` is what Alembic's migrations must add up to."""

from core.store.tables import bot, conversation, knowledge, people, routing
from core.store.tables.base import metadata

__all__ = ["bot", "conversation", "knowledge", "metadata", "people", "routing"]
