"""Sentences that cannot both be right, and articles of which one would do."""

import pytest

from knowledge.loop.contradicting import Kind, contradiction, duplicate


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "You can return any item within 30 days of delivery.",
            "Return any item within 14 days of delivery.",
        ),
        ("Express delivery to Spain costs €9.90.", "Express delivery to Spain costs €12.50."),
        ("Gift cards can be returned for a refund.", "Gift cards can not be returned for a refund."),
        ("会员购物享受九折优惠，满 99 元包邮。", "会员购物享受九折优惠，满 59 元包邮。"),
        ("礼品卡可以退款到原支付账户。", "礼品卡不可以退款到原支付账户。"),
        ("收到商品后七天内可以无理由退货。", "收到商品后十五天内可以无理由退货。"),
        ("Members get 10% off all plants.", "Members get 15% off all plants."),
    ],
)
def test_other_numbers_or_a_not_contradict(first: str, second: str) -> None:
    found = contradiction(f"Welcome to our shop. {first} Thank you.", f"Hello there. {second}")
    assert found is not None
    assert found.kind is Kind.CONTRADICTION
    assert (found.first, found.second) == (first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("You can return any item within 30 days.", "You can return any item within 30 days of delivery."),
        ("You can return any item within 30 days.", "The shop opens at 9 on all 7 days."),
        ("Delivery takes 3 days and costs 5 euros.", "Delivery costs 5 euros."),
        ("我们的商店九点开门。", "礼品卡不可以退款到原支付账户。"),
        ("", "No."),
    ],
)
def test_the_same_or_something_else_is_no_contradiction(first: str, second: str) -> None:
    assert contradiction(first, second) is None


def test_articles_that_say_the_same_are_doubles_and_others_are_not() -> None:
    returns = ("Returns", "Send it back within 30 days in its box and we refund what it cost.")
    again = ("Returning things", "Send it back within 30 days in its own box, and we refund what it cost.")
    other = ("Delivery", "Parcels leave our house every day at noon and arrive the day after.")
    found = duplicate(returns, again, 0.8)
    assert found is not None
    assert found.kind is Kind.DUPLICATE
    assert duplicate(returns, other, 0.8) is None
