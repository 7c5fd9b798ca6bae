"""Which mailboxes there are, as they are configured now."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, true

from channels.email.mail import KIND
from channels.email.wire import EmailConfig, email_config
from core.errors import Invalid
from core.ids import InboxId
from core.store.tables.mail import mail, mailbox
from core.store.tables.people import inbox
from core.store.tx import Tx


def configured(tx: Tx) -> dict[InboxId, EmailConfig]:
    """Every mailbox that is to be watched."""
    return _mailboxes(tx, inbox.c.enabled)


def every_mailbox(tx: Tx) -> dict[InboxId, EmailConfig]:
    """Also those that are switched off: their addresses are ours all the same."""
    return _mailboxes(tx, true())


def _mailboxes(tx: Tx, which: ColumnElement[bool]) -> dict[InboxId, EmailConfig]:
    statement = select(inbox.c.id, inbox.c.config).where(inbox.c.kind == KIND, which).order_by(inbox.c.id)
    found: dict[InboxId, EmailConfig] = {}
    for row in tx.conn.execute(statement):
        # Nobody saves what does not fit: it was written by hand, or by another version.
        with suppress(Invalid):
            found[InboxId(row.id)] = email_config(row.config)
    return found


def waiting_boxes(tx: Tx) -> list[InboxId]:
    """Those that have stored mail to be settled; that of an inbox that is switched off waits until it is on again."""
    waiting = set(
        tx.conn.execute(select(mail.c.inbox_id).where(mail.c.state == "stored").distinct()).scalars()
    )
    return [inbox for inbox in configured(tx) if inbox in waiting] if waiting else []


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mailbox that cannot be read: the inbox's name, since when, and the problem in words."""

    name: str
    since: datetime
    problem: str


def troubles(tx: Tx) -> list[Trouble]:
    """Of enabled inboxes, in the folder that each is to be read from now."""
    found = {
        (row.inbox_id, row.folder): row
        for row in tx.conn.execute(select(mailbox).where(mailbox.c.problem.is_not(None)))
    }
    if not found:
        return []
    names = {row.id: row.name for row in tx.conn.execute(select(inbox.c.id, inbox.c.name))}
    return [
        Trouble(names[id], row.problem_at, row.problem)
        for id, config in configured(tx).items()
        if (row := found.get((id, config.imap.folder))) is not None
    ]
