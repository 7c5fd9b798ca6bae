"""When the bot has nothing to say, or what it said did not help: ask back, and at last a person."""

from bot.contract import Asked, ChoseHelped, ChosePerson, Offered, Outcome, Turn
from bot.policy.repeating import refusals
from bot.policy.settings import PolicySettings
from bot.reply import AskBack, BotReply, HandOff, Line, Offer, Say
from bot.text import other_tongue

PERSON = Offer(ChosePerson(), "bot-button-person")
NONE_OF_THESE = Offer(ChoseHelped(False), "bot-button-none")


def yes(turn: Turn, settings: PolicySettings) -> BotReply:
    match turn.last.asked if turn.last else None:
        case Asked.HELPED:
            return Say((Line("bot-glad"),), Outcome.CONFIRMED)
        case Asked.PERSON:
            return HandOff("asked_for_person")
        case Asked.WHICH | Asked.TOPIC:
            return which_one(turn, settings)
        case None:
            return Say((Line("bot-go-ahead"),), Outcome.TALKED, failures=failures_of(turn))


def which_one(turn: Turn, settings: PolicySettings) -> BotReply:
    """The same choices again, since it was not said which; the second time they have not been understood."""
    failures = failures_of(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("no_answer", (Line("bot-give-up"),))
    offers = tuple(again(each) for each in turn.offered) or (PERSON,)
    return AskBack((Line("bot-which-one"),), offers, turn.last.asked if turn.last else None, failures)


def again(offered: Offered) -> Offer:
    """A choice as it was offered before."""
    match offered.chosen:
        case ChosePerson():
            return PERSON
        case ChoseHelped():
            return NONE_OF_THESE
        case chosen:
            return Offer(chosen)


def gone(turn: Turn, settings: PolicySettings) -> BotReply:
    """A choice that there is no more."""
    failures = failures_of(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("no_answer", (Line("bot-give-up"),))
    return AskBack((Line("bot-choice-gone"),), (PERSON,), Asked.PERSON, failures)


def no(turn: Turn, settings: PolicySettings) -> BotReply:
    match turn.last.asked if turn.last else None:
        case Asked.HELPED | Asked.WHICH | Asked.TOPIC:
            return not_helped(turn, settings)
        case Asked.PERSON | None:
            return Say((Line("bot-all-right"),), Outcome.TALKED, failures=failures_of(turn))


def not_helped(turn: Turn, settings: PolicySettings) -> BotReply:
    """The second answer that did not help brings a person, whatever was told between the two."""
    failures = failures_of(turn) + 1
    answered = turn.last is not None and turn.last.outcome is Outcome.ANSWERED
    of_answers = refusals(turn) + 1 if answered else 0
    if max(failures, of_answers) >= settings.failures_to_person:
        return HandOff("not_helped", (Line("bot-sorry"),))
    return AskBack((Line("bot-rephrase"),), (PERSON,), Asked.PERSON, failures)


def fail(turn: Turn, settings: PolicySettings) -> BotReply:
    failures = failures_of(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("no_answer", (Line("bot-give-up"),))
    line = Line("bot-other-tongue" if other_tongue(turn.text) else "bot-no-answer")
    return AskBack((line,), (PERSON,), Asked.PERSON, failures)


def failures_of(turn: Turn) -> int:
    return turn.last.failures if turn.last else 0
