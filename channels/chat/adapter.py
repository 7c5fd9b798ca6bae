"""Chat as a channel: live visitors who come by an app, by a bridge to another service, or by our own page."""

from channels.live.channel import LiveChannel
from channels.live.server import LiveVisitors
from core.inbox import Inbox

KIND = "chat"


class Chat(LiveChannel):
    """The open protocol of ``docs/chat-protocol.md``."""

    def __init__(self, live: LiveVisitors, attachment_bytes: int) -> None:
        super().__init__(KIND, live, attachment_bytes)

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return f"{address}/chat/{inbox.id}"
