"""Every limit of e-mail, in one place; read from the environment as ``PARLEY_EMAIL_…``."""

from dataclasses import dataclass, field
from pathlib import Path

from channels.email.credentials import TokenLimits
from channels.email.imap_settings import ImapLimits
from channels.email.parsing.limits import ParseLimits, PoolLimits
from channels.email.threading.settings import ThreadingSettings
from core.outbound import OutboundSettings


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How mailboxes are read.

    A mail of more than ``mail_bytes`` is not fetched, only its headers (``header_bytes`` of them). ``batch`` mails of
    ``batch_bytes`` together are fetched at once. A mailbox that is quiet is asked anew after ``idle_s`` (a quarter
    less or more, so that not all are asked at once), and its second connection closed after ``quiet_s``. After a failure it is tried again in
    ``first_pause_s``, later each time, up to ``longest_pause_s``. ``opening`` connections are made at once in one
    process, ``taking`` mailboxes fetched from. ``tries``: a mail that the server cannot hand out is left out after so
    many. ``look_s``: how often the configuration is looked at when nobody says that it changed; ``hear_s``: how often
    the database is asked whether another process changed it.
    """

    mail_bytes: int = 40_000_000
    header_bytes: int = 64 * 1024
    batch: int = 100
    batch_bytes: int = 8 * 1024 * 1024
    idle_s: float = 420.0
    quiet_s: float = 60.0
    first_pause_s: float = 2.0
    longest_pause_s: float = 600.0
    opening: int = 4
    taking: int = 4
    tries: int = 3
    look_s: float = 30.0
    hear_s: float = 1.0


@dataclass(frozen=True, slots=True)
class SettleSettings:
    """How stored mails become messages.

    ``batch`` mails of ``batch_bytes`` together in one transaction. A mail that fails ``tries`` times is quarantined.
    ``poll_s``: how often stored mail is looked for when nobody says that there is some; ``pause_s`` after a failure
    of the database or the disk. ``icon_bytes``: a smaller image that the formatted mail shows in place is not listed
    as an attachment as well. ``others``: so many people beside the sender are noted of one mail. ``keep_days``: how
    long the source of a mail that became a message is kept.
    """

    batch: int = 50
    batch_bytes: int = 16 * 1024 * 1024
    tries: int = 3
    poll_s: float = 5.0
    pause_s: float = 2.0
    icon_bytes: int = 4096
    others: int = 50
    keep_days: int = 90


@dataclass(frozen=True, slots=True)
class SendSettings:
    """How replies become mails and leave.

    Seconds: ``open_s`` to connect and sign in, ``command_s`` for one answer of the server, ``transfer_s`` to hand a
    mail over, ``answer_s`` until the server says that it has it; together less than the dispatcher's time limit. A
    connection is kept for ``keep_s``; an inbox has at most ``connections``. A mail has at most ``mail_bytes`` before
    its files are encoded; a larger single file than ``attachment_bytes`` goes as a link. ``quote_characters`` of what
    is answered are quoted; ``references_bytes`` of Message-IDs are named.
    """

    open_s: float = 30.0
    command_s: float = 20.0
    transfer_s: float = 90.0
    answer_s: float = 60.0
    keep_s: float = 60.0
    connections: int = 2
    mail_bytes: int = 18 * 1024 * 1024
    attachment_bytes: int = 15 * 1024 * 1024
    quote_characters: int = 20_000
    references_bytes: int = 2000


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """E-mail as a whole.

    ``private_hosts``: may mail servers be in a private network, or on this machine? ``ca_file``: certificates (PEM) to
    be trusted beside the system's own. ``lease_s``: a process that stops renewing its claim on the mailboxes loses it
    after so long.
    """

    private_hosts: bool = False
    ca_file: Path | None = None
    lease_s: float = 30.0
    imap: ImapLimits = field(default_factory=ImapLimits)
    tokens: TokenLimits = field(default_factory=TokenLimits)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    parse: ParseLimits = field(default_factory=ParseLimits)
    parsers: PoolLimits = field(default_factory=PoolLimits)
    threads: ThreadingSettings = field(default_factory=ThreadingSettings)
    settle: SettleSettings = field(default_factory=SettleSettings)
    send: SendSettings = field(default_factory=SendSettings)

    @property
    def outbound(self) -> OutboundSettings:
        """Where connections to servers that administrators name may lead."""
        return OutboundSettings(self.private_hosts, self.ca_file)
