"""What each condition holds for, and what it is never allowed to be."""

from datetime import timedelta

import pytest

from core.errors import Invalid
from routing.calendar import BusinessHours, Interval
from routing.rulebook.asking import Rulebook
from routing.rulebook.conditions import (
    ChannelIs,
    Condition,
    ConfidenceIs,
    ContactHas,
    ContextHas,
    Group,
    HoursAre,
    InboxIs,
    IntentIs,
    LanguageIs,
    ReasonIs,
    TextSays,
    TimeIs,
    check_group,
)
from routing.rulebook.facts import Facts
from tests.routing.rulebook.making import MONDAY, a_rule, some_facts

NINE_TO_FIVE = BusinessHours("Europe/Berlin", (*[(Interval(540, 1020),)] * 5, (), ()))


def holds(condition: Condition, facts: Facts) -> bool:
    return bool(Rulebook([a_rule("r", condition)], {"office": NINE_TO_FIVE}).ask(facts).held)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (ChannelIs(("email", "chat")), some_facts(), True),
        (ChannelIs(("chat",)), some_facts(), False),
        (InboxIs(("web",)), some_facts(), True),
        (LanguageIs(("zh",)), some_facts(language="zh-Hans"), True),
        (LanguageIs(("zh-Hans",)), some_facts(language="zh"), False),
        (LanguageIs(("zh",)), some_facts(), False),
        (LanguageIs(("und",)), some_facts(), True),
        (LanguageIs(("und",)), some_facts(language="de"), False),
        (ContactHas("Tier", ("Gold",)), some_facts(contact={"tier": "gold"}), True),
        (ContactHas("tier", ("gold",)), some_facts(contact={"tier": "silver"}), False),
        (ContactHas("tier"), some_facts(contact={"tier": "silver"}), True),
        (ContactHas("tier"), some_facts(), False),
        (ContextHas("service", ("returns",)), some_facts(context={"service": "returns"}), True),
        (IntentIs(("order_status",)), some_facts(intent="order_status"), True),
        (IntentIs(("order_status",)), some_facts(), False),
        (ConfidenceIs(below=0.5), some_facts(confidence=0.4), True),
        (ConfidenceIs(below=0.5), some_facts(confidence=0.5), False),
        (ConfidenceIs(at_least=0.5), some_facts(confidence=0.5), True),
        (ConfidenceIs(below=0.5), some_facts(), False),
        (ReasonIs(("no_bot",)), some_facts(), True),
        (HoursAre("office"), some_facts(), True),
        (HoursAre("office"), some_facts(at=MONDAY + timedelta(hours=8)), False),
        (HoursAre("office", open=False), some_facts(at=MONDAY + timedelta(hours=8)), True),
        (HoursAre("removed"), some_facts(), False),
        (HoursAre("removed", open=False), some_facts(), False),
        (TimeIs("Asia/Shanghai", (0,), "17:00", "18:00"), some_facts(), True),
        (TimeIs("Asia/Shanghai", (0,), "16:00", "17:00"), some_facts(), False),
        (TimeIs("Europe/Berlin", (1,)), some_facts(), False),
        (Group("none", (ChannelIs(("chat",)), ChannelIs(("sms",)))), some_facts(), True),
        (Group("none", (ChannelIs(("chat",)), ChannelIs(("email",)))), some_facts(), False),
        (Group("any", (ChannelIs(("chat",)), ChannelIs(("email",)))), some_facts(), True),
        (Group(), some_facts(), True),
    ],
)
def test_each_condition_holds_for_what_it_names(
    condition: Condition, facts: Facts, *, expected: bool
) -> None:
    assert holds(condition, facts) is expected


@pytest.mark.parametrize(
    ("words", "said", "expected"),
    [
        (("refund",), "I want a REFUND, now!", True),
        (("refund",), "refunds are fine", False),
        (("refund*",), "refunds are fine", True),
        (("refund now",), "A refund, now.", True),
        (("now refund",), "A refund, now.", False),
        (("退款",), "我要退款谢谢", True),
        (("退貨",), "我要退款谢谢", False),
        (("環境",), "ＶＩＰ環境です", True),
        (("vip",), "ＶＩＰ 客户", True),
        (("straße",), "In der STRASSE", True),
        (("환불",), "환불을 원해요", True),
        (("कीमत",), "इसकी कीमत क्या है", True),
        (("c++",), "I write c", True),
        (("a.*b",), "a then b", False),
        (("a" * 200,), "a" * 20_000, False),
    ],
)
def test_whole_words_and_phrases_are_found_in_any_language(
    words: tuple[str, ...], said: str, *, expected: bool
) -> None:
    assert holds(TextSays(words), some_facts(said)) is expected


def test_all_of_several_words_is_more_than_any_of_them() -> None:
    said = some_facts("a refund please")
    assert holds(TextSays(("refund", "late")), said)
    assert not holds(TextSays(("refund", "late"), "all"), said)
    assert holds(TextSays(("refund", "please"), "all"), said)


def test_the_subject_of_what_was_said_is_never_part_of_what_is_printed() -> None:
    assert "secret" not in repr(some_facts("my secret"))


@pytest.mark.parametrize(
    ("group", "field"),
    [
        (Group("any"), "when.of"),
        (Group("all", (TextSays(("…",)),)), "when.of[0].words[0]"),
        (Group("all", (ConfidenceIs(),)), "when.of[0]"),
        (Group("all", (ConfidenceIs(0.6, 0.5),)), "when.of[0].below"),
        (Group("all", (TimeIs("Mars/Base"),)), "when.of[0].zone"),
        (Group("all", (TimeIs("UTC", (), "17:00", "09:00"),)), "when.of[0].end"),
        (Group("all", (TimeIs("UTC", (1, 1)),)), "when.of[0].days"),
        (Group("all", (Group("none"),)), "when.of[0].of"),
        (
            Group("all", (Group("all", (Group("all", (Group("all", (Group(),)),)),)),)),
            "when.of[0].of[0].of[0].of[0]",
        ),
        (Group("any", (ChannelIs(("a",)),) * 70), "when"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(group: Group, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_group(group)
    assert refusal.value.field == field
