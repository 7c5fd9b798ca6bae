"""From a parsed mail to the conversation model; pure, and trusting nothing that the mail says of itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from channels.email.mail import KIND, LEFT_OUT, Address, MailThread, Nature, ParsedMail
from channels.email.wire import EmailConfig
from channels.media.formatted import with_stored_images
from core.contact import Sender
from core.ids import InboxId, MediaId
from core.message import Attachment, Envelope, Formatted, Inbound, Part, Party, Proof, Text

SIGNED_MARK = "+c-"
"""In the local part of each reply address that we sign."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Every address that delivers to an inbox of ours; to those in ``plus`` also with ``+anything`` behind the name."""

    addresses: frozenset[str] = frozenset()
    plus: frozenset[str] = frozenset()

    def __contains__(self, address: str) -> bool:
        local, _, domain = address.lower().rpartition("@")
        return f"{local}@{domain}" in self.addresses or f"{local.partition('+')[0]}@{domain}" in self.plus


def ours_of(configs: Iterable[EmailConfig]) -> Ours:
    """Of all inboxes together: a mail between two of them has no customer."""
    addresses: set[str] = set()
    plus: set[str] = set()
    for config in configs:
        own = {each.lower() for each in (config.address, *config.aliases)}
        addresses |= own
        plus |= own if config.plus_addresses else set()
    return Ours(frozenset(addresses), frozenset(plus))


@dataclass(frozen=True, slots=True)
class Told:
    """What is known about a mail beside what it says; ``automatic`` is the kind of machine that wrote it, if one did."""

    inbox: InboxId
    config: EmailConfig
    ours: Ours
    digest: str
    received_at: datetime
    proof: Proof = Proof.NONE
    automatic: str | None = None
    to_bot: bool = True
    most_others: int = 50


def customer(parsed: ParsedMail, config: EmailConfig) -> Address | None:
    """Who is answered: the sender, or for a contact form who filled it in; None when the mail names nobody."""
    if is_form(parsed, config):
        return parsed.reply_to[0]
    return parsed.sender


def is_form(parsed: ParsedMail, config: EmailConfig) -> bool:
    """Whether a contact form wrote it for somebody."""
    forms = {each.lower() for each in config.forms}
    return parsed.sender is not None and parsed.sender.address in forms and bool(parsed.reply_to)


def to_inbound(parsed: ParsedMail, parts: tuple[Part, ...], sender: Address, told: Told) -> Inbound:
    """``sender`` is the ``customer`` of the mail. What somebody else says in their name is never proof of them."""
    form = is_form(parsed, told.config)
    proof = Proof.NONE if form and told.proof is not Proof.FAILED else told.proof
    verified = proof in {Proof.REPLY_ADDRESS, Proof.AUTHENTICATED}
    return Inbound(
        inbox=told.inbox,
        external_id=f"{parsed.message_id or ''}:{told.digest}",
        sender=Sender(KIND, sender.address, verified=verified, name=sender.name, language=parsed.language),
        parts=parts,
        thread=thread_of(parsed, sender.address),
        sent_at=min(parsed.sent_at or told.received_at, told.received_at),
        others=_others(parsed, sender, told),
        language=parsed.language,
        envelope=Envelope(
            subject=parsed.subject,
            sender=Party(sender.address, sender.name),
            to=_parties(parsed.to),
            copies=_parties(parsed.cc),
            proof=proof,
            automatic=told.automatic,
            problems=tuple(each for each in parsed.problems if each in LEFT_OUT),
        ),
        to_bot=told.to_bot and parsed.nature is Nature.PERSON and proof is not Proof.FAILED,
    )


def thread_of(parsed: ParsedMail, sender: str) -> MailThread:
    """The evidence of where it belongs."""
    written = tuple(each.address for each in (*parsed.to, *parsed.cc))
    reached = dict.fromkeys((*written, *(each.lower() for each in parsed.delivered_to)))
    return MailThread(
        message_id=parsed.message_id,
        in_reply_to=parsed.in_reply_to,
        references=parsed.references,
        subject=parsed.subject,
        sender=sender,
        recipients=written,
        ours=tuple(each for each in reached if SIGNED_MARK in each.rpartition("@")[0]),
        sent_at=parsed.sent_at,
    )


def answers_go_to(parsed: ParsedMail, told: Told) -> tuple[Sender, ...]:
    """Where else the sender wants answers: shown, and never joined by the mail's own word."""
    if parsed.sender is None or is_form(parsed, told.config):
        return ()
    known = {parsed.sender.address, *(each.address for each in (*parsed.to, *parsed.cc))}
    return tuple(
        Sender(KIND, each.address, verified=False, name=each.name)
        for each in parsed.reply_to[: told.most_others]
        if each.address not in known and each.address not in told.ours
    )


def _others(parsed: ParsedMail, sender: Address, told: Told) -> tuple[Sender, ...]:
    if told.automatic is not None:
        return ()
    seen = {sender.address, *(each.lower() for each in told.config.forms)}
    others: list[Sender] = []
    for each in (*parsed.to, *parsed.cc):
        if each.address not in seen and each.address not in told.ours:
            seen.add(each.address)
            others.append(Sender(KIND, each.address, verified=False, name=each.name))
    return tuple(others[: told.most_others])


def _parties(addresses: Iterable[Address]) -> tuple[Party, ...]:
    return tuple(Party(each.address, each.name) for each in addresses)


def formatted_source(parsed: ParsedMail, images: Mapping[str, MediaId]) -> tuple[str, frozenset[str]]:
    """The HTML with its images named by where they are stored, and which of them it shows."""
    return with_stored_images(parsed.html or "", images)


def parts_of(
    parsed: ParsedMail, formatted: MediaId | None, attachments: Iterable[Attachment]
) -> tuple[Part, ...]:
    """What was written first; then what is folded, how it was formatted, and what came with it."""
    parts: list[Part] = [Text(parsed.written)] if parsed.written.strip() else []
    parts += parsed.folded
    if formatted is not None:
        parts.append(Formatted(formatted, parsed.remote_images))
    return (*parts, *attachments)
