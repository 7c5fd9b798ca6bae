"""Rules that can never decide are found, and no other."""

from collections.abc import Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import RuleId
from routing.rulebook.asking import Rulebook
from routing.rulebook.conditions import (
    ChannelIs,
    Condition,
    ConfidenceIs,
    ContactHas,
    Group,
    HoursAre,
    LanguageIs,
    TextSays,
    TimeIs,
)
from routing.rulebook.reach import Unreachable, unreachable
from routing.rulebook.rule import Rule
from tests.routing.rulebook.making import a_rule, some_facts


def found(*rules: Rule, hours: Sequence[str] = ()) -> dict[RuleId, tuple[RuleId, ...]]:
    return {each.rule: each.by for each in unreachable(rules, hours)}


def test_a_wider_rule_before_it_leaves_nothing_over() -> None:
    wide, narrow = (
        a_rule("wide", LanguageIs(("zh",))),
        a_rule("narrow", LanguageIs(("zh-Hans",)), ChannelIs(("sms",))),
    )
    assert found(wide, narrow) == {"narrow": ("wide",)}
    assert found(narrow, wide) == {}


def test_what_goes_on_shadows_nothing() -> None:
    assert found(a_rule("wide", go_on=True), a_rule("narrow", ChannelIs(("sms",)))) == {}


def test_several_together_leave_nothing_over_and_only_those_are_named() -> None:
    rules = [
        a_rule("sms", ChannelIs(("sms",))),
        a_rule("german", LanguageIs(("de",))),
        a_rule("others", LanguageIs(("de",)), match="none"),
        a_rule("late", ContactHas("tier", ("gold",))),
    ]
    assert found(*rules) == {"late": ("german", "others")}


def test_what_can_never_hold_by_itself_is_named_without_others() -> None:
    assert found(
        a_rule("two", LanguageIs(("de",)), LanguageIs(("en",))),
        a_rule("sure", ConfidenceIs(below=0.3), ConfidenceIs(at_least=0.3)),
        a_rule("never", TimeIs("UTC", (0,)), TimeIs("UTC", (1,))),
        a_rule("wordless", TextSays(("refund now",)), Group("none", (TextSays(("refund",)),))),
    ) == {"two": (), "sure": (), "never": (), "wordless": ()}


def test_open_or_closed_is_everything_where_there_are_such_hours() -> None:
    rules = [
        a_rule("open", HoursAre("office")),
        a_rule("closed", HoursAre("office", open=False)),
        a_rule("rest"),
    ]
    assert found(*rules, hours=["office"]) == {"rest": ("open", "closed")}
    # Hours that are not there are neither.
    assert set(found(*rules)) == {"open", "closed"}


def test_days_and_times_of_one_zone_are_compared_exactly() -> None:
    work = a_rule("work", TimeIs("UTC", (0, 1, 2, 3, 4), "09:00", "17:00"))
    assert found(work, a_rule("noon", TimeIs("UTC", (2,), "12:00", "13:00"))) == {"noon": ("work",)}
    assert found(work, a_rule("late", TimeIs("UTC", (2,), "12:00", "17:01"))) == {}
    assert found(work, a_rule("else", TimeIs("Europe/Berlin", (2,), "12:00", "13:00"))) == {}


def test_rules_that_are_switched_off_count_for_nothing() -> None:
    rule = a_rule("all")
    assert found(Rule(rule.id, rule.name, rule.when, rule.gives, enabled=False), a_rule("next")) == {}


CONDITIONS = st.sampled_from(
    [
        ChannelIs(("email",)),
        ChannelIs(("email", "sms")),
        LanguageIs(("de",)),
        LanguageIs(("de-AT", "en")),
        LanguageIs(("und",)),
        ContactHas("tier", ("gold",)),
        ContactHas("tier"),
        ConfidenceIs(at_least=0.5),
        ConfidenceIs(below=0.7),
        TextSays(("refund", "late"), "all"),
        TextSays(("refund",)),
    ]
)
GROUPS = st.recursive(
    CONDITIONS,
    lambda inner: st.builds(
        Group, st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=5,
)
EVERY = [
    some_facts(
        said,
        channel=channel,
        language=language,
        confidence=sure,
        contact={} if tier is None else {"tier": tier},
    )
    for channel, language, sure, tier, said in product(
        ("email", "sms", "chat"),
        ("de", "de-AT", "en", "fr", None),
        (0.0, 0.5, 0.7, None),
        ("gold", "silver", None),
        ("refund late", "refund", "late", ""),
    )
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(GROUPS, st.booleans()), min_size=1, max_size=4))
def test_exactly_those_are_found_that_no_conversation_ever_reaches(
    conditions: list[tuple[Condition, bool]],
) -> None:
    rules = [a_rule(str(at), each, go_on=go_on) for at, (each, go_on) in enumerate(conditions)]
    book = Rulebook(rules, {})
    reached = {rules[at].id for facts in EVERY for at in book.ask(facts).held}
    expected = {rule.id for rule in rules} - reached
    result: tuple[Unreachable, ...] = unreachable(rules)
    assert {each.rule for each in result} == expected
    for each in result:
        _nothing_is_left_over(each, rules)


def _nothing_is_left_over(problem: Unreachable, rules: Sequence[Rule]) -> None:
    blamed = [rule for rule in rules if rule.id in problem.by]
    itself = next(rule for rule in rules if rule.id == problem.rule)
    alone = Rulebook([*blamed, itself], {})
    assert not any(alone.ask(facts).held == (len(blamed),) for facts in EVERY)


def test_the_search_gives_up_rather_than_accuse() -> None:
    rules = [a_rule("a", ChannelIs(("x",))), a_rule("b", ChannelIs(("x",)), LanguageIs(("de",)))]
    assert unreachable(rules, budget=0) == ()
