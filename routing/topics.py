"""Rules that lead to a person: asked for each message while the bot has the conversation, before it comes to people."""

from dataclasses import dataclass, replace
from functools import lru_cache

from core.ids import ConversationId
from core.store.tx import Tx
from routing.rulebook import conditions
from routing.rulebook.asking import Rulebook
from routing.rulebook.conditions import leaves
from routing.rulebook.reading import Moment, facts_of
from routing.rulebook.rule import Rule
from routing.rulebook.settings import RuleSettings
from routing.rulebook.store import rulebook

TOPIC = "topic"
"""The reason under which such a conversation comes to people."""

_UNDERSTOOD = (conditions.IntentIs, conditions.ConfidenceIs)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message: its ``text``, and what is made of it; ``understood``: the intent is known, or known to be none."""

    text: str
    language: str | None
    mood: str | None
    understood: bool = False
    intent: str | None = None
    confidence: float | None = None


def topic_of(tx: Tx, conversation: ConversationId, heard: Heard, settings: RuleSettings) -> Rule | None:
    """The first such rule that holds; one that asks for an intent only holds once that is understood."""
    book = _leading(rulebook(tx), heard.understood)
    if not book.rules:
        return None
    moment = Moment(tx.now, TOPIC, heard.language, heard.intent, heard.confidence, heard.mood)
    facts = facts_of(tx, conversation, moment, settings, words=False)
    asked = book.ask(replace(facts, said=heard.text[: settings.characters]))
    return book.rules[asked.held[0]] if asked.held else None


@lru_cache(maxsize=8)
def _leading(book: Rulebook, understood: bool) -> Rulebook:  # noqa: FBT001 - a key of the cache
    rules = [
        rule for rule in book.rules if rule.gives.person and (understood or not _asks_what_is_meant(rule))
    ]
    return Rulebook([each for each in rules if each.enabled], book.hours)


def _asks_what_is_meant(rule: Rule) -> bool:
    return any(isinstance(leaf, _UNDERSTOOD) for _, leaf in leaves(rule.when))
