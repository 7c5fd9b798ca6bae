"""Several wishes in one text: where they part, which of them wait, and how those are kept; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.contract import ORDER_NUMBER, Intent, Turn
from bot.forms import words
from bot.forms.kinds import BY_INTENT, CONFIRMED, LATER, Form, form_of, pending, without
from bot.forms.naming import named_intent
from bot.forms.reading import agrees, order_numbers, was_asked, without_numbers, written_numbers
from bot.orders.contract import OrderFormat
from bot.phrases import searched_intent

_JOINS = re.compile(
    r"\s*[,，;；、.。!！]+\s*(?:(?:and|then|also|plus|but)\b\s*)*|\s*\n\s*|\s+(?:and|then|plus|but|as well as|&)\s+(?:(?:then|also)\s+)*"
    r"|\s*(?=另外|此外|还有|还要|还想|同时|然后|并且|而且|顺便|以及|但是?|不过|而是|再(?!见|说)|并(?!不|没)|也(?!许)|把)",
    re.IGNORECASE,
)
_TOO = re.compile(
    r"\b(?:and|also|too|as well|plus|additionally|then)\b|另外|此外|还有|还要|还想|同时|然后|并且|而且|顺便|以及|也|再|都|一起|一并"
)
_RATHER = re.compile(
    r"\b(?:instead|rather|first|but|only|not|never|dont|don't|didn't|without)\b|而是|不是|先|但|不过|别(?!的)|不要(?!了)|不想(?!要了)"
)
_PERHAPS = re.compile(
    r"\b(?:if|unless|or|otherwise|whether|in case)\b|如果|要是|假如|除非|否则|要么|或者?|不行|不然"
)
_SAME = re.compile(
    r"(?:[\s,.!，。！]|and|also|then|plus|(?:do )?the same (?:for|with|to)|same for|order|number|too|as well|likewise|please|pls|thanks|thank you"
    r"|还有|另外|以及|和|也|都|一起|一样|一并|订单|号|这个|那个|请|要|吧|谢谢)*",
    re.IGNORECASE,
)
"""What may stand beside a number that stands for the same wish once more."""
_MOST_WAITING = 4
_AT = "@"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wish that is begun when what goes before it is done; ``number``: the order that was at hand when it was said."""

    form: Form
    text: str
    number: str | None = None


def wishes_apart(text: str, numbers: OrderFormat) -> tuple[str, ...]:
    """The text cut where another wish begins; whole where it has one, or where one depends on the other."""
    if len(text) > _LONGEST or _PERHAPS.search(text.casefold()):
        return (text,)
    pieces: list[str] = []
    start = 0
    joins = list(_JOINS.finditer(text))
    for at, join in enumerate(joins):
        left, right = text[start : join.start()], text[join.end() :]
        if words.address_beside(left) is not None:
            # What comes next is more of the address, unless it wants something itself.
            following = joins[at + 1].start() if at + 1 < len(joins) else len(text)
            right = text[join.end() : following]
        if join.start() > start and _are_two(left, right, numbers):
            pieces.append(left.strip())
            start = join.end()
    return (*pieces, text[start:].strip())


def _are_two(left: str, right: str, numbers: OrderFormat) -> bool:
    one, other = change_wished(left, numbers), change_wished(right, numbers)
    if one is None or other is None:
        return False
    return one is not other or _of_other_orders(left, right, numbers)


def _of_other_orders(left: str, right: str, numbers: OrderFormat) -> bool:
    ours, theirs = order_numbers(left, numbers), order_numbers(right, numbers)
    return bool(ours) and bool(theirs) and set(ours).isdisjoint(theirs)


def those_waiting(
    parts: Sequence[str], wanted: Sequence[Form | None], first: int, numbers: OrderFormat
) -> tuple[Waiting, ...]:
    """Of the parts that want a change (``wanted``, a form each) all that want something else than the ``first`` of them."""
    found = []
    number: str | None = None
    for at, (text, form) in enumerate(zip(parts, wanted, strict=True)):
        number = next(iter(order_numbers(text, numbers)), number)
        if at == first or form is None or form.wish is None:
            continue
        if form is not wanted[first] or _of_other_orders(parts[first], text, numbers):
            found.append(Waiting(form, text, number))
    return tuple(found)


def answer_and_wishes(turn: Turn, form: Form, numbers: OrderFormat) -> tuple[str, tuple[Waiting, ...]] | None:
    """A plain yes or no to the last question of the form, or what sets its number right, and the next wishes in the same text.

    What takes back or depends on something is not parted: then the yes is none.
    """
    wish, text = form.wish, turn.text
    if wish is None or pending(form, turn.slots, verified=turn.verified) != CONFIRMED:
        return None
    if len(text) > _LONGEST or agrees(text, wish, turn, numbers) or not was_asked(turn):
        return None
    for join in reversed(list(_JOINS.finditer(text))):
        head, tail = text[: join.start()], text[join.start() :]
        wishes = _wishes_of(text[join.end() :], turn, form, numbers)
        if not wishes or not head.strip():
            continue
        if agrees(head, wish, turn, numbers):
            return (head, wishes) if _comes_on_top(tail, wishes[0], turn, form, numbers) else None
        if words.declines(head, wish):
            # "No, cancel 10877" sets the number right; what else is wanted comes after it.
            first, *more = wishes_apart(text, numbers)
            right = _waiting(more, turn.slots.get(ORDER_NUMBER), numbers)
            return (head, wishes) if wishes[0].form is not form else (first, right) if right else None
    return None


def _wishes_of(text: str, turn: Turn, form: Form, numbers: OrderFormat) -> tuple[Waiting, ...]:
    first, *more = wishes_apart(text, numbers)
    wished = _wish_of(first, turn, form, numbers)
    if wished is None:
        return ()
    return (wished, *_waiting(more, next(iter(order_numbers(first, numbers)), wished.number), numbers))


def _waiting(parts: Sequence[str], number: str | None, numbers: OrderFormat) -> tuple[Waiting, ...]:
    found = []
    for part in parts:
        wanted, number = change_wished(part, numbers), next(iter(order_numbers(part, numbers)), number)
        if wanted is not None:
            found.append(Waiting(wanted, part, number))
    return tuple(found)


def _comes_on_top(tail: str, another: Waiting, turn: Turn, form: Form, numbers: OrderFormat) -> bool:
    flat = tail.casefold()
    if not _TOO.search(flat) or _RATHER.search(flat) or _PERHAPS.search(flat):
        return False
    return another.form is not form or words.means_another(tail) or bool(_others(tail, turn, numbers))


def _wish_of(text: str, turn: Turn, form: Form, numbers: OrderFormat) -> Waiting | None:
    """Another number alone ("and 20871 too") stands for the same wish."""
    intent = searched_intent(text)
    wished = _change(intent)
    if wished is not None:
        return Waiting(wished, text, turn.slots.get(ORDER_NUMBER))
    if not _others(text, turn, numbers) or not _SAME.fullmatch(
        without_numbers(text, numbers.numbers_in(text))
    ):
        return None
    return Waiting(form, text)


def _others(text: str, turn: Turn, numbers: OrderFormat) -> bool:
    return any(each != turn.slots.get(ORDER_NUMBER) for each in written_numbers(text, numbers))


def change_wished(text: str, numbers: OrderFormat) -> Form | None:
    """What the text wants to have changed."""
    return _change(searched_intent(text) or named_intent(text, numbers))


def _change(intent: Intent | None) -> Form | None:
    form = None if intent is None else BY_INTENT.get(intent.value)
    return None if form is None or form.wish is None else form


def and_waiting(slots: Mapping[str, str], more: Sequence[Waiting]) -> dict[str, str]:
    """With more wishes at the end of those that wait, a line each."""
    lines = [f"{each.form.name}{_AT}{each.number or ''} {' '.join(each.text.split())}" for each in more]
    before = slots[LATER].splitlines() if LATER in slots else []
    return {**slots, LATER: "\n".join((*before, *lines)[:_MOST_WAITING])}


def next_waiting(slots: Mapping[str, str]) -> tuple[Waiting | None, dict[str, str]]:
    """The one that waits longest, and what is left without it."""
    lines = slots.get(LATER, "").splitlines()
    left = without(slots, LATER)
    for at, line in enumerate(lines):
        found = _kept(line)
        if found is not None:
            rest = lines[at + 1 :]
            return found, {**left, LATER: "\n".join(rest)} if rest else left
    return None, left


def _kept(line: str) -> Waiting | None:
    """The version before kept the text alone."""
    head, _, text = line.partition(" ")
    name, _, number = head.partition(_AT)
    form = form_of(name)
    if form is not None:
        return Waiting(form, text, number or None)
    wished = _change(searched_intent(line))
    return None if wished is None else Waiting(wished, line)
