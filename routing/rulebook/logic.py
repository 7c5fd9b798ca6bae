"""Whether conditions can hold together: an exact search over the few values that each of them tells apart.

Conditions about one thing (the language, one attribute, the clock of one zone) divide its values into few kinds. Each
kind is a bit, a condition is the set of kinds for which it holds, and what is asked of one thing together is their
intersection. Things are taken as independent of each other: so "cannot hold" is always true, "can hold" may be too kind.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import assert_never

from routing.calendar import parse_time
from routing.rulebook import conditions
from routing.rulebook.conditions import UNKNOWN_LANGUAGE, Condition, Group, Leaf
from routing.rulebook.facts import language_and_wider
from routing.rulebook.words import sought

_ANOTHER = object()
_WEEK = 7
_PLAIN: Mapping[type[Leaf], str] = {
    conditions.ChannelIs: "channel",
    conditions.InboxIs: "inbox",
    conditions.IntentIs: "intent",
    conditions.MoodIs: "mood",
    conditions.ReasonIs: "reason",
}
_ALWAYS_KNOWN = frozenset({"channel", "inbox", "reason"})


@dataclass(frozen=True, slots=True)
class Says:
    """That a thing is of one of these kinds, one bit each."""

    thing: Hashable
    kinds: int


@dataclass(frozen=True, slots=True)
class Both:
    of: "tuple[Formula, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    of: "tuple[Formula, ...]"


Formula = Says | Both | Either
Kinds = Mapping[Hashable, int]
"""Of each thing the kinds that are still possible."""


class Vocabulary:
    """The kinds that a set of conditions tells apart; each of them can be made a formula.

    ``hours``: the business hours that there are; others are neither open nor closed.
    """

    def __init__(self, asked: Iterable[Condition], hours: Collection[str] = ()) -> None:
        leaves = [leaf for condition in asked for leaf in _leaves(condition)]
        self._values: dict[Hashable, list[object]] = {}
        for leaf in leaves:
            for thing, values in _mentions(leaf):
                known = self._values.setdefault(thing, [])
                known += [each for each in values if each not in known]
        for thing, values in self._values.items():
            self._values[thing] = _representatives(thing, values, hours)

    def every_kind(self, thing: Hashable) -> int:
        return (1 << len(self._values[thing])) - 1

    def formula(self, condition: Condition, *, holds: bool = True) -> Formula:
        """That it holds, or that it does not."""
        match condition:
            case Group(match="all", of=of):
                return _join([self.formula(each, holds=holds) for each in of], both=holds)
            case Group(match="any", of=of):
                return _join([self.formula(each, holds=holds) for each in of], both=not holds)
            case Group(of=of):
                return _join([self.formula(each, holds=not holds) for each in of], both=holds)
            case conditions.TextSays(words=words, match=match):
                parts = [self._says(("text", each), True, holds=holds) for each in _phrases(words)]
                return _join(parts, both=(match == "all") is holds)
            case _:
                return self._leaf(condition, holds=holds)

    def _leaf(self, leaf: Leaf, *, holds: bool) -> Formula:
        thing, _ = next(iter(_mentions(leaf)))
        kinds = sum(1 << at for at, value in enumerate(self._values[thing]) if _holds(leaf, value))
        return Says(thing, kinds if holds else self.every_kind(thing) & ~kinds)

    def _says(self, thing: Hashable, value: object, *, holds: bool) -> Formula:
        kinds = 1 << self._values[thing].index(value)
        return Says(thing, kinds if holds else self.every_kind(thing) & ~kinds)

    def known(self) -> list[Formula]:
        """What is true whatever is written: who wrote a phrase wrote what is in it."""
        phrases = [str(thing[1]) for thing in self._values if isinstance(thing, tuple) and thing[0] == "text"]
        return [
            Either(
                (
                    self._says(("text", long), True, holds=False),
                    self._says(("text", short), True, holds=True),
                )
            )
            for long, short in product(phrases, phrases)
            if long != short and short in long
        ]


def things(formula: Formula) -> frozenset[Hashable]:
    """Everything that it is about."""
    if isinstance(formula, Says):
        return frozenset({formula.thing})
    return frozenset[Hashable]().union(*map(things, formula.of))


def demanded(formula: Formula, vocabulary: Vocabulary) -> frozenset[Hashable]:
    """What it certainly narrows, phrases aside: who says nothing of one of them cannot imply it."""
    match formula:
        case Says(thing=thing, kinds=kinds):
            narrows = kinds != vocabulary.every_kind(thing)
            phrase = isinstance(thing, tuple) and thing[0] == "text"
            return frozenset({thing}) if narrows and not phrase else frozenset()
        case Both(of=of):
            return frozenset[Hashable]().union(*(demanded(each, vocabulary) for each in of))
        case _:
            return frozenset()


def possible(formulas: Sequence[Formula], vocabulary: Vocabulary, budget: int) -> bool:
    """False only when they certainly cannot all be true at once: within so many steps of the search."""
    return _search(list(formulas), {}, vocabulary, [budget])


def _search(todo: list[Formula], kinds: Kinds, vocabulary: Vocabulary, left: list[int]) -> bool:
    left[0] -= 1
    if left[0] < 0:
        return True
    settled = _settled(todo, dict(kinds), vocabulary)
    if settled is None:
        return False
    kinds, open_choices = settled
    if not open_choices:
        return True
    first = min(open_choices, key=len)
    rest: list[Formula] = [Either(tuple(each)) for each in open_choices if each is not first]
    return any(_search([*rest, option], kinds, vocabulary, left) for option in first)


def _settled(
    todo: list[Formula], kinds: dict[Hashable, int], vocabulary: Vocabulary
) -> tuple[dict[Hashable, int], list[list[Formula]]] | None:
    """What follows without a choice, and the choices that are left; None when it is impossible."""
    choices: list[Either] = []
    while True:
        if not _take(todo, kinds, choices, vocabulary):
            return None
        narrowed = [(each, _options(each, kinds, vocabulary)) for each in choices]
        if any(options is not None and not options for _, options in narrowed):
            return None
        todo = [options[0] for _, options in narrowed if options is not None and len(options) == 1]
        choices = [each for each, options in narrowed if options is not None and len(options) > 1]
        if not todo:
            return kinds, [options for _, options in narrowed if options is not None and len(options) > 1]


def _take(
    todo: list[Formula], kinds: dict[Hashable, int], choices: list[Either], vocabulary: Vocabulary
) -> bool:
    """Narrow the kinds by all that must be; False when nothing is left of one."""
    stack = list(todo)
    while stack:
        match stack.pop():
            case Both(of=of):
                stack += of
            case Either() as choice:
                choices.append(choice)
            case Says(thing=thing, kinds=wanted):
                left = kinds.get(thing, vocabulary.every_kind(thing)) & wanted
                if not left:
                    return False
                kinds[thing] = left
    return True


def _options(choice: Either, kinds: Kinds, vocabulary: Vocabulary) -> list[Formula] | None:
    """Those that are still possible; None when one of them is certain already."""
    options: list[Formula] = []
    for each in choice.of:
        if isinstance(each, Says):
            now = kinds.get(each.thing, vocabulary.every_kind(each.thing))
            if not now & ~each.kinds:
                return None
            if not now & each.kinds:
                continue
        elif isinstance(each, Both) and not each.of:
            return None
        options.append(each)
    return options


def _join(parts: list[Formula], *, both: bool) -> Formula:
    if len(parts) == 1:
        return parts[0]
    return Both(tuple(parts)) if both else Either(tuple(parts))


def _leaves(condition: Condition) -> Iterable[Leaf]:
    if isinstance(condition, Group):
        for each in condition.of:
            yield from _leaves(each)
    else:
        yield condition


def _mentions(leaf: Leaf) -> Iterable[tuple[Hashable, Sequence[object]]]:
    """The thing that it is about, and the values that it names."""
    match leaf:
        case (
            conditions.ChannelIs(any_of=values)
            | conditions.InboxIs(any_of=values)
            | conditions.IntentIs(any_of=values)
            | conditions.MoodIs(any_of=values)
            | conditions.ReasonIs(any_of=values)
        ):
            yield _PLAIN[type(leaf)], values
        case conditions.LanguageIs(any_of=values):
            yield "language", [_tag(each) for each in values]
        case conditions.ContactHas(attribute=name, any_of=values):
            yield ("contact", name.casefold()), [_folded(each) for each in values]
        case conditions.ContextHas(name=name, any_of=values):
            yield ("context", name.casefold()), [_folded(each) for each in values]
        case conditions.TextSays(words=words):
            for each in _phrases(words):
                yield ("text", each), ()
        case conditions.ConfidenceIs(at_least=least, below=below):
            yield "confidence", [each for each in (least, below) if each is not None]
        case conditions.HoursAre(hours=name):
            yield ("hours", name), ()
        case conditions.TimeIs(zone=zone, start=start, end=end):
            yield ("time", zone), [parse_time(start, "start"), parse_time(end, "end")]
        case _:
            assert_never(leaf)


def _representatives(thing: Hashable, named: list[object], hours: Collection[str]) -> list[object]:
    """One value of each kind. Every other value is told apart from none of them by any condition."""
    match thing:
        case "language":
            return [*named, *({UNKNOWN_LANGUAGE} - set(map(str, named))), _ANOTHER]
        case "confidence":
            return [None, *sorted({0.0, *(each for each in named if isinstance(each, float | int))})]
        case ("text", _):
            return [True, False]
        case ("hours", name):
            return [True, False] if name in hours else [None]
        case ("time", _):
            minutes = sorted({0, *(each for each in named if isinstance(each, int))} - {24 * 60})
            return list(product(range(_WEEK), minutes))
        case _ if thing in _ALWAYS_KNOWN:
            return [*named, _ANOTHER]
        case _:
            return [*named, None, _ANOTHER]


def _holds(leaf: Leaf, value: object) -> bool:
    """Of a representative."""
    match leaf:
        case conditions.LanguageIs(any_of=tags):
            wider = language_and_wider(value) if isinstance(value, str) else frozenset[str]()
            return not wider.isdisjoint(map(_tag, tags))
        case conditions.ContactHas(any_of=values) | conditions.ContextHas(any_of=values):
            return value in set(map(_folded, values)) if values else value is not None
        case (
            conditions.ChannelIs(any_of=names)
            | conditions.InboxIs(any_of=names)
            | conditions.IntentIs(any_of=names)
            | conditions.MoodIs(any_of=names)
            | conditions.ReasonIs(any_of=names)
        ):
            return value in names
        case conditions.ConfidenceIs(at_least=least, below=below):
            return (
                isinstance(value, float | int)
                and (least is None or value >= least)
                and (below is None or value < below)
            )
        case conditions.HoursAre(open=wanted):
            return value is wanted
        case conditions.TimeIs(days=days, start=start, end=end):
            if not isinstance(value, tuple):
                return False
            day, minute = value
            return (not days or day in days) and parse_time(start, "start") <= minute < parse_time(end, "end")
        case _:
            return False


def _tag(language: str) -> str:
    return language.replace("_", "-").lower()


def _folded(value: str) -> str:
    return value.strip().casefold()


def _phrases(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(sought, words))))
