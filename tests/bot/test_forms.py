"""The forms about orders, in whole conversations: asked, corrected, interrupted, left, taken up again, confirmed, done."""

import asyncio
from dataclasses import replace

import pytest

from bot.contract import Asked
from bot.reply import AskBack, HandOff, Line, Say
from core.order import OrderState
from tests.bot.shop import Talk

NUMBER, STOPPED = "bot-order-ask-number", "bot-request-stopped"


async def test_an_order_is_cancelled_once_its_customer_said_yes_to_the_words() -> None:
    talk = Talk()
    assert await talk.hear("I want to cancel my order") == ["bot-order-which"]
    assert await talk.hear("10234") == ["bot-confirm-cancel"]
    assert talk.state("LL-10234") is OrderState.PLACED
    assert await talk.hear("yes please") == ["bot-done-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED
    assert talk.form is None


async def test_the_same_in_chinese_with_the_number_in_the_sentence() -> None:
    talk = Talk()
    assert await talk.hear("帮我取消订单LL-10234") == ["bot-confirm-cancel"]
    assert await talk.hear("是的，取消吧") == ["bot-done-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED


async def test_the_number_that_was_spoken_of_is_not_asked_for_again() -> None:
    talk = Talk()
    assert await talk.hear("Where is order LL-10234?") == ["bot-order-state-placed"]
    assert await talk.hear("please cancel my order") == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10234"


async def test_between_two_numbers_that_were_spoken_of_the_customer_chooses() -> None:
    talk = Talk()
    await talk.hear("Where is order LL-10234?")
    await talk.hear("and order 20871?")
    reply = (await talk.say("please cancel my order")).reply
    assert isinstance(reply, AskBack)
    assert [getattr(each.chosen, "number", None) for each in reply.offers] == ["LL-10234", "LL-20871"]
    assert await talk.hear("the second one") == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-20871"


@pytest.mark.parametrize("text", ["cancel LL-10234 and LL-20871 please", "请取消订单LL-10234和LL-20871"])
async def test_of_two_numbers_in_one_message_it_asks_which(text: str) -> None:
    talk = Talk()
    assert await talk.hear(text) == ["bot-order-which"]
    assert await talk.hear("1") == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10234"


@pytest.mark.parametrize(
    "text",
    [
        "where is order LL 10234",
        "我的订单１０２３４到哪了",
        "订单号是LL-10234，到哪里了",
        "where is ll10234?",
    ],
)
async def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert await Talk().hear(text) == ["bot-order-state-placed"]


@pytest.mark.parametrize("correction", ["no, I meant 20871", "不对，是20871", "sorry, LL-20871"])
async def test_a_number_is_set_right_at_the_last_question(correction: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(correction) == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-20871"
    assert talk.state("LL-10234") is OrderState.PLACED


@pytest.mark.parametrize(("no", "said"), [("no", STOPPED), ("不要取消", STOPPED), ("never mind", STOPPED)])
async def test_a_no_changes_nothing(no: str, said: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(no) == [said]
    assert talk.state("LL-10234") is OrderState.PLACED
    assert talk.form is None


@pytest.mark.parametrize(
    "text",
    ["cancel", "取消", "hm", "yes?", "yes but not now", "is it free of charge", "不是", "no yes", "ok wait"],
)
async def test_what_is_no_plain_yes_cancels_nothing(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    await talk.say(text)
    assert talk.state("LL-10234") is OrderState.PLACED


async def test_a_question_in_the_midst_is_answered_and_the_form_asks_again() -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear("How can I pay, by card?") == ["paying", "bot-confirm-cancel"]
    assert await talk.hear("where is my order now?") == ["bot-order-state-placed", "bot-confirm-cancel"]
    assert await talk.hear("yes") == ["bot-done-cancel"]


@pytest.mark.parametrize("back", ["back to my order please", "回到刚才的订单"])
async def test_a_form_that_was_left_is_taken_up_again(back: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear("never mind") == [STOPPED]
    assert await talk.hear("How can I pay, by card?") == ["paying"]
    assert await talk.hear(back) == ["bot-confirm-cancel"]


async def test_a_person_comes_at_any_time() -> None:
    for before in ((), ("10234",), ("10234", "what about shipping?")):
        talk = Talk()
        await talk.hear("cancel my order")
        for text in before:
            await talk.hear(text)
        assert (await talk.hear("get me a human"))[0] == "person: asked_for_person"
        assert talk.form is None


async def test_what_is_not_possible_is_said_with_the_reason_of_whoever_keeps_orders() -> None:
    talk = Talk()
    await talk.hear("cancel order 20871")
    assert await talk.hear("yes") == ["bot-refused-shipped-already", "bot-refused-person"]
    assert talk.state("LL-20871") is OrderState.SHIPPED


async def test_an_address_is_asked_for_read_back_and_changed() -> None:
    talk = Talk()
    assert await talk.hear("change the delivery address of order 10234") == ["bot-order-ask-address"]
    reply = (await talk.say("Ann Li, 12 Hill Road, 20871 Springfield")).reply
    assert isinstance(reply, AskBack)
    assert "12 Hill Road" in str(reply.pieces[0])
    assert await talk.hear("sorry, the address is 14 Hill Road, 20871 Springfield") == ["bot-confirm-address"]
    assert await talk.hear("Am Hang 4, 50667 Köln") == ["bot-confirm-address"]
    assert await talk.hear("yes, that's right") == ["bot-done-address"]
    assert talk.address("LL-10234") == "Am Hang 4, 50667 Köln"


async def test_an_address_in_chinese() -> None:
    talk = Talk()
    assert await talk.hear("我要修改订单10234的收货地址") == ["bot-order-ask-address"]
    assert await talk.hear("配送要多久？") == ["shipping", "bot-order-ask-address"]
    assert await talk.hear("上海市浦东新区世纪大道100号 王小明") == ["bot-confirm-address"]
    assert await talk.hear("对") == ["bot-done-address"]
    assert "世纪大道100号" in talk.address("LL-10234")


async def test_a_return_has_a_reason_that_nobody_has_to_give() -> None:
    talk = Talk()
    assert await talk.hear("I want to return order 48213") == ["bot-order-ask-reason"]
    assert await talk.hear("skip") == ["bot-confirm-return"]
    talk = Talk()
    await talk.hear("I want to return order 48213")
    assert await talk.hear("the shade is broken") == ["bot-confirm-return-because"]
    await talk.hear("yes")
    assert talk.wishes("LL-48213") in ([], ["return: the shade is broken"])


async def test_a_refund_waits_for_a_person_and_no_more_is_said() -> None:
    talk = Talk()
    await talk.hear("I want a refund for order 48213")
    await talk.hear("it flickers all night")
    assert await talk.hear("yes") == ["bot-waits-refund"]
    assert talk.wishes("LL-48213") == ["refund: it flickers all night"]


async def test_another_wish_keeps_the_number_and_the_reason() -> None:
    talk = Talk()
    await talk.hear("I want to return order 48213")
    await talk.hear("the shade is broken")
    assert await talk.hear("no wait, I want a refund") == [STOPPED, "bot-confirm-refund-because"]
    assert talk.form == "refund_form"
    assert talk.history[-1].slots["order_number"] == "LL-48213"


async def test_a_form_that_gets_nowhere_ends_with_a_person() -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear("cancel") == ["bot-confirm-cancel"]
    assert (await talk.hear("cancel"))[0] == "person: no_answer"


async def test_the_button_of_an_earlier_question_confirms_nothing_else() -> None:
    talk = Talk()
    reply = (await talk.say("cancel order 10234")).reply
    assert isinstance(reply, AskBack)
    yes = reply.offers[0].chosen
    await talk.hear("no, I meant 10877")
    said = (await talk.say("Yes, please", yes)).reply
    assert not isinstance(said, Say)
    assert talk.state("LL-10234") is OrderState.PLACED
    assert talk.state("LL-10877") is OrderState.PACKED


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("please send order LL-10234 to 5 Lake St, Boston 02101", "5 Lake St, Boston 02101"),
        (
            "change the address of order 10234 to 12 Hill Road, 20871 Springfield",
            "12 Hill Road, 20871 Springfield",
        ),
        ("把订单10234的地址改成上海市浦东新区世纪大道100号", "上海市浦东新区世纪大道100号"),
    ],
)
async def test_an_address_in_the_first_sentence_is_read_back(text: str, address: str) -> None:
    talk = Talk()
    assert await talk.hear(text) == ["bot-confirm-address"]
    assert talk.history[-1].slots["address"] == address
    assert talk.history[-1].slots["order_number"] == "LL-10234"


@pytest.mark.parametrize(
    "text", ["I need to change the shipping address on my order 10234", "我要改订单10234的地址"]
)
async def test_a_sentence_without_an_address_has_none(text: str) -> None:
    assert await Talk().hear(text) == ["bot-order-ask-address"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "I want to cancel order 10234. Also, how can I pay by card?",
            ["paying", "bot-confirm-cancel"],
        ),
        ("帮我取消订单10234。另外，怎么付款？", ["paying", "bot-confirm-cancel"]),
        (
            "Where is my order 10234? And how long does shipping take?",
            ["bot-order-state-placed", "shipping"],
        ),
        (
            "How can I pay by card? And where is my order?",
            ["paying", "bot-order-which"],
        ),
        (
            "please cancel order 10234. And where is order 20871?",
            ["bot-order-state-shipped", "bot-confirm-cancel"],
        ),
        (
            "I want to cancel order 10234 and do you sell yachts with a sail?",
            ["bot-beside-unknown", "bot-confirm-cancel"],
        ),
    ],
)
async def test_two_things_in_one_message_are_both_answered(text: str, said: list[str]) -> None:
    assert await Talk().hear(text) == said


async def test_the_answer_to_a_form_and_a_question_in_one_message() -> None:
    talk = Talk()
    await talk.hear("cancel my order")
    assert await talk.hear("it's 10234, and how long does shipping take?") == [
        "shipping",
        "bot-confirm-cancel",
    ]
    assert await talk.hear("Yes. How can I pay by card?") == ["bot-done-cancel", "paying"]
    assert talk.state("LL-10234") is OrderState.CANCELLED


async def test_a_question_that_is_tied_to_the_yes_makes_it_none() -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    await talk.hear("yes, but how can I pay by card?")
    assert talk.state("LL-10234") is OrderState.PLACED


async def test_of_two_wishes_the_second_comes_when_the_first_is_done() -> None:
    talk = Talk()
    assert await talk.hear("Please cancel order 10234. I also want a refund for order 48213.") == [
        "bot-confirm-cancel"
    ]
    assert await talk.hear("yes") == ["bot-done-cancel", "bot-order-ask-reason"]
    assert talk.history[-1].slots["order_number"] == "LL-48213"
    assert "later" not in talk.history[-1].slots


async def test_a_second_wish_with_a_wrong_number_says_what_is_wrong_with_it() -> None:
    talk = Talk()
    await talk.hear("I want to cancel order 10234 and I want to return order 99999")
    assert await talk.hear("yes") == ["bot-done-cancel", "bot-order-unknown"]
    assert talk.form == "return_form"


async def test_what_was_done_is_told_also_where_the_next_wish_goes_to_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def gone(*_: object) -> None:
        raise OSError

    talk = Talk()
    await talk.hear("I want to cancel order 10234 and I want to return order 48213")
    monkeypatch.setattr(talk.orders, "look_up", gone)
    assert await talk.hear("yes") == ["person: lookup_failed", "bot-done-cancel", "bot-lookup-failed"]


@pytest.mark.parametrize(
    ("what", "told", "values"),
    [("cancel", "bot-change-unknown", {}), ("look_up", "bot-done-cancel", {"number": "LL-10234"})],
)
async def test_a_change_that_was_begun_is_told_when_the_time_of_the_turn_runs_out(
    monkeypatch: pytest.MonkeyPatch, what: str, told: str, values: dict[str, str]
) -> None:
    async def hangs(*_: object) -> None:
        await asyncio.Event().wait()

    talk = Talk()
    await talk.hear("I want to cancel order 10234 and I want to return order 48213")
    monkeypatch.setattr(talk.orders, what, hangs)
    talk.seconds = 0.02
    thought = await talk.say("yes")
    assert thought.reply == HandOff("bot_failed", (Line(told, values),))
    assert thought.understood is not None
    assert thought.understood.slots["order_number"] == "LL-10234"


@pytest.mark.parametrize("text", ["sec", "one moment please", "let me look", "等下", "稍等", "我找一下"])
async def test_whoever_looks_for_the_number_has_time_and_loses_no_try(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel my order")
    assert await talk.hear(text) == ["bot-take-your-time"]
    assert await talk.hear("99999") == ["bot-order-unknown"]
    assert await talk.hear("10234") == ["bot-confirm-cancel"]


@pytest.mark.parametrize("text", ["never mind, found it in my mails", "算了，找到邮件了"])
async def test_a_form_is_left_in_more_words_too(text: str) -> None:
    talk = Talk()
    await talk.hear("where is my order?")
    assert await talk.hear(text) == ["bot-order-stopped"]


@pytest.mark.parametrize("text", ["ok, then cancel it please", "那就取消吧"])
async def test_it_is_the_order_that_was_just_spoken_of(text: str) -> None:
    talk = Talk()
    await talk.hear("where is order LL-10234?")
    assert await talk.hear(text) == ["bot-confirm-cancel"]


async def test_without_an_order_spoken_of_there_is_nothing_to_cancel() -> None:
    assert await Talk().hear("cancel it") == ["bot-all-right"]


async def test_a_yes_to_something_else_changes_no_order() -> None:
    talk = Talk()
    await talk.hear("I want to cancel order LL-10234")
    last = talk.history[-1]
    talk.history = (*talk.history[:-1], replace(last, asked=Asked.WHICH))
    assert await talk.hear("yes") == ["bot-confirm-cancel"]
    assert talk.state("LL-10234") is OrderState.PLACED
    assert await talk.hear("yes") == ["bot-done-cancel"]


@pytest.mark.parametrize(
    "text",
    [
        "no, 10 euros",
        "hmm no, I rather keep it",
        "nope leave it be then ok",
        "不，我还是留着吧",
        "嗯，不取消了吧",
    ],
)
async def test_a_no_that_stands_first_is_a_no_whatever_follows(text: str) -> None:
    talk = Talk()
    await talk.hear("I want to cancel order LL-10234")
    assert await talk.hear(text) == [STOPPED]
    assert talk.form is None
    assert talk.state("LL-10234") is OrderState.PLACED


@pytest.mark.parametrize("text", ["no problem, go ahead", "not now, how can I pay by card?"])
async def test_other_words_with_no_are_no_yes(text: str) -> None:
    talk = Talk()
    await talk.hear("I want to cancel order LL-10234")
    await talk.hear(text)
    assert talk.state("LL-10234") is OrderState.PLACED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Where is LL-10234 and how do I send a return?", "bot-order-state-placed"),
        ("How do I send a return and where is LL-10234?", "bot-order-state-placed"),
        ("LL-20871到哪了，还有怎么退货？", "bot-order-state-shipped"),
    ],
)
async def test_an_order_that_is_asked_for_beside_a_question_is_looked_up(text: str, said: str) -> None:
    assert (await Talk().hear(text))[0] == said
