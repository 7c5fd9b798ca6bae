"""Offers and wrap-ups that ended long ago go."""

from sqlalchemy import delete, exists

from core.pruning import Pruned, PruningSettings, old_page
from core.store.tables.conversation import conversation
from core.store.tables.routing import reservation, wrap_up
from core.store.tx import Tx
from routing.store import OFFERED


def prune_offers(tx: Tx, place: str, settings: PruningSettings) -> Pruned:
    """Those of closed conversations: of one that is open it is shown why its agent has it, however old."""
    if settings.offer_days <= 0:
        return Pruned(0)
    page = old_page(tx, reservation, place, settings.offer_days, settings.rows)
    closed = exists().where(
        conversation.c.id == reservation.c.conversation_id, conversation.c.status == "closed"
    )
    ended = reservation.c.state != OFFERED, reservation.c.ended_at < page.before
    gone = delete(reservation).where(reservation.c.id.in_(page.keys), *ended, closed)
    return page.pruned(tx.conn.execute(gone).rowcount)


def prune_wrap_ups(tx: Tx, place: str, settings: PruningSettings) -> Pruned:
    """Nobody asks for one that ended."""
    if settings.offer_days <= 0:
        return Pruned(0)
    page = old_page(tx, wrap_up, place, settings.offer_days, settings.rows)
    gone = delete(wrap_up).where(wrap_up.c.id.in_(page.keys), wrap_up.c.ended_at < page.before)
    return page.pruned(tx.conn.execute(gone).rowcount)
