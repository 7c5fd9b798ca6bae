"""Proving that an address is one's own: a code goes to the address and is typed where it was asked for, so both are in one hand.

A left address, an answer to a mail or a pressed link alone prove nothing of whoever sits in the chat. The code is six
digits that follow from a secret of this installation, the attempt and the address: it is stored nowhere, and a letter
that is sent again says the same. What is answered never depends on whether the address is known to us.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from core.contact import Sender
from core.contact_events import VerificationAsked
from core.events import Topic
from core.ids import ContactId, InboxId, VerificationId
from core.merging import Proof, prove_point
from core.store.conversations import ensure_point
from core.store.secrets import shared_secret
from core.store.tables.people import inbox
from core.store.tables.people import verification as table
from core.store.tx import Tx

SECRET = "verification"  # noqa: S105 (its name)
_DIGITS = 6
_DAY_S = 86_400.0


class State(StrEnum):
    """``ENDED``: a newer one took its place; ``FAILED``: guessed too often."""

    ASKED = "asked"
    TOLD = "told"
    PROVEN = "proven"
    FAILED = "failed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class VerificationSettings:
    """``lasts_s``: how long a code is good, for ``attempts`` guesses.

    So many may be asked for within ``window_s``: by one visitor, for one address, in one inbox; and ``address_day``
    for one address within a day.
    """

    lasts_s: float = 600.0
    attempts: int = 5
    window_s: float = 3600.0
    visitor: int = 5
    address: int = 5
    address_day: int = 10
    inbox: int = 100


@dataclass(frozen=True, slots=True)
class Proving:
    """``secret`` makes text that nobody can guess, of at least 120 bits."""

    secret: Callable[[], str]
    settings: VerificationSettings = field(default_factory=VerificationSettings)


@dataclass(frozen=True, slots=True)
class Asking:
    """A visitor of ``inbox`` says that they have an address of this kind; the code is told ``through`` another inbox.

    ``address`` as contact points have it; None where only its owner can show it, by opening a link. ``at_once``: whoever
    asks has the code told themselves, so that they know whether it could be.
    """

    inbox: InboxId
    visitor: str
    kind: str
    through: InboxId
    address: str | None = None
    language: str | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A code can be had; ``token`` opens the way to it where there is no address yet."""

    verification: VerificationId
    token: str | None
    expires_in_s: int


@dataclass(frozen=True, slots=True)
class Limited:
    """Too many were asked for: not before that."""

    retry_after_s: float


@dataclass(frozen=True, slots=True)
class Letter:
    """What the address is told; ``inbox`` is where it was asked."""

    inbox: InboxId
    through: InboxId
    address: str
    code: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the visitor typed."""

    inbox: InboxId
    visitor: str
    verification: VerificationId
    code: str


@dataclass(frozen=True, slots=True)
class Proven:
    """The code was right: the address belongs to ``contact``."""

    kind: str
    address: str
    contact: ContactId
    how: Proof


@dataclass(frozen=True, slots=True)
class Wrong:
    """``left`` more guesses."""

    left: int


@dataclass(frozen=True, slots=True)
class Over:
    """There is nothing (any more) to guess: unknown, too late, used, or guessed too often."""


def ask(tx: Tx, asking: Asking, proving: Proving) -> Asked | Limited:
    """A new code, the visitor's only one of this kind; it is told by whoever hears ``VerificationAsked``."""
    # One after the other, so that nobody asks more often by asking at once.
    places = select(inbox.c.id).where(inbox.c.id.in_({asking.inbox, asking.through})).order_by(inbox.c.id)
    tx.conn.execute(places.with_for_update(key_share=True)).all()
    limited = _limited(tx, asking, proving.settings)
    if limited is not None:
        return limited
    former = table.c.visitor == asking.visitor, table.c.kind == asking.kind, table.c.state.in_(_ALIVE)
    tx.conn.execute(update(table).where(*former).values(state=State.ENDED.value))
    token = proving.secret() if asking.address is None else None
    asked = VerificationId(tx.ids.new())
    row = {
        "id": asked,
        "inbox_id": asking.inbox,
        "visitor": asking.visitor,
        "kind": asking.kind,
        "address": asking.address,
        "through_id": asking.through,
        "language": asking.language,
        "link_hash": None if token is None else _hashed(token),
        "attempts": 0,
        "state": State.ASKED.value,
        "reason": None,
        "created_at": tx.now,
        "expires_at": tx.now + timedelta(seconds=proving.settings.lasts_s),
    }
    tx.conn.execute(insert(table).values(row))
    shared_secret(tx, SECRET, proving.secret)
    if asking.address is not None and not asking.at_once:
        tx.emit(verification_topic(asked), VerificationAsked(asking.through, asked))
    return Asked(asked, token, int(proving.settings.lasts_s))


def verification_topic(verification: VerificationId) -> Topic:
    """The stream of one attempt to prove an address: one that cannot be told holds up no other."""
    return Topic(f"verification:{verification}")


def letter(tx: Tx, verification: VerificationId, proving: Proving) -> Letter | None:
    """What to tell the address, the same each time; None when it is no longer worth it."""
    row = tx.conn.execute(select(table).where(table.c.id == verification)).one_or_none()
    if row is None or row.address is None or row.state not in _ALIVE or row.expires_at <= tx.now:
        return None
    tx.conn.execute(update(table).where(table.c.id == verification).values(state=State.TOLD.value))
    return _letter(tx, row, row.address, proving)


def not_told(tx: Tx, verification: VerificationId, reason: str) -> None:
    """The address could not be told, which its visitor does not learn: it would say whether the address exists."""
    tx.conn.execute(update(table).where(table.c.id == verification).values(reason=reason))


def link_opened(tx: Tx, through: InboxId, token: str, address: str, proving: Proving) -> Letter | None:
    """Who opened the link shows up with their address, and is to be told the code; None for no link of ours.

    The first one who opens it is the only one; opening it again says the same.
    """
    here = table.c.link_hash == _hashed(token), table.c.through_id == through
    row = tx.conn.execute(select(table).where(*here).with_for_update()).one_or_none()
    if row is None or row.state not in _ALIVE or row.expires_at <= tx.now:
        return None
    if row.address not in {None, address}:
        return None
    told = {"address": address, "state": State.TOLD.value}
    tx.conn.execute(update(table).where(table.c.id == row.id).values(**told))
    return _letter(tx, row, address, proving)


def forget_old(tx: Tx, settings: VerificationSettings) -> None:
    """Attempts that no limit counts any more: their addresses are nobody's business now. That a visitor has proven one stays known."""
    before = tx.now - timedelta(seconds=max(settings.window_s, settings.lasts_s, _DAY_S))
    old, proven = table.c.created_at < before, table.c.state == State.PROVEN.value
    tx.conn.execute(delete(table).where(old, ~proven))
    tx.conn.execute(update(table).where(old, proven, table.c.address.is_not(None)).values(address=None))


def try_code(tx: Tx, attempt: Attempt, who: Sender, proving: Proving) -> Proven | Wrong | Over:
    """``who`` is the visitor, proven by their session; what they typed counts also when it is wrong.

    So it is answered and not raised: the guess must be stored.
    """
    most = proving.settings.attempts
    guessed = (
        update(table)
        .where(
            table.c.id == attempt.verification,
            table.c.inbox_id == attempt.inbox,
            table.c.visitor == attempt.visitor,
            table.c.state.in_(_ALIVE),
            table.c.address.is_not(None),
            table.c.attempts < most,
            table.c.expires_at > tx.now,
        )
        .values(attempts=table.c.attempts + 1)
        .returning(*table.c)
    )
    row = tx.conn.execute(guessed).one_or_none()
    if row is None:
        return Over()
    typed = "".join(each for each in attempt.code if not each.isspace() and each != "-")
    if not hmac.compare_digest(_code(tx, row.id, row.address, proving).encode(), typed.encode()):
        left = most - row.attempts
        if left == 0:
            _end(tx, row, State.FAILED)
        return Wrong(left)
    _end(tx, row, State.PROVEN)
    contact = ensure_point(tx, who).contact
    how, person = prove_point(tx, contact, row.kind, row.address)
    return Proven(row.kind, row.address, person, how)


_ALIVE = (State.ASKED.value, State.TOLD.value)


def _end(tx: Tx, row: Row[Any], state: State) -> None:
    tx.conn.execute(update(table).where(table.c.id == row.id).values(state=state.value))


def _letter(tx: Tx, row: Row[Any], address: str, proving: Proving) -> Letter:
    return Letter(
        InboxId(row.inbox_id),
        InboxId(row.through_id),
        address,
        _code(tx, row.id, address, proving),
        row.language,
    )


def _code(tx: Tx, verification: str, address: str, proving: Proving) -> str:
    secret = shared_secret(tx, SECRET, proving.secret)
    digest = hmac.digest(secret.encode(), f"{verification}:{address}".encode(), hashlib.sha256)
    return str(int.from_bytes(digest, "big") % 10**_DIGITS).zfill(_DIGITS)


def _hashed(token: str) -> str:
    # The token is long and random: a plain hash cannot be turned round.
    return hashlib.sha256(token.encode()).hexdigest()


def _limited(tx: Tx, asking: Asking, settings: VerificationSettings) -> Limited | None:
    rules: list[tuple[ColumnElement[bool], int, float]] = [
        (table.c.visitor == asking.visitor, settings.visitor, settings.window_s),
        (table.c.inbox_id == asking.inbox, settings.inbox, settings.window_s),
    ]
    if asking.address is not None:
        theirs = (table.c.kind == asking.kind) & (table.c.address == asking.address)
        rules += [(theirs, settings.address, settings.window_s), (theirs, settings.address_day, _DAY_S)]
    waits = [_wait_s(tx, *rule) for rule in rules]
    longest = max(waits)
    return Limited(longest) if longest > 0 else None


def _wait_s(tx: Tx, whose: ColumnElement[bool], most: int, window_s: float) -> float:
    """Seconds until one more may be asked for."""
    since: datetime = tx.now - timedelta(seconds=window_s)
    nth = (
        select(table.c.created_at)
        .where(whose, table.c.created_at > since)
        .order_by(table.c.created_at.desc())
        .offset(most - 1)
        .limit(1)
    )
    found = tx.conn.execute(nth).scalar_one_or_none()
    return 0.0 if found is None else window_s - (tx.now - found).total_seconds()
