"""The mail with what a visitor has missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.email.sending.compose import Head
from channels.email.sending.history import History
from channels.email.sending.letter import Block, Lead, Letter
from channels.email.sending.references import answered, one_line, references
from channels.email.sending.writing import Writer, domain_of, signature_of
from channels.email.wire import EmailConfig
from core.ids import ConversationId, InboxId, MediaId
from core.message import Envelope, Message, Part, Party


@dataclass(frozen=True, slots=True)
class Missed:
    """One reply that was not seen; ``parts`` as a mail shows them, ``author`` as customers know them."""

    message: Message
    author: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A mail that is to leave; ``before_n`` is where things stood, should it certainly not have left."""

    conversation: ConversationId
    inbox: InboxId
    config: EmailConfig
    to: Party
    name: str
    subject: str | None
    language: str
    missed: tuple[Missed, ...]
    known: History
    before_n: int

    @property
    def newest(self) -> Message:
        return self.missed[-1].message

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for each in self.missed for part in each.parts)


def envelope_of(plan: Plan, writer: Writer) -> Envelope:
    """``Re:`` from the second mail on."""
    subject = one_line(plan.subject or "") or writer.texts.say(
        "letter-missed-subject", plan.language, name=plan.name
    )
    author = plan.missed[-1].author
    name = f"{author} ({plan.name})" if plan.config.agent_names and author != plan.name else plan.name
    return Envelope(
        answered(subject) if plan.known.message_ids else subject,
        Party(plan.config.address, name),
        (plan.to,),
    )


def head_of(plan: Plan, envelope: Envelope, writer: Writer, at: datetime) -> Head:
    signed = writer.signer.reply_address(plan.config.address, plan.conversation)
    own = not plan.config.plus_addresses or signed == plan.config.address
    return Head(
        sender=envelope.sender,
        to=envelope.to,
        copies=(),
        subject=envelope.subject,
        message_id=writer.signer.message_id(plan.conversation, plan.newest.id, domain_of(plan.config)),
        date=at,
        language=plan.language,
        in_reply_to=plan.known.answers,
        references=references(plan.known.message_ids, writer.settings.references_bytes),
        reply_to=None if own else Party(signed, envelope.sender.name),
    )


def letter_of(plan: Plan, writer: Writer, pictures: Mapping[MediaId, str]) -> Letter:
    """Who wrote stands above their words wherever that changes."""
    blocks: list[Block] = [Lead(writer.texts.say("letter-missed", plan.language, name=plan.name))]
    author = ""
    for each in plan.missed:
        if each.author != author:
            author = each.author
            blocks.append(Lead(f"{author}:"))
        blocks += _blocks(each, writer, pictures)
    quote = None
    if plan.config.quote and plan.known.before is not None:
        quote = writer.quote(plan.known.before, plan.language, plan.name)
    return Letter(plan.language, blocks, signature_of(plan.config, plan.language), quote)


def _blocks(each: Missed, writer: Writer, pictures: Mapping[MediaId, str]) -> Sequence[Block]:
    return writer.blocks(each.parts, pictures)
