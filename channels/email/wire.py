"""The configuration of an inbox that is a mailbox, as administrators write it."""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from core.errors import Invalid
from core.web import invalid

Host = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=253,
        pattern=r"^[A-Za-z0-9.:_-]+\Z",
        description="a host name such as mail.example.com",
    ),
]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Mailbox = Annotated[
    str,
    msgspec.Meta(
        max_length=254,
        pattern=r"^[^@\s<>,;\x00-\x1f\x7f]+@[^@\s<>,;\x00-\x1f\x7f]+\Z",
        description="an address such as name@example.com",
    ),
]
Line = Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f\x7f]*\Z", description="one line")]
Security = Literal["tls", "starttls", "none"]
_Part = msgspec.Struct


class ImapConfig(_Part, frozen=True, forbid_unknown_fields=True):
    """Where mail comes from. ``mark``: what is done to a mail on the server once it is stored here.

    ``take``: the mails that are there already when the inbox begins, or only those that come from then on.
    """

    host: Host
    user: Line
    port: Port = 993
    security: Security = "tls"
    folder: Annotated[Line, msgspec.Meta(min_length=1, max_length=200)] = "INBOX"
    mark: Literal["nothing", "seen", "flagged"] = "nothing"
    take: Literal["new", "all"] = "new"


class SmtpConfig(_Part, frozen=True, forbid_unknown_fields=True):
    """Where mail goes out; ``per_minute`` replies at most. Without ``user`` nobody signs in."""

    host: Host
    user: Line | None = None
    port: Port = 465
    security: Security = "tls"
    per_minute: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 60


class OAuthConfig(_Part, frozen=True, forbid_unknown_fields=True):
    """How access tokens for XOAUTH2 are had: a refresh token and where to take it (RFC 6749, section 6)."""

    token_url: Annotated[
        str,
        msgspec.Meta(pattern=r"^https?://", description="an address such as https://login.example.com/token"),
    ]
    client_id: Line
    refresh_token: str
    client_secret: str = ""
    scope: Line = ""


class EmailConfig(_Part, frozen=True, forbid_unknown_fields=True):
    """One mailbox.

    ``aliases``: other addresses that deliver here. ``plus_addresses``: the server delivers ``name+anything@domain``
    here, so replies may go to a signed address. ``trusted``: the name (authserv-id) under which the receiving server
    writes Authentication-Results that are to be believed. ``signature`` by language, plain text. ``agent_names``: an agent's
    name stands before the inbox's in From. ``quote``: what is answered stands below a reply. ``resolved``: what a
    reply to a resolved conversation does. ``lists``: what becomes of mailing lists' mail. ``forms``: senders of
    contact forms, whose Reply-To is the customer. ``per_sender_hour``: mails of one sender taken an hour.
    """

    address: Mailbox
    imap: ImapConfig
    smtp: SmtpConfig
    name: Annotated[Line, msgspec.Meta(max_length=100)] = ""
    aliases: Annotated[tuple[Mailbox, ...], msgspec.Meta(max_length=50)] = ()
    password: str = ""
    smtp_password: str = ""
    oauth: OAuthConfig | None = None
    plus_addresses: bool = False
    trusted: Line | None = None
    signature: dict[str, Annotated[str, msgspec.Meta(max_length=4000)]] = msgspec.field(default_factory=dict)
    agent_names: bool = True
    quote: bool = True
    language: str = "en"
    resolved: Literal["reopen", "link"] = "reopen"
    lists: Literal["queue", "set_aside"] = "queue"
    forms: Annotated[tuple[Mailbox, ...], msgspec.Meta(max_length=50)] = ()
    per_sender_hour: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 30


SECRETS = ("password", "smtp_password", "oauth.client_secret", "oauth.refresh_token")
"""Fields of the configuration that are written and never shown."""

DESTINATIONS = (
    "imap.host",
    "imap.port",
    "imap.security",
    "smtp.host",
    "smtp.port",
    "smtp.security",
    "oauth.token_url",
)
"""Fields that say where those are sent: whoever changes one must know the secrets."""


def email_config(config: Mapping[str, object]) -> EmailConfig:
    """Raises Invalid, naming the field."""
    try:
        read = msgspec.convert(config, EmailConfig)
    except msgspec.ValidationError as error:
        raise invalid(error, EmailConfig) from None
    if not read.password and read.oauth is None:
        raise Invalid("password", "a password, or oauth", code="empty")
    return read
