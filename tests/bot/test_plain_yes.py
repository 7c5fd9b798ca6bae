"""What counts as a yes to a change of an order, and what only looks like one: in chats and letters, English and Chinese."""

import pytest

from bot.forms.letters import bare
from core.order import OrderState
from tests.bot.shop import Talk


@pytest.mark.parametrize(
    "text",
    [
        "Yes.\nThanks, but only if not shipped",
        "Ok\nThanks\nActually no, keep it",
        "OK\nbest wait until Friday though",
        "Hi, no, do not cancel that one\nok thanks",
        "Hello, I have changed my mind.\nSo please go ahead and thanks",
        "好的\n谢谢，先别取消",
        "Yes\nThanks, hang on",
        "Yes\nThanks\nKidding!",
        "是\n谢谢\n开玩笑",
        "Yes please\nCheers\nTomorrow",
        "Hi wait\nyes",
        "OK\nThank you, Friday",
        "Yes\nBest regards\nUnless it was sent",
        "是的\n谢谢\n等一下",
        "好\n祝好\n如果还没发货",
        "是的\n谢谢，让我想想",
    ],
)
async def test_a_yes_that_another_line_takes_back_is_none(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel 10234")
    await talk.hear(text)
    assert talk.state("LL-10234") is OrderState.PLACED


@pytest.mark.parametrize(
    "text",
    [
        "Dear shop,\n\nYes, please cancel it.\n\nBest regards\nAnn",
        "Hi there,\nyes please.\nThanks a lot!\nAnn Li",
        "Hello Parley team\n\nyes\n\nKind regards,\nAnn Li\nAcme Ltd.\n+49 30 1234567",
        "Dear Sir or Madam,\nyes, go ahead.\nYours sincerely,\nAnn O'Neill-Smith",
        "Good morning Bob,\nok\nMany thanks and best regards\nann",
        "yes\nthanks",
        "Yes.\n\nThanks and best regards,\nAnn Li | Acme\nTel: +49 (0)30 123456\nwww.acme.example",
        "Dear Sir/Madam,\nyes\n\nKind regards\n\nAnn Li\nHead of Sales\nAcme GmbH",
        "yes\n\nBest wishes from Ann & Bob",
        "Yes.\nThank you for your help.\nSent from my iPhone",
        "Hi,\nyes please cancel my order\ncheers\n--\nAnn",
        "您好，\n\n是的，请取消。\n\n谢谢！\n李安",
        "尊敬的客服：\n好的，取消吧\n此致\n敬礼\n王小明",
        "你好\n可以\n祝好，李女士",
    ],
)
async def test_a_fair_yes_in_a_letter_counts(text: str) -> None:
    talk = Talk(letter=True)
    await talk.hear("cancel 10234")
    assert await talk.hear(text) == ["bot-done-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED


@pytest.mark.parametrize(
    "text", ["Hi Ann\nno\nthanks", "Hello,\nno, keep it.\nBest regards\nAnn", "您好\n不用了\n谢谢\n李安"]
)
async def test_a_no_in_a_letter_is_one(text: str) -> None:
    talk = Talk(letter=True)
    await talk.hear("cancel 10234")
    assert await talk.hear(text) == ["bot-request-stopped"]


def test_only_courtesy_and_names_are_left_out_of_a_letter() -> None:
    assert bare("Dear shop,\nyes\nBest regards\nAnn Li") == "yes"
    assert bare("yes\nBest regards\nPlease wait") == "yes\nBest regards\nPlease wait"
    assert bare("Hi, my lamp broke\nyes") == "Hi, my lamp broke\nyes"


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ("refund", "refund order 4821"),
        ("refund", "yes, refund order 482133"),
        ("refund", "好的，退款 4821"),
        ("return", "return order 999999"),
        ("return", "yes please, 4821"),
        ("return", "退货 999999"),
    ],
)
async def test_a_yes_with_a_number_that_is_none_says_so_and_does_nothing(wish: str, text: str) -> None:
    talk = Talk()
    await talk.hear(f"{wish} order 48213")
    assert await talk.hear("it broke") in (["bot-confirm-return-because"], ["bot-confirm-refund-because"])
    assert await talk.hear(text) == ["bot-order-not-a-number"]
    assert talk.wishes("LL-48213") == []


@pytest.mark.parametrize(
    "text", ["change order 4821", "send order 10235123 there", "change order 48", "寄过去 4821"]
)
async def test_a_yes_to_an_address_that_names_a_number_that_is_none_changes_nothing(text: str) -> None:
    talk = Talk()
    await talk.hear("change the address of 10234 to 12 Hill Road, Springfield")
    await talk.hear(text)
    assert talk.address("LL-10234") == "1 Old Road, 12345 Town"


@pytest.mark.parametrize(
    "text", ["change the address", "Please update my address.", "change the address please", "改地址"]
)
async def test_to_whether_this_is_the_address_a_wish_to_change_it_says_no(text: str) -> None:
    talk = Talk()
    await talk.hear("change the address of 10234 to 12 Hill Road, Springfield")
    assert await talk.hear(text) == ["bot-order-ask-address"]
    assert talk.address("LL-10234") == "1 Old Road, 12345 Town"


@pytest.mark.parametrize(
    "text",
    [
        "yes, change the address",
        "change it",
        "send it there",
        "yes, send order 10234 there",
        "yes LL-10234",
        "好的，改吧",
    ],
)
async def test_a_plain_yes_to_an_address_counts_also_with_the_number_at_hand(text: str) -> None:
    talk = Talk()
    await talk.hear("change the address of 10234 to 12 Hill Road, Springfield")
    assert await talk.hear(text) == ["bot-done-address"]
    assert talk.address("LL-10234") == "12 Hill Road, Springfield"


@pytest.mark.parametrize(
    "text", ["yes, cancel order 10234", "Yes please cancel LL-10234.", "好的，取消订单10234", "ok 10234"]
)
async def test_a_yes_may_name_the_order_at_hand(text: str) -> None:
    talk = Talk()
    await talk.hear("cancel order 10234")
    assert await talk.hear(text) == ["bot-done-cancel"]


@pytest.mark.parametrize(
    ("street", "town", "whole"),
    [
        ("12 Hill Road", "12345 Town", "12 Hill Road, 12345 Town"),
        ("12 Hill Road", "Springfield 12345.", "12 Hill Road, Springfield 12345"),
        ("12 Hill Road", "London SW1A 1AA", "12 Hill Road, London SW1A 1AA"),
        ("Hauptstraße 5", "10115 Berlin", "Hauptstraße 5, 10115 Berlin"),
        ("12 Hill Road, 12345 Town", "14 Lake Road, 54321 City", "14 Lake Road, 54321 City"),
        ("12 Hill Road", "no, it is Lake Street 5, 12345 Town", "Lake Street 5, 12345 Town"),
        ("上海市浦东新区世纪大道100号", "不对，是北京市朝阳区建国路8号", "北京市朝阳区建国路8号"),
    ],
)
async def test_postcode_and_town_may_come_in_a_message_of_their_own(
    street: str, town: str, whole: str
) -> None:
    talk = Talk()
    await talk.hear("change the address of 10234")
    assert await talk.hear(street) == ["bot-confirm-address"]
    assert await talk.hear(town) == ["bot-confirm-address"]
    assert await talk.hear("yes") == ["bot-done-address"]
    assert talk.address("LL-10234") == whole


@pytest.mark.parametrize("text", ["I have 2 questions", "my order is 3 days late now", "我的订单晚了3天"])
async def test_a_sentence_with_a_figure_is_no_address(text: str) -> None:
    talk = Talk()
    await talk.hear("change the address of 10234")
    await talk.hear(text)
    assert "address" not in talk.history[-1].slots
    assert talk.form == "address_form"


@pytest.mark.parametrize("text", ["no, I meant 10877", "order 10877", "LL 10877", "cancel 10877"])
async def test_another_order_is_no_town_of_the_address_at_hand(text: str) -> None:
    talk = Talk()
    await talk.hear("change the address of 10234 to 12 Hill Road, Springfield")
    await talk.hear(text)
    assert "10877" not in talk.history[-1].slots.get("address", "")
