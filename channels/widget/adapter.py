"""The widget as a channel: the live stream of a conversation is its delivery."""

from collections.abc import Mapping, Sequence
from html import escape

from channels.addresses import person_by_mail
from channels.contract import Capabilities, Outgoing, ProbeStep, Receipt, Recipients
from channels.live.server import LiveVisitors
from channels.widget.pages import WidgetPages
from channels.widget.wire import live_config
from core.contact import Sender
from core.ids import MessageId
from core.inbox import Inbox
from core.message import Envelope
from core.store.tx import Tx
from core.web import Route

KIND = "widget"


def capabilities(attachment_bytes: int) -> Capabilities:
    """What every widget can show."""
    return Capabilities(
        buttons=True,
        articles=True,
        attachments=True,
        typing=True,
        starts=True,
        by_stream=True,
        repeats_harmless=True,
        text_characters=100_000,
        attachment_bytes=attachment_bytes,
        participants=True,
    )


class Widget:
    """Messages come in through ``channels.live``; replies are in the stream as soon as they are committed."""

    def __init__(self, live: LiveVisitors, pages: WidgetPages, attachment_bytes: int) -> None:
        self._live = live
        self._pages = pages
        self._capabilities = capabilities(attachment_bytes)

    @property
    def kind(self) -> str:
        return KIND

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    @property
    def secrets(self) -> Sequence[str]:
        return ()

    @property
    def destinations(self) -> Sequence[str]:
        return ()

    def check(self, config: Mapping[str, object]) -> None:
        live_config(config)

    def clashes(self, config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
        return None

    def owns(self, config: Mapping[str, object], address: str) -> bool:
        return False

    async def probe(self, config: Mapping[str, object]) -> Sequence[ProbeStep]:
        self.check(config)
        return ()

    def person(self, address: str, name: str | None = None) -> Sender:
        # Who takes part beside the visitor does so by mail; see channels.continuation.
        return person_by_mail(address, name)

    def envelope(self, tx: Tx, outgoing: Outgoing, recipients: Recipients) -> Envelope | None:
        return None

    def wait_s(self, inbox: Inbox, message: MessageId) -> float:
        return 0.0

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Its sockets follow the conversation already, unless this is the first that they hear of it."""
        self._live.began(outgoing.to, outgoing.conversation)
        return Receipt()

    def routes(self) -> Sequence[Route]:
        return self._pages.routes()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return f'<script src="{escape(address)}/widget.js" data-inbox="{escape(inbox.id)}" async></script>'
