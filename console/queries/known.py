"""What the latest conversations had that a rule can ask about: collected from their rows, not kept."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from console.settings import KnownSettings
from console.wire import known as wire
from core.store.tables.conversation import conversation
from core.store.tables.people import contact
from core.store.tables.routing import handle_time
from core.store.tx import Tx


def known_values(tx: Tx, settings: KnownSettings) -> wire.KnownValues:
    """Of the latest ``settings.recent`` conversations and their contacts."""
    rows = tx.conn.execute(
        select(conversation.c.language, conversation.c.handoff, conversation.c.context, contact.c.attributes)
        .join(contact, contact.c.id == conversation.c.contact_id)
        .order_by(conversation.c.id.desc())
        .limit(settings.recent)
    ).all()
    told = [row.handoff for row in rows if row.handoff is not None]
    kinds = tx.conn.execute(select(handle_time.c.kind).distinct()).scalars()
    return wire.KnownValues(
        languages=_distinct(row.language for row in rows),
        intents=_distinct(each.intent for each in told),
        reasons=_distinct(each.reason for each in told),
        attributes=_by_name((row.attributes for row in rows), settings),
        context=_by_name((row.context for row in rows), settings),
        work=_distinct(kinds),
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({each for each in values if each}))


def _by_name(
    facts: Iterable[Mapping[str, str] | None], settings: KnownSettings
) -> dict[str, tuple[str, ...]]:
    """What has very many or long values (an order's number, a page) is told apart by nobody: its name alone."""
    found: dict[str, set[str]] = {}
    for each in facts:
        for name, value in (each or {}).items():
            found.setdefault(name, set()).add(value)
    return {name: _few(values, settings) for name, values in sorted(found.items())}


def _few(values: set[str], settings: KnownSettings) -> tuple[str, ...]:
    long = any(len(each) > settings.characters for each in values)
    return () if long or len(values) > settings.values else _distinct(values)
