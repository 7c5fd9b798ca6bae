"""Rules that can never decide anything: impossible by themselves, or because those before them take all there is."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from core.ids import RuleId
from routing.rulebook.logic import Formula, Vocabulary, demanded, possible, things
from routing.rulebook.rule import Rule

MOST_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Unreachable:
    """``by`` are the earlier rules that leave nothing over, as few as possible; none: it can never hold by itself."""

    rule: RuleId
    by: tuple[RuleId, ...]


def unreachable(
    rules: Sequence[Rule], hours: Collection[str] = (), budget: int = 2000
) -> tuple[Unreachable, ...]:
    """Never a false alarm: what the search cannot decide within its budget is left out. ``hours``: those there are."""
    asked = [rule for rule in rules if rule.enabled]
    vocabulary = Vocabulary((rule.when for rule in asked), hours)
    known = vocabulary.known()
    holds = {rule.id: vocabulary.formula(rule.when) for rule in asked}
    about = {rule.id: things(holds[rule.id]) for rule in asked}
    needs = {rule.id: demanded(holds[rule.id], vocabulary) for rule in asked}
    fails = {rule.id: vocabulary.formula(rule.when, holds=False) for rule in asked}
    found: list[Unreachable] = []
    before: list[RuleId] = []

    def can(*formulas: Formula) -> bool:
        return possible([*known, *formulas], vocabulary, budget)

    for rule in asked:
        own = holds[rule.id]
        if not can(own):
            found.append(Unreachable(rule.id, ()))
            continue
        wider = (each for each in before if needs[each] <= about[rule.id])
        single = next((each for each in wider if not can(own, fails[each])), None)
        if single is not None:
            found.append(Unreachable(rule.id, (single,)))
        else:
            near = before[-MOST_BEFORE:]
            if not can(own, *(fails[each] for each in near)):
                found.append(Unreachable(rule.id, _fewest(own, near, fails, can)))
        if not rule.go_on:
            before.append(rule.id)
    return tuple(found)


def _fewest(
    own: Formula, before: Sequence[RuleId], fails: Mapping[RuleId, Formula], can: Callable[..., bool]
) -> tuple[RuleId, ...]:
    """Those without any one of which something would be left over."""
    needed = list(before)
    for each in before:
        without = [other for other in needed if other != each]
        if not can(own, *(fails[other] for other in without)):
            needed = without
    return tuple(needed)
