"""How the bot is in one inbox: which engine, what it calls itself, in which languages, how cautious."""

import pytest

from bot.contract import Turn
from bot.engines import ByInbox
from bot.policy.deciding import decide, decide_alone, reply_language
from bot.policy.settings import PolicySettings
from bot.proposals import Found, Talk, Understanding
from bot.reply import AskBack, HandOff, Line, Say, Suggest
from core.inbox import BotProfile, Caution
from tests.bot.builders import TEXTS, a_turn, an_answer, understood

POLICY = PolicySettings(answer_at=0.5, suggest_at=0.15, failures_to_person=2)


@pytest.mark.parametrize(
    ("caution", "probability", "kind"),
    [
        (Caution.USUAL, 0.6, Say),
        (Caution.CAREFUL, 0.6, Suggest),
        (Caution.CAREFUL, 0.75, Say),
        (Caution.USUAL, 0.4, Suggest),
        (Caution.BOLD, 0.4, Say),
    ],
)
def test_a_careful_bot_suggests_where_a_bold_one_answers(
    caution: Caution, probability: float, kind: type
) -> None:
    found = Found("lamp?", (an_answer(probability=probability),))
    assert isinstance(decide(a_turn("lamp?"), understood(found), POLICY.under(caution)), kind)


def test_a_careful_bot_passes_on_one_failure_sooner() -> None:
    nothing = understood(Found("lamp?", ()))
    assert isinstance(decide(a_turn("lamp?"), nothing, POLICY), AskBack)
    assert isinstance(decide(a_turn("lamp?"), nothing, POLICY.under(Caution.CAREFUL)), HandOff)


def test_who_writes_in_a_language_that_the_bot_does_not_answer_in_gets_a_person_at_once() -> None:
    english = BotProfile(languages=("en",))
    reply = decide_alone(a_turn("我的订单在哪里", profile=english), POLICY)
    assert reply == HandOff("language", (Line("bot-not-my-language"),))
    assert reply_language(a_turn("我的订单在哪里", profile=english), heard("zh")) == "zh"
    for text in ("where is my order", "10234", "LL-10234"):
        assert decide_alone(a_turn(text, profile=english), POLICY) is None
    assert decide_alone(a_turn("我的订单在哪里", profile=BotProfile(languages=("en", "zh"))), POLICY) is None


def test_what_tells_no_language_is_answered_in_one_that_the_bot_has_here() -> None:
    chinese = BotProfile(languages=("zh",))
    assert reply_language(a_turn("10234", language="fr", profile=chinese), heard(None)) == "zh"
    assert reply_language(a_turn("10234", language=None), heard(None)) == "en"


def test_the_bot_gives_the_name_that_the_inbox_gives_it() -> None:
    named = decide(a_turn("hi", profile=BotProfile(persona="Lumi")), understood(Talk("bot-greet")), POLICY)
    assert isinstance(named, Say)
    line = named.pieces[0]
    assert isinstance(line, Line)
    for language in ("en", "zh"):
        said = {name: str(value) for name, value in line.values.items()}
        assert "Lumi" in TEXTS.say(line.key, language, **said)


async def test_each_inbox_is_answered_by_the_engine_that_it_names() -> None:
    engines = ByInbox(Named("usual"), {"mine": Named("mine")})
    for engine, expected in ((None, "usual"), ("mine", "mine"), ("gone", "usual")):
        heard_by = await engines.understand(a_turn("hi", profile=BotProfile(engine=engine)))
        assert heard_by.engine == expected


class Named:
    def __init__(self, name: str) -> None:
        self._name = name

    async def understand(self, turn: Turn) -> Understanding:
        return Understanding(self._name, None, 1.0, None, ())


def heard(language: str | None) -> Understanding:
    return Understanding("rasa", None, 1.0, language, ())
