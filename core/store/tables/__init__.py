"""Every table of the database, one module for each area; ``metadata`` is what Alembic's migrations must add up to."""

from core.store.tables import (
    bot,
    conversation,
    deflection,
    handing,
    improving,
    intake,
    knowledge,
    loop,
    mail,
    orders,
    people,
    processes,
    routing,
)
from core.store.tables.base import metadata

__all__ = [
    "bot",
    "conversation",
    "deflection",
    "handing",
    "improving",
    "intake",
    "knowledge",
    "loop",
    "mail",
    "metadata",
    "orders",
    "people",
    "processes",
    "routing",
]
