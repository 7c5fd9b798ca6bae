"""Which mailbox, and how long and how much its server may keep us: values of the IMAP client."""

from dataclasses import dataclass

from channels.email.wire import ImapConfig, Security

MOST_IN_A_BATCH = 300


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """One folder of one mailbox. Only to mark mails it is opened for writing."""

    host: str
    port: int
    security: Security
    user: str
    folder: str = "INBOX"
    writable: bool = False


def account_of(config: ImapConfig) -> ImapAccount:
    writable = config.mark != "nothing"
    return ImapAccount(config.host, config.port, config.security, config.user, config.folder, writable)


@dataclass(frozen=True, slots=True)
class ImapLimits:
    """A server that goes beyond one of these is dropped.

    ``open_s`` for everything up to the open folder, of that ``connect_s`` each for reaching it, its greeting and TLS;
    ``command_s`` for an answer without mails;
    ``fetch_s`` for one with mails; ``stall_s`` of silence in the middle of an answer. ``longest_idle_s``: how long one
    IDLE may last. ``poll_s``: how often a mailbox is asked whose server cannot IDLE. ``batch``: mails in one command,
    300 at most. ``answer_bytes``: the answer to one command; ``line_bytes``: one line of it, mails apart.
    """

    open_s: float = 60.0
    connect_s: float = 20.0
    command_s: float = 30.0
    fetch_s: float = 600.0
    stall_s: float = 30.0
    longest_idle_s: float = 540.0
    poll_s: float = 60.0
    batch: int = MOST_IN_A_BATCH
    answer_bytes: int = 96 * 1024 * 1024
    line_bytes: int = 4 * 1024 * 1024
