"""What the bot says to a turn: answer, ask back, suggest, or hand over to a person; pure, and the only place that decides.

Silence is not among the answers: ``Nothing`` is said only by who finds the conversation in other hands.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.contract import (
    TALK_KEYS,
    Asked,
    ChoseArticle,
    ChoseConfirm,
    ChoseGone,
    ChoseHelped,
    ChoseMore,
    ChoseOrder,
    ChosePerson,
    ChoseTopic,
    ChoseWay,
    Intent,
    Outcome,
    Turn,
)
from bot.forms.kinds import PROVEN
from bot.phrases import asks_for_person
from bot.policy.answers import found, said
from bot.policy.choosing import implied_choice
from bot.policy.falling_short import PERSON, fail, failures_of, gone, no, not_helped, yes
from bot.policy.orders import and_ask, and_then, ask_slot, asked_before, order_line, refuse, together
from bot.policy.requests import changes_told, outcome
from bot.policy.settings import DEFAULT_LANGUAGE, PolicySettings
from bot.policy.telling import begun, further
from bot.proposals import (
    Affirmed,
    Ask,
    AskSlot,
    Beside,
    Changed,
    ChangeUnknown,
    CodeRight,
    CodeWrong,
    Complains,
    Confirm,
    Denied,
    Found,
    Further,
    LookupFailed,
    NotProven,
    NotTheirs,
    NumberRefused,
    OrderTold,
    OwnOrder,
    ProofFailed,
    Proposal,
    Said,
    Talk,
    Understanding,
    WantsPerson,
    WhichWay,
)
from bot.reply import BotReply, HandOff, Line, Say
from bot.text import is_command, language_of, says_something

_ABOUT_ORDERS = frozenset(
    {
        Intent.ORDER_STATUS,
        Intent.ORDER_CANCEL,
        Intent.ORDER_CHANGE_ADDRESS,
        Intent.ORDER_RETURN,
        Intent.ORDER_REFUND,
    }
)
_STOPPED = frozenset({"bot-order-stopped", "bot-request-stopped"})
_TALK_OFFERS = {
    "bot-order-stopped": ((PERSON,), Asked.PERSON),
    "bot-request-stopped": ((PERSON,), None),
    "bot-insult": ((PERSON,), Asked.PERSON),
    "bot-what-am-i": ((PERSON,), None),
}


def decide_alone(turn: Turn, settings: PolicySettings) -> BotReply | None:
    """What is clear without asking any engine; None when one has to be asked."""
    match implied_choice(turn):
        case ChosePerson():
            return HandOff("asked_for_person")
        case ChoseHelped(helped):
            glad = Say((Line("bot-glad"),), Outcome.CONFIRMED)
            return glad if helped else not_helped(turn, settings)
        case ChoseGone():
            return _gone(turn, settings)
        case ChoseMore(article) if begun(turn, article) is None:
            return _gone(turn, settings)
        case ChoseConfirm(mark=mark) if not _is_asked(turn, mark):
            return _gone(turn, settings)
        case ChoseWay() if not _is_proving(turn):
            return _gone(turn, settings)
        case ChoseArticle() | ChoseTopic() | ChoseMore():
            return None
        case ChoseConfirm() | ChoseOrder() | ChoseWay() | None:
            return _by_itself(turn, settings)


def _by_itself(turn: Turn, settings: PolicySettings) -> BotReply | None:
    """What a message says in so many words, or cannot say."""
    if not turn.text and turn.attachments:
        return HandOff("attachment", (Line("bot-attachment"),))
    if asks_for_person(turn.text):
        return HandOff("asked_for_person")
    if is_command(turn.text):
        return Say((_spoken("bot-greet", turn),), Outcome.TALKED, (PERSON,), failures=failures_of(turn))
    if not _speaks(turn):
        return HandOff("language", (Line("bot-not-my-language"),))
    if not says_something(turn.text):
        return fail(turn, settings)
    return None


def decide(turn: Turn, understood: Understanding, settings: PolicySettings) -> BotReply:
    """What is said to what an engine made of the turn."""
    person = _to_person(understood.proposals)
    if person is not None:
        told = changes_told(turn, understood.proposals) if turn.proven else ()
        return replace(person, pieces=(*told, *person.pieces))
    if _would_be_personal(turn, understood):
        return HandOff("not_proven", (Line("bot-not-proven"),))
    if understood.intent == Intent.OUT_OF_SCOPE:
        settings = settings.doubtful()
    reply = _first(turn, understood.proposals, settings)
    asking = any(isinstance(each, Ask) for each in understood.proposals)
    for each in understood.proposals:
        if isinstance(each, Beside):
            reply = together(reply, _reply_to(turn, each.about, settings), asking=asking)
    return reply


def _first(turn: Turn, proposals: Sequence[Proposal], settings: PolicySettings) -> BotReply:
    asks = tuple(each for each in proposals if isinstance(each, Ask))
    others = tuple(each for each in proposals if not isinstance(each, Ask | Beside))
    if not others:
        return ask_slot(turn, asks, settings) if asks else fail(turn, settings)
    reply, last = _reply_to(turn, others[0], settings), others[0]
    for each in others[1:]:
        if not _makes_room(last):
            break
        last = each
        reply = and_then(reply, _reply_to(turn, last, settings))
    return and_ask(reply, asks[-1]) if asks and not isinstance(last, NumberRefused) else reply


def _makes_room(proposal: Proposal) -> bool:
    """Whether what was wanted, or a wish that waited, comes after it in the same reply."""
    return isinstance(proposal, Changed | CodeRight | OrderTold) or (
        isinstance(proposal, Talk) and proposal.key in _STOPPED
    )


def _gone(turn: Turn, settings: PolicySettings) -> BotReply:
    """A button of another conversation, or of a question that is settled; an open form asks again."""
    ask = asked_before(turn)
    reply = gone(turn, settings)
    return reply if ask is None else and_ask(reply, ask)


def _is_asked(turn: Turn, mark: str) -> bool:
    """Whether the open form asks right now for a yes to exactly this."""
    ask = asked_before(turn)
    return isinstance(ask, Confirm) and ask.mark == mark


def _is_proving(turn: Turn) -> bool:
    """Whether the open form asks for a proof: another way may be chosen until it is there."""
    ask = asked_before(turn)
    return isinstance(ask, WhichWay) or (isinstance(ask, AskSlot) and ask.slot == PROVEN)


def reply_language(turn: Turn, understood: Understanding | None) -> str:
    """The language of this text, else of what was said before, else of the contact's side."""
    heard = understood.language if understood is not None else None
    before = next((past.language for past in reversed(turn.history) if past.language), None)
    known = heard or before or turn.language
    mine = turn.profile.languages
    if mine and known not in mine and turn.chosen is None and heard is None:
        return mine[0]
    return known or DEFAULT_LANGUAGE


def _speaks(turn: Turn) -> bool:
    """Whether the bot answers here in the language that a typed text is certainly in."""
    heard = None if turn.chosen is not None else language_of(turn.text)
    return heard is None or not turn.profile.languages or heard in turn.profile.languages


def _to_person(proposals: Sequence[Proposal]) -> HandOff | None:
    for proposal in proposals:
        match proposal:
            case WantsPerson():
                return HandOff("asked_for_person")
            case Complains():
                return HandOff("complaint", (Line("bot-complaint"),))
            case LookupFailed():
                return HandOff("lookup_failed", (Line("bot-lookup-failed"),))
            case _:
                pass
    return None


def _would_be_personal(turn: Turn, understood: Understanding) -> bool:
    """Orders are told only to who is known to ask; that there is none, or asking for its number, tells something too."""
    if any(isinstance(each, NotProven) for each in understood.proposals):
        return True
    if turn.proven:
        return False
    return understood.intent in _ABOUT_ORDERS or any(
        isinstance(
            each, OrderTold | OwnOrder | NotTheirs | NumberRefused | Changed | CodeRight | Beside | Ask
        )
        for each in understood.proposals
    )


def _reply_to(turn: Turn, proposal: Proposal, settings: PolicySettings) -> BotReply:
    match proposal:
        case Found():
            return found(turn, proposal, settings)
        case Further():
            return further(turn, proposal, settings)
        case Talk(key) if key in TALK_KEYS:
            offers, asked = _TALK_OFFERS.get(key, ((), None))
            return Say((_spoken(key, turn),), Outcome.TALKED, offers, asked, failures_of(turn))
        case Said():
            return said(turn, proposal)
        case Affirmed():
            return yes(turn, settings)
        case Denied():
            return no(turn, settings)
        case OrderTold(order):
            return Say((order_line(turn, order),), Outcome.ANSWERED, (PERSON,))
        case OwnOrder(number):
            return Say((Line("bot-order-own", {"number": number}),), Outcome.TALKED)
        case NotTheirs(number):
            return Say((Line("bot-order-not-yours", {"number": number}),), Outcome.ANSWERED, (PERSON,))
        case NumberRefused(number, well_formed):
            return refuse(turn, number, settings, well_formed=well_formed)
        case CodeRight() | CodeWrong() | ProofFailed() | Changed() | ChangeUnknown():
            return outcome(turn, proposal)
        case _:
            return fail(turn, settings)


def _spoken(key: str, turn: Turn) -> Line:
    if key == "bot-greet" and _has_greeted(turn):
        return Line("bot-greet-again")
    persona = turn.profile.persona
    return Line(key, {"persona": persona}) if persona else Line(key)


def _has_greeted(turn: Turn) -> bool:
    """Whether it said already what it is and what it can do."""
    return any(
        past.outcome is Outcome.TALKED and (past.intent == Intent.GREET or is_command(past.text))
        for past in turn.history
    )
