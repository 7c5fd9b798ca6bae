"""The one table of adapters: a new channel is one line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import aiohttp

from channels.chat.adapter import KIND as CHAT
from channels.chat.adapter import Chat
from channels.contract import Channel, Channels
from channels.email.adapter import Email
from channels.live.server import LiveVisitors
from channels.loopback.adapter import Loopback
from channels.telegram.adapter import Telegram
from channels.widget.adapter import KIND as WIDGET
from channels.widget.adapter import Widget
from channels.widget.pages import WidgetPages
from core.clock import Clock
from core.errors import Invalid
from core.store.database import Database
from core.web import Counter

LIVE_KINDS = frozenset({CHAT, WIDGET})
"""The kinds whose visitors come through ``channels.live``."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What adapters are made of; each takes what it needs.

    ``session`` is a client for addresses that administrators name, guarded; ``count`` counts refusals by name.
    """

    db: Database
    clock: Clock
    live: LiveVisitors
    widget_pages: WidgetPages
    attachment_bytes: int
    email: Email
    chat: Chat
    telegram: Telegram
    session: Callable[[], aiohttp.ClientSession]
    count: Counter


Make = Callable[[Supplies], Channel]
"""A further channel, of somebody's own."""


def adapters(given: Supplies, further: Sequence[Make] = ()) -> Channels:
    """Every channel there is, by its kind. Raises Invalid for two of one kind."""
    table: tuple[Channel, ...] = (
        Widget(given.live, given.widget_pages, given.attachment_bytes),
        given.chat,
        Loopback(given.db, given.clock),
        given.email,
        given.telegram,
    )
    known: dict[str, Channel] = {}
    for channel in (*table, *(make(given) for make in further)):
        if channel.kind in known:
            raise Invalid("kind", f"a name of its own, not {channel.kind} again")
        known[channel.kind] = channel
    return known
