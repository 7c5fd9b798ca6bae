"""Sending put together: the e-mail channel as the program has it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp

from channels.email.adapter import Email, Probe, SendingGiven
from channels.email.credentials import Credentials, FixedPassword, Password, TokenLimits, smtp_credentials_for
from channels.email.sending.postman import Postman
from channels.email.sending.turns import Turns
from channels.email.sending.writing import Writer
from channels.email.settings import EmailSettings
from channels.email.signing import Signer
from channels.email.wire import EmailConfig
from channels.render import ArticleAddress
from core.clock import Clock
from core.ids import InboxId, MediaId
from core.outbound import Outbound
from core.scripts import Scripts
from core.store.database import Database
from core.tasks import Supervisor, Workers
from core.texts import Texts


@dataclass(frozen=True, slots=True)
class SendingParts:
    """``session`` is a guarded one, for access tokens; ``content`` gives the bytes of a stored file."""

    db: Database
    clock: Clock
    supervisor: Supervisor
    workers: Workers
    texts: Texts
    signer: Signer
    outbound: Outbound
    session: Callable[[], aiohttp.ClientSession]
    content: Callable[[MediaId], Awaitable[bytes]]
    article_url: ArticleAddress
    probe: Probe
    scripts: Scripts | None = None


@dataclass(slots=True)
class SmtpCredentials:
    """One for each configuration, kept because an access token lasts a while."""

    session: Callable[[], aiohttp.ClientSession]
    clock: Clock
    limits: TokenLimits
    _kept: dict[InboxId, tuple[EmailConfig, Credentials]] = field(default_factory=dict)

    def __call__(self, inbox: InboxId, config: EmailConfig) -> Credentials:
        kept = self._kept.get(inbox)
        if kept is None or kept[0] != config:
            kept = self._kept[inbox] = (config, self._made(config))
        return kept[1]

    def _made(self, config: EmailConfig) -> Credentials:
        if config.oauth is None:
            return FixedPassword(Password(config.smtp_password or config.password))
        return smtp_credentials_for(config, self.session(), self.clock, self.limits)


def email_channel(parts: SendingParts, settings: EmailSettings) -> Email:
    """One a process."""
    credentials = SmtpCredentials(parts.session, parts.clock, settings.tokens)
    postman = Postman(parts.outbound, credentials, parts.supervisor, parts.clock, settings.send)
    writer = Writer(parts.signer, parts.texts, parts.article_url, settings.send)
    turns = Turns(parts.clock, parts.scripts)
    return Email(
        SendingGiven(parts.db, parts.clock, parts.workers, postman, writer, parts.content, parts.probe, turns)
    )
