"""Routing rules, what they gave a conversation and why, a dry run over the past, and what is wrong with them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask, Count, Language, Level, Moment, Name, Seconds
from console.wire.deadline import Deadline
from console.wire.ladder import Ladder
from console.wire.setup import TimeOfDay

Word = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Words = Annotated[tuple[Word, ...], msgspec.Meta(max_length=100)]
SomeWords = Annotated[tuple[Word, ...], msgspec.Meta(min_length=1, max_length=100)]
SomeLanguages = Annotated[tuple[Language, ...], msgspec.Meta(min_length=1, max_length=100)]
Weekday = Annotated[int, msgspec.Meta(ge=0, le=6, description="a day from 0 (Monday) to 6 (Sunday)")]
Days = Annotated[tuple[Weekday, ...], msgspec.Meta(max_length=7)]
Confidence = Annotated[float, msgspec.Meta(ge=0, le=1, description="a number from 0 to 1")]
Added = Annotated[int, msgspec.Meta(ge=0, le=100, description="a priority to add, from 0 to 100")]
GroupMatch = Literal["all", "any", "none"]
TextMatch = Literal["any", "all"]
RuleOutcome = Literal["decided", "added", "no", "off"]
RuleProblemCode = Literal["unreachable", "impossible", "missing"]


class _Condition(msgspec.Struct, frozen=True, tag_field="kind"):
    """What is asked of a conversation; what is not known of it never holds."""


class ChannelCondition(_Condition, frozen=True, tag="channel"):
    """Came through an inbox of one of these kinds."""

    any_of: SomeWords


class InboxCondition(_Condition, frozen=True, tag="inbox"):
    """Came through one of these inboxes (ids)."""

    any_of: SomeWords


class LanguageCondition(_Condition, frozen=True, tag="language"):
    """Is in one of these languages: ``zh`` is also ``zh-Hans``; ``und``: it is not known."""

    any_of: SomeLanguages


class ContactCondition(_Condition, frozen=True, tag="contact"):
    """The contact's attribute (tier, segment …) is one of these, whatever the case; none of them: there is one."""

    attribute: Word
    any_of: Words = ()


class ContextCondition(_Condition, frozen=True, tag="context"):
    """What the site or channel told of the conversation (service …) is one of these; none of them: it told something."""

    name: Word
    any_of: Words = ()


class TextCondition(_Condition, frozen=True, tag="text"):
    """The subject, or what the contact wrote, has these words or phrases; ``refund*`` is whatever begins so."""

    words: SomeWords
    match: TextMatch = "any"


class IntentCondition(_Condition, frozen=True, tag="intent"):
    """The bot took it for one of these."""

    any_of: SomeWords


class ConfidenceCondition(_Condition, frozen=True, tag="confidence"):
    """How sure the bot was of the intent, from 0 to 1: at least, and below."""

    at_least: Confidence | None = None
    below: Confidence | None = None


class ReasonCondition(_Condition, frozen=True, tag="reason"):
    """Why a person is needed: the bot's code, else ``no_bot`` or ``reopened``."""

    any_of: SomeWords


class MoodCondition(_Condition, frozen=True, tag="mood"):
    """The contact seemed to be calm, unhappy, urgent or angry when the bot passed them on."""

    any_of: SomeWords


class HoursCondition(_Condition, frozen=True, tag="hours"):
    """Within these business hours (an id), or outside them."""

    hours: Word
    open: bool = True


class TimeCondition(_Condition, frozen=True, tag="time"):
    """What the clock on the wall of ``zone`` shows; ``days`` from 0 for Monday, none for all. ``end`` is not included."""

    zone: Word
    days: Days = ()
    start: TimeOfDay = "00:00"
    end: TimeOfDay = "24:00"


class RuleGroup(_Condition, frozen=True, tag="group"):
    """All, any, or none of them hold. All of nothing always holds."""

    match: GroupMatch = "all"
    of: "Annotated[tuple[RuleCondition, ...], msgspec.Meta(max_length=50)]" = ()


RuleCondition = (
    ChannelCondition
    | InboxCondition
    | LanguageCondition
    | ContactCondition
    | ContextCondition
    | TextCondition
    | IntentCondition
    | ConfidenceCondition
    | ReasonCondition
    | MoodCondition
    | HoursCondition
    | TimeCondition
    | RuleGroup
)


class RuleSkill(msgspec.Struct, frozen=True):
    """A skill (an id) beside what the queue asks for; after ``drop_after_s`` seconds it no longer counts (null: always)."""

    skill: str
    level: Level
    drop_after_s: Seconds | None = None


class RuleGives(msgspec.Struct, frozen=True):
    """What a conversation gets: null leaves it to later rules or the queue. ``priority``, ``skills``, ``exclude`` are added.

    ``ladder`` stands in the place of the queue's and of all ``skills``. ``work`` is the kind of work, as handle times know it.
    ``exclude``: the agents (ids) who must never have it. ``person``: the bot passes it on as soon as this holds.
    """

    queue: str | None = None
    priority: Added = 0
    skills: Annotated[tuple[RuleSkill, ...], msgspec.Meta(max_length=16)] = ()
    ladder: Ladder | None = None
    sla_policy: str | None = None
    work: Name | None = None
    exclude: Annotated[tuple[str, ...], msgspec.Meta(max_length=100)] = ()
    person: bool = False


class RoutingRule(Answer, frozen=True):
    """``position`` from 0: the first that holds decides, but for those that ``go_on``. ``changed_by`` is a name."""

    id: str
    position: int
    name: str
    enabled: bool
    when: RuleGroup
    gives: RuleGives
    go_on: bool
    version: int
    changed_at: datetime
    changed_by: str | None


class RoutingRuleAsk(Ask, frozen=True):
    """``version``: the one that was changed; somebody else's newer one is not overwritten. A new rule comes last."""

    name: Name
    gives: RuleGives
    when: RuleGroup = RuleGroup()
    enabled: bool = True
    go_on: bool = False
    version: Count | None = None


class RuleOrder(Ask, frozen=True):
    """All rules' ids, the first to be asked first."""

    ids: tuple[str, ...]


class ConditionTrace(Answer, frozen=True):
    """``condition`` without what is in it, ``of`` for that; ``seen`` is the value it looked at (of a text: the rule's words found).

    Of a rule that did not hold only what decided so is there.
    """

    condition: RuleCondition
    held: bool
    seen: str | None
    of: "tuple[ConditionTrace, ...]"


class RuleTrace(Answer, frozen=True):
    """``rule`` is an id, empty for a new one in a dry run; ``when`` null for one that is switched off."""

    rule: str
    name: str
    version: int
    outcome: RuleOutcome
    when: ConditionTrace | None


class RouteGiven(Answer, frozen=True):
    """``queue_name`` beside its id; ``rules`` are the ids of those that held; ``fallback``: the built-in rule that chose the queue.

    ``ladder`` null: the queue's own; ``ladder_adds``: beside the queue's own. ``exclude``: who must never have it.
    """

    queue: str
    queue_name: str
    priority: int
    ladder: Ladder | None
    ladder_adds: bool
    sla_policy: str | None
    work: str | None
    rules: tuple[str, ...]
    fallback: str | None
    exclude: tuple[str, ...] = ()


class RuleEvaluation(Answer, frozen=True):
    """One time that the rules were asked: ``facts`` are what was known then, as words."""

    id: str
    at: datetime
    facts: dict[str, str]
    rules: tuple[RuleTrace, ...]
    gave: RouteGiven


class ConversationRouting(Answer, frozen=True):
    """Why a conversation went where it went, the newest first, and by when it is owed what."""

    evaluations: tuple[RuleEvaluation, ...]
    deadlines: tuple[Deadline, ...] = ()


class DryRunRule(RoutingRuleAsk, frozen=True):
    """As edited, saved or not; ``id`` of one that is stored."""

    id: str | None = None


class DryRunAsk(Ask, frozen=True):
    """These rules over the conversations that came to people from ``since`` to ``until``, or over these (ids)."""

    rules: Annotated[tuple[DryRunRule, ...], msgspec.Meta(max_length=500)]
    since: Moment | None = None
    until: Moment | None = None
    conversations: Annotated[tuple[str, ...], msgspec.Meta(max_length=200)] = ()


class DryRunCount(Answer, frozen=True):
    """``rule`` is the place in the list that was asked, from 0; ``decided`` of those for which it ``held``."""

    rule: int
    held: int
    decided: int


class DryRunItem(Answer, frozen=True):
    """``gave`` is what it got at that time, null where that is no longer known."""

    conversation: str
    subject: str
    at: datetime
    changed: bool
    gave: RouteGiven | None
    would_give: RouteGiven
    facts: dict[str, str]
    rules: tuple[RuleTrace, ...]


class DryRun(Answer, frozen=True):
    """``more``: there were more conversations than it looks at; of those ``considered``, ``items`` shows some, changed ones first."""

    considered: int
    changed: int
    more: bool
    by_fallback: int
    by_rule: tuple[DryRunCount, ...]
    items: tuple[DryRunItem, ...]


class RuleProblem(Answer, frozen=True):
    """``unreachable`` because of the rules ``by`` (ids), ``impossible`` by itself, or it names in ``field`` what is ``missing``."""

    rule: str
    name: str
    code: RuleProblemCode
    by: tuple[str, ...]
    field: str | None
    detail: str


class NobodyServes(Answer, frozen=True):
    """``source`` (``queue:ID``, ``rule:ID``, ``conversation:ID``) asks for work that no active agent of the queue could take.

    ``lacking``: the skills and levels that would be needed, each as few as possible; empty where it is not for want of
    skills. ``excluded``: how many agents must never have it.
    """

    source: str
    name: str
    queue: str | None
    queue_name: str | None
    lacking: "tuple[LackingSkill, ...]"
    members: int
    since: datetime | None
    excluded: int


class LackingSkill(Answer, frozen=True):
    """The best of the queue's agents has ``best`` (0: not at all) where ``level`` is needed."""

    skill: str
    name: str
    level: int
    best: int


class RoutingChecks(Answer, frozen=True):
    """What is wrong with the rules, and work that nobody can serve."""

    rules: tuple[RuleProblem, ...]
    nobody: tuple[NobodyServes, ...]
