"""Which addresses are an inbox's own; two that are the same mailbox would take every mail twice, or half of them."""

from collections.abc import Mapping

from channels.email.inbound import ours_of
from channels.email.wire import EmailConfig, ImapConfig, email_config
from core.errors import Invalid


def clashes(config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
    """The field of ``config`` that names what ``other`` has already; nothing where one of them cannot be read."""
    try:
        return _overlap(email_config(config), email_config(other))
    except Invalid:
        return None


def owns(config: Mapping[str, object], address: str) -> bool:
    """Whether ``address`` delivers to it."""
    try:
        return address in ours_of([email_config(config)])
    except Invalid:
        return False


def _overlap(config: EmailConfig, other: EmailConfig) -> str | None:
    theirs = ours_of([other]).addresses
    if config.address.lower() in theirs:
        return "address"
    if any(alias.lower() in theirs for alias in config.aliases):
        return "aliases"
    return "imap.user" if _place(config.imap) == _place(other.imap) else None


def _place(imap: ImapConfig) -> tuple[str, str, str]:
    """Without the port: a server has the same mailboxes on each."""
    folder = "INBOX" if imap.folder.upper() == "INBOX" else imap.folder
    return imap.host.lower().rstrip("."), imap.user.lower(), folder
