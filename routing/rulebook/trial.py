"""A dry run: rules as edited asked about past conversations, and what would have come of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.ids import ConversationId, QueueId
from routing.queue import Queue
from routing.rulebook.asking import Asked, Rulebook
from routing.rulebook.facts import REOPENED, Facts
from routing.rulebook.outcome import Routed, settle
from routing.rules import Choice, by_language, choose_queue
from routing.rules import Facts as Spoken


@dataclass(frozen=True, slots=True)
class Past:
    """``gave`` None: nobody wrote down what it got, and it went to no queue that is known."""

    conversation: ConversationId
    subject: str
    facts: Facts
    gave: Routed | None


@dataclass(frozen=True, slots=True)
class Tried:
    """One conversation, and what it would have got."""

    past: Past
    asked: Asked
    would: Routed

    @property
    def changed(self) -> bool:
        """Whether it would have got anything else than it did."""
        gave = self.past.gave
        return gave is None or _got(gave) != _got(self.would)


@dataclass(slots=True)
class Trial:
    """``held`` and ``decided`` by the place of the rule. At most ``shown`` of those that change, and of others, are kept."""

    shown: int
    considered: int = 0
    changed: int = 0
    by_fallback: int = 0
    held: Counter[int] = field(default_factory=Counter)
    decided: Counter[int] = field(default_factory=Counter)
    _changed: list[Tried] = field(default_factory=list)
    _same: list[Tried] = field(default_factory=list)

    def add(self, book: Rulebook, queues: Sequence[Queue], past: Sequence[Past]) -> None:
        """Ask about some more of them."""
        for each in past:
            tried = _try(book, queues, each)
            self.considered += 1
            self.changed += tried.changed
            self.by_fallback += tried.would.fallback is not None
            self.held.update(tried.asked.held)
            if tried.asked.held:
                self.decided[tried.asked.held[-1]] += tried.asked.decided
            kept = self._changed if tried.changed else self._same
            if len(kept) < self.shown:
                kept.append(tried)

    @property
    def items(self) -> list[Tried]:
        """Those that change first."""
        return [*self._changed, *self._same][: self.shown]


def _try(book: Rulebook, queues: Sequence[Queue], past: Past) -> Tried:
    asked = book.ask(past.facts)
    return Tried(past, asked, settle(asked, book, lambda: _fallback(queues, past.facts)))


def _fallback(queues: Sequence[Queue], facts: Facts) -> Choice:
    if facts.reason == REOPENED:
        return Choice(facts.home, None)
    return choose_queue(by_language(queues, facts.home), Spoken(facts.home, facts.language))


def _got(routed: Routed) -> tuple[QueueId, object, object, object, object, object]:
    """What matters of it, whichever rule it came from."""
    ladder = routed.ladder and (routed.ladder, routed.ladder_adds)
    return routed.queue, routed.priority, ladder, routed.sla_policy, routed.work, frozenset(routed.exclude)
