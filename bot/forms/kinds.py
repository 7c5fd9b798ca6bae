"""The forms about orders, what each needs, and what is asked next; pure. Rasa's domain has the same forms and slots."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.contract import ORDER_FORM, ORDER_NUMBER, Intent
from bot.proposals import Ask, AskSlot, Confirm, WhichOrder, WhichWay, Wish
from core.order import OrderState

Slots = Mapping[str, str]

PROVEN = "proven"
ADDRESS = "address"
REASON = "reason"
CONFIRMED = "confirmed"
KNOWN = "orders"
"""The numbers that were accepted in this conversation, parted by blanks, the last one last."""
WHICH = "which"
"""The numbers between which the customer chooses, while they do."""
MAIL = "proof_address"
"""Where the code went."""
PROOF = "proof"
ACCOUNT = "proof_account"
"""The number of the order whose customer has an account where a code can go, a blank, and how the account is named."""
NO_MAIL = "proof_no_mail"
"""That no code can go by mail here."""
BY_MAIL = "proof_by_mail"
"""That the code shall go by mail, though there is such an account."""
TO_ACCOUNT = "proof_to_account"
"""That the code went there."""
MUST_PROVE = "must_prove"
"""The number of the order whose state is told only to who proves that it is theirs: too many were asked about."""
PROOF_SLOTS = (PROOF, MAIL, ACCOUNT, NO_MAIL, BY_MAIL, TO_ACCOUNT, MUST_PROVE)
PAUSED = "paused"
"""The form that was left before its end."""
LATER = "later"
"""The other wishes of a message, until the form is done: a line each, a form's name, the order at hand and the text."""
DID = "did"
"""What was asked of whoever keeps orders in this conversation, a line each: what came of it, the wish, the number."""
_MOST_DID = 5
AMOUNT = "amount"
"""What a refund asks for, in words."""
SUM = "refund_sum"
"""The same in minor units: what is asked for when the customer says yes, and nothing else."""
NAMED = "named_sum"
"""The sum that the customer named for a refund, as they wrote it."""
_SHOWN = (ORDER_NUMBER, ADDRESS, REASON)


@dataclass(frozen=True, slots=True)
class Form:
    """``needs`` in the order in which it is asked; ``wish`` None where nothing is changed.

    ``about``: the states of orders that it can be about, where the customer names none.
    """

    name: str
    intent: Intent
    needs: tuple[str, ...]
    wish: Wish | None = None
    about: frozenset[OrderState] = frozenset({OrderState.PLACED, OrderState.PACKED, OrderState.SHIPPED})


_SENT = frozenset({OrderState.SHIPPED, OrderState.DELIVERED})
STATUS = Form(ORDER_FORM, Intent.ORDER_STATUS, (ORDER_NUMBER,))
CANCEL = Form("cancel_form", Intent.ORDER_CANCEL, (ORDER_NUMBER, PROVEN, CONFIRMED), Wish.CANCEL)
MOVE = Form(
    "address_form",
    Intent.ORDER_CHANGE_ADDRESS,
    (ORDER_NUMBER, PROVEN, ADDRESS, CONFIRMED),
    Wish.CHANGE_ADDRESS,
)
RETURN = Form(
    "return_form", Intent.ORDER_RETURN, (ORDER_NUMBER, PROVEN, REASON, CONFIRMED), Wish.RETURN, _SENT
)
REFUND = Form(
    "refund_form",
    Intent.ORDER_REFUND,
    (ORDER_NUMBER, PROVEN, REASON, CONFIRMED),
    Wish.REFUND,
    _SENT | {OrderState.RETURNED, OrderState.CANCELLED},
)
FORMS: Mapping[str, Form] = {form.name: form for form in (STATUS, CANCEL, MOVE, RETURN, REFUND)}
BY_INTENT: Mapping[str, Form] = {form.intent.value: form for form in FORMS.values()}


def form_of(name: str | None) -> Form | None:
    """None also for what an older or newer version knew."""
    return None if name is None else FORMS.get(name)


def pending(form: Form, slots: Slots, *, verified: bool) -> str | None:
    """The first slot that is missing; None when the form is full, which one that changes something never is."""
    if WHICH in slots:
        return ORDER_NUMBER
    for slot in form.needs:
        if slot == PROVEN:
            if not verified:
                return PROVEN
        elif slot not in slots:
            return slot
    return PROVEN if must_prove(slots) and not verified else None


def must_prove(slots: Slots) -> bool:
    """Whether the order at hand is told of only after a proof, which the form itself would not ask for."""
    return ORDER_NUMBER in slots and slots.get(MUST_PROVE) == slots[ORDER_NUMBER]


def ask_of(form: Form, slots: Slots, *, verified: bool) -> Ask | None:
    """How the next slot is asked for."""
    number = slots.get(ORDER_NUMBER, "")
    match pending(form, slots, verified=verified):
        case "order_number":
            if WHICH in slots:
                return WhichOrder(tuple(slots[WHICH].split()))
            return AskSlot(ORDER_NUMBER, "bot-order-ask-number")
        case "proven":
            return _ask_proof(slots)
        case "address":
            return AskSlot(ADDRESS, "bot-order-ask-address", {"number": number})
        case "reason":
            return AskSlot(REASON, "bot-order-ask-reason")
        case "confirmed" if form.wish is not None:
            address, reason = slots.get(ADDRESS, ""), slots.get(REASON, "")
            confirm = Confirm(form.wish, number, address, reason, mark_of(form, slots))
            if form is not REFUND:
                return confirm
            return replace(confirm, amount=slots.get(AMOUNT, ""), named=slots.get(NAMED, ""))
        case _:
            return None


def account_of(slots: Slots) -> str | None:
    """How the account is named that is the customer's of the order at hand; None where none is known."""
    number, _, account = slots.get(ACCOUNT, "").partition(" ")
    return account if account and number == slots.get(ORDER_NUMBER) else None


def _ask_proof(slots: Slots) -> Ask:
    if PROOF in slots:
        key = "bot-proof-ask-code-there" if TO_ACCOUNT in slots else "bot-proof-ask-code"
        return AskSlot(PROVEN, key, {"address": slots.get(MAIL, "")})
    account = account_of(slots)
    if account is None or BY_MAIL in slots:
        return AskSlot(PROVEN, "bot-proof-ask-address")
    return WhichWay(account, mail=NO_MAIL not in slots)


def values_of(form: Form, slots: Slots, *, verified: bool) -> dict[str, str]:
    """The slots of the form that are filled, as Rasa keeps them."""
    filled = {slot: slots[slot] for slot in form.needs if slot in slots}
    if WHICH in slots or (must_prove(slots) and not verified):
        filled.pop(ORDER_NUMBER, None)
    return {**filled, PROVEN: "yes"} if verified else filled


def mark_of(form: Form, slots: Slots) -> str:
    """What a yes confirms, in short: a button of an earlier question confirms nothing else."""
    said = "\n".join((form.name, *(slots.get(slot, "") for slot in (*_SHOWN, AMOUNT, NAMED))))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def known_numbers(slots: Slots) -> tuple[str, ...]:
    return tuple(slots.get(KNOWN, "").split())


def did(slots: Slots) -> tuple[str, ...]:
    return tuple(slots.get(DID, "").splitlines())


def and_did(slots: Slots, came: str, wish: Wish, number: str) -> dict[str, str]:
    """With one more thing that was asked for, the last ones only."""
    before = [each for each in did(slots) if each != f"{came} {wish.value} {number}"]
    return {**slots, DID: "\n".join((*before, f"{came} {wish.value} {number}")[-_MOST_DID:])}


def readable(slots: Slots) -> dict[str, str]:
    """What people may read of it: the rest is for going on."""
    return {slot: slots[slot] for slot in _SHOWN if slots.get(slot)}


def without(slots: Slots, *names: str) -> dict[str, str]:
    return {slot: value for slot, value in slots.items() if slot not in names}
