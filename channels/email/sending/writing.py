"""From a reply and what is known around it to a head and a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.contract import Outgoing
from channels.email.sending.compose import Head
from channels.email.sending.history import Before, History
from channels.email.sending.letter import Block, Card, Letter, Picture, Quote, Words
from channels.email.sending.references import references
from channels.email.settings import SendSettings
from channels.email.signing import Signer
from channels.email.wire import EmailConfig
from channels.render import ArticleAddress
from core.ids import MediaId
from core.message import ArticleCard, Attachment, ByAgent, Envelope, Part, Party, Text
from core.texts import Texts


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts replies into the form of letters."""

    signer: Signer
    texts: Texts
    article_url: ArticleAddress
    settings: SendSettings

    def head(
        self, outgoing: Outgoing, envelope: Envelope, config: EmailConfig, known: History, at: datetime
    ) -> Head:
        domain = domain_of(config)
        signed = self.signer.reply_address(config.address, outgoing.conversation)
        answers_to = Party(signed, envelope.sender.name) if config.plus_addresses else None
        return Head(
            sender=envelope.sender,
            to=envelope.to,
            copies=envelope.copies,
            subject=envelope.subject,
            message_id=self.signer.message_id(outgoing.conversation, outgoing.message, domain),
            date=at,
            language=language_of(outgoing.language, config),
            in_reply_to=known.answers,
            references=references(known.message_ids, self.settings.references_bytes),
            reply_to=None if answers_to is None or signed == config.address else answers_to,
            automatic=not isinstance(outgoing.author, ByAgent),
        )

    def letter(
        self, outgoing: Outgoing, config: EmailConfig, known: History, pictures: Mapping[MediaId, str]
    ) -> Letter:
        """``pictures`` gives the Content-ID of each image that the letter shows."""
        language = language_of(outgoing.language, config)
        quote = None
        if config.quote and known.before is not None:
            quote = self.quote(known.before, language, config.name or outgoing.inbox.name)
        return Letter(language, self.blocks(outgoing.parts, pictures), signature_of(config, language), quote)

    def blocks(self, parts: Sequence[Part], pictures: Mapping[MediaId, str]) -> Sequence[Block]:
        blocks: list[Block] = []
        for part in parts:
            match part:
                case Text(text):
                    blocks.append(Words(text))
                case ArticleCard(article, language, title, excerpt):
                    blocks.append(Card(title, excerpt, self.article_url(article, language)))
                case Attachment(media, name) if media in pictures:
                    blocks.append(Picture(name, pictures[media]))
                case _:
                    # Files come with the mail, beside its words.
                    pass
        return blocks

    def quote(self, before: Before, language: str, ours: str) -> Quote:
        said = self.texts.say(
            "letter-quote", language, name=before.name or ours, date=f"{before.at:%Y-%m-%d %H:%M} UTC"
        )
        return Quote(said, before.text[: self.settings.quote_characters])


def domain_of(config: EmailConfig) -> str:
    """Of our Message-IDs."""
    return config.address.rpartition("@")[2].encode("idna").decode("ascii")


def language_of(language: str | None, config: EmailConfig) -> str:
    """The conversation's, else the inbox's."""
    return language or config.language


def signature_of(config: EmailConfig, language: str) -> str:
    """In this language, or in the inbox's own; empty where it has none."""
    for tag in (language, language.partition("-")[0], config.language):
        if tag in config.signature:
            return config.signature[tag]
    return ""
