"""A dry run of rules as the page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.changes.rules import read_rule
from console.queries.rules import given, queue_names, traces
from console.wire import routing as wire
from core.errors import Invalid
from core.store.tx import Tx
from routing.queue import Queue
from routing.roster import read_queues
from routing.rulebook.asking import Rulebook
from routing.rulebook.codec import from_facts, from_routed, from_trace
from routing.rulebook.outcome import usable
from routing.rulebook.rule import Rule
from routing.rulebook.store import all_known, hours_there_are
from routing.rulebook.tracing import trace
from routing.rulebook.trial import Trial, Tried


@dataclass(frozen=True, slots=True)
class Setting:
    """The rules as edited, made ready, and the queues as they are now."""

    book: Rulebook
    queues: Sequence[Queue]
    names: Mapping[str, str]


def setting(tx: Tx, ask: wire.DryRunAsk) -> Setting:
    """Raises Invalid, with the rule's place before it, for what could not be saved."""
    known = all_known(tx)
    rules = [usable(_rule(at, each), known) for at, each in enumerate(ask.rules)]
    return Setting(Rulebook(rules, hours_there_are(tx)), read_queues(tx), queue_names(tx))


def shown(trial: Trial, now: Setting, most: int, *, more: bool) -> wire.DryRun:
    """With the trace of each that is shown."""
    return wire.DryRun(
        considered=trial.considered,
        changed=trial.changed,
        more=more,
        by_fallback=trial.by_fallback,
        by_rule=tuple(
            wire.DryRunCount(at, trial.held[at], trial.decided[at]) for at in range(len(now.book.rules))
        ),
        items=tuple(_item(each, now, most) for each in trial.items),
    )


def _rule(at: int, ask: wire.DryRunRule) -> Rule:
    try:
        return read_rule(ask, ask.id or "", None)
    except Invalid as problem:
        raise Invalid(f"rules[{at}].{problem.field}", problem.expected) from None


def _item(tried: Tried, now: Setting, most: int) -> wire.DryRunItem:
    past, gave = tried.past, tried.past.gave
    looks = trace(now.book, past.facts, tried.asked, most)
    return wire.DryRunItem(
        conversation=past.conversation,
        subject=past.subject,
        at=past.facts.at,
        changed=tried.changed,
        gave=None if gave is None else given(from_routed(gave), now.names),
        would_give=given(from_routed(tried.would), now.names),
        facts=from_facts(past.facts, now.book.rules),
        rules=traces(from_trace(looks)),
    )
