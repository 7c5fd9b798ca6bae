"""What is set for measuring the bot: the operator's own figures, and whom each inbox holds out."""

from collections.abc import Mapping

from sqlalchemy import or_, select

from console.queries.outcomes import Counted
from console.wire import outcomes as wire
from core.inbox import BotMode, bot_mode
from core.store.tables.deflection import handling_cost
from core.store.tables.people import inbox
from core.store.tx import Tx


def measuring(tx: Tx) -> wire.Measuring:
    """Before anybody gave a figure, there is none."""
    row = tx.conn.execute(select(handling_cost)).one_or_none()
    held = or_(inbox.c.bot, inbox.c.hold_out > 0)
    inboxes = tuple(
        wire.HeldInbox(
            each.id,
            each.name,
            each.kind,
            each.enabled and bot_mode(each.bot, each.bot_mode) is BotMode.ANSWER,
            each.hold_out,
        )
        for each in tx.conn.execute(select(inbox).where(held).order_by(inbox.c.name, inbox.c.id))
    )
    if row is None:
        return wire.Measuring(None, None, {}, inboxes, 0)
    return wire.Measuring(row.currency, row.cost, row.by_channel, inboxes, row.version)


def cost_of(known: wire.Measuring, channel: str) -> float | None:
    """Of a conversation that a person handles there; None where the operator gave no figure, or no currency."""
    return None if known.currency is None else known.by_channel.get(channel, known.cost)


def saved(known: wire.Measuring, found: Counted) -> wire.Saved | None:
    """What the deflected ones would have cost; None without any figure."""
    if known.currency is None or (known.cost is None and not known.by_channel):
        return None
    amount, conversations, unpriced = 0.0, 0, 0
    for channel, counts in found.tables["channel"].items():
        cost = cost_of(known, channel)
        if cost is None:
            unpriced += counts.deflected
        else:
            amount += cost * counts.deflected
        conversations += counts.deflected
    return wire.Saved(known.currency, amount, conversations, unpriced)


def costs_by_inbox(tx: Tx, known: wire.Measuring) -> Mapping[str, float | None]:
    """By their channels."""
    return {row.id: cost_of(known, row.kind) for row in tx.conn.execute(select(inbox.c.id, inbox.c.kind))}
