"""Every table of the database, one module for each area; ``metadata`` is what Alembic's migrations must add up to."""

from core.store.tables import bot, conversation, intake, knowledge, mail, people, routing
from core.store.tables.base import metadata

__all__ = ["bot", "conversation", "intake", "knowledge", "mail", "metadata", "people", "routing"]
