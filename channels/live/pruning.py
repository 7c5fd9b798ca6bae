"""Visitors' sessions that ended long ago go, but for what says whose a visitor is."""

from sqlalchemy import and_, delete, exists, func, or_

from core.pruning import Pruned, PruningSettings, old_page
from core.store.tables.people import visitor_session as table
from core.store.tx import Tx


def prune_sessions(tx: Tx, place: str, settings: PruningSettings) -> Pruned:
    """Nobody gets in with one that ended, and a visitor's conversations name the visitor, not the session.

    Of a site's user the first session stays: it says which visitor they are.
    """
    if settings.session_days <= 0:
        return Pruned(0)
    page = old_page(tx, table, place, settings.session_days, settings.rows)
    first = table.alias()
    of_user = exists().where(
        first.c.inbox_id == table.c.inbox_id,
        first.c.user_key == table.c.user_key,
        func.coalesce(first.c.visitor, first.c.id) == func.coalesce(table.c.visitor, table.c.id),
        or_(
            first.c.created_at < table.c.created_at,
            and_(first.c.created_at == table.c.created_at, first.c.id < table.c.id),
        ),
    )
    of_nobody = and_(table.c.user_key.is_(None), func.coalesce(table.c.visitor, table.c.id) == table.c.id)
    old = table.c.id.in_(page.keys), table.c.expires_at < page.before
    return page.pruned(tx.conn.execute(delete(table).where(*old, or_(of_nobody, of_user))).rowcount)
