"""The e-mail channel: replies become mails; mails become messages in ``channels.email.fetching``."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from channels.addresses import person_by_mail
from channels.contract import Capabilities, Door, Outgoing, ProbeStep, Receipt, Recipients
from channels.email.mail import KIND
from channels.email.overlap import clashes, owns
from channels.email.sending.compose import Enclosure, Head, beyond_ascii, compose
from channels.email.sending.history import history
from channels.email.sending.letter import Letter
from channels.email.sending.postman import Postman
from channels.email.sending.recipients import outside
from channels.email.sending.smtp import Refusal, Transfer, stuffed
from channels.email.sending.turns import Turns
from channels.email.sending.writing import Writer, domain_of
from channels.email.wire import DESTINATIONS, SECRETS, EmailConfig, email_config
from channels.fields import only_known
from core.clock import Clock
from core.contact import Sender
from core.errors import Invalid, NotFound, ParleyError, Unavailable, Undeliverable
from core.ids import InboxId, MediaId, MessageId
from core.inbox import Inbox
from core.message import Attachment, Envelope, Part
from core.store.database import Database
from core.store.tx import Tx
from core.tasks import Workers
from core.web import Route

Probe = Callable[[EmailConfig], Awaitable[Sequence[ProbeStep]]]


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SendingGiven:
    """What the adapter is made of; ``content`` gives the bytes of a stored file, ``probe`` tries a configuration."""

    db: Database
    clock: Clock
    workers: Workers
    postman: Postman
    writer: Writer
    content: Callable[[MediaId], Awaitable[bytes]]
    probe: Probe
    turns: Turns


class Email:
    """One a process."""

    def __init__(self, given: SendingGiven) -> None:
        self._given = given
        self._capabilities = Capabilities(
            buttons=False,
            articles=True,
            attachments=True,
            typing=False,
            starts=True,
            by_stream=False,
            repeats_harmless=False,
            text_characters=1_000_000,
            attachment_bytes=given.writer.settings.attachment_bytes,
            copies=True,
            participants=True,
            threads=True,
            interruptible=True,
        )

    @property
    def writer(self) -> Writer:
        """For letters that are not replies."""
        return self._given.writer

    @property
    def kind(self) -> str:
        return KIND

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    @property
    def secrets(self) -> Sequence[str]:
        return SECRETS

    @property
    def destinations(self) -> Sequence[str]:
        return DESTINATIONS

    @property
    def through(self) -> Mapping[str, str]:
        return {}

    def check(self, config: Mapping[str, object]) -> None:
        email_config(config)
        only_known(config, EmailConfig)

    def clashes(self, config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
        return clashes(config, other)

    def owns(self, config: Mapping[str, object], address: str) -> bool:
        return owns(config, address)

    async def probe(self, config: Mapping[str, object]) -> Sequence[ProbeStep]:
        return await self._given.probe(email_config(config))

    def person(self, address: str, name: str | None = None) -> Sender:
        return person_by_mail(address, name)

    def envelope(self, tx: Tx, outgoing: Outgoing, recipients: Recipients) -> Envelope | None:
        try:
            config = email_config(outgoing.inbox.config)
        except Invalid:
            return None
        return outside(tx, outgoing, recipients, config, self._given.writer.texts)

    def wait_s(self, outgoing: Outgoing) -> float:
        return self.place_s(outgoing.inbox, outgoing.message)

    def place_s(self, inbox: Inbox, message: MessageId) -> float:
        """As ``wait_s``, for a mail that needs not be a reply; ``message`` is whatever it is known by."""
        try:
            per_minute = email_config(inbox.config).smtp.per_minute
        except Invalid:
            return 0.0
        return self._given.turns.wait_s(inbox.id, message, per_minute)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Raises Unavailable, Undeliverable, and OutcomeUnknown when a server that had the mail did not answer."""
        config, envelope = _ready(outgoing)
        given = self._given
        domain = domain_of(config)
        known = await given.db.read(
            history, given.writer.signer, domain, outgoing.conversation, outgoing.message
        )
        head = given.writer.head(outgoing, envelope, config, known, given.clock.now())
        enclosures, pictures = await self.enclosed(outgoing.parts, domain)
        letter = given.writer.letter(outgoing, config, known, pictures)
        refused = await self.post(outgoing.inbox.id, config, head, letter, enclosures)
        note = "; ".join(f"{each.address}: {each.words}" for each in refused)
        return Receipt(head.message_id, note or None)

    async def post(
        self,
        inbox: InboxId,
        config: EmailConfig,
        head: Head,
        letter: Letter,
        enclosures: Sequence[Enclosure],
    ) -> tuple[Refusal, ...]:
        """A letter to the first of ``head.to`` and to the copies; raises as ``send`` does."""
        try:
            data = await self._given.workers.run(_on_the_wire, head, letter, enclosures)
        except ParleyError:
            raise
        except Exception as error:
            log.exception("mail %s could not be written", head.message_id)
            raise Undeliverable(f"the mail could not be written: {error}") from error
        mail = Transfer(
            sender=config.address,
            to=head.to[0].address,
            copies=[party.address for party in head.copies],
            data=data,
            utf8=beyond_ascii(head),
        )
        return await self._given.postman.deliver(inbox, config, mail)

    async def enclosed(
        self, parts: Sequence[Part], domain: str
    ) -> tuple[list[Enclosure], dict[MediaId, str]]:
        """The files, and under which Content-ID the letter shows those that are images."""
        files = [part for part in parts if isinstance(part, Attachment)]
        most = self._given.writer.settings.mail_bytes
        if sum(file.size for file in files) > most:
            raise Undeliverable(f"the files have more than {most} bytes together")
        pictures = {file.media: f"{file.media}@{domain}" for file in files if file.inline}
        enclosures = []
        for file in files:
            try:
                content = await self._given.content(file.media)
            except NotFound:
                raise Undeliverable(f"the file {file.name} is no longer there") from None
            except OSError as error:
                raise Unavailable(f"the file {file.name} cannot be read: {error.strerror}") from error
            enclosures.append(Enclosure(file.name, file.media_type, content, pictures.get(file.media)))
        return enclosures, pictures

    def close(self) -> None:
        """End the connections that are kept."""
        self._given.postman.close()

    def routes(self) -> Sequence[Route]:
        return ()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return None

    def door(self, inbox: Inbox) -> Door:
        return Door(mail=email_config(inbox.config).address)


def _ready(outgoing: Outgoing) -> tuple[EmailConfig, Envelope]:
    try:
        config = email_config(outgoing.inbox.config)
    except Invalid as error:
        raise Undeliverable(f"inbox {outgoing.inbox.name} is not configured: {error}") from None
    if outgoing.envelope is None or not outgoing.envelope.to:
        raise Undeliverable(f"{outgoing.to} is an address of our own")
    return config, outgoing.envelope


def _on_the_wire(head: Head, letter: Letter, enclosures: Sequence[Enclosure]) -> bytes:
    return stuffed(compose(head, letter, enclosures))
