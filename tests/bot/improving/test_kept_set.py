"""The kept set of the project: enough for every intent in both languages that no model was trained with."""

from collections import Counter

from bot.improving.judging import unseen
from bot.improving.workshop import Workshop
from bot.rasa_files import RasaConfig
from tests.house.tree import ROOT

SHOP = Workshop(RasaConfig(ROOT, ROOT / "var", "", "", ""))
_LEAST = 4


def test_each_intent_has_sentences_in_both_languages_that_are_not_among_the_examples() -> None:
    found = Counter((each.intent, each.language) for each in unseen(SHOP.tests(), SHOP.meanings()))
    few = {
        (intent, language): found[intent, language]
        for intent in SHOP.intents()
        for language in ("en", "zh")
        if found[intent, language] < _LEAST
    }
    assert few == {}


def test_each_means_an_intent_that_there_is() -> None:
    assert {each.intent for each in SHOP.tests()} <= set(SHOP.intents())
