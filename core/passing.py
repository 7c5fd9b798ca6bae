"""Passing events go when they are old; whatever anybody still reads stays."""

from datetime import datetime, timedelta

from sqlalchemy import Column, delete, select, tuple_

from core.events import OfferEnded, OfferMade, TimerFired
from core.pruning import Pruned, PruningSettings
from core.routing_events import DueMoved, WrapUpEnded, WrapUpStarted
from core.store.codec import event_name
from core.store.tables.conversation import event, outbox
from core.store.tx import Tx

PASSING = (TimerFired, DueMoved, OfferMade, OfferEnded, WrapUpStarted, WrapUpEnded)
"""Events that tell the parts what to do next and no page, statistic or simulation what was."""


def prune_events(tx: Tx, place: str, settings: PruningSettings) -> Pruned:
    """Passing events that are old, that no customer sees, and that no handler still has to work on or has given up."""
    if settings.event_days <= 0:
        return Pruned(0)
    at: Column[datetime] = event.c.at
    before = tx.now - timedelta(days=settings.event_days)
    old = select(at).where(at < before).order_by(at).limit(settings.rows)
    if place:
        old = old.where(at > datetime.fromisoformat(place))
    found = tx.conn.execute(old).scalars().all()
    if not found:
        return Pruned(0, place)
    within = [at >= found[0], at <= found[-1]]
    passing = event.c.type.in_([event_name(each) for each in PASSING]), event.c.visible_n.is_(None)
    needed = tuple_(event.c.topic, event.c.n).in_(select(outbox.c.topic, outbox.c.n))
    gone = tx.conn.execute(delete(event).where(*within, *passing, ~needed)).rowcount
    # Most of what is old stays, and is not looked at again before the next start.
    return Pruned(gone, found[-1].isoformat(), more=len(found) == settings.rows)
