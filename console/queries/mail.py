"""Mails as they came, for who looks after them: what is in them is a stranger's and only shown as text."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from channels.contract import Intake, Taken, TakenState
from console.wire import mail as wire
from console.wire.conversation import InboxRef
from core.errors import NotFound
from core.store.tables.conversation import message
from core.store.tables.people import inbox
from core.store.tx import Tx

_HEADER = re.compile(r"^([!-9;-~]{1,200}):[ \t]*(.*)$")
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_LONGEST_VALUE = 4000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the source, in bytes, and how many headers are shown."""

    source: int
    headers: int


def counts(found: Mapping[str, int]) -> wire.MailCounts:
    """Of what waits for a look; ``found`` by state."""
    return wire.MailCounts(*(found.get(state, 0) for state in wire.MailCounts.__struct_fields__))


def page(tx: Tx, intake: Intake, state: TakenState, cursor: str | None, most: int) -> wire.MailPage:
    """The newest first. Raises Invalid on a cursor that no page gave."""
    items, following = intake.list(tx, state, cursor, most)
    names = _inboxes(tx, {each.inbox for each in items})
    return wire.MailPage(tuple(_item(each, names) for each in items), following, counts(intake.counts(tx)))


def item(tx: Tx, intake: Intake, mail: str) -> wire.MailItem:
    """Raises NotFound."""
    found = intake.get(tx, mail)
    return _item(found, _inboxes(tx, {found.inbox}))


def detail(tx: Tx, intake: Intake, mail: str, limits: Limits) -> wire.MailDetail:
    """Raises NotFound."""
    found = intake.get(tx, mail)
    try:
        raw = intake.raw(tx, mail)
    except NotFound:
        # Sources are not kept for ever; what became of the mail is.
        raw = b""
    start = raw[: limits.source]
    shown = _item(found, _inboxes(tx, {found.inbox}))
    where = None
    if found.message is not None:
        where = tx.conn.execute(
            select(message.c.conversation_id).where(message.c.id == found.message)
        ).scalar_one_or_none()
    line: dict[str, Any] = {name: getattr(shown, name) for name in wire.MailItem.__struct_fields__}
    return wire.MailDetail(
        **line,
        headers=headers(start, limits.headers),
        source=_text(start),
        complete=0 < len(raw) <= limits.source,
        conversation=where,
    )


def headers(start: bytes, most: int) -> tuple[wire.MailHeader, ...]:
    """As they came, with their continued lines put together; what is no header is left out."""
    end = _END_OF_HEADERS.search(start)
    found: list[tuple[str, str]] = []
    for line in re.split(r"\r?\n", _text(start[: end.start()] if end else start)):
        header = _HEADER.match(line)
        if header is not None:
            if len(found) == most:
                break
            found.append((header[1], header[2]))
        elif found and line[:1] in {" ", "\t"} and len(found[-1][1]) < _LONGEST_VALUE:
            name, value = found[-1]
            found[-1] = (name, f"{value} {line.strip()}")
    return tuple(wire.MailHeader(name, value[:_LONGEST_VALUE]) for name, value in found)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\x00", "\ufffd")


def _item(taken: Taken, names: Mapping[str, InboxRef]) -> wire.MailItem:
    return wire.MailItem(
        id=taken.id,
        inbox=names.get(taken.inbox, InboxRef(taken.inbox, "", "")),
        sender=taken.sender or "",
        subject=taken.subject or "",
        received_at=taken.received_at,
        size=taken.size,
        state=taken.state.value,
        reason_code=taken.reason_code,
        reason=taken.reason,
    )


def _inboxes(tx: Tx, ids: Collection[str]) -> dict[str, InboxRef]:
    rows = tx.conn.execute(select(inbox.c.id, inbox.c.name, inbox.c.kind).where(inbox.c.id.in_(sorted(ids))))
    return {row.id: InboxRef(row.id, row.name, row.kind) for row in rows}
