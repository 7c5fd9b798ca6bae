"""What every kind of inbox for live visitors does alike: the stream of a conversation is its delivery."""

from collections.abc import Mapping, Sequence

from channels.addresses import person_by_mail
from channels.basic import BasicChannel
from channels.contract import Capabilities, Outgoing, Receipt
from channels.fields import only_known
from channels.live.config import SECRETS, THROUGH, LiveConfig, live_config
from channels.live.server import LiveVisitors
from core.contact import Sender
from core.inbox import Inbox


def capabilities(attachment_bytes: int) -> Capabilities:
    """What every client of the live protocol can show."""
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
        anonymous=True,
    )


class LiveChannel(BasicChannel):
    """Messages come in through ``LiveHttp``; replies are in the stream as soon as they are committed."""

    def __init__(self, kind: str, live: LiveVisitors, attachment_bytes: int) -> None:
        super().__init__(kind, capabilities(attachment_bytes))
        self._live = live

    @property
    def secrets(self) -> Sequence[str]:
        return SECRETS

    @property
    def through(self) -> Mapping[str, str]:
        return THROUGH

    def check(self, config: Mapping[str, object]) -> None:
        live_config(config)
        only_known(config, LiveConfig)

    def person(self, address: str, name: str | None = None) -> Sender:
        # Who takes part beside the visitor does so by mail; see channels.continuation.
        return person_by_mail(address, name)

    def proves(self, inbox: Inbox, token: str) -> bool:
        return self._live.arriving.proves(inbox, token)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Its sockets follow the conversation already, unless this is the first that they hear of it."""
        self._live.began(outgoing.thread_key, outgoing.conversation)
        return Receipt()
