"""The order form of real Rasa: filled, refused, interrupted, given up, and never stuck."""

import pytest

from tests.servers.rasa import Answer, RunningRasa

pytestmark = pytest.mark.rasa

ASK = {"kind": "ask", "slot": "order_number", "key": "bot-order-ask-number"}
STOPPED = {"kind": "say", "key": "bot-order-stopped"}


def talk(rasa: RunningRasa, sender: str, *texts: str) -> list[Answer]:
    return [rasa.say(text, sender) for text in texts]


def open_forms(answers: list[Answer]) -> list[str | None]:
    return [answer.record["active_form"] for answer in answers]


@pytest.mark.parametrize(
    ("question", "number"), [("where is my order?", "LL-10234"), ("我的订单到哪里了", "订单号是LL-10234")]
)
def test_it_asks_for_the_number_and_looks_the_order_up(rasa: RunningRasa, question: str, number: str) -> None:
    asked, told = talk(rasa, f"form {question}", question, number)
    assert asked.said == [ASK]
    assert told.said == [{"kind": "order", "number": "LL-10234"}]
    assert open_forms([asked, told]) == ["order_form", None]


@pytest.mark.parametrize(
    "text", ["where is order LL-10234?", "帮我查一下订单LL-10234", "status of order LL10234"]
)
def test_a_number_in_the_question_is_enough(rasa: RunningRasa, text: str) -> None:
    (told,) = talk(rasa, f"at once {text}", text)
    assert told.said[0]["number"] in ("LL-10234", "LL10234")
    assert told.record["active_form"] is None


def test_the_next_order_question_asks_again(rasa: RunningRasa) -> None:
    _, again = talk(rasa, "again", "where is order LL-10234?", "where is my order?")
    assert again.said == [ASK]


def test_full_width_figures_are_a_number(rasa: RunningRasa) -> None:
    _, told = talk(rasa, "full width", "我的订单到哪里了", "１２３４５")
    assert told.said == [{"kind": "order", "number": "12345"}]


def test_a_refused_number_is_asked_for_again(rasa: RunningRasa) -> None:
    _, refused, told = talk(rasa, "refused", "where is my order?", "it's 123", "sorry, LL-10234")
    assert refused.said == [{"kind": "wrong_number"}, ASK]
    assert refused.record["slots"]["order_number"] is None
    assert told.said == [{"kind": "order", "number": "LL-10234"}]


@pytest.mark.parametrize(
    ("start", "question", "number"),
    [
        ("where is my order?", "how do I return a lamp?", "LL-10234"),
        ("我的订单到哪里了", "台灯怎么退货？", "LL-10234"),
        ("where is my order?", "can I send it back within 100 days?", "LL-10234"),
    ],
)
def test_a_question_in_between_is_answered_and_the_form_goes_on(
    rasa: RunningRasa, start: str, question: str, number: str
) -> None:
    _, interrupted, told = talk(rasa, f"interrupted {question}", start, question, number)
    assert interrupted.kinds == ["action_ask_knowledge", "ask"]
    assert interrupted.record["active_form"] == "order_form"
    assert told.kinds == ["order"]


def test_small_talk_in_between_does_not_close_it(rasa: RunningRasa) -> None:
    answers = talk(rasa, "small talk", "where is my order?", "hello", "thanks", "12345")
    assert [answer.kinds for answer in answers] == [["ask"], ["say", "ask"], ["say", "ask"], ["order"]]


def test_two_interruptions_in_a_row_do_not_close_it(rasa: RunningRasa) -> None:
    answers = talk(
        rasa, "twice", "where is my order?", "what is your return policy?", "how much is shipping?", "12345"
    )
    assert answers[2].kinds == ["action_ask_knowledge", "ask"]
    assert answers[3].kinds == ["order"]


@pytest.mark.parametrize(("start", "no"), [("where is my order?", "never mind"), ("查一下订单", "算了")])
def test_no_closes_it(rasa: RunningRasa, start: str, no: str) -> None:
    answers = talk(rasa, f"no {no}", start, no, "no")
    assert answers[1].said == [STOPPED]
    assert answers[2].said == [{"kind": "deny"}]
    assert open_forms(answers) == ["order_form", None, None]


@pytest.mark.parametrize(
    ("start", "text", "action"),
    [
        ("where is my order?", "I want to talk to a person", "action_hand_over"),
        ("我的订单到哪里了", "转人工", "action_hand_over"),
        ("where is my order?", "this is unacceptable, I want to complain", "action_complaint"),
        ("我的订单到哪里了", "我要投诉", "action_complaint"),
    ],
)
def test_a_person_or_a_complaint_closes_it(rasa: RunningRasa, start: str, text: str, action: str) -> None:
    answers = talk(rasa, f"closes {text}", start, text, "hello")
    assert answers[1].kinds == [action]
    assert answers[2].kinds == ["say"]
    assert open_forms(answers) == ["order_form", None, None]


def test_asking_for_the_order_again_asks_for_the_number_again(rasa: RunningRasa) -> None:
    questions = ("where is my order?", "where is my order?", "my order still has not arrived")
    *asked, told = talk(rasa, "insists", *questions, "LL-10234")
    assert [answer.said for answer in asked] == [[ASK]] * 3
    assert told.kinds == ["order"]


def test_what_is_not_understood_in_between_does_not_close_it(rasa: RunningRasa) -> None:
    _, confused, told = talk(rasa, "confused", "where is my order?", "qwxz plomf", "LL-10234")
    assert confused.kinds[-1] == "ask"
    assert told.kinds == ["order"]


def test_a_number_in_another_sentence_is_not_taken_for_an_order(rasa: RunningRasa) -> None:
    asked = talk(rasa, "years", "do you still sell the lamp from 2019?", "where is my order?")[-1]
    assert asked.said == [ASK]
