"""The one table of adapters: a new channel is one line here."""

from dataclasses import dataclass

from channels.chat.adapter import KIND as CHAT
from channels.chat.adapter import Chat
from channels.contract import Channel, Channels
from channels.email.adapter import Email
from channels.live.server import LiveVisitors
from channels.loopback.adapter import Loopback
from channels.widget.adapter import KIND as WIDGET
from channels.widget.adapter import Widget
from channels.widget.pages import WidgetPages
from core.clock import Clock
from core.store.database import Database

LIVE_KINDS = frozenset({CHAT, WIDGET})
"""The kinds whose visitors come through ``channels.live``."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What adapters are made of; each takes what it needs."""

    db: Database
    clock: Clock
    live: LiveVisitors
    widget_pages: WidgetPages
    attachment_bytes: int
    email: Email


def adapters(given: Supplies) -> Channels:
    """Every channel there is, by its kind."""
    table: tuple[Channel, ...] = (
        Widget(given.live, given.widget_pages, given.attachment_bytes),
        Chat(given.live, given.attachment_bytes),
        Loopback(given.db, given.clock),
        given.email,
    )
    return {channel.kind: channel for channel in table}
