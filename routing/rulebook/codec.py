"""Rules and traces as they are stored and shown: plain JSON, each condition with its ``kind``."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.ids import AgentId, QueueId, RuleId, SkillId, SLAPolicyId
from core.store.forms import StoredLadder
from routing.forms import store_ladder, to_ladder
from routing.rulebook import conditions
from routing.rulebook.conditions import Condition, Group, Leaf
from routing.rulebook.facts import Facts
from routing.rulebook.outcome import Routed
from routing.rulebook.rule import Gives, Rule
from routing.rulebook.tracing import Look, RuleTrace
from routing.skill import Requirement, proficiency
from routing.skill import checked as checked_skills

Form = dict[str, Any]
_GROUP = "group"
_LEAVES: Mapping[str, type[Leaf]] = {
    "channel": conditions.ChannelIs,
    "inbox": conditions.InboxIs,
    "language": conditions.LanguageIs,
    "contact": conditions.ContactHas,
    "context": conditions.ContextHas,
    "text": conditions.TextSays,
    "intent": conditions.IntentIs,
    "confidence": conditions.ConfidenceIs,
    "reason": conditions.ReasonIs,
    "mood": conditions.MoodIs,
    "hours": conditions.HoursAre,
    "time": conditions.TimeIs,
}
_KINDS: Mapping[type[Condition], str] = {shape: kind for kind, shape in _LEAVES.items()}


def to_rule(id: str, name: str, form: Mapping[str, Any], *, enabled: bool, version: int) -> Rule:
    """``form`` has ``when``, ``gives`` and ``go_on``. Raises Invalid for a ladder or skills that make no sense."""
    when = to_condition(form["when"])
    if not isinstance(when, Group):
        when = Group("all", (when,))
    gives = to_gives(form["gives"])
    return Rule(RuleId(id), name, when, gives, bool(form.get("go_on")), enabled, version)


def to_condition(form: Mapping[str, Any]) -> Condition:
    """Raises ``msgspec.ValidationError`` or KeyError for what this version does not know."""
    if form["kind"] == _GROUP:
        return Group(form.get("match", "all"), tuple(to_condition(each) for each in form.get("of", ())))
    return msgspec.convert({**form}, _LEAVES[form["kind"]])


def from_condition(condition: Condition) -> Form:
    """``kind`` first."""
    if isinstance(condition, Group):
        return {
            "kind": _GROUP,
            "match": condition.match,
            "of": [from_condition(each) for each in condition.of],
        }
    return {"kind": _KINDS[type(condition)], **msgspec.to_builtins(condition)}


def to_gives(form: Mapping[str, Any]) -> Gives:
    """Raises Invalid with ``skills[…]`` or ``ladder…`` for what makes no sense."""
    queue, policy, ladder = form.get("queue"), form.get("sla_policy"), form.get("ladder")
    skills = checked_skills(
        Requirement(SkillId(each["skill"]), proficiency(each["level"]), each.get("drop_after_s"))
        for each in form.get("skills", ())
    )
    return Gives(
        queue=None if queue is None else QueueId(queue),
        priority=form.get("priority", 0),
        skills=skills,
        ladder=None if ladder is None else to_ladder(_stored_ladder(ladder)),
        sla_policy=None if policy is None else SLAPolicyId(policy),
        work=form.get("work"),
        exclude=tuple(AgentId(each) for each in form.get("exclude", ())),
        person=bool(form.get("person")),
    )


def from_gives(gives: Gives) -> Form:
    return {
        "queue": gives.queue,
        "priority": gives.priority,
        "skills": [msgspec.to_builtins(each) for each in gives.skills],
        "ladder": None if gives.ladder is None else ladder_form(store_ladder(gives.ladder)),
        "sla_policy": gives.sla_policy,
        "work": gives.work,
        "exclude": list(gives.exclude),
        "person": gives.person,
    }


def from_rule(rule: Rule) -> Form:
    """What ``to_rule`` reads."""
    return {
        "v": 1,
        "when": from_condition(rule.when),
        "gives": from_gives(rule.gives),
        "go_on": rule.go_on,
    }


def from_facts(facts: Facts, asked: Sequence[Rule]) -> dict[str, str]:
    """What was known, as words; of the contact and the context only what these rules ask for, and never what was said."""
    contact, context = _names(asked)
    known = {
        "channel": facts.channel,
        "inbox": facts.inbox,
        "reason": facts.reason,
        "home": facts.home,
        "language": facts.language,
        "intent": facts.intent,
        "mood": facts.mood,
        "confidence": None if facts.confidence is None else f"{facts.confidence:.4f}",
        **{f"contact.{name}": facts.contact.get(name) for name in sorted(contact)},
        **{f"context.{name}": facts.context.get(name) for name in sorted(context)},
    }
    return {name: value[:200] for name, value in known.items() if value is not None}


def from_trace(traces: Sequence[RuleTrace]) -> list[Form]:
    """Why they held or not."""
    return [
        {
            "rule": each.rule.id,
            "name": each.rule.name,
            "version": each.rule.version,
            "outcome": each.outcome,
            "when": None if each.look is None else _from_look(each.look),
        }
        for each in traces
    ]


def from_routed(routed: Routed) -> Form:
    """The form in which evaluations and dry runs say what a conversation got."""
    return {
        "queue": routed.queue,
        "priority": routed.priority,
        "ladder": None if routed.ladder is None else ladder_form(store_ladder(routed.ladder)),
        "ladder_adds": routed.ladder_adds,
        "sla_policy": routed.sla_policy,
        "work": routed.work,
        "exclude": list(routed.exclude),
        "rules": list(routed.rules),
        "fallback": routed.fallback,
    }


def to_routed(form: Mapping[str, Any]) -> Routed:
    """Raises Invalid or KeyError for what it cannot read."""
    ladder, policy = form.get("ladder"), form.get("sla_policy")
    return Routed(
        queue=QueueId(form["queue"]),
        priority=form.get("priority", 0),
        ladder=None if ladder is None else to_ladder(_stored_ladder(ladder)),
        ladder_adds=bool(form.get("ladder_adds")),
        sla_policy=None if policy is None else SLAPolicyId(policy),
        work=form.get("work"),
        exclude=tuple(AgentId(each) for each in form.get("exclude", ())),
        rules=tuple(RuleId(each) for each in form.get("rules", ())),
        fallback=form.get("fallback"),
    )


def ladder_form(ladder: StoredLadder) -> Form:
    """With every name spelled out, as the console's wire has it."""
    return {
        "required": [{"skill": each.skill, "level": each.level} for each in ladder.required],
        "steps": [
            {
                "any_of": [[{"skill": t.skill, "level": t.level} for t in terms] for terms in step.any_of],
                "agents": list(step.agents),
                "until_s": step.until_s,
            }
            for step in ladder.steps
        ],
    }


def _stored_ladder(form: Mapping[str, Any]) -> StoredLadder:
    def terms(found: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
        return [(each["skill"], each["level"]) for each in found]

    steps = [
        {**step, "any_of": [terms(each) for each in step.get("any_of", ((),))]}
        for step in form.get("steps", ({},))
    ]
    return msgspec.convert({"required": terms(form.get("required", ())), "steps": steps}, StoredLadder)


def _from_look(look: Look) -> Form:
    return {
        "condition": from_condition(look.condition),
        "held": look.held,
        "seen": look.seen,
        "of": [_from_look(each) for each in look.of],
    }


def _names(rules: Sequence[Rule]) -> tuple[set[str], set[str]]:
    contact: set[str] = set()
    context: set[str] = set()
    todo: list[Condition] = [rule.when for rule in rules]
    while todo:
        match todo.pop():
            case Group(of=of):
                todo += of
            case conditions.ContactHas(attribute=name):
                contact.add(name.casefold())
            case conditions.ContextHas(name=name):
                context.add(name.casefold())
            case _:
                pass
    return contact, context
