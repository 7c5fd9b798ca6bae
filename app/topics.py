"""Lets the bot ask the routing rules which topics lead to a person."""

from dataclasses import dataclass

from bot.contract import Turn
from bot.handing.deciding import moods_of
from bot.handing.values import Topic
from bot.proposals import Understanding
from core.store.tx import Tx
from routing.rulebook.settings import RuleSettings
from routing.topics import Heard, topic_of


@dataclass(frozen=True, slots=True)
class RuleTopics:
    """Satisfies ``bot.handing.contract.Topics``."""

    settings: RuleSettings

    def topic_of(self, tx: Tx, turn: Turn, understood: Understanding | None = None) -> Topic | None:
        heard = Heard(turn.text, turn.language, str(moods_of(turn)[-1]))
        if understood is not None:
            language = understood.language or turn.language
            heard = Heard(turn.text, language, heard.mood, True, understood.intent, understood.confidence)
        rule = topic_of(tx, turn.conversation, heard, self.settings)
        return None if rule is None else Topic(rule.id, rule.name)
