"""What a customer's text means to the open form, or nothing: then it is for whoever answers everything else; pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.contract import ORDER_NUMBER, ChoseConfirm, ChoseOrder, ChoseWay, Intent, Turn
from bot.forms import words
from bot.forms.kinds import (
    ADDRESS,
    BY_INTENT,
    CONFIRMED,
    MAIL,
    PROOF,
    REASON,
    STATUS,
    TO_ACCOUNT,
    WHICH,
    Form,
    account_of,
    ask_of,
    pending,
)
from bot.forms.sparing import spared_numbers
from bot.orders.contract import OrderFormat
from bot.phrases import covering_intent, denies, searched_intent, unwished
from bot.proposals import WhichWay, Wish

_MOST_REASON = 300
SHORT = 24
"""In characters: in a text as short as this a number is meant as an order's, even when it cannot be one."""
_TO_A_PERSON = frozenset({Intent.TALK_TO_PERSON, Intent.COMPLAINT})
_QUESTIONS = frozenset({Intent.ASK_KNOWLEDGE, Intent.OUT_OF_SCOPE, Intent.FALLBACK})


@dataclass(frozen=True, slots=True)
class Numbers:
    """Order numbers as written: none, and it is one of their own; more than one, and they are asked which they mean, unless they mean ``each``."""

    written: tuple[str, ...]
    each: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """What was asked for, or set right."""

    slot: str
    value: str


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address where a code shall go."""

    mail: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where the code shall go: to the account that is known, or by mail."""

    account: bool


@dataclass(frozen=True, slots=True)
class Code:
    typed: str


@dataclass(frozen=True, slots=True)
class CodeBefore:
    """The code that was right already: the turn is a repeated one; ``again``: it was typed once more."""

    again: bool = False


@dataclass(frozen=True, slots=True)
class Yes:
    """Do it."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Leave it."""


@dataclass(frozen=True, slots=True)
class Again:
    """Ask once more, as nothing was answered; with ``drop`` what was known of this slot is forgotten."""

    drop: str | None = None


@dataclass(frozen=True, slots=True)
class StateToo:
    """How far is an order, in the midst of something else; ``written`` None: the one at hand."""

    written: str | None


@dataclass(frozen=True, slots=True)
class Switch:
    """Something else shall be done."""

    to: Form


@dataclass(frozen=True, slots=True)
class Wait:
    """They look for what was asked for."""


Reading = Wait | Numbers | Value | Address | Way | Code | CodeBefore | Yes | Stop | Again | StateToo | Switch


def read(turn: Turn, form: Form, intent: str | None, numbers: OrderFormat) -> Reading | None:
    """None when it has nothing to do with the form."""
    asked = pending(form, turn.slots, verified=turn.verified)
    pressed = _pressed(turn)
    if pressed is not None:
        return pressed
    if words.goes_back(turn.text):
        return Again()
    if words.waits(turn.text):
        return Wait()
    if denies(turn.text, form.intent):
        return Stop()
    proven = _proven_before(turn)
    if proven is not None:
        return proven
    if intent in _TO_A_PERSON and asked not in {ADDRESS, REASON}:
        return None
    match asked:
        case "confirmed":
            found = _to_confirm(turn, form, numbers)
        case "proven":
            found = _to_prove(turn, form, numbers)
        case "address":
            found = _to_address(turn, numbers)
        case "reason":
            return _to_reason(turn, intent, numbers)
        case _:
            found = _to_number(turn, intent, numbers)
    return found or _otherwise(turn, form, intent, numbers)


def _pressed(turn: Turn) -> Reading | None:
    match turn.chosen:
        case ChoseConfirm(yes):
            return Yes() if yes else Stop()
        case ChoseOrder(number):
            return Numbers((number,))
        case _:
            return None


def _proven_before(turn: Turn) -> CodeBefore | None:
    if turn.verified and PROOF in turn.slots and words.code_in(turn.text) is not None:
        return CodeBefore()
    return CodeBefore(again=True) if types_code_again(turn) else None


def types_code_again(turn: Turn) -> bool:
    """Whether nothing but a code is there that a proven customer typed before."""
    code = words.code_in(turn.text) if turn.verified and words.only_digits(turn.text) else None
    return code is not None and any(words.code_in(past.text) == code for past in turn.history)


def written_numbers(text: str, numbers: OrderFormat) -> tuple[str, ...]:
    """Those in a text that can be numbers of the orders that it is about, each once, in their normal form."""
    normal = (numbers.normal_form(each) for each in numbers.numbers_in(text))
    spared = spared_numbers(text, numbers)
    return tuple(dict.fromkeys(each for each in normal if each is not None and each not in spared))


def malformed(text: str, numbers: OrderFormat) -> tuple[str, ...]:
    """What could be meant as an order number and is none, as written."""
    return tuple(each for each in numbers.numbers_in(text) if numbers.normal_form(each) is None)


def order_numbers(text: str, numbers: OrderFormat) -> tuple[str, ...]:
    """The same without those in an address to which something shall be sent."""
    return written_numbers(text.replace(words.address_beside(text) or "\n", " "), numbers)


def _to_confirm(turn: Turn, form: Form, numbers: OrderFormat) -> Reading | None:
    text, wish = turn.text, form.wish
    others = _others(turn, numbers)
    wished = searched_intent(text)
    other = None if wished is None else BY_INTENT.get(wished.value)
    if others and other is not None and other.wish is not None and other is not form:
        # "Return 48213" to "shall I cancel 10234?" does not want 48213 cancelled.
        return Switch(other)
    if form.wish is not None and ADDRESS in form.needs:
        # A postcode looks like an order number.
        postcode = bool(others) and not words.names_order(text, numbers.prefix)
        names_one = postcode or words.corrects(text) or "address" in text.casefold() or "地址" in text
        another = words.names_order(text, numbers.prefix) or wished is not None
        town = None if another else words.with_town(turn.slots.get(ADDRESS, ""), text)
        address = words.address_in(text) if names_one and town is None else town
        if address is not None:
            return Value(ADDRESS, address)
        if words.rejects_address(text):
            return Again(drop=ADDRESS)
    if others and not words.asks_something(text):
        return Again() if _only_beside(text, form, numbers) else Numbers(others)
    if wish is not None and (agrees(text, wish, turn, numbers) or words.place_in(text, 2) == 0):
        return Yes() if was_asked(turn) else Again()
    strange = malformed(text, numbers)
    if strange and wish is not None and words.confirms(without_numbers(text, strange), wish):
        return Numbers((strange[0],))
    spared = spared_numbers(text, numbers)
    second = words.place_in(text, 2) == 1 and not words.means_latest(text)
    if second or turn.slots.get(ORDER_NUMBER) in spared or words.declines(text, wish):
        return Stop()
    if spared and not words.begins_with_no(text):
        return Again()
    return Again(drop=ORDER_NUMBER) if words.means_another(text) else None


def _only_beside(text: str, form: Form, numbers: OrderFormat) -> bool:
    """Whether another order is only spoken of beside a yes ("yes, and I also got 10877"), with no wish for it."""
    if form.wish is None or not words.begins_with_yes(text) or words.corrects(text):
        return False
    rest = without_numbers(text, numbers.numbers_in(text))
    return searched_intent(text) is not form.intent and not words.confirms(rest, form.wish)


def agrees(text: str, wish: Wish, turn: Turn, numbers: OrderFormat) -> bool:
    """Whether this is a plain yes; the order at hand may be named in it, and no other figures."""
    at_hand = turn.slots.get(ORDER_NUMBER)
    named = [each for each in numbers.numbers_in(text) if numbers.normal_form(each) == at_hand]
    return words.confirms(without_numbers(text, named), wish)


def without_numbers(text: str, written: Sequence[str]) -> str:
    """Blanks in the place of these."""
    flat = unicodedata.normalize("NFKC", text)
    for each in sorted(written, key=len, reverse=True):
        flat = flat.replace(each, " ")
    return flat


def was_asked(turn: Turn) -> bool:
    """Whether a yes can mean the last question of the form.

    What was written before our last answer was there says yes to something else, and so it does where that asked something beside.
    """
    return not turn.unseen and (turn.last is None or turn.last.asked is None)


def _to_prove(turn: Turn, form: Form, numbers: OrderFormat) -> Reading | None:
    text = turn.text
    mail = words.mail_in(text)
    if mail is not None:
        return Address(mail)
    way = _way(turn, form)
    if way is not None:
        return way
    if PROOF in turn.slots:
        code = words.code_in(text)
        if code is not None:
            return Code(code)
        others = _others(turn, numbers)
        if others and words.corrects(text):
            return Numbers(others)
        if words.only_digits(text):
            return Again()
        if words.wants_code_again(text):
            return Way(True) if TO_ACCOUNT in turn.slots else Address(turn.slots.get(MAIL, ""))
    elif (others := _others(turn, numbers)) and not words.asks_something(text):
        return Numbers(others)
    return None


def _way(turn: Turn, form: Form) -> Way | None:
    """What was pressed, numbered or named; a plain yes where there is only the account."""
    account = account_of(turn.slots)
    if account is None:
        return None
    if isinstance(turn.chosen, ChoseWay):
        return Way(turn.chosen.account)
    asked = ask_of(form, turn.slots, verified=turn.verified)
    if isinstance(asked, WhichWay):
        place = words.place_in(turn.text, 2)
        if place is not None or (not asked.mail and covering_intent(turn.text) is Intent.AFFIRM):
            return Way(place != 1)
    named = words.way_in(turn.text, account)
    return None if named is None else Way(named)


def _to_address(turn: Turn, numbers: OrderFormat) -> Reading | None:
    """A postcode looks like an order number: only what is no address can be one."""
    address = words.address_in(turn.text) or words.address_beside(turn.text)
    others = _others(turn, numbers)
    if others and (address is None or words.names_order(turn.text, numbers.prefix)):
        return Numbers(others)
    return None if address is None else Value(ADDRESS, address)


def _to_reason(turn: Turn, intent: str | None, numbers: OrderFormat) -> Reading | None:
    """Nearly everything is one; an engine takes it for anything, so only clear words lead elsewhere."""
    text = turn.text
    others = _others(turn, numbers)
    if others and (words.corrects(text) or words.names_order(text, numbers.prefix)):
        return Numbers(others)
    if words.skips(text):
        return Value(REASON, "")
    if words.declines(text, None):
        return Stop()
    if words.asks_something(text) or searched_intent(text) is Intent.TALK_TO_PERSON:
        return None
    if intent in {Intent.GREET, Intent.GOODBYE, Intent.THANK, Intent.BOT_CHALLENGE}:
        return None
    if words.only_digits(text):
        return Again()
    return Value(REASON, text[:_MOST_REASON].strip())


def _to_number(turn: Turn, intent: str | None, numbers: OrderFormat) -> Reading | None:
    text = turn.text
    candidates = turn.slots.get(WHICH, "").split()
    place = words.place_in(text, len(candidates))
    if place is not None:
        return Numbers((candidates[place],))
    if len(candidates) > 1 and words.means_all(text):
        return Numbers(tuple(candidates), each=True)
    if words.means_latest(text):
        return Numbers(())
    good = written_numbers(text, numbers)
    if good:
        return Numbers(good)
    wrong = malformed(text, numbers)
    meant = len(text) <= SHORT or intent not in _QUESTIONS
    return Numbers(wrong[:1]) if wrong and meant and not words.asks_something(text) else None


def _otherwise(turn: Turn, form: Form, intent: str | None, numbers: OrderFormat) -> Reading | None:
    text = turn.text
    other = None if intent is None or unwished(text, intent) else BY_INTENT.get(intent)
    if other is STATUS and form is not STATUS:
        found = _others(turn, numbers) or (turn.slots.get(ORDER_NUMBER),)
        return Again() if found[0] is None else StateToo(found[0])
    if other is not None:
        return Again() if other is form else Switch(other)
    to_confirm = pending(form, turn.slots, verified=turn.verified) == CONFIRMED
    if to_confirm and words.only_cancel(text):
        return Again() if form.wish is Wish.CANCEL else Stop()
    if intent == Intent.DENY or words.declines(text, None):
        return Stop()
    if to_confirm and words.begins_with_no(text) and not words.asks_something(text):
        return Stop()
    return Again() if intent == Intent.AFFIRM else None


def _others(turn: Turn, numbers: OrderFormat) -> tuple[str, ...]:
    """Numbers in the text that are not the one at hand."""
    found = written_numbers(turn.text, numbers)
    return tuple(each for each in found if each != turn.slots.get(ORDER_NUMBER))
