"""Which queue a conversation goes to."""

import pytest

from core.ids import AgentId, QueueId
from routing.queue import Queue
from routing.rules import Choice, Facts, Rule, by_language, choose_queue, speaks

HOME = QueueId("home")


def a_queue(name: str, *languages: str, priority: int = 0, members: str = "ada") -> Queue:
    people = frozenset(AgentId(each) for each in members.split())
    return Queue(QueueId(name), name, priority, languages, people)


def test_the_first_rule_that_fits_decides() -> None:
    rules = [
        Rule(QueueId("complaints"), "complaints", intents=frozenset({"complaint"})),
        Rule(QueueId("failed"), "failed", reasons=frozenset({"bot_failed"})),
        Rule(QueueId("rest"), "rest"),
    ]
    assert choose_queue(rules, Facts(HOME, intent="complaint", reason="bot_failed")).queue == "complaints"
    assert choose_queue(rules, Facts(HOME, intent="greet", reason="bot_failed")).queue == "failed"
    assert choose_queue(rules, Facts(HOME)) == Choice(QueueId("rest"), "rest")


def test_every_condition_of_a_rule_must_hold() -> None:
    rule = Rule(QueueId("x"), "x", languages=("zh",), intents=frozenset({"complaint"}))
    assert choose_queue([rule], Facts(HOME, "zh", "greet")).queue == HOME
    assert choose_queue([rule], Facts(HOME, "en", "complaint")).queue == HOME


def test_a_conversation_stays_in_its_inboxs_queue_when_that_speaks_its_language() -> None:
    queues = [a_queue("chinese", "zh", priority=9), a_queue("home", "en", "zh")]
    assert choose_queue(by_language(queues, HOME), Facts(HOME, "zh")).queue == HOME


def test_it_goes_where_its_language_is_spoken_by_somebody() -> None:
    queues = [a_queue("home", "en"), a_queue("empty", "zh", members=""), a_queue("chinese", "zh")]
    assert choose_queue(by_language(queues, HOME), Facts(HOME, "zh-Hans")).queue == "chinese"


def test_a_language_that_nobody_speaks_stays_at_home() -> None:
    assert choose_queue(by_language([a_queue("home", "en")], HOME), Facts(HOME, "fi")) == Choice(HOME, None)


@pytest.mark.parametrize(
    ("languages", "language", "fits"),
    [
        (("zh",), "zh-Hans", True),
        (("zh-Hans",), "zh", True),
        (("zh-Hant",), "zh-Hans", False),
        (("en_GB",), "EN-gb", True),
        (("fil",), "fi", False),
        (("en",), None, True),
    ],
)
def test_a_language_fits_its_wider_and_narrower_forms(
    languages: tuple[str, ...],
    language: str | None,
    fits: bool,  # noqa: FBT001
) -> None:
    assert speaks(languages, language) is fits
