"""How the forms about orders go on: from what a text means to what is said and known next, for every engine the same.

Nothing is done here. What changes something, or sends a code, is only proposed; orders are looked up at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.contract import ORDER_NUMBER, Turn
from bot.findings import Findings
from bot.forms import words
from bot.forms.kinds import (
    ADDRESS,
    AMOUNT,
    BY_INTENT,
    BY_MAIL,
    CANCEL,
    KNOWN,
    LATER,
    MAIL,
    MUST_PROVE,
    NAMED,
    NO_MAIL,
    PAUSED,
    PROOF,
    PROOF_SLOTS,
    PROVEN,
    REASON,
    STATUS,
    SUM,
    TO_ACCOUNT,
    WHICH,
    Form,
    ask_of,
    form_of,
    known_numbers,
    pending,
    without,
)
from bot.forms.reading import (
    SHORT,
    Address,
    Again,
    Code,
    CodeBefore,
    Numbers,
    Reading,
    StateToo,
    Stop,
    Switch,
    Value,
    Wait,
    Way,
    Yes,
    malformed,
    read,
    types_code_again,
    written_numbers,
)
from bot.forms.several import Waiting, and_waiting, next_waiting
from bot.forms.sparing import spared_numbers
from bot.phrases import unwished
from bot.proposals import (
    Beside,
    Change,
    CheckCode,
    CodeRight,
    NumberRefused,
    OrderTold,
    OwnOrder,
    ProofFailed,
    Proposal,
    SendCode,
    Talk,
    WhichOrder,
)
from core.order import Order

_ALREADY = "bot-proof-already"
_MOST_KNOWN = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """What is said, in order, and where it leaves the conversation: ``form`` None where none is open any more."""

    proposals: tuple[Proposal, ...]
    form: str | None
    slots: Mapping[str, str]


class Forms:
    """The dialogue about orders, without a memory of its own: all of it is in the turn."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._numbers = findings.numbers

    async def go_on(self, turn: Turn, intent: str | None) -> Progress | None:
        """None when the turn has nothing to do with any form."""
        form = form_of(turn.active_form)
        if form is not None:
            reading = read(turn, form, intent, self._numbers)
            return None if reading is None else await self._advance(turn, form, reading)
        wanted = None if intent is None or unwished(turn.text, intent) else BY_INTENT.get(intent)
        return None if wanted is None else await self._open(turn, wanted, dict(turn.slots))

    async def resumed(self, turn: Turn) -> Progress | None:
        """The form that was left, when the customer comes back to it, or what they want done with the order just told."""
        if turn.active_form is not None:
            return None
        if types_code_again(turn):
            return Progress((Talk(_ALREADY),), None, turn.slots)
        paused = form_of(turn.slots.get(PAUSED))
        if paused is not None and words.goes_back(turn.text):
            return self._asked(turn, paused, without(turn.slots, PAUSED))
        if known_numbers(turn.slots) and words.cancels_it(turn.text):
            return await self._open(turn, CANCEL, dict(turn.slots))
        return None

    async def later(self, turn: Turn, slots: Mapping[str, str]) -> Progress | None:
        """The wish that waited longest for the end of another, of the order at hand where it names none; None without one."""
        waiting, kept = next_waiting(slots)
        if waiting is None:
            return None
        text, before = waiting.text, kept.get(ORDER_NUMBER)
        at_hand = waiting.number or before
        same = all(each == before for each in (at_hand, *written_numbers(text, self._numbers)))
        reason = kept.get(REASON) if same and REASON in waiting.form.needs else None
        return await self._open(replace(turn, text=text), waiting.form, kept, reason=reason, at_hand=at_hand)

    def again(self, turn: Turn) -> tuple[Proposal, ...]:
        """After an interruption: what the open form asks."""
        form = form_of(turn.active_form)
        ask = None if form is None else ask_of(form, turn.slots, verified=turn.verified)
        return () if ask is None else (ask,)

    async def _advance(self, turn: Turn, form: Form, reading: Reading) -> Progress:
        slots = turn.slots
        match reading:
            case Numbers(written, each):
                one_or_all = self._each if each else self._numbered
                return await one_or_all(turn, form, slots, written)
            case Value(slot, value):
                return self._asked(turn, form, {**slots, slot: value})
            case CodeBefore(again):
                return await self._proven_before(turn, form, again=again)
            case Address() | Way() | Code():
                return self._proving(turn, form, reading)
            case Yes():
                return self._wished(turn, form)
            case Stop():
                return self._stopped(turn, form, slots)
            case Wait():
                return Progress((Talk("bot-take-your-time"),), form.name, slots)
            case Again(drop):
                known = slots if drop is None else without(slots, drop, WHICH)
                return self._asked(turn, form, known)
            case StateToo(written):
                told = await self._findings.order(turn, written or "")
                if isinstance(told, ProofFailed) and not turn.verified:
                    # The form asks for a proof anyway; then it is asked about once more.
                    return self._asked(turn, form, and_waiting(slots, [Waiting(STATUS, turn.text)]))
                known = _known(slots, told.order.number) if isinstance(told, OrderTold) else dict(slots)
                return self._asked(turn, form, known, told)
            case Switch(to):
                return await self._open(turn, to, dict(slots), at_hand=slots.get(ORDER_NUMBER))

    async def _each(
        self, turn: Turn, form: Form, slots: Mapping[str, str], written: tuple[str, ...]
    ) -> Progress:
        """Told at once; what changes an order waits for its own yes."""
        first, *others = written
        if form is not STATUS:
            waiting = and_waiting(slots, [Waiting(form, each, each) for each in others])
            return await self._numbered(turn, form, waiting, (first,))
        progress = await self._numbered(turn, form, slots, (first,))
        told = [await self._findings.order(turn, each) for each in others]
        beside = tuple(Beside(each) for each in told if isinstance(each, OrderTold))
        return replace(progress, proposals=(*progress.proposals, *beside))

    def _proving(self, turn: Turn, form: Form, reading: Address | Way | Code) -> Progress:
        slots = turn.slots
        match reading:
            case Address(mail):
                return Progress((SendCode(mail),), form.name, slots)
            case Way(account=True):
                return Progress((SendCode("", account=True),), form.name, slots)
            case Way() if NO_MAIL in slots:
                return self._asked(turn, form, slots)
            case Way():
                by_mail = {**without(slots, PROOF, MAIL, TO_ACCOUNT), BY_MAIL: "yes"}
                return self._asked(turn, form, by_mail)
            case Code(typed):
                return Progress((CheckCode(typed),), form.name, slots)

    async def _proven_before(self, turn: Turn, form: Form, *, again: bool) -> Progress:
        slots = without(turn.slots, *PROOF_SLOTS)
        if again:
            return self._asked(turn, form, slots, Talk(_ALREADY))
        if form is not STATUS:
            return self._asked(turn, form, slots, CodeRight())
        told = await self._numbered(turn, form, slots, (slots.get(ORDER_NUMBER, ""),))
        return replace(told, proposals=(CodeRight(), *told.proposals))

    async def _open(
        self,
        turn: Turn,
        form: Form,
        slots: dict[str, str],
        *,
        reason: str | None = None,
        at_hand: str | None = None,
    ) -> Progress:
        """With what the sentence holds already, else with what was spoken of before, the order ``at_hand`` first."""
        slots = without(slots, ADDRESS, REASON, AMOUNT, SUM, NAMED, PAUSED, WHICH)
        if reason is not None:
            slots[REASON] = reason
        if ADDRESS in form.needs and (address := words.address_beside(turn.text)):
            slots[ADDRESS] = address
        if REASON in form.needs and (because := words.reason_beside(turn.text)):
            slots[REASON] = because
        written = written_numbers(turn.text.replace(slots.get(ADDRESS, "\n"), " "), self._numbers)
        if written:
            return await self._numbered(turn, form, slots, written)
        wrong = malformed(turn.text, self._numbers)
        if wrong and len(turn.text) <= SHORT:
            return await self._numbered(turn, form, slots, wrong[:1])
        spared = spared_numbers(turn.text, self._numbers)
        known = tuple(each for each in known_numbers(slots) if each not in spared)
        if words.means_another(turn.text):
            return self._asked(turn, form, without(slots, ORDER_NUMBER))
        if not known:
            return await self._own(turn, form, without(slots, ORDER_NUMBER))
        return await self._numbered(turn, form, slots, (at_hand,) if at_hand in known else known)

    async def _own(self, turn: Turn, form: Form, slots: Mapping[str, str]) -> Progress:
        """The order of a proven customer that can be meant, where there is but one; of several they choose."""
        spared = spared_numbers(turn.text, self._numbers)
        own = [each for each in await self._findings.own_orders(turn) if each.state in form.about]
        own = [each for each in own if each.number not in spared]
        if not own:
            return self._asked(turn, form, slots)
        numbers = tuple(each.number for each in own[:_MOST_KNOWN])
        went_on = await self._numbered(turn, form, slots, numbers)
        if len(own) > 1:
            return replace(went_on, proposals=(WhichOrder(numbers, tuple(map(_in_it, own[:_MOST_KNOWN]))),))
        if form is STATUS:
            return went_on
        return replace(went_on, proposals=(OwnOrder(numbers[0]), *went_on.proposals))

    async def _numbered(
        self, turn: Turn, form: Form, slots: Mapping[str, str], written: tuple[str, ...]
    ) -> Progress:
        if not written:
            return await self._own(turn, form, without(slots, ORDER_NUMBER, WHICH))
        if len(written) > 1:
            return self._asked(turn, form, {**slots, WHICH: " ".join(written[:_MOST_KNOWN])})
        found = await self._findings.order(turn, written[0])
        kept = without(slots, WHICH)
        match found:
            case OrderTold(order):
                kept = {**_known(kept, order.number), ORDER_NUMBER: order.number}
                if form is STATUS:
                    return Progress((found,), None, kept)
                return self._asked(turn, form, kept)
            case NumberRefused():
                return self._asked(turn, form, without(kept, ORDER_NUMBER), found)
            case ProofFailed() if not turn.verified:
                number = self._numbers.normal_form(written[0]) or written[0]
                first = {} if PROVEN in form.needs else {MUST_PROVE: number}
                return self._asked(turn, form, {**kept, ORDER_NUMBER: number, **first})
            case _:
                return Progress((found,), None, kept)

    def _asked(self, turn: Turn, form: Form, slots: Mapping[str, str], *first: Proposal) -> Progress:
        ask = ask_of(form, slots, verified=turn.verified)
        said = first if ask is None else (*first, ask)
        return Progress(said, form.name, slots)

    def _wished(self, turn: Turn, form: Form) -> Progress:
        slots = turn.slots
        complete = pending(form, slots, verified=turn.verified) in {None, "confirmed"}
        if form.wish is None or not complete:
            return self._asked(turn, form, slots)
        # Who decides about a refund reads which sum the customer named.
        reason = "; ".join(filter(None, (slots.get(REASON), slots.get(NAMED))))
        amount = int(slots[SUM]) if SUM in slots else None
        wished = Change(form.wish, slots[ORDER_NUMBER], slots.get(ADDRESS, ""), reason, amount)
        # The reason stays: what waits for this may be wanted for the same.
        return Progress((wished,), None, without(slots, ADDRESS, AMOUNT, SUM, NAMED))

    def _stopped(self, turn: Turn, form: Form, slots: Mapping[str, str]) -> Progress:
        """A no leaves this one, "never mind" also what waits for its end."""
        key = "bot-order-stopped" if form is STATUS else "bot-request-stopped"
        left = without(slots, WHICH, *((LATER,) if words.leaves(turn.text) else ()))
        return Progress((Talk(key),), None, {**left, PAUSED: form.name})


def _known(slots: Mapping[str, str], number: str) -> dict[str, str]:
    others = [each for each in known_numbers(slots) if each != number]
    return {**slots, KNOWN: " ".join((*others, number)[-_MOST_KNOWN:])}


def _in_it(order: Order) -> str:
    """The first thing in it, and how many more there are."""
    items = () if order.details is None else order.details.items
    if not items:
        return ""
    return items[0].name if len(items) == 1 else f"{items[0].name} +{len(items) - 1}"
