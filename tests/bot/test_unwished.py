"""What only speaks of a wish opens no form, whichever engine takes it for one; what wishes all the same does."""

import pytest

from bot.contract import Intent, Turn
from bot.phrases import searched_intent, unwished
from bot.proposals import Found
from bot.scripted import ScriptedEngine
from core.order import OrderState
from tests.bot.shop import Talk

DENIED_OR_ASKED = [
    ("I don't want to return it", "order_return"),
    ("I'm not going to send it back, I need a spare part", "order_return"),
    ("could I still return the lamp?", "order_return"),
    ("is it possible to return it without the box", "order_return"),
    ("我不想退货", "order_return"),
    ("还可以退吗", "order_return"),
    ("现在退货是不是太晚了", "order_return"),
    ("I don't want to have a refund", "order_refund"),
    ("I do not want a refund, what about a spare part?", "order_refund"),
    ("am I entitled to a refund?", "order_refund"),
    ("我不要退款", "order_refund"),
    ("还能退款吗", "order_refund"),
    ("is it too late to cancel?", "order_cancel"),
    ("can I still cancel?", "order_cancel"),
    ("am I still in time to cancel my order", "order_cancel"),
    ("现在取消还来得及吗", "order_cancel"),
    ("订单还能取消吗？", "order_cancel"),
    ("is it too late to change the address?", "order_change_address"),
    ("I don't need to change my address", "order_change_address"),
    ("我还能改地址吗", "order_change_address"),
]
WISHED = [
    ("I don't want it any more, I want to return it", "order_return"),
    ("I did not return it yet but I want to return it", "order_return"),
    ("不想要了，我要退货", "order_return"),
    ("I don't want a refund, please return it", "order_return"),
    ("I want my money back, I didn't get a refund yet", "order_refund"),
    ("能给我退款吗", "order_refund"),
    ("不想要了，退款", "order_refund"),
    ("can you refund me?", "order_refund"),
    ("can I still cancel LL-10234?", "order_cancel"),
    ("it's not too late, so cancel order 10234 please", "order_cancel"),
    ("能帮我改一下地址吗", "order_change_address"),
]


class Takes(ScriptedEngine):
    """Takes everything for one intent, as Rasa may."""

    def __init__(self, talk: Talk, intent: str) -> None:
        super().__init__(talk.findings)
        self._always = Intent(intent)

    def _intent(self, turn: Turn) -> tuple[Intent, float]:
        return self._always, 0.9


@pytest.mark.parametrize(("text", "intent"), DENIED_OR_ASKED)
async def test_what_is_denied_or_only_asked_about_opens_no_form(text: str, intent: str) -> None:
    assert searched_intent(text) != intent
    assert unwished(text, intent)
    for engine in (None, intent):
        talk = Talk()
        talk.engine = talk.engine if engine is None else Takes(talk, engine)
        thought = await talk.say(text)
        assert talk.form is None
        assert thought.understood is not None
        assert any(isinstance(each, Found) for each in thought.understood.proposals)


@pytest.mark.parametrize(("text", "intent"), WISHED)
async def test_what_wishes_it_all_the_same_does(text: str, intent: str) -> None:
    assert searched_intent(text) == intent
    assert not unwished(text, intent)
    talk = Talk()
    await talk.say(text)
    assert talk.form is not None


@pytest.mark.parametrize(
    "text", ["Please don't cancel order 10234", "不要取消订单10234", "my friend cancelled it"]
)
def test_what_speaks_of_cancelling_in_other_ways_is_no_wish_either(text: str) -> None:
    assert unwished(text, "order_cancel")


def test_what_an_engine_takes_for_a_wish_in_words_of_which_we_know_nothing_is_one() -> None:
    assert not unwished("out with this lamp", "order_return")
    assert not unwished("anything", "ask_knowledge")
    assert not unwished("I don't want a refund, have it picked up", "order_return")


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("I don't want to return it after all", "return order 48213"),
        ("actually I do not want to send it back", "return order 48213"),
        ("我不想退货了", "把订单48213退货"),
        ("I don't want a refund any more", "refund order 48213"),
        ("不要退款了", "订单48213申请退款"),
    ],
)
async def test_whoever_does_not_want_it_any_more_leaves_the_form_and_gives_no_reason(
    text: str, wish: str
) -> None:
    talk = Talk()
    await talk.hear(wish)
    assert await talk.hear(text) == ["bot-request-stopped"]
    assert talk.form is None
    assert talk.state("LL-48213") is OrderState.DELIVERED


async def test_to_deny_another_wish_does_not_change_over_to_it() -> None:
    talk = Talk()
    await talk.hear("return order 48213")
    talk.engine = Takes(talk, "order_refund")
    await talk.hear("too small")
    await talk.say("I don't want a refund")
    assert talk.form == "return_form"


@pytest.mark.parametrize(
    "text",
    [
        "what a rip off",
        "your prices are a rip-off",
        "total rip off!",
        "you are ripping me off",
        "I feel ripped off",
        "ripoff",
    ],
)
def test_a_rip_off_is_a_complaint(text: str) -> None:
    assert searched_intent(text) is Intent.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "how do I rip off the sticker?",
        "the label is easy to rip off",
        "does the film rip off easily?",
        "the shade was ripped off",
        "is there a rip-off strip on the box?",
        "can I rip off this protective film",
    ],
)
def test_ripping_something_off_is_none(text: str) -> None:
    assert searched_intent(text) is not Intent.COMPLAINT
