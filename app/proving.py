"""Has customers prove who they are in their conversation with the bot, by codes: to an address that they name, or to an account of theirs."""

import logging
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from bot.contract import Turn
from bot.orders.contract import OrderConnector
from bot.proving import CodeAsked, CodeIsOver, CodeIsRight, CodeIsWrong, CodeRefused, Ways
from channels.accounts import Account
from channels.live.proofs import Begun, Who
from channels.verification.service import Verifications
from core.errors import Invalid, Unavailable, Undeliverable
from core.ids import ConversationId, VerificationId
from core.order import Owner
from core.ordering.reading import plain_address
from core.site_users import USER
from core.store.contacts import is_identified, proven_addresses, proven_as
from core.store.conversations import get_conversation, get_inbox
from core.store.database import Database
from core.store.tables.people import contact_point
from core.store.tx import Tx
from core.verification import Proven, Wrong

log = logging.getLogger(__name__)

KIND = "email"
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class ConversationProofs:
    """Implements ``bot.proving.IdentityProof``: who writes in a conversation is whom its contact point names."""

    db: Database
    verifications: Verifications
    orders: OrderConnector

    async def ways(self, turn: Turn, number: str | None) -> Ways:
        owner = await self._owner(turn, number)

        def look(tx: Tx) -> Ways:
            mail = self.verifications.offers(tx, _who(tx, turn.conversation, turn.language), KIND)
            account = self._account(tx, owner)
            return Ways(mail, None if account is None else named(account))

        return await self.db.read(look)

    async def send(self, turn: Turn, address: str, language: str | None) -> CodeAsked | CodeRefused:
        def begin(tx: Tx) -> CodeAsked | CodeRefused:
            who = _who(tx, turn.conversation, language)
            begun = self.verifications.begin(tx, who, KIND, address)
            return CodeAsked(begun.proof) if isinstance(begun, Begun) else CodeRefused(address=False)

        try:
            return await self.db.run(begin)
        except Invalid as error:
            return CodeRefused(address=error.field == "address")

    async def send_to_account(self, turn: Turn, number: str, language: str | None) -> CodeAsked | CodeRefused:
        """Looked up once more: only what proof makes the order's customer's is written to, whatever was offered."""
        owner = await self._owner(turn, number)

        def begin(tx: Tx) -> CodeAsked | None:
            account = self._account(tx, owner)
            if account is None:
                return None
            begun = self.verifications.begin_at(tx, _who(tx, turn.conversation, language), account)
            return CodeAsked(begun.proof) if isinstance(begun, Begun) else None

        asked = await self.db.run(begin)
        if asked is None:
            return CodeRefused(address=False)
        try:
            await self.verifications.tell(VerificationId(asked.proof))
        except (Unavailable, Undeliverable) as error:
            log.info("a code could not be told: %s", error, extra={"conversation": turn.conversation})
            return CodeRefused(address=False)
        return asked

    async def check(self, turn: Turn, proof: str, code: str) -> CodeIsRight | CodeIsWrong | CodeIsOver:
        return await self.db.run(
            partial(_check, verifications=self.verifications, turn=turn, proof=proof, code=code)
        )

    async def _owner(self, turn: Turn, number: str | None) -> Owner | None:
        try:
            return None if number is None else await self.orders.owner_of(number)
        except Unavailable as error:
            log.info("nobody says whose an order is: %s", error, extra={"conversation": turn.conversation})
            return None

    def _account(self, tx: Tx, owner: Owner | None) -> Account | None:
        """Of whoever has proven to be the owner; what somebody only says of themselves, or an agent thinks, counts for nothing."""
        if owner is None:
            return None
        points = ((KIND, owner.email and plain_address(owner.email)), (USER, owner.user))
        contacts = proven_as(tx, *((kind, address) for kind, address in points if address))
        return self.verifications.account(tx, contacts)


def named(account: Account) -> str:
    """So that its owner knows which it is, and nobody else learns more than that there is one."""
    first = next((each for each in account.name or "" if each.isalnum()), None)
    return account.kind.capitalize() if first is None else f"{account.kind.capitalize()} ({first}…)"


def _check(
    tx: Tx, *, verifications: Verifications, turn: Turn, proof: str, code: str
) -> CodeIsRight | CodeIsWrong | CodeIsOver:
    """A wrong one is committed, too: it counts."""
    found = verifications.typed(tx, _who(tx, turn.conversation, turn.language), proof, code)
    match found:
        case Proven():
            contact = get_conversation(tx, turn.conversation).contact
            proven = proven_addresses(tx, contact)
            # Where the address stays with somebody else, nothing of theirs is this customer's.
            verified = is_identified(tx, contact)
            return CodeIsRight(verified, proven.get(KIND, ()), proven.get(USER, ()))
        case Wrong(left):
            return CodeIsWrong(left)
        case _:
            return CodeIsOver()


def _who(tx: Tx, conversation_id: ConversationId, language: str | None) -> Who:
    conversation = get_conversation(tx, conversation_id)
    point = select(contact_point.c.address).where(contact_point.c.id == conversation.contact_point)
    visitor: str = tx.conn.execute(point).scalar_one()
    return Who(get_inbox(tx, conversation.inbox), visitor, language or conversation.language or _LANGUAGE)
