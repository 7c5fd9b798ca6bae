"""The loopback channel: the smallest complete adapter, and the one to read first."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from channels.contract import Capabilities, Outgoing, ProbeStep, Receipt, Recipients
from channels.loopback.wire import LoopbackMessage, decode
from core.clock import Clock
from core.contact import Sender
from core.errors import Invalid
from core.ids import InboxId, MessageId
from core.inbox import Inbox
from core.message import Envelope, Exact, Inbound, Party, Text
from core.receive import Received, receive_message
from core.store.database import Database
from core.store.tx import Tx
from core.web import Route

KIND = "loopback"

CAPABILITIES = Capabilities(
    buttons=False,
    articles=False,
    attachments=False,
    typing=False,
    starts=True,
    by_stream=False,
    repeats_harmless=True,
    text_characters=2000,
    attachment_bytes=0,
    copies=True,
    participants=True,
    anonymous=True,
)


def to_inbound(inbox: InboxId, message: LoopbackMessage, at: datetime) -> Inbound:
    """Pure: from the wire to the conversation model."""
    return Inbound(
        inbox=inbox,
        external_id=message.id,
        sender=Sender(KIND, message.sender, verified=False, name=message.name, language=message.language),
        parts=(Text(message.text),),
        thread=Exact(message.thread or message.sender),
        sent_at=at,
        language=message.language,
    )


class Loopback:
    """Keeps what was sent in ``sent``, by message id; ``fail_with`` is raised instead, for as long as it is set."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self.sent: dict[MessageId, Outgoing] = {}
        self.fail_with: Exception | None = None

    @property
    def kind(self) -> str:
        return KIND

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    @property
    def secrets(self) -> Sequence[str]:
        return ()

    @property
    def destinations(self) -> Sequence[str]:
        return ()

    @property
    def through(self) -> Mapping[str, str]:
        return {}

    def check(self, config: Mapping[str, object]) -> None:
        for field in config:
            raise Invalid(field, "no configuration at all")

    async def deliver(self, inbox: InboxId, payload: bytes) -> Received:
        """A message from outside. Raises Rejected; once it returns, the message is stored."""
        inbound = to_inbound(inbox, decode(payload), self._clock.now())
        return await self._db.run(receive_message, inbound)

    def clashes(self, config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
        return None

    def owns(self, config: Mapping[str, object], address: str) -> bool:
        return False

    async def probe(self, config: Mapping[str, object]) -> Sequence[ProbeStep]:
        self.check(config)
        return ()

    def person(self, address: str, name: str | None = None) -> Sender:
        if not address.strip():
            raise Invalid("address", "a name", code="empty")
        return Sender(KIND, address.strip(), verified=False, name=name)

    def envelope(self, tx: Tx, outgoing: Outgoing, recipients: Recipients) -> Envelope | None:
        return Envelope(
            outgoing.subject or "", Party(outgoing.inbox.name), (recipients.to,), recipients.copies
        )

    def wait_s(self, outgoing: Outgoing) -> float:
        return 0.0

    async def send(self, outgoing: Outgoing) -> Receipt:
        if self.fail_with is not None:
            raise self.fail_with
        self.sent.setdefault(outgoing.message, outgoing)
        return Receipt(external_id=f"loopback:{outgoing.message}")

    def routes(self) -> Sequence[Route]:
        return ()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return None
