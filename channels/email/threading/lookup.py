"""What the database knows about the conversations that a mail may belong to; each question is one indexed statement."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, or_, select
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql, sqlite

from core.conversation import LinkKind
from core.ids import ConversationId, InboxId, MessageId
from core.message import Inbound, Proof
from core.store.tables.conversation import (
    conversation,
    conversation_link,
    message,
    participant,
    rearrangement,
)
from core.store.tables.mail import continuation, mail_reference
from core.store.tables.people import contact_point, inbox
from core.store.tx import Tx

_INBOUND = sql("message.kind = 'inbound'")
"""As a literal: else SQLite does not know that the index on such messages will do."""


@dataclass(slots=True)
class Hits:
    """How a mail names one conversation: see ``evidence.Known``; ``messages`` are those named."""

    by_address: bool = False
    signed: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    messages: set[MessageId] = field(default_factory=set)

    def add(self, other: "Hits") -> None:
        self.by_address = self.by_address or other.by_address
        self.signed |= other.signed
        self.mails |= other.mails
        self.mentions |= other.mentions
        self.messages |= other.messages


Found = dict[ConversationId, Hits]


@dataclass(frozen=True, slots=True)
class Seen:
    """One conversation as this mail's sender and inbox see it."""

    id: ConversationId
    subject: str | None
    status: str
    updated_at: datetime
    takes_part: bool


_REMEMBER = {
    "sqlite": sqlite.insert(mail_reference).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(mail_reference).on_conflict_do_nothing(),
}
"""Made once: this runs for every mail."""


def remember(tx: Tx, inbound: Inbound, message_id: str | None, named: Iterable[str]) -> None:
    """So that later mails are known to belong to this one. Repeating it changes nothing."""
    known = {} if message_id is None else {message_id: False}
    for each in named:
        known.setdefault(each, True)
    rows = [
        {"inbox_id": inbound.inbox, "reference": each, "named": is_named, "external_id": inbound.external_id}
        for each, is_named in known.items()
    ]
    if rows:
        tx.conn.execute(_REMEMBER[tx.conn.dialect.name], rows)


_REFERENCES = (
    select(mail_reference.c.reference, message.c.id, message.c.conversation_id)
    .select_from(
        mail_reference.join(
            message,
            and_(
                message.c.inbox_id == mail_reference.c.inbox_id,
                message.c.external_id == mail_reference.c.external_id,
                _INBOUND,
            ),
        )
    )
    .where(
        mail_reference.c.inbox_id == bindparam("inbox"),
        mail_reference.c.reference.in_(bindparam("references", expanding=True)),
        mail_reference.c.named == bindparam("named"),
        mail_reference.c.external_id != bindparam("itself"),
    )
    .limit(bindparam("most"))
)


def by_mails(tx: Tx, inbound: Inbound, ids: Collection[str], most: int) -> Found:
    """Conversations with the mails that have these Message-IDs, wherever they are now."""
    found: Found = {}
    for row in _references(tx, inbound, ids, most, named=False):
        hits = found.setdefault(ConversationId(row.conversation_id), Hits())
        hits.mails.add(row.reference)
        hits.messages.add(MessageId(row.id))
    return found


def by_mentions(tx: Tx, inbound: Inbound, ids: Collection[str], most: int) -> Found:
    """Conversations with mails that name these Message-IDs: of a mail that is not here, or that came later."""
    found: Found = {}
    for row in _references(tx, inbound, ids, most, named=True):
        found.setdefault(ConversationId(row.conversation_id), Hits()).mentions.add(row.reference)
    return found


def _references(
    tx: Tx, inbound: Inbound, ids: Collection[str], most: int, *, named: bool
) -> Iterable[Row[Any]]:
    if not ids:
        return ()
    asked = {"inbox": inbound.inbox, "references": list(ids), "named": named, "most": most}
    return tx.conn.execute(_REFERENCES, {**asked, "itself": inbound.external_id})


_PLACES = select(message.c.id, message.c.conversation_id).where(
    message.c.id.in_(bindparam("ids", expanding=True))
)


def by_signed(tx: Tx, signed: Mapping[str, tuple[ConversationId, MessageId]]) -> Found:
    """Where the mails of ours are now that were named; what is no longer here counts for where it was written."""
    if not signed:
        return {}
    ids = {message_id for _, message_id in signed.values()}
    now = {row.id: row.conversation_id for row in tx.conn.execute(_PLACES, {"ids": list(ids)})}
    found: Found = {}
    for named, (written_in, message_id) in signed.items():
        hits = found.setdefault(ConversationId(now.get(message_id, written_in)), Hits())
        hits.signed.add(named)
        hits.messages.add(message_id)
    return found


def _seen_by_sender() -> Select[Any]:
    """With the sender's point and their part in it."""
    return (
        select(
            conversation.c.id,
            conversation.c.inbox_id,
            conversation.c.subject,
            conversation.c.status,
            conversation.c.updated_at,
            conversation.c.contact_point_id,
            contact_point.c.id.label("point_id"),
            participant.c.joined,
        )
        .select_from(
            conversation.outerjoin(
                contact_point,
                and_(
                    contact_point.c.kind == bindparam("kind"), contact_point.c.address == bindparam("address")
                ),
            )
            .outerjoin(
                participant,
                and_(
                    participant.c.conversation_id == conversation.c.id,
                    participant.c.contact_point_id == contact_point.c.id,
                    participant.c.joined,
                ),
            )
            .outerjoin(
                continuation,
                and_(
                    continuation.c.conversation_id == conversation.c.id,
                    continuation.c.inbox_id == bindparam("inbox"),
                ),
            )
        )
        .where(or_(conversation.c.inbox_id == bindparam("inbox"), continuation.c.inbox_id.is_not(None)))
    )


_SEEN = _seen_by_sender().where(conversation.c.id.in_(bindparam("ids", expanding=True)))


def as_seen(tx: Tx, inbound: Inbound, ids: Collection[ConversationId]) -> dict[ConversationId, Seen]:
    """Those of this inbox, or that go on by mail from it; others do not exist for it."""
    if not ids:
        return {}
    rows = tx.conn.execute(_SEEN, {**_sender(inbound), "ids": list(ids)})
    return {ConversationId(row.id): _as_seen(row, inbound) for row in rows}


def _as_seen(row: Row[Any], inbound: Inbound) -> Seen:
    """A conversation of another channel goes on by mail only with who has proved to have the address."""
    takes_part = row.point_id is not None and (row.point_id == row.contact_point_id or bool(row.joined))
    if row.inbox_id != inbound.inbox:
        proof = Proof.NONE if inbound.envelope is None else inbound.envelope.proof
        takes_part = takes_part and proof in {Proof.REPLY_ADDRESS, Proof.AUTHENTICATED}
    return Seen(ConversationId(row.id), row.subject, row.status, row.updated_at, takes_part)


_OWN = (
    select(conversation.c.id)
    .select_from(
        contact_point.join(
            conversation,
            and_(
                conversation.c.contact_id == contact_point.c.contact_id,
                conversation.c.contact_point_id == contact_point.c.id,
            ),
        )
    )
    .where(
        contact_point.c.kind == bindparam("kind"),
        contact_point.c.address == bindparam("address"),
        conversation.c.inbox_id == bindparam("inbox"),
    )
    .order_by(conversation.c.updated_at.desc())
    .limit(bindparam("most"))
)
_JOINED = (
    select(participant.c.conversation_id)
    .select_from(contact_point.join(participant, participant.c.contact_point_id == contact_point.c.id))
    .where(
        contact_point.c.kind == bindparam("kind"),
        contact_point.c.address == bindparam("address"),
        participant.c.joined,
    )
    .order_by(participant.c.conversation_id.desc())
    .limit(bindparam("most"))
)


def of_sender(tx: Tx, inbound: Inbound, most: int) -> set[ConversationId]:
    """The newest conversations in which the sender takes part."""
    asked = {**_sender(inbound), "most": most}
    found = {ConversationId(id) for id in tx.conn.execute(_OWN, asked).scalars()}
    return found | {ConversationId(id) for id in tx.conn.execute(_JOINED, asked).scalars()}


def _sender(inbound: Inbound) -> dict[str, str]:
    return {"kind": inbound.sender.kind, "address": inbound.sender.address, "inbox": inbound.inbox}


_MERGED = (
    select(rearrangement.c.source_id, rearrangement.c.target_id)
    .where(
        rearrangement.c.source_id.in_(bindparam("ids", expanding=True)),
        rearrangement.c.kind == "merge",
        rearrangement.c.undone_at.is_(None),
    )
    .order_by(rearrangement.c.created_at)
)
_FOLLOWED = (
    select(conversation_link.c.other_id, conversation_link.c.conversation_id)
    .where(
        conversation_link.c.other_id.in_(bindparam("ids", expanding=True)),
        conversation_link.c.kind == LinkKind.FOLLOW_UP.value,
    )
    .order_by(conversation_link.c.created_at)
)


def merged_into(tx: Tx, ids: Collection[ConversationId]) -> dict[ConversationId, ConversationId]:
    """For each that was merged, into which (and not undone since)."""
    rows = tx.conn.execute(_MERGED, {"ids": list(ids)}) if ids else ()
    return {ConversationId(row.source_id): ConversationId(row.target_id) for row in rows}


def followed_by(tx: Tx, ids: Collection[ConversationId]) -> dict[ConversationId, ConversationId]:
    """For each that was over when a mail came for it, the newest conversation that went on with it."""
    rows = tx.conn.execute(_FOLLOWED, {"ids": list(ids)}) if ids else ()
    return {ConversationId(row.other_id): ConversationId(row.conversation_id) for row in rows}


def subjects_of(
    tx: Tx, conversation_id: ConversationId, answered: Collection[MessageId], most: int
) -> list[str]:
    """What the mails that are answered had as their subjects, and the newest ones in the conversation."""
    newest = (
        select(message.c.id)
        .where(message.c.conversation_id == conversation_id)
        .order_by(message.c.n.desc())
        .limit(most)
    )
    statement = select(message.c.envelope).where(message.c.id.in_(newest) | message.c.id.in_(answered))
    return [each.subject for each in tx.conn.execute(statement).scalars() if each is not None]


def config_of(tx: Tx, inbox_id: InboxId) -> Mapping[str, object]:
    """As administrators wrote it."""
    config: Mapping[str, object] = tx.conn.execute(
        select(inbox.c.config).where(inbox.c.id == inbox_id)
    ).scalar_one()
    return config
