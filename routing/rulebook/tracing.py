"""Why each rule held or not: every condition that decided so, with the value it saw and never the text that was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from routing.calendar import DAYS
from routing.rulebook import conditions
from routing.rulebook.asking import Asked, Hours, Rulebook, leaf_test, word_of
from routing.rulebook.conditions import Condition, Group, Leaf
from routing.rulebook.facts import Facts
from routing.rulebook.rule import Rule
from routing.rulebook.words import sought

DECIDED, ADDED, NO, OFF = "decided", "added", "no", "off"
_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Look:
    """A condition (a group without what is in it), whether it held, and what it saw: None when that is not known."""

    condition: Condition
    held: bool
    seen: str | None = None
    of: "tuple[Look, ...]" = ()


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """``outcome``: decided, added, no, off. Rules after the one that decided were not asked and have none."""

    rule: Rule
    outcome: str
    look: Look | None


def trace(rulebook: Rulebook, facts: Facts, asked: Asked, most: int | None = None) -> tuple[RuleTrace, ...]:
    """Of every rule up to the one that decided; of ``most`` of those that did not hold."""
    end = len(rulebook.rules) if asked.last is None else asked.last + 1
    held = frozenset(asked.held)
    missed = [at for at in range(end) if at not in held]
    shown = sorted(held.union(missed[:most]))
    return tuple(_of_rule(at, rulebook, facts, asked) for at in shown)


def _of_rule(at: int, rulebook: Rulebook, facts: Facts, asked: Asked) -> RuleTrace:
    rule = rulebook.rules[at]
    if not rule.enabled:
        return RuleTrace(rule, OFF, None)
    found = look(rule.when, facts, rulebook.hours)
    if at not in asked.held:
        return RuleTrace(rule, NO, found)
    return RuleTrace(rule, DECIDED if at == asked.last else ADDED, found)


def look(condition: Condition, facts: Facts, hours: Hours) -> Look:
    """A group shows what decided: of one that failed for a single condition that one, else all of them."""
    if not isinstance(condition, Group):
        return Look(condition, leaf_test(condition, hours)(facts), seen(condition, facts, hours))
    if condition.match == "any":
        inside = tuple(look(each, facts, hours) for each in condition.of)
        return Look(Group("any"), any(each.held for each in inside), None, inside)
    spoils = condition.match == "none"
    found: list[Look] = []
    for each in condition.of:
        found.append(look(each, facts, hours))
        if found[-1].held is spoils:
            return Look(Group(condition.match), False, None, (found[-1],))
    return Look(Group(condition.match), True, None, tuple(found))


def seen(leaf: Leaf, facts: Facts, hours: Hours) -> str | None:
    """The value that it looked at; of a text those of the rule's own words that were there."""
    found = _value(leaf, facts, hours)
    return found if found is None else found[:_CHARACTERS]


def _value(leaf: Leaf, facts: Facts, hours: Hours) -> str | None:
    match leaf:
        case (
            conditions.ChannelIs()
            | conditions.InboxIs()
            | conditions.IntentIs()
            | conditions.MoodIs()
            | conditions.ReasonIs()
        ):
            return word_of(leaf)(facts)
        case conditions.LanguageIs():
            return facts.language
        case conditions.ContactHas(attribute=name):
            return facts.contact.get(name.casefold())
        case conditions.ContextHas(name=name):
            return facts.context.get(name.casefold())
        case conditions.TextSays(words=words):
            return _found(words, facts)
        case conditions.ConfidenceIs():
            return None if facts.confidence is None else f"{facts.confidence:.2f}"
        case conditions.HoursAre(hours=name):
            known = hours.get(name)
            return None if known is None else ("open" if facts.open(name, known) else "closed")
        case conditions.TimeIs(zone=zone):
            day, minute = facts.wall(zone)
            return f"{DAYS[day]} {minute // 60:02d}:{minute % 60:02d}"
        case _:
            assert_never(leaf)


def _found(words: Sequence[str], facts: Facts) -> str | None:
    there = [each for each in words if (phrase := sought(each)) and phrase in facts.words]
    return ", ".join(there) or None
