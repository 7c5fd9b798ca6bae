"""What is said about an order, and how the open form asks for what it needs."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.contract import ORDER_NUMBER, Asked, ChoseConfirm, ChoseOrder, ChoseWay, Outcome, Turn
from bot.forms.kinds import ask_of, form_of
from bot.handing.times import zone_of
from bot.policy.falling_short import PERSON, failures_of
from bot.policy.settings import PolicySettings
from bot.proposals import Ask, AskSlot, Confirm, WhichOrder, WhichWay, Wish
from bot.reply import AskBack, BotReply, Day, HandOff, Line, Offer, Piece, Say
from core.order import Order, OrderState

_BEHIND = timedelta(hours=12)
"""How far the clocks of the last places are behind UTC: nothing is late before it is late everywhere."""
_FIGURES = re.compile(r"\d{3}")
_UNKNOWN = "none"
"""What texts are given for a sum that nobody named."""


def refuse(turn: Turn, number: str, settings: PolicySettings, *, well_formed: bool) -> BotReply:
    failures = failures_of(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("no_order", (Line("bot-order-give-up"),))
    key = "bot-order-unknown" if well_formed else "bot-order-not-a-number"
    return AskBack((Line(key, {"number": number}),), (PERSON,), None, failures)


def ask_slot(turn: Turn, asks: tuple[Ask, ...], settings: PolicySettings) -> BotReply:
    """The form asks; asking the same again without having got further is a failure."""
    ask = asks[-1]
    failures = failures_of(turn) + 1 if ask == asked_before(turn) else 0
    if failures >= settings.failures_to_person:
        if isinstance(ask, AskSlot) and ask.slot == ORDER_NUMBER:
            return _without_number(turn)
        return HandOff("no_answer", (Line("bot-request-give-up"),))
    return AskBack((ask_line(ask),), ask_offers(ask), failures=failures)


def _without_number(turn: Turn) -> HandOff:
    """An order was looked for in vain only where some number was given for it."""
    here = (past.text for past in turn.history if past.active_form == turn.active_form)
    if any(_FIGURES.search(text) for text in (*here, turn.text)):
        return HandOff("no_order", (Line("bot-order-give-up"),))
    return HandOff("no_number", (Line("bot-order-no-number"),))


def asked_before(turn: Turn) -> Ask | None:
    """What the open form asked before this turn."""
    form = form_of(turn.active_form)
    return None if form is None else ask_of(form, turn.slots, verified=turn.verified)


def and_ask(reply: BotReply, ask: Ask) -> BotReply:
    """After an interruption the open form asks again."""
    match reply:
        case Say(pieces, outcome, _, _, failures):
            return Say((*pieces, ask_line(ask)), outcome, ask_offers(ask), failures=failures)
        case AskBack(offers=offers):
            shown = ask_offers(ask) or offers
            return replace(reply, pieces=(*reply.pieces, ask_line(ask)), offers=shown, asked=None)
        case _:
            return reply


def and_then(done: BotReply, then: BotReply) -> BotReply:
    """What was done or left, and what comes of the wish that waited for it."""
    if not isinstance(done, Say):
        return done
    match then:
        case HandOff():
            return replace(then, pieces=(*done.pieces, *then.pieces))
        case Say() | AskBack():
            pieces = (*done.pieces, *then.pieces)
            left = done.outcome is Outcome.TALKED
            outcome = then.outcome if left and isinstance(then, Say) else done.outcome
            return Say(pieces, outcome, then.offers or done.offers, then.asked, then.failures)
        case _:
            return done


def together(first: BotReply, beside: BotReply, *, asking: bool) -> BotReply:
    """Both things of a message in one reply; what the open form asks (``asking``) stands last."""
    told: tuple[Piece, ...] = (Line("bot-beside-unknown"),)
    offers: tuple[Offer, ...] = (PERSON,)
    asked: Asked | None = None
    if isinstance(beside, Say):
        told, offers, asked = beside.pieces, beside.offers, beside.asked
    match first:
        case AskBack():
            return replace(first, pieces=(*told, *first.pieces))
        case Say() if asking:
            return replace(first, pieces=(*told, *first.pieces))
        case Say():
            return replace(first, pieces=(*first.pieces, *told), offers=offers, asked=asked)
        case _:
            return first


def ask_line(ask: Ask) -> Piece:
    match ask:
        case AskSlot(_, key, values):
            return Line(key, values)
        case WhichOrder():
            return Line("bot-order-which")
        case WhichWay(account, mail):
            return Line("bot-proof-ask-way" if mail else "bot-proof-ask-account", {"account": account})
        case Confirm(wish, number, address, reason, _, amount, named):
            key = f"bot-confirm-{wish.value}"
            if reason:
                key += "-because"
            values = {"number": number, "address": address, "reason": reason}
            if wish is Wish.REFUND:
                values |= {"amount": amount or _UNKNOWN, "named": named or _UNKNOWN}
            return Line(key, values)


def ask_offers(ask: Ask) -> tuple[Offer, ...]:
    """The choices, as buttons where the channel has them."""
    match ask:
        case AskSlot():
            return ()
        case WhichOrder(numbers, items):
            named = items or ("",) * len(numbers)
            return tuple(
                Offer(ChoseOrder(number, title)) for number, title in zip(numbers, named, strict=True)
            )
        case WhichWay(account, mail):
            there = Offer(ChoseWay(True, account), "bot-button-account")
            return (there, Offer(ChoseWay(False), "bot-button-mail")) if mail else (there, PERSON)
        case Confirm(mark=mark):
            yes, no = ChoseConfirm(True, mark), ChoseConfirm(False, mark)
            return Offer(yes, "bot-button-yes"), Offer(no, "bot-button-no")


def order_line(turn: Turn, order: Order) -> Line:
    expected = _expected(order)
    if order.state is OrderState.SHIPPED and expected is not None:
        today = _today(turn)
        late = today is not None and expected < today
        day = Day(expected, year=today is not None and expected.year != today.year)
        return Line(
            f"bot-order-shipped-{'late' if late else 'expected'}", {"number": order.number, "date": day}
        )
    return Line(f"bot-order-state-{order.state.value}", {"number": order.number})


def _expected(order: Order) -> date | None:
    """None also for what is no date: whoever keeps the orders wrote it."""
    try:
        return None if order.expected is None else date.fromisoformat(order.expected)
    except ValueError:
        return None


def _today(turn: Turn) -> date | None:
    """On the customer's clock, where it is known."""
    if turn.now is None:
        return None
    zone = zone_of(turn.around.zone)
    return (turn.now - _BEHIND).date() if zone is None else turn.now.astimezone(zone).date()
