"""What is asked before a chat: how a visitor sees it, and which answers are taken."""

from typing import Any

import pytest

from channels.live.config import LiveConfig, live_config
from channels.live.questions import addresses, answered, check_complete
from core.errors import Invalid

NAME: dict[str, Any] = {"key": "name", "label": {"en": "Your name", "zh": "您的姓名"}, "required": True}
MAIL: dict[str, Any] = {"key": "mail", "label": {"en": "E-mail"}, "kind": "email"}
TOPIC: dict[str, Any] = {
    "key": "topic",
    "label": {"en": "About"},
    "kind": "choice",
    "options": [{"en": "An order", "zh": "订单"}, {"en": "Something else"}],
}


def asks(*questions: dict[str, Any]) -> LiveConfig:
    return live_config({"questions": list(questions), "languages": ["en", "zh"]})


def the_answers(config: LiveConfig, **details: str) -> dict[str, str]:
    return answered(config.questions, details, config.languages)


def test_a_visitor_is_asked_in_their_language_where_it_is_known() -> None:
    name, topic = asks(NAME, TOPIC).questions_in("zh-CN")
    assert (name.label, name.required) == ("您的姓名", True)
    assert (topic.label, topic.options) == ("About", ("订单", "Something else"))


def test_a_choice_is_kept_in_the_words_of_the_inbox_whatever_it_was_chosen_in() -> None:
    assert the_answers(asks(TOPIC), topic="订单") == {"topic": "An order"}


def test_an_address_is_brought_into_the_form_of_contact_points() -> None:
    config = asks(NAME, MAIL)
    known = the_answers(config, mail=" Ada@Example.ORG ", name=" Ada \n L. ")
    assert known == {"name": "Ada L.", "mail": "ada@example.org"}
    assert addresses(config.questions, known) == ["ada@example.org"]


def test_what_was_not_asked_is_left_out() -> None:
    assert the_answers(asks(NAME), page="https://elsewhere.example", tier="gold") == {}


@pytest.mark.parametrize("details", [{"mail": "ada"}, {"topic": "A third"}])
def test_an_answer_that_is_none_is_refused_by_its_name(details: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        the_answers(asks(MAIL, TOPIC), **details)
    assert (refused.value.code, refused.value.field) == ("details", f"details.{next(iter(details))}")


def test_a_required_answer_may_not_be_empty() -> None:
    config = asks(NAME)
    with pytest.raises(Invalid, match=r"details\.name"):
        check_complete(config.questions, the_answers(config, name="  "))


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({**NAME, "key": "Name"}, "questions[0].key"),
        ({**NAME, "key": "page"}, "questions[0].key"),
        ({**NAME, "label": {}}, "questions[0].label"),
        ({**NAME, "label": {"en": ""}}, "questions[0].label[...]"),
        ({**NAME, "kind": "number"}, "questions[0].kind"),
        ({**NAME, "options": [{"en": "A"}, {"en": "B"}]}, "questions[0].options"),
        ({**TOPIC, "options": [{"en": "A"}]}, "questions[0].options"),
        ({**TOPIC, "options": [{"en": "A"}, {}]}, "questions[0].options"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_by_its_field(
    question: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        asks(question)
    assert refused.value.field == field


def test_each_question_has_a_key_of_its_own_and_there_are_not_too_many() -> None:
    with pytest.raises(Invalid, match=r"questions\[1\]\.key"):
        asks(NAME, NAME)
    with pytest.raises(Invalid, match="at most 10"):
        asks(*({**NAME, "key": f"q{each}"} for each in range(11)))
