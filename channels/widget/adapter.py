"""The widget as a channel: live visitors of somebody's web page, and the line that brings them."""

from collections.abc import Sequence
from html import escape

from channels.contract import Door
from channels.live.channel import LiveChannel
from channels.live.config import live_config
from channels.live.server import LiveVisitors
from channels.widget.pages import WidgetPages
from core.inbox import Inbox
from core.web import Route

KIND = "widget"


class Widget(LiveChannel):
    """One script on any page."""

    def __init__(self, live: LiveVisitors, pages: WidgetPages, attachment_bytes: int) -> None:
        super().__init__(KIND, live, attachment_bytes)
        self._pages = pages

    def routes(self) -> Sequence[Route]:
        return self._pages.routes()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return f'<script src="{escape(address)}/widget.js" data-inbox="{escape(inbox.id)}" async></script>'

    def door(self, inbox: Inbox) -> Door:
        """None where only visitors whom their own site has proven are let in."""
        closed = live_config(inbox.config).identity.required
        return Door() if closed else Door(script="/widget.js")
