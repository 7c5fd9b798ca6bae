"""Chat as a channel: live visitors who come by an app, by a bridge to another service, or by our own page."""

from collections.abc import Mapping, Sequence

from channels.chat.pages import ChatPages
from channels.chat.wire import SECRETS, chat_config
from channels.live.channel import LiveChannel
from channels.live.server import LiveVisitors
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
        if webhook is not None and not self._insecure and not webhook.url.startswith("https:"):
            raise Invalid("webhook.url", "an address with https, because customers' words go there")

    def routes(self) -> Sequence[Route]:
        return self._pages.routes()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return f"{address}/chat/{inbox.id}"
