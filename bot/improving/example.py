"""What a text means, as people said: examples, what differs between two sets of them, and where they contradict; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """``key`` is the same for the same text; ``text`` is redacted."""

    key: str
    text: str
    intent: str
    language: str


@dataclass(frozen=True, slots=True)
class Clash:
    """The same text with two meanings: ``theirs`` is what comes second, or what the project itself says."""

    text: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Difference:
    """From one set of examples to the next; ``changed`` mean something else than before."""

    added: tuple[Example, ...]
    removed: tuple[Example, ...]
    changed: tuple[Clash, ...]


def difference(before: Iterable[Example], after: Iterable[Example]) -> Difference:
    """By text; in the order of the sets."""
    old, new = {each.key: each for each in before}, {each.key: each for each in after}
    changed = [
        Clash(each.text, old[key].intent, each.intent)
        for key, each in new.items()
        if key in old and old[key].intent != each.intent
    ]
    return Difference(
        tuple(each for key, each in new.items() if key not in old),
        tuple(each for key, each in old.items() if key not in new),
        tuple(changed),
    )


def clashes(examples: Sequence[Example], meanings: Mapping[str, str]) -> list[Clash]:
    """Those that ``meanings`` (by key) take for something else."""
    return [
        Clash(each.text, each.intent, meanings[each.key])
        for each in examples
        if each.key in meanings and meanings[each.key] != each.intent
    ]


def once(examples: Sequence[Example]) -> tuple[list[Example], list[Clash]]:
    """Each text once, as it came first; and those that came again with another meaning."""
    found: dict[str, Example] = {}
    twice: list[Clash] = []
    for each in examples:
        first = found.setdefault(each.key, each)
        if first.intent != each.intent:
            twice.append(Clash(each.text, first.intent, each.intent))
    return list(found.values()), twice
