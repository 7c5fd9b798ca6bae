"""Who makes codes that prove addresses, as live visitors need it."""

from dataclasses import dataclass
from typing import Protocol

from core.errors import Invalid
from core.ids import VerificationId
from core.inbox import Inbox
from core.store.tx import Tx
from core.verification import Limited, Over, Proven, Wrong


@dataclass(frozen=True, slots=True)
class Who:
    """A visitor of an inbox, proven by their session."""

    inbox: Inbox
    visitor: str
    language: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A code is on its way; ``link`` leads to where it is to be had, where that is for the visitor to open."""

    proof: VerificationId
    kind: str
    link: str | None
    expires_in_s: int


class Proofs(Protocol):
    """Makes codes, gets them to where they belong, and takes them back; ``channels.verification`` does."""

    def begin(self, tx: Tx, who: Who, kind: str, address: str | None) -> Begun | Limited:
        """Raises Invalid on ``kind`` or ``address``, Unavailable; whether the address is known to us nobody learns."""
        ...

    def typed(self, tx: Tx, who: Who, proof: str, code: str) -> Proven | Wrong | Over:
        """What the visitor typed; it counts also when it is wrong."""
        ...


class NoProofs:
    """Nothing can be proven here."""

    def begin(self, tx: Tx, who: Who, kind: str, address: str | None) -> Begun | Limited:
        raise Invalid("kind", "none here", code="not_offered")

    def typed(self, tx: Tx, who: Who, proof: str, code: str) -> Proven | Wrong | Over:
        return Over()
