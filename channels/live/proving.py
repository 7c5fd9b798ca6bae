"""A visitor proves that an address elsewhere is theirs: a code goes there, and comes back through their session."""

from channels.live import protocol as wire
from channels.live.floods import Floods
from channels.live.inbound import Visitor
from channels.live.parts import LiveParts
from channels.live.proofs import Begun, Who
from channels.live.sessions import visitor_now
from core.errors import Invalid, TooOften
from core.inbox import Inbox
from core.store.tx import Tx
from core.verification import Limited, Over, Proven, Wrong


class Proving:
    """The same for sockets and for single requests."""

    def __init__(self, parts: LiveParts) -> None:
        self._db = parts.db
        self._proofs = parts.proofs
        self._floods = Floods(parts.limits, parts.settings)

    async def prove(self, inbox: Inbox, visitor: Visitor, asked: wire.Prove) -> wire.ProvingOut:
        """Raises Invalid on ``kind`` or ``address``, TooOften, Unavailable."""
        await self._floods.message(visitor.id, visitor.address, inbox.id)

        def work(tx: Tx) -> Begun | Limited:
            return self._proofs.begin(tx, _now(tx, inbox, visitor), asked.kind, asked.address)

        begun = await self._db.run(work)
        if isinstance(begun, Limited):
            raise TooOften(begun.retry_after_s)
        return wire.ProvingOut(begun.proof, begun.kind, begun.link, begun.expires_in_s)

    async def code(self, inbox: Inbox, visitor: Visitor, typed: wire.Code) -> wire.ProvenOut:
        """Raises Invalid: ``wrong_code``, ``proof_over`` (too late, guessed too often, not this visitor's); TooOften."""
        await self._floods.message(visitor.id, visitor.address, inbox.id)

        def work(tx: Tx) -> Proven | Wrong | Over:
            return self._proofs.typed(tx, _now(tx, inbox, visitor), typed.proof, typed.code)

        # Decided in the transaction, refused after it: a guess that is wrong is stored.
        found = await self._db.run(work)
        match found:
            case Proven(kind=kind, address=address):
                return wire.ProvenOut(typed.proof, kind, address)
            case Wrong(left) if left:
                raise Invalid(
                    "code", f"the six digits that came there ({left} more tries)", code="wrong_code"
                )
            case _:
                raise Invalid("proof", "one that is still good: ask for a new code", code="proof_over")


def _now(tx: Tx, inbox: Inbox, visitor: Visitor) -> Who:
    """They may have signed in, or out, since their connection was opened."""
    return Who(inbox, visitor_now(tx, visitor.session, visitor.user), visitor.language)
