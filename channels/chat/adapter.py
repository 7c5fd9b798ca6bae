"""Chat as a channel: live visitors who come by an app, by a bridge to another service, or by our own page."""

import socket
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from channels.chat.pages import ChatPages
from channels.chat.wire import SECRETS, ChatConfig, chat_config
from channels.contract import Door
from channels.fields import only_known
from channels.live.channel import LiveChannel
from channels.live.server import LiveVisitors
from core.addresses import refusal
from core.errors import Invalid
from core.inbox import Inbox
from core.web import Route

KIND = "chat"


class Chat(LiveChannel):
    """The open protocol of ``docs/chat-protocol.md``; ``insecure``: webhooks may go to addresses without TLS."""

    def __init__(
        self, live: LiveVisitors, pages: ChatPages, attachment_bytes: int, *, insecure: bool = False
    ) -> None:
        super().__init__(KIND, live, attachment_bytes)
        self._pages = pages
        self._insecure = insecure

    @property
    def secrets(self) -> Sequence[str]:
        # They sign and check, here and there, and are given to nobody: so there are no destinations.
        return SECRETS

    def check(self, config: Mapping[str, object]) -> None:
        webhook = chat_config(config).webhook
        only_known(config, ChatConfig)
        if webhook is None:
            return
        if not self._insecure and not webhook.url.startswith("https:"):
            raise Invalid("webhook.url", "an address with https, because customers' words go there")
        if (why := refusal(_literal(webhook.url), private=self._insecure)) not in {None, "no_address"}:
            raise Invalid("webhook.url", f"an address of a public host, not a {why} one")

    def routes(self) -> Sequence[Route]:
        return self._pages.routes()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return f"{address}/chat/{inbox.id}"

    def door(self, inbox: Inbox) -> Door:
        """None where only visitors whom their own site has proven are let in."""
        closed = chat_config(inbox.config).identity.required
        return Door() if closed else Door(page=f"/chat/{inbox.id}")


def _literal(url: str) -> str:
    """The host; numbers of IPv4 in the usual writing, however they are written. Names are checked when connected to."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        raise Invalid("webhook.url", "an address such as https://shop.example/parley") from None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return host
