"""Real Rasa is as good as the README says, on sentences of customers that training never sees."""

import pytest

from tests.bot.kept import LANGUAGES, kept
from tests.servers.rasa import RunningRasa

pytestmark = pytest.mark.rasa

AT_LEAST = 0.9
LEAST_OF_AN_INTENT = 0.6
_NOT_UNDERSTOOD = "nlu_fallback"


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_sentences_that_training_never_saw_are_understood(rasa: RunningRasa, language: str) -> None:
    """What is none of our business may as well be "not understood"."""
    right: dict[str, list[bool]] = {}
    astray = []
    for intent, text in kept(language):
        _, parsed = rasa.call("POST", "/model/parse", {"text": text})
        found = parsed["intent"]["name"]
        good = found == intent or (intent == "out_of_scope" and found == _NOT_UNDERSTOOD)
        right.setdefault(intent, []).append(good)
        if not good:
            astray.append((intent, found, text))
    every = [good for each in right.values() for good in each]
    assert sum(every) / len(every) >= AT_LEAST, astray
    weak = [intent for intent, each in right.items() if sum(each) / len(each) < LEAST_OF_AN_INTENT]
    assert weak == [], astray
