"""Whether a person is needed whatever the bot could say: one decision, pure; its reason goes into the record.

What was asked for, and what the bot cannot answer, ``bot.policy`` decides; here is what speaks for a person beside that.
"""

from dataclasses import replace

from bot.contract import Outcome, PastTurn, Turn
from bot.forms.kinds import PROOF
from bot.forms.words import code_in
from bot.handing.mood import Mood, mood_of
from bot.handing.settings import HandingSettings
from bot.policy.settings import PolicySettings
from bot.proposals import CodeWrong, Understanding
from bot.reply import AskBack, BotReply, HandOff, Line, Nothing, Say, Suggest

TIER, TOPIC, UNHAPPY, UNSURE, STUCK = "tier", "topic", "unhappy", "unsure", "stuck"
_WORDS = {
    Mood.ANGRY.value: "bot-angry",
    Mood.URGENT.value: "bot-urgent",
    UNHAPPY: "bot-unhappy",
    UNSURE: "bot-give-up",
    STUCK: "bot-stuck",
}
_RESTIVE = frozenset({Mood.UNHAPPY, Mood.ANGRY})
_ANSWERS = frozenset({Outcome.ANSWERED, Outcome.CONFIRMED})


def moods_of(turn: Turn) -> tuple[Mood, ...]:
    """Of the messages under this token, this one last; a pressed button has no voice."""
    said = [past.text for past in turn.history] + ([turn.text] if turn.chosen is None else [])
    return tuple(mood_of(text, said[:at]) for at, text in enumerate(said)) or (Mood.CALM,)


def before(turn: Turn, settings: HandingSettings) -> HandOff | None:
    """What needs no understanding: whoever is of such a tier, or wrote what a rule says, comes to a person at once."""
    if _among(turn.around.tier, settings.straight_tiers):
        return HandOff(TIER)
    return HandOff(TOPIC) if turn.around.topic is not None else None


def patience(turn: Turn, policy: PolicySettings, settings: HandingSettings) -> PolicySettings:
    """How many failures this customer is asked to bear."""
    restless = str(moods_of(turn)[-1]) in settings.restless
    if restless or _among(turn.around.tier, settings.eager_tiers):
        return replace(policy, failures_to_person=1)
    return policy


def after(turn: Turn, understood: Understanding, reply: BotReply, settings: HandingSettings) -> BotReply:
    """The reply, or a person instead of it; what was done or looked up for the customer is told all the same."""
    if isinstance(reply, HandOff | Nothing):
        return reply
    reason = _reason(turn, understood, reply, settings)
    return reply if reason is None else hand_over(reason, reply)


def hand_over(reason: str, reply: BotReply) -> HandOff:
    """To a person, with those lines of a reply that tell what was done for the customer."""
    told = reply.pieces if isinstance(reply, Say) and reply.outcome in _ANSWERS else ()
    lines = tuple(each for each in told if isinstance(each, Line))
    return HandOff(reason, (*lines, *((Line(_WORDS[reason]),) if reason in _WORDS else ())))


def _reason(
    turn: Turn, understood: Understanding, reply: Say | AskBack | Suggest, settings: HandingSettings
) -> str | None:
    moods = moods_of(turn)
    if turn.chosen is None and str(moods[-1]) in settings.moods:
        return str(moods[-1])
    recent = moods[-settings.unhappy_in_a_row :]
    if len(recent) == settings.unhappy_in_a_row and _RESTIVE.issuperset(recent):
        return UNHAPPY
    if any(isinstance(each, CodeWrong) for each in understood.proposals):
        # The guesses are counted where the codes are, and the customer was told how many are left.
        return None
    if _unsure(turn, understood, reply, settings):
        return UNSURE
    return STUCK if _stuck(turn, understood, reply, settings) else None


def _unsure(
    turn: Turn, understood: Understanding, reply: Say | AskBack | Suggest, settings: HandingSettings
) -> bool:
    def unsure(confidence: float | None) -> bool:
        return confidence is not None and confidence < settings.unsure_below

    if not unsure(understood.confidence) or (isinstance(reply, Say) and reply.outcome in _ANSWERS):
        return False
    before_it = turn.history[len(turn.history) - settings.unsure_in_a_row + 1 :]
    return len(before_it) == settings.unsure_in_a_row - 1 and all(
        unsure(past.confidence) and past.outcome not in _ANSWERS for past in before_it
    )


def _stuck(
    turn: Turn, understood: Understanding, reply: Say | AskBack | Suggest, settings: HandingSettings
) -> bool:
    """The form asks for what it asked for before, and nothing came of it; what was answered in between counts as nothing."""
    if understood.active_form is None or not isinstance(reply, AskBack):
        return False
    asked = 0
    for past in reversed(turn.history):
        if not _same_step(past, understood):
            break
        asked += past.outcome is Outcome.ASKED and not _tried_a_code(past)
    return asked >= settings.same_step


def _tried_a_code(past: PastTurn) -> bool:
    return PROOF in past.slots and code_in(past.text) is not None


def _same_step(past: PastTurn, understood: Understanding) -> bool:
    return past.active_form == understood.active_form and dict(past.slots) == dict(understood.slots)


def _among(tier: str | None, tiers: tuple[str, ...]) -> bool:
    return tier is not None and tier.strip().casefold() in {each.casefold() for each in tiers}
