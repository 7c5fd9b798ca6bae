"""The outside of a reply: whom it is from, whom it goes to, and what it is about."""

from sqlalchemy import select

from channels.contract import Outgoing, Recipients
from channels.email.fetching.boxes import every_mailbox
from channels.email.inbound import Ours, ours_of
from channels.email.sending.references import answered, one_line
from channels.email.wire import EmailConfig
from core.message import Envelope, Party
from core.store.tables.conversation import message as table
from core.store.tx import Tx
from core.texts import Texts


def outside(
    tx: Tx, outgoing: Outgoing, recipients: Recipients, config: EmailConfig, texts: Texts
) -> Envelope:
    """``to`` is empty when the requester is one of our own mailboxes: such a reply would come back to us."""
    ours = own_addresses(tx)
    copies: dict[str, Party] = {}
    for party in recipients.copies:
        if party.address not in ours and party.address != recipients.to.address:
            copies.setdefault(party.address, party)
    to = () if recipients.to.address in ours else (recipients.to,)
    return Envelope(
        _subject(tx, outgoing, config, texts), sender_of(outgoing, config), to, tuple(copies.values())
    )


def sender_of(outgoing: Outgoing, config: EmailConfig) -> Party:
    """The mailbox under its name; with the agent's before it where the inbox says so. An address is no name."""
    name = config.name or ("" if "@" in outgoing.inbox.name else outgoing.inbox.name)
    if config.agent_names and outgoing.author_name:
        name = f"{outgoing.author_name} ({name})" if name else outgoing.author_name
    return Party(config.address, name or None)


def own_addresses(tx: Tx) -> Ours:
    """Of all mailboxes of this installation, also of those that are switched off."""
    return ours_of(every_mailbox(tx).values())


def _subject(tx: Tx, outgoing: Outgoing, config: EmailConfig, texts: Texts) -> str:
    """``Re:`` unless we wrote first."""
    own = one_line(outgoing.subject or "")
    if not own:
        language = outgoing.language or config.language
        own = texts.say("letter-no-subject", language, name=config.name or outgoing.inbox.name)
    asked = select(table.c.id).where(
        table.c.conversation_id == outgoing.conversation, table.c.kind == "inbound"
    )
    return own if tx.conn.execute(asked.limit(1)).first() is None else answered(own)
