"""Which queue a conversation goes to when the bot passes it on: ordered rules, the first that fits decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.ids import QueueId
from routing.queue import Queue


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a conversation at that moment; ``language`` as a BCP 47 tag, ``home`` its inbox's queue."""

    home: QueueId
    language: str | None = None
    intent: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """To ``queue`` when each condition that is given holds; an empty one always does."""

    queue: QueueId
    name: str
    languages: tuple[str, ...] = ()
    intents: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()

    def fits(self, facts: Facts) -> bool:
        return (
            (not self.languages or speaks(self.languages, facts.language))
            and (not self.intents or facts.intent in self.intents)
            and (not self.reasons or facts.reason in self.reasons)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The queue, and the name of the rule that chose it; None when the inbox's own is the last resort."""

    queue: QueueId
    rule: str | None


def choose_queue(rules: Iterable[Rule], facts: Facts) -> Choice:
    """The first rule that fits, else the inbox's own queue."""
    for rule in rules:
        if rule.fits(facts):
            return Choice(rule.queue, rule.name)
    return Choice(facts.home, None)


def by_language(queues: Sequence[Queue], home: QueueId) -> tuple[Rule, ...]:
    """The rules until operators write their own: the inbox's queue if it speaks the language, else one that does.

    Among the others those with members come first, then the higher priority, then the order given.
    """
    own = [queue for queue in queues if queue.id == home]
    others = [queue for queue in queues if queue.id != home and queue.languages]
    others.sort(key=lambda queue: (not queue.members, -queue.priority))
    return tuple(Rule(queue.id, f"language:{queue.name}", queue.languages) for queue in (*own, *others))


def speaks(languages: Sequence[str], language: str | None) -> bool:
    """Whether one of them is the language or a wider form of it (``zh`` is of ``zh-Hans``); unknown fits all."""
    if language is None:
        return True
    wanted = language.replace("_", "-").lower()
    tags = [each.replace("_", "-").lower() for each in languages]
    return any(wanted == tag or wanted.startswith(f"{tag}-") or tag.startswith(f"{wanted}-") for tag in tags)
