"""Does what an engine only proposed, once a turn whichever engines were asked: send a code, check one, change an order.

What is said afterwards follows from what the other side answered, and from nothing else.
"""

import asyncio
import logging
from dataclasses import dataclass, replace

from bot.contract import ORDER_NUMBER, Turn
from bot.forms.kinds import (
    ACCOUNT,
    BY_MAIL,
    MAIL,
    NAMED,
    NO_MAIL,
    PROOF,
    PROOF_SLOTS,
    PROVEN,
    REFUND,
    STATUS,
    TO_ACCOUNT,
    Form,
    Slots,
    account_of,
    and_did,
    ask_of,
    form_of,
    known_numbers,
    without,
)
from bot.orders.contract import OrderConnector
from bot.proposals import (
    AskSlot,
    Change,
    Changed,
    ChangeUnknown,
    CheckCode,
    CodeRight,
    CodeWrong,
    Confirm,
    LookupFailed,
    NotProven,
    NotTheirs,
    OrderTold,
    ProofFailed,
    Proposal,
    SendCode,
    Understanding,
    Wish,
)
from bot.proving import CodeAsked, CodeIsRight, CodeIsWrong, CodeRefused, IdentityProof, NoProof, Ways
from bot.summing import named_sum, summed
from core.order import AwaitsApproval, Done, Instruction, OrderDetails, OrderResult

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DoingSettings:
    """``seconds`` for one change or one code; after that a person looks whether it was done."""

    seconds: float = 1.5


@dataclass(slots=True)
class Begun:
    """One turn's note of a change, for when the turn's time runs out: ``understood`` once one was begun, with what is known of it."""

    understood: Understanding | None = None


class Doer:
    """Goes through the proposals of a turn and does what is to be done."""

    def __init__(
        self,
        orders: OrderConnector,
        proof: IdentityProof | None = None,
        settings: DoingSettings | None = None,
    ) -> None:
        self._orders = orders
        self._proof = proof or NoProof()
        self._settings = settings or DoingSettings()

    async def do(
        self, turn: Turn, understood: Understanding, language: str, begun: Begun | None = None
    ) -> Understanding:
        """The same understanding with what came of it in the place of what was proposed."""
        done, begun = understood, begun or Begun()
        for proposal in understood.proposals:
            match proposal:
                case SendCode():
                    done = await self._send(turn, done, proposal, language)
                case CheckCode(code):
                    done = await self._check(turn, done, code, language)
                case Change():
                    begun.understood = _came_of(done, proposal, ChangeUnknown())
                    done = begun.understood = _came_of(done, proposal, await self._change(turn, proposal))
                case _:
                    pass
        return await self._provable(turn, await self._summed(turn, done, language))

    async def _summed(self, turn: Turn, understood: Understanding, language: str) -> Understanding:
        """The confirmation of a refund says how much is asked for, where whoever keeps orders tells it."""
        just_proven = any(isinstance(each, CodeRight) for each in understood.proposals)
        if understood.active_form != REFUND.name or (just_proven and not turn.verified):
            return understood
        named = named_sum(turn.text)
        slots = understood.slots if named is None else {**understood.slots, NAMED: named}
        if any(isinstance(each, Confirm) for each in understood.proposals):
            slots = summed(slots, await self._details(turn, slots.get(ORDER_NUMBER, "")), language)
        ask = ask_of(REFUND, slots, verified=True)
        said = (ask if ask and isinstance(each, Confirm) else each for each in understood.proposals)
        return replace(understood, proposals=tuple(said), slots=slots)

    async def _details(self, turn: Turn, number: str) -> OrderDetails | None:
        try:
            async with asyncio.timeout(self._settings.seconds):
                order = await self._orders.look_up(number, turn.customer)
        except Exception as error:  # noqa: BLE001 - whatever it raises, the refund can be asked for without a sum
            _log(turn, "what an order cost", error)
            return None
        return None if order is None else order.details

    async def _provable(self, turn: Turn, understood: Understanding) -> Understanding:
        """A proof is asked for only where a code can be sent, and by the ways that there are."""
        asks = [each for each in understood.proposals if isinstance(each, AskSlot) and each.slot == PROVEN]
        if not asks or PROOF in understood.slots:
            return understood
        if not turn.proven:
            return replace(_said(understood, NotProven()), active_form=None)
        ways = Ways() if turn.letter else await self._ways(turn, understood.slots)
        if not ways.mail and ways.account is None:
            return replace(_said(understood, ProofFailed(here=False)), active_form=None)
        form = form_of(understood.active_form)
        if ways.account is None or form is None:
            return understood
        slots = {**understood.slots, ACCOUNT: f"{understood.slots[ORDER_NUMBER]} {ways.account}"}
        if not ways.mail:
            slots[NO_MAIL] = "yes"
        ask = ask_of(form, slots, verified=turn.verified)
        said = (ask if ask and each in asks else each for each in understood.proposals)
        return replace(understood, proposals=tuple(said), slots=slots)

    async def _ways(self, turn: Turn, slots: Slots) -> Ways:
        """Whoever asks about too many orders learns of none whether its customer has an account."""
        number = slots.get(ORDER_NUMBER)
        asked = number if number in known_numbers(slots) and BY_MAIL not in slots else None
        try:
            async with asyncio.timeout(self._settings.seconds):
                return await self._proof.ways(turn, asked)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "whether a code can be sent", error)
            return Ways()

    async def _send(
        self, turn: Turn, understood: Understanding, code: SendCode, language: str
    ) -> Understanding:
        form = form_of(understood.active_form)
        if form is None or not turn.proven:
            return replace(_said(understood, NotProven()), active_form=None)
        slots = without(understood.slots, PROOF, MAIL, TO_ACCOUNT)
        account = account_of(slots) if code.account else None
        sent = await self._sent(turn, slots, code, language)
        match sent:
            case CodeAsked(proof):
                there = {MAIL: account or code.address} | ({TO_ACCOUNT: "yes"} if code.account else {})
                return _goes_on(turn, understood, form, {**slots, PROOF: proof, **there})
            case CodeRefused(address=True):
                ask = AskSlot(PROVEN, "bot-proof-no-address", {"address": code.address})
                return _said(replace(understood, slots=slots), ask)
            case _ if code.account and NO_MAIL not in slots:
                ask = AskSlot(PROVEN, "bot-proof-account-failed", {"account": account or ""})
                return _said(replace(understood, slots={**slots, BY_MAIL: "yes"}), ask)
            case _:
                return replace(_said(understood, ProofFailed()), active_form=None)

    async def _sent(self, turn: Turn, slots: Slots, code: SendCode, language: str) -> CodeAsked | CodeRefused:
        try:
            async with asyncio.timeout(self._settings.seconds):
                if not code.account:
                    return await self._proof.send(turn, code.address, language)
                return await self._proof.send_to_account(turn, slots[ORDER_NUMBER], language)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "a code", error)
            return CodeRefused(address=False)

    async def _check(self, turn: Turn, understood: Understanding, code: str, language: str) -> Understanding:
        form, proof = form_of(understood.active_form), understood.slots.get(PROOF, "")
        if form is None or not turn.proven:
            return replace(_said(understood, NotProven()), active_form=None)
        try:
            async with asyncio.timeout(self._settings.seconds):
                checked = await self._proof.check(turn, proof, code)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "a typed code", error)
            return replace(_said(understood, ProofFailed()), active_form=None)
        match checked:
            case CodeIsRight(verified=True, emails=emails, users=users):
                known = replace(turn, verified=True, emails=emails, users=users)
                slots = without(understood.slots, *PROOF_SLOTS)
                if form is STATUS:
                    return await self._told(known, understood, slots)
                goes_on = _goes_on(known, understood, form, slots, CodeRight())
                return await self._summed(known, goes_on, language)
            case CodeIsWrong(left) if left:
                return _said(understood, CodeWrong(left))
            case _:
                slots = without(understood.slots, *PROOF_SLOTS)
                return replace(_said(understood, ProofFailed()), active_form=None, slots=slots)

    async def _told(self, turn: Turn, understood: Understanding, slots: Slots) -> Understanding:
        """The state for which the proof was asked: of an order of theirs."""
        number = slots.get(ORDER_NUMBER, "")
        try:
            async with asyncio.timeout(self._settings.seconds):
                order = await self._orders.look_up(number, turn.customer)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "orders", error)
            return replace(_said(understood, LookupFailed("orders")), active_form=None, slots=slots)
        theirs = order is not None and order.details is not None
        told = OrderTold(order) if order is not None and theirs else NotTheirs(number)
        return replace(_said(understood, CodeRight(), told), active_form=None, slots=slots)

    async def _change(self, turn: Turn, change: Change) -> Proposal:
        if not (turn.proven and turn.verified):
            # No engine proposes it: what is proven is looked at once more where it counts.
            return NotProven()
        try:
            async with asyncio.timeout(self._settings.seconds):
                return Changed(change.wish, change.number, await self._ask(turn, change))
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "a change of an order", error)
            return ChangeUnknown()

    async def _ask(self, turn: Turn, change: Change) -> OrderResult:
        orders, number, who = self._orders, change.number, turn.customer
        # A repeat of the turn has the same key, and so does nothing a second time.
        told = Instruction(f"bot:{turn.message}", turn.conversation)
        match change.wish:
            case Wish.CANCEL:
                return await orders.cancel(number, who, told)
            case Wish.CHANGE_ADDRESS:
                return await orders.change_address(number, who, told, change.address)
            case Wish.RETURN:
                return await orders.request_return(number, who, told, change.reason)
            case Wish.REFUND:
                return await orders.request_refund(number, who, told, change.reason, change.amount)


def _goes_on(
    turn: Turn, understood: Understanding, form: Form, slots: Slots, *first: Proposal
) -> Understanding:
    """The form asks for the next thing."""
    ask = ask_of(form, slots, verified=turn.verified)
    said = first if ask is None else (*first, ask)
    return _said(replace(understood, slots=slots, active_form=form.name), *said)


def _came_of(understood: Understanding, change: Change, result: Proposal) -> Understanding:
    """It is kept, too, for the agent who may take over."""
    match result:
        case Changed(result=Done()):
            came = "changed"
        case Changed(result=AwaitsApproval()):
            came = "waits"
        case Changed():
            came = "refused"
        case ChangeUnknown():
            came = "unknown"
        case _:
            return _said(understood, result)
    slots = and_did(understood.slots, came, change.wish, change.number)
    return _said(replace(understood, slots=slots), result)


def _said(understood: Understanding, *instead: Proposal) -> Understanding:
    return replace(understood, proposals=instead)


def _log(turn: Turn, what: str, error: Exception) -> None:
    where = {"conversation": turn.conversation}
    log.warning("nobody knows about %s: %s: %s", what, type(error).__name__, error, extra=where)
