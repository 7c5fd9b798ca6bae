"""The rules asked about one conversation: which hold, what they give together, and what each condition saw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import assert_never

from routing.calendar import BusinessHours, parse_time
from routing.rulebook import conditions
from routing.rulebook.conditions import Condition, Group, Leaf
from routing.rulebook.facts import Facts
from routing.rulebook.rule import NOTHING, Gives, Rule, together
from routing.rulebook.words import sought

Test = Callable[[Facts], bool]
Hours = Mapping[str, BusinessHours]
_PLAIN = (
    conditions.ChannelIs
    | conditions.InboxIs
    | conditions.LanguageIs
    | conditions.ReasonIs
    | conditions.IntentIs
)
_MOST_KEPT = 512
_COST: Mapping[type[Condition], int] = {
    conditions.LanguageIs: 1,
    conditions.TimeIs: 2,
    conditions.HoursAre: 3,
    Group: 4,
    conditions.TextSays: 5,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """``held``: the places of the rules that held, in order; ``decided``: whether the last of them ended the asking."""

    held: tuple[int, ...]
    decided: bool
    gives: Gives

    @property
    def last(self) -> int | None:
        """The place of the rule that decided."""
        return self.held[-1] if self.decided else None


NOBODY_HELD = Asked((), False, NOTHING)


class Rulebook:
    """Rules in order, made ready to be asked many times. ``hours`` by their ids; those that are missing never hold."""

    def __init__(self, rules: Sequence[Rule], hours: Hours) -> None:
        self.rules = tuple(rules)
        self.hours = hours
        self._steps = [
            _Step(at, _test(rule.when, hours), _plain_tests(rule.when, hours), rule.go_on)
            for at, rule in enumerate(self.rules)
            if rule.enabled
        ]
        self._left: dict[tuple[object, ...], list[_Step]] = {}
        self.reads_words = any(_reads_words(rule.when) for rule in self.rules if rule.enabled)

    def ask(self, facts: Facts) -> Asked:
        """The first that holds decides; those that go on add to it."""
        held: list[int] = []
        decided = False
        for step in self._steps_for(facts):
            if step.test(facts):
                held.append(step.at)
                if not step.goes_on:
                    decided = True
                    break
        if not held:
            return NOBODY_HELD
        return Asked(tuple(held), decided, together([self.rules[at].gives for at in held]))

    def _steps_for(self, facts: Facts) -> list["_Step"]:
        """Those that what many conversations have in common leaves over; remembered, because it comes again."""
        key = (facts.channel, facts.inbox, facts.language, facts.reason, facts.intent)
        found = self._left.get(key)
        if found is None:
            if len(self._left) >= _MOST_KEPT:
                self._left.clear()
            found = [step for step in self._steps if all(test(facts) for test in step.plain)]
            self._left[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Step:
    """``plain``: tests of the channel, inbox, language, reason or intent alone, each of which must hold for ``test`` to."""

    at: int
    test: Test
    plain: tuple[Test, ...]
    goes_on: bool


def _plain_tests(when: Group, hours: Hours) -> tuple[Test, ...]:
    if when.match != "all":
        return ()
    return tuple(leaf_test(each, hours) for each in when.of if isinstance(each, _PLAIN))


def _reads_words(condition: Condition) -> bool:
    if isinstance(condition, Group):
        return any(_reads_words(each) for each in condition.of)
    return isinstance(condition, conditions.TextSays)


def _test(condition: Condition, hours: Hours) -> Test:
    if isinstance(condition, Group):
        return _group(condition.match, tuple(_test(each, hours) for each in condition.of))
    return leaf_test(condition, hours)


def _group(match: str, tests: tuple[Test, ...]) -> Test:
    if match == "none":
        return lambda facts: not any(test(facts) for test in tests)
    if len(tests) == 1:
        return tests[0]
    if match == "any":
        return lambda facts: any(test(facts) for test in tests)
    return lambda facts: all(test(facts) for test in tests)


_WORDS: Mapping[type[Leaf], str] = {
    conditions.ChannelIs: "channel",
    conditions.InboxIs: "inbox",
    conditions.IntentIs: "intent",
    conditions.MoodIs: "mood",
    conditions.ReasonIs: "reason",
}


def word_of(leaf: Leaf) -> Callable[[Facts], str | None]:
    """What a condition looks at that names words."""
    return attrgetter(_WORDS[type(leaf)])


def leaf_test(leaf: Leaf, hours: Hours) -> Test:
    """Whether it holds, made ready once."""
    match leaf:
        case (
            conditions.ChannelIs(any_of=wanted)
            | conditions.InboxIs(any_of=wanted)
            | conditions.IntentIs(any_of=wanted)
            | conditions.MoodIs(any_of=wanted)
            | conditions.ReasonIs(any_of=wanted)
        ):
            word = word_of(leaf)
            return lambda facts: word(facts) in wanted
        case conditions.LanguageIs(any_of=wanted):
            tags = frozenset(each.replace("_", "-").lower() for each in wanted)
            return lambda facts: not tags.isdisjoint(facts.languages)
        case conditions.ContactHas(attribute=name, any_of=wanted):
            return _among(lambda facts: facts.contact, name, wanted)
        case conditions.ContextHas(name=name, any_of=wanted):
            return _among(lambda facts: facts.context, name, wanted)
        case conditions.TextSays(words=words, match=match):
            return _says(tuple(filter(None, map(sought, words))), match)
        case conditions.ConfidenceIs():
            return _confident(leaf.at_least, leaf.below)
        case conditions.HoursAre(hours=name, open=wanted_open):
            return _within(name, hours.get(name), wanted=wanted_open)
        case conditions.TimeIs():
            return _at_time(leaf)
        case _:
            assert_never(leaf)


def _among(values: Callable[[Facts], Mapping[str, str]], name: str, wanted: Sequence[str]) -> Test:
    key, words = name.casefold(), frozenset(each.strip().casefold() for each in wanted)
    if not words:
        return lambda facts: key in values(facts)

    def test(facts: Facts) -> bool:
        value = values(facts).get(key)
        return value is not None and value.strip().casefold() in words

    return test


def _says(phrases: Sequence[str], match: str) -> Test:
    if match == "all":
        return lambda facts: all(each in facts.words for each in phrases)
    return lambda facts: any(each in facts.words for each in phrases)


def _confident(least: float | None, below: float | None) -> Test:
    def test(facts: Facts) -> bool:
        sure = facts.confidence
        return sure is not None and (least is None or sure >= least) and (below is None or sure < below)

    return test


def _within(name: str, hours: BusinessHours | None, *, wanted: bool) -> Test:
    if hours is None:
        return lambda facts: False
    known = hours
    return lambda facts: facts.open(name, known) is wanted


def _at_time(leaf: conditions.TimeIs) -> Test:
    days = frozenset(leaf.days or range(7))
    start, end = parse_time(leaf.start, "start"), parse_time(leaf.end, "end")

    def test(facts: Facts) -> bool:
        day, minute = facts.wall(leaf.zone)
        return day in days and start <= minute < end

    return test
