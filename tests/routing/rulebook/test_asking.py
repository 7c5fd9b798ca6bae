"""The order of rules, what several give together, and the trace of what each saw."""

from core.ids import AgentId, QueueId, RuleId, SkillId, SLAPolicyId
from routing.ladder import Ladder, Step, Term
from routing.queue import Queue
from routing.rulebook.asking import Rulebook
from routing.rulebook.conditions import ChannelIs, ContactHas, Group, LanguageIs, TextSays
from routing.rulebook.ladders import joined
from routing.rulebook.outcome import Known, Routed, ladder_in, settle, usable
from routing.rulebook.rule import Gives
from routing.rulebook.tracing import trace
from routing.rules import Choice
from routing.skill import Requirement, proficiency
from tests.routing.rulebook.making import VIP, a_rule, some_facts

DE, LAW = SkillId("german"), SkillId("law")
HOME = Choice(QueueId("general"), None)


def needs(skill: SkillId, level: int, drop_after_s: int | None = None) -> Requirement:
    return Requirement(skill, proficiency(level), drop_after_s)


def test_the_first_that_holds_decides() -> None:
    book = Rulebook([a_rule("a", ChannelIs(("sms",))), a_rule("b"), a_rule("c")], {})
    asked = book.ask(some_facts())
    assert (asked.held, asked.last) == ((1,), 1)


def test_a_rule_that_goes_on_adds_to_what_later_ones_give() -> None:
    gold = a_rule("gold", gives=Gives(priority=5, skills=(needs(DE, 2, 60),)), go_on=True)
    urgent = a_rule("urgent", gives=Gives(priority=98, sla_policy=SLAPolicyId("fast")), go_on=True)
    last = a_rule(
        "last", gives=Gives(queue=VIP, skills=(needs(DE, 3),), sla_policy=SLAPolicyId("slow"), work="deal")
    )
    book = Rulebook([gold, urgent, last], {})
    routed = settle(book.ask(some_facts()), book, lambda: HOME)
    assert routed.queue == VIP
    assert routed.priority == 100
    assert routed.sla_policy == "fast"
    assert routed.work == "deal"
    assert routed.ladder == Ladder((Term(DE, proficiency(3)),))
    assert routed.rules == ("gold", "urgent", "last")


def test_whoever_any_of_the_rules_excludes_is_excluded_once() -> None:
    first = a_rule("first", gives=Gives(exclude=(AgentId("ada"),)), go_on=True)
    last = a_rule("last", gives=Gives(queue=VIP, exclude=(AgentId("bob"), AgentId("ada"))))
    book = Rulebook([first, last], {})
    assert settle(book.ask(some_facts()), book, lambda: HOME).exclude == ("ada", "bob")


def test_where_no_rule_gives_a_queue_the_built_in_ones_do() -> None:
    book = Rulebook([a_rule("gold", gives=Gives(priority=5))], {})
    routed = settle(book.ask(some_facts()), book, lambda: Choice(QueueId("chinese"), "language:Chinese"))
    assert (routed.queue, routed.priority, routed.fallback) == ("chinese", 5, "language:Chinese")


def test_a_rule_that_is_switched_off_is_not_asked_and_says_so() -> None:
    off = a_rule("off")
    off = type(off)(off.id, off.name, off.when, off.gives, enabled=False)
    book = Rulebook([off, a_rule("on")], {})
    asked = book.ask(some_facts())
    assert [each.outcome for each in trace(book, some_facts(), asked)] == ["off", "decided"]


def test_the_trace_shows_what_made_a_rule_fail_and_what_it_saw() -> None:
    rule = a_rule("a", LanguageIs(("de",)), ContactHas("tier", ("gold",)))
    facts = some_facts("My secret is that I want a refund", language="de", contact={"tier": "silver"})
    book = Rulebook([rule, a_rule("b", TextSays(("refund", "late"))), a_rule("c")], {})
    failed, decided = trace(book, facts, book.ask(facts))
    assert failed.look is not None
    assert decided.look is not None
    [why] = failed.look.of
    assert (why.condition, why.held, why.seen) == (ContactHas("tier", ("gold",)), False, "silver")
    assert (decided.outcome, decided.look.of[0].seen) == ("decided", "refund")
    assert "secret" not in repr((failed, decided))


def test_none_of_shows_the_one_that_held() -> None:
    book = Rulebook([a_rule("a", ChannelIs(("sms",)), ChannelIs(("email",)), match="none")], {})
    [failed] = trace(book, some_facts(), book.ask(some_facts()))
    assert failed.look is not None
    assert [each.condition for each in failed.look.of] == [ChannelIs(("email",))]


def test_what_is_no_longer_there_is_given_in_vain() -> None:
    rule = a_rule("a", gives=Gives(QueueId("gone"), skills=(needs(DE, 3), needs(LAW, 1))))
    known = Known(frozenset({"vip"}), frozenset({DE}), frozenset())
    assert usable(rule, known).gives == Gives(skills=(needs(DE, 3),))


def test_skills_stand_beside_what_the_queue_asks_for() -> None:
    three = proficiency(3)
    queue = Ladder((Term(LAW, three),), (Step(((Term(DE, proficiency(2)),),), until_s=60), Step()))
    both = joined(queue, (needs(DE, 4), needs(SkillId("sql"), 1, 30)))
    assert both.required == (Term(DE, proficiency(4)), Term(LAW, three))
    assert [step.until_s for step in both.steps] == [30, 60, None]
    assert both.steps[0].any_of == ((Term(DE, proficiency(2)), Term(SkillId("sql"), proficiency(1))),)
    assert both.steps[1].any_of == ((Term(DE, proficiency(2)),),)
    assert both.steps[2].any_of == ((),)


def test_a_whole_ladder_counts_only_where_its_rule_sent_the_conversation() -> None:
    own, ladder = Ladder((Term(LAW, proficiency(1)),)), Ladder((Term(DE, proficiency(5)),))
    here = Queue(VIP, "VIP", 0, (), frozenset(), ladder=own)
    elsewhere = Queue(QueueId("billing"), "Billing", 0, (), frozenset(), ladder=own)
    given = Routed(VIP, ladder=ladder)
    assert (ladder_in(here, given), ladder_in(elsewhere, given)) == (ladder, own)
    added = Routed(VIP, ladder=ladder, ladder_adds=True)
    assert ladder_in(elsewhere, added).required == (Term(DE, proficiency(5)), Term(LAW, proficiency(1)))


def test_a_group_within_a_group_is_read_as_written() -> None:
    rule = a_rule("a", Group("any", (ChannelIs(("sms",)), Group("none", (LanguageIs(("de",)),)))))
    book = Rulebook([rule], {})
    assert book.ask(some_facts(language="en")).held == (0,)
    assert book.ask(some_facts(language="de")).held == ()
    assert book.rules[0].id == RuleId("a")
