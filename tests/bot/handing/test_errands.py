"""What the bot makes of an answer to what an agent wanted to know."""

import pytest

from bot.contract import ChosePerson
from bot.handing.errands import answered, question_of
from bot.handing.values import Errand, ErrandKind
from bot.orders.contract import OrderFormat
from bot.reply import AskBack, HandOff, Line
from core.ids import AgentId, QueueId


def an_errand(kind: ErrandKind, tries: int = 1, question: str | None = None) -> Errand:
    return Errand("e1", kind, question, AgentId("ada"), QueueId("general"), tries)


def came(
    kind: ErrandKind, text: str, *, tries: int = 1, attachments: bool = False
) -> tuple[str, dict[str, str]]:
    found = answered(an_errand(kind, tries), text, None, OrderFormat(), attachments=attachments, most_tries=2)
    how = found.reply.reason if isinstance(found.reply, HandOff) else "again"
    return how, dict(found.known)


@pytest.mark.parametrize(
    ("kind", "text", "attachments", "how"),
    [
        (ErrandKind.ORDER_NUMBER, "it is ll 10234, thanks", False, "errand_done"),
        (ErrandKind.ORDER_NUMBER, "I do not know it", False, "again"),
        (ErrandKind.ORDER_NUMBER, "", True, "again"),
        (ErrandKind.PHOTO, "", True, "errand_done"),
        (ErrandKind.PHOTO, "how do I send one?", False, "again"),
        (ErrandKind.ADDRESS, "Elm Street 1, 1010 Vienna", False, "errand_done"),
        (ErrandKind.ADDRESS, "Elm Street 1, 1010 Vienna. When will it come?", False, "errand_done"),
        (ErrandKind.ADDRESS, "上海市浦东新区世纪大道100号", False, "errand_done"),
        (ErrandKind.ADDRESS, "one moment please", False, "again"),
        (ErrandKind.ADDRESS, "I don't want to", False, "again"),
        (ErrandKind.DETAILS, "它闪烁", False, "errand_done"),
        (ErrandKind.DETAILS, "Hi! It flickers. Is that normal?", False, "errand_done"),
        (ErrandKind.DETAILS, "when I press the button nothing happens", False, "errand_done"),
        (ErrandKind.DETAILS, "怎么按都不亮", False, "errand_done"),
        (ErrandKind.DETAILS, "one moment please", False, "again"),
        (ErrandKind.DETAILS, "稍等", False, "again"),
        (ErrandKind.DETAILS, "I don't want to", False, "again"),
        (ErrandKind.DETAILS, "no", False, "again"),
        (ErrandKind.DETAILS, "why?", False, "again"),
        (ErrandKind.DETAILS, "为什么？", False, "again"),
        (ErrandKind.DETAILS, "hi", False, "again"),
        (ErrandKind.OWN, "one moment please", False, "again"),
        (ErrandKind.OWN, "why?", False, "again"),
        (ErrandKind.OWN, "hi", False, "again"),
        (ErrandKind.OWN, "no", False, "errand_done"),
        (ErrandKind.DETAILS, "🤷", False, "again"),
        (ErrandKind.OWN, "blue", False, "errand_done"),
        (ErrandKind.OWN, "I want to talk to a human", False, "asked_for_person"),
        (ErrandKind.PHOTO, "转人工", False, "asked_for_person"),
    ],
)
def test_an_answer_is_what_was_asked_for_or_it_is_asked_again_or_a_person_is_wanted(
    kind: ErrandKind,
    text: str,
    attachments: bool,  # noqa: FBT001 - a column of the table above
    how: str,
) -> None:
    assert came(kind, text, attachments=attachments)[0] == how


def test_the_number_is_kept_in_its_normal_form() -> None:
    assert came(ErrandKind.ORDER_NUMBER, "it is ll 10234, thanks") == (
        "errand_done",
        {"order_number": "LL-10234"},
    )


def test_the_second_answer_in_vain_ends_it() -> None:
    assert came(ErrandKind.ORDER_NUMBER, "no idea", tries=2)[0] == "errand_not_got"


def test_the_button_for_a_person_ends_it() -> None:
    found = answered(
        an_errand(ErrandKind.PHOTO),
        "Talk to a person",
        ChosePerson(),
        OrderFormat(),
        attachments=False,
        most_tries=2,
    )
    assert found.reply == HandOff("asked_for_person")


def test_the_agents_own_question_is_asked_as_it_stands_and_once_more() -> None:
    assert question_of(ErrandKind.OWN, "Which colour?") == Line(
        "bot-errand-own", {"question": "Which colour?"}
    )
    found = answered(
        an_errand(ErrandKind.OWN, question="Which colour?"),
        "?!",
        None,
        OrderFormat(),
        attachments=False,
        most_tries=2,
    )
    assert isinstance(found.reply, AskBack)
    assert found.reply.pieces[-1] == Line("bot-errand-own", {"question": "Which colour?"})
