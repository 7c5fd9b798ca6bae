"""Two wishes in one message: an answer to a form with another wish, and two wishes at once; both come to their end."""

from dataclasses import replace

import pytest

from bot.forms.several import wishes_apart
from bot.orders.contract import OrderFormat
from core.order import OrderState
from tests.bot.shop import Talk

STOPPED, ADDRESS, REASON = "bot-request-stopped", "bot-order-ask-address", "bot-order-ask-reason"


@pytest.mark.parametrize(
    "text",
    [
        "yes and cancel 10877 too",
        "Yes please. Also cancel order LL-10877.",
        "yes, and 10877 too please",
        "ok do it, and then cancel 10877 as well",
        "是的，另外把 10877 也取消",
        "好的，10877也取消",
        "对，还有10877也一起取消吧",
    ],
)
async def test_a_yes_does_the_first_thing_before_the_second_wish_is_begun(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == ["bot-done-cancel", "bot-confirm-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED
    assert talk.state("LL-10877") is OrderState.PACKED
    assert talk.history[-1].slots["order_number"] == "LL-10877"
    assert await talk.hear("yes") == ["bot-done-cancel"]
    assert talk.state("LL-10877") is OrderState.CANCELLED


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("yes and return order 48213 too", REASON),
        ("Yes. I also want a refund for 48213.", REASON),
        ("是的，同时把10877的地址改一下", ADDRESS),
        ("yes and change the address of 10877", ADDRESS),
    ],
)
async def test_the_second_wish_may_be_another_one(text: str, asked: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == ["bot-done-cancel", asked]
    assert talk.state("LL-10234") is OrderState.CANCELLED


@pytest.mark.parametrize(
    "text",
    [
        "yes cancel 10877",
        "yes, cancel 10877",
        "yes, but cancel 10877 instead",
        "yes and cancel 10877 first",
        "yes and don't cancel 10877",
        "yes and cancel 10877 too if that is possible",
        "yes, change the address instead",
        "是的，但是先改地址",
        "好的，不过先取消10877",
        "是的，如果可以10877也取消",
    ],
)
async def test_a_yes_beside_what_takes_it_back_or_depends_on_something_is_none(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    await talk.say(text)
    assert talk.state("LL-10234") is OrderState.PLACED
    assert talk.state("LL-10877") is OrderState.PACKED


@pytest.mark.parametrize(
    "text",
    [
        "no, but change the address instead",
        "No. Please change the delivery address.",
        "no don't cancel, change the address instead",
        "不用了，改一下地址吧",
        "不要取消，帮我改地址",
    ],
)
async def test_a_no_leaves_the_first_and_begins_the_second_with_the_same_order(text: str) -> None:
    talk = Talk()
    await talk.hear("where is order 10877?")
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == [STOPPED, ADDRESS]
    assert talk.form == "address_form"
    assert talk.history[-1].slots["order_number"] == "LL-10234"
    assert talk.state("LL-10234") is OrderState.PLACED


async def test_a_no_with_another_number_still_sets_the_number_right() -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear("no, cancel 10877") == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10877"


@pytest.mark.parametrize(
    "text",
    [
        "return order 48213 and get my money back",
        "把48213退货，然后给我退款",
        "I want to return 48213, then a refund please",
    ],
)
async def test_a_return_and_a_refund_are_asked_for_one_after_the_other(text: str) -> None:
    talk = Talk()
    assert await talk.hear(text) == [REASON]
    assert talk.form == "return_form"
    assert await talk.hear("too small") == ["bot-confirm-return-because"]
    assert await talk.hear("yes") == ["bot-done-return", "bot-confirm-refund-because"]
    assert await talk.hear("yes") == ["bot-waits-refund"]
    assert talk.wishes("LL-48213") == ["return: too small", "refund: too small"]


@pytest.mark.parametrize(
    "text",
    [
        "cancel 10877 and change the address of 10234",
        "please cancel order LL-10877, change the address of LL-10234",
        "取消10877，另外把10234的地址改一下",
        "取消订单10877并修改10234的地址",
    ],
)
async def test_two_orders_each_with_its_own_wish(text: str) -> None:
    talk = Talk()
    assert await talk.hear(text) == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10877"
    assert await talk.hear("yes") == ["bot-done-cancel", ADDRESS]
    assert talk.history[-1].slots["order_number"] == "LL-10234"
    assert await talk.hear("Ann Li, 12 Hill Road, 30871 Springfield") == ["bot-confirm-address"]
    assert await talk.hear("yes") == ["bot-done-address"]
    assert "Hill Road" in talk.address("LL-10234")


async def test_three_wishes_are_done_in_their_order() -> None:
    talk = Talk()
    await talk.hear("cancel 10877, change the address of 10234 to 12 Hill Road, Springfield and return 48213")
    assert await talk.hear("yes") == ["bot-done-cancel", "bot-confirm-address"]
    assert await talk.hear("yes") == ["bot-done-address", REASON]
    assert talk.history[-1].slots["order_number"] == "LL-48213"


@pytest.mark.parametrize("both", ["both", "both please", "both of them", "all", "两个都要", "都取消", "全部"])
async def test_of_two_orders_both_are_changed_each_after_its_own_yes(both: str) -> None:
    talk = Talk()
    assert await talk.hear("cancel LL-10234 and LL-10877 please") == ["bot-order-which"]
    assert await talk.hear(both) == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10234"
    assert await talk.hear("yes") == ["bot-done-cancel", "bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10877"
    assert await talk.hear("yes") == ["bot-done-cancel"]


async def test_of_two_orders_the_state_of_both_is_told() -> None:
    talk = Talk()
    assert await talk.hear("where is order 10234 or 20871?") == ["bot-order-which"]
    assert await talk.hear("both") == ["bot-order-state-placed", "bot-order-state-shipped"]
    assert talk.form is None


@pytest.mark.parametrize("text", ["yes", "ok", "that is all wrong", "neither", "我都不知道"])
async def test_other_words_do_not_mean_both(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel LL-10234 and LL-10877 please")
    await talk.hear(text)
    assert "order_number" not in talk.history[-1].slots


async def test_a_wish_that_names_no_order_keeps_the_one_that_was_at_hand_when_it_was_said() -> None:
    talk = Talk()
    await talk.hear("return order 48213")
    await talk.hear("too small")
    assert await talk.hear("yes and cancel 10877 too") == ["bot-done-return", "bot-confirm-cancel"]
    assert await talk.hear("no, but get me a refund") == [STOPPED, REASON]
    assert talk.history[-1].slots["order_number"] == "LL-10877"
    talk = Talk()
    await talk.hear("return order 48213 and cancel 10234")
    await talk.hear("too small")
    assert await talk.hear("yes and get me a refund") == ["bot-done-return", "bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10234"
    assert await talk.hear("yes") == ["bot-done-cancel", REASON]
    assert talk.history[-1].slots["order_number"] == "LL-48213"


async def test_a_wish_that_the_version_before_kept_is_begun_too() -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    last = talk.history[-1]
    talk.history = (*talk.history[:-1], replace(last, slots={**last.slots, "later": "return order 48213"}))
    assert await talk.hear("yes") == ["bot-done-cancel", REASON]


async def test_a_wish_that_waits_is_begun_after_a_no_and_given_up_with_never_mind() -> None:
    for no, then in (("no", [STOPPED, ADDRESS]), ("never mind", [STOPPED])):
        talk = Talk()
        await talk.hear("cancel 10234 and change the address of 10877")
        assert await talk.hear(no) == then
        assert talk.state("LL-10234") is OrderState.PLACED


@pytest.mark.parametrize(
    "text",
    [
        "I want to send back the lamp and get my money",
        "change the address to Ann Li, 12 Hill Road, 20871 Springfield",
        "cancel my order and if that is not possible change the address",
        "I cancelled my order and want my money back",
        "don't cancel it, just change the address",
        "I want to return it or get a refund",
        "please cancel it and cancel it now",
        "不要取消，改地址",
        "如果不能取消就退款",
    ],
)
def test_one_wish_is_not_taken_for_two(text: str) -> None:
    assert wishes_apart(text, OrderFormat()) == (text,)


TOWN = "12 Hill Road, 12345 Town"


@pytest.mark.parametrize(
    "text",
    [
        f"change the address of 10234 to {TOWN} and cancel 10877",
        f"Please send 10234 to {TOWN}, and cancel 10877",
        f"please ship order 10234 to {TOWN}. And then cancel 10877 too.",
        f"把10234寄到{TOWN}，另外取消10877",
    ],
)
async def test_an_address_with_commas_goes_on_until_another_wish_begins(text: str) -> None:
    talk = Talk()
    heard = [await talk.hear(text), await talk.hear("yes"), await talk.hear("yes")]
    said = [each for once in heard for each in once]
    assert {"bot-done-address", "bot-done-cancel"} <= set(said)
    assert "bot-order-which" not in said
    assert talk.address("LL-10234") == TOWN
    assert talk.state("LL-10877") is OrderState.CANCELLED
    assert talk.form is None


async def test_an_address_with_commas_may_stand_behind_the_other_wish() -> None:
    talk = Talk()
    assert await talk.hear(f"cancel 10877 and change the address of 10234 to {TOWN}") == [
        "bot-confirm-cancel"
    ]
    assert await talk.hear("yes") == ["bot-done-cancel", "bot-confirm-address"]
    assert await talk.hear("yes") == ["bot-done-address"]
    assert talk.address("LL-10234") == TOWN


@pytest.mark.parametrize("no", ["no, cancel 10877", "不对，取消10877"])
async def test_a_no_that_sets_the_number_right_may_go_on_with_another_wish(no: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    said = await talk.hear(f"{no} and change the address of 10234 to {TOWN}")
    assert said == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10877"
    assert await talk.hear("yes") == ["bot-done-cancel", "bot-confirm-address"]
    assert await talk.hear("yes") == ["bot-done-address"]
    assert talk.address("LL-10234") == TOWN
    assert talk.state("LL-10234") is OrderState.PLACED


async def test_a_yes_or_a_no_may_have_two_wishes_beside_it() -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(f"yes, and also change the address of 10877 to {TOWN} and return 48213") == [
        "bot-done-cancel",
        "bot-confirm-address",
    ]
    assert await talk.hear("no") == [STOPPED, REASON]
    assert talk.history[-1].slots["order_number"] == "LL-48213"


@pytest.mark.parametrize(
    "text",
    [
        "yes, and keep 10877 too",
        "yes, and ship 10877 too",
        "yes and I also got 10877",
        "yes and don't return 48213",
        "yes, but not 10877",
        "yes, but leave order 10877 and 48213",
        "好的，另外别取消10877",
        "是的，10877保留",
        "可以，除了10877",
    ],
)
async def test_an_order_that_is_only_named_beside_a_yes_is_not_taken_as_wished(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == ["bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10234"
    assert "later" not in talk.history[-1].slots
    assert talk.state("LL-10234") is OrderState.PLACED
    assert talk.state("LL-10877") is OrderState.PACKED


@pytest.mark.parametrize(
    "text",
    [
        "yes and 10877 as well",
        "yes and also order 10877 please",
        "yes and do the same for 10877",
        "好的，还有10877",
        "好的，10877也要",
    ],
)
async def test_a_number_alone_beside_a_yes_stands_for_the_same_wish(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == ["bot-done-cancel", "bot-confirm-cancel"]
    assert talk.history[-1].slots["order_number"] == "LL-10877"


@pytest.mark.parametrize("text", ["keep 10234", "don't cancel 10234", "别取消10234", "10234保留"])
async def test_to_keep_the_order_at_hand_is_a_no(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == [STOPPED]


@pytest.mark.parametrize(
    "text",
    [
        "cancel everything except 10234",
        "cancel all my orders but not 10234",
        "cancel all orders, keep 10234",
        "取消所有订单，除了10234",
        "除了10234都取消",
    ],
)
async def test_an_order_that_is_left_out_is_not_proposed(text: str) -> None:
    talk = Talk()
    assert await talk.hear(text) == ["bot-order-which"]
    assert talk.history[-1].slots["which"] == "LL-20871 LL-10877"


async def test_of_two_orders_the_one_that_is_not_left_out_is_meant() -> None:
    assert await Talk().hear("cancel 10877 but not 10234") == ["bot-confirm-cancel"]
    assert await Talk().hear("return 48213 but keep 20871") == [REASON]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("return 48213", [REASON]),
        ("please return order 48213", [REASON]),
        ("把48213退货", [REASON]),
        ("change the address of 10877 to 12 Hill Road, Springfield", ["bot-confirm-address"]),
    ],
)
async def test_another_wish_for_another_order_is_not_taken_for_the_same_wish(
    text: str, said: list[str]
) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == said
    assert talk.form != "cancel_form"
    assert talk.state("LL-10234") is OrderState.PLACED
