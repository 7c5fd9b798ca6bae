"""The loopback channel: the smallest complete adapter, and the one to read first."""

from datetime import datetime

from channels.basic import BasicChannel
from channels.contract import Capabilities, Outgoing, Receipt, Recipients
from channels.loopback.wire import LoopbackMessage, decode
from core.clock import Clock
from core.contact import Sender
from core.ids import InboxId, MessageId
from core.message import Envelope, Exact, Inbound, Party, Text
from core.receive import Received, receive_message
from core.store.database import Database
from core.store.tx import Tx

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


class Loopback(BasicChannel):
    """Keeps what was sent in ``sent``, by message id; ``fail_with`` is raised instead, for as long as it is set."""

    def __init__(self, db: Database, clock: Clock) -> None:
        super().__init__(KIND, CAPABILITIES)
        self._db = db
        self._clock = clock
        self.sent: dict[MessageId, Outgoing] = {}
        self.fail_with: Exception | None = None

    async def deliver(self, inbox: InboxId, payload: bytes) -> Received:
        """A message from outside. Raises Rejected; once it returns, the message is stored."""
        inbound = to_inbound(inbox, decode(payload), self._clock.now())
        return await self._db.run(receive_message, inbound)

    def envelope(self, tx: Tx, outgoing: Outgoing, recipients: Recipients) -> Envelope | None:
        return Envelope(
            outgoing.subject or "", Party(outgoing.inbox.name), (recipients.to,), recipients.copies
        )

    async def send(self, outgoing: Outgoing) -> Receipt:
        if self.fail_with is not None:
            raise self.fail_with
        self.sent.setdefault(outgoing.message, outgoing)
        return Receipt(external_id=f"loopback:{outgoing.message}")
