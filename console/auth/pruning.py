"""Agents' sessions that ended long ago go."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from core.pruning import Pruned, PruningSettings
from core.store.tables.people import agent_session as table
from core.store.tx import Tx


def prune_sessions(tx: Tx, _place: str, settings: PruningSettings) -> Pruned:
    """Those that ran out or were ended."""
    if settings.session_days <= 0:
        return Pruned(0)
    before = tx.now - timedelta(days=settings.session_days)
    ended = or_(table.c.expires_at < before, table.c.revoked_at < before)
    old = select(table.c.token_hash).where(ended).limit(settings.rows)
    gone = tx.conn.execute(delete(table).where(table.c.token_hash.in_(old))).rowcount
    return Pruned(gone, more=gone == settings.rows)
