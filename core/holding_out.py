"""A random share of an inbox's customers goes straight to people, so that it can be measured what the bot saves them.

By lot, and the lot falls once for each person, in all inboxes: whoever comes again finds what they found before, and who
is held out at 10 % is held out at 20 %. Agents are not told which conversations these are, lest they treat them otherwise.
"""

from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import select

from core.errors import Invalid
from core.ids import ContactId, ConversationId, InboxId
from core.inbox import Inbox
from core.slots import slot_of
from core.store.contacts import stands_for
from core.store.secrets import shared_secret
from core.store.tables.deflection import hold_out
from core.store.tx import Tx

MOST = 0.5
"""The largest share."""
_BITS = 64


@dataclass(frozen=True, slots=True)
class Lot:
    """What the lot says, and the share that it was drawn for."""

    held_out: bool
    share: float


def check_share(share: float, field: str = "share") -> None:
    """Raises Invalid."""
    if not 0 <= share <= MOST:
        raise Invalid(field, f"a share from 0 to {MOST}")


def draw(tx: Tx, inbox: Inbox, contact: ContactId) -> Lot | None:
    """None where nobody is held out."""
    if inbox.hold_out <= 0:
        return None
    key = shared_secret(tx, "hold_out", tx.ids.new)
    return Lot(place_of(key, stands_for(tx, contact)) < inbox.hold_out, inbox.hold_out)


def place_of(key: str, person: str) -> float:
    """Where somebody stands between 0 and 1: anywhere, as likely as anywhere else, and always there under the same random key."""
    digest = blake2b(person.encode(), key=key.encode(), digest_size=_BITS // 8)
    return int.from_bytes(digest.digest()) / float(1 << _BITS)


def remember(tx: Tx, conversation: ConversationId, inbox: InboxId, lot: Lot) -> None:
    """When it begins."""
    row = {"conversation_id": conversation, "inbox_id": inbox, "held_out": lot.held_out, "share": lot.share}
    tx.insert_new(hold_out, {**row, "slot": slot_of(tx.now)})


def was_held_out(tx: Tx, conversation: ConversationId) -> bool:
    """Also later, whatever the share is then."""
    here = select(hold_out.c.held_out).where(hold_out.c.conversation_id == conversation)
    return bool(tx.conn.execute(here).scalar_one_or_none())
