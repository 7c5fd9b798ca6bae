"""Judges a conversation of `bench dialogue` by what the customer saw; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.dialogue_cases import Dialogue, Goal

_TOLD, _PROOF = "bot-order-", "bot-proof-"
_STATES = ("placed", "packed", "shipped", "delivered", "cancelled", "returned")


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot: texts of the catalogue that are in it by ``keys``, and articles ``shown`` or ``suggested``."""

    text: str
    keys: frozenset[str] = frozenset()
    shown: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()

    @property
    def state(self) -> str | None:
        """The state of an order that it tells."""
        told = [key for key in self.keys if key.startswith((f"{_TOLD}state-", f"{_TOLD}shipped"))]
        return next((state for state in _STATES for key in told if state in key), None)

    @property
    def asks_for_number(self) -> bool:
        return "bot-order-ask-number" in self.keys

    @property
    def about_an_order(self) -> bool:
        """It takes a wish about an order up: asks for its number, for a proof, whether it shall be done."""
        return self.state is None and any(key.startswith((_TOLD, _PROOF)) for key in self.keys)


@dataclass(slots=True)
class Seen:
    """A whole conversation as its customer saw it; ``silent``: messages that nothing was said to."""

    replies: list[Reply] = field(default_factory=list)
    messages: int = 0
    handed_over: bool = False
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``answers`` are articles shown and orders told; ``wrong`` says which of them were no answer to this."""

    missed_goals: tuple[Goal, ...]
    answers: int
    wrong: tuple[str, ...]
    needless_handover: bool
    missed_handover: bool
    silent: int

    @property
    def good(self) -> bool:
        return not (
            self.missed_goals or self.wrong or self.needless_handover or self.missed_handover or self.silent
        )


def judge(dialogue: Dialogue, seen: Seen) -> Verdict:
    wanted = dialogue.needs_person
    told = [reply for reply in seen.replies if reply.state is not None]
    return Verdict(
        missed_goals=tuple(goal for goal in dialogue.goals if not _reached(goal, seen)),
        answers=len(told) + sum(len(reply.shown) for reply in seen.replies),
        wrong=(*_wrong_articles(dialogue, seen.replies), *_wrong_orders(dialogue, told)),
        needless_handover=seen.handed_over and not wanted and not dialogue.may_hand_over,
        missed_handover=wanted and not seen.handed_over,
        silent=seen.silent,
    )


def _reached(goal: Goal, seen: Seen) -> bool:
    shown = {name for reply in seen.replies for name in reply.shown}
    match goal.kind:
        case "article":
            asked = "ask" in goal.names and any(reply.about_an_order for reply in seen.replies)
            return asked or not shown.isdisjoint(goal.names)
        case "order":
            return any(_tells(goal, reply) for reply in seen.replies)
        case "wish":
            return seen.handed_over or bool(shown) or any(reply.about_an_order for reply in seen.replies)
        case "number":
            return any(reply.asks_for_number for reply in seen.replies)
        case "person":
            return seen.handed_over
        case _:
            return not shown


def _tells(goal: Goal, reply: Reply) -> bool:
    return reply.state == goal.state and any(name in reply.text for name in goal.names)


def _wrong_articles(dialogue: Dialogue, replies: Sequence[Reply]) -> list[str]:
    return [name for reply in replies for name in reply.shown if name not in dialogue.articles]


def _wrong_orders(dialogue: Dialogue, told: Sequence[Reply]) -> list[str]:
    orders = [goal for goal in dialogue.goals if goal.kind == "order"]
    return [reply.text for reply in told if not any(_tells(goal, reply) for goal in orders)]
