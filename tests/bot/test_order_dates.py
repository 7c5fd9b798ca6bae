"""When an order shall arrive is said as people say days, and honestly once the day is over."""

from datetime import UTC, datetime

import pytest

from bot.handing.values import Circumstances
from bot.orders.contract import OrderFormat
from bot.policy.deciding import decide
from bot.policy.settings import PolicySettings
from bot.proposals import OrderTold
from bot.reply import Say
from bot.wording import Wording
from core.message import Text
from core.order import Order, OrderState
from tests.bot.builders import TEXTS, a_turn, understood
from tests.builders import CountingIds

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def told(expected: str | None, language: str = "en", now: datetime = NOW, zone: str | None = None) -> str:
    turn = a_turn("where is it?", now=now, around=Circumstances(zone=zone))
    order = Order("LL-20871", OrderState.SHIPPED, expected)
    reply = decide(turn, understood(OrderTold(order)), PolicySettings())
    assert isinstance(reply, Say)
    said = Wording(TEXTS, CountingIds(), OrderFormat()).parts(reply, language)[0]
    assert isinstance(said, Text)
    return said.text


@pytest.mark.parametrize(
    ("expected", "language", "words"),
    [
        ("2026-11-23", "en", "expects to deliver it on 23 November."),
        ("2026-11-23", "zh", "预计 11月23日 送达"),
        ("2026-11-22", "en", "expects to deliver it on 22 November."),
        ("2027-01-04", "en", "expects to deliver it on 4 January 2027."),
        ("2027-01-04", "zh", "预计 2027年1月4日 送达"),
        ("2026-11-20", "en", "It was expected by 20 November,"),
        ("2026-11-20", "zh", "原本预计 11月20日 前送达"),
        ("2025-12-31", "en", "It was expected by 31 December 2025,"),
    ],
)
def test_the_day_is_said_in_the_customers_words(expected: str, language: str, words: str) -> None:
    assert words in told(expected, language)


@pytest.mark.parametrize(
    ("now", "zone", "late"),
    [
        (datetime(2026, 11, 23, 3, 0, tzinfo=UTC), None, False),
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), None, True),
        (datetime(2026, 11, 22, 20, 0, tzinfo=UTC), "Asia/Shanghai", True),
        (datetime(2026, 11, 23, 3, 0, tzinfo=UTC), "America/Los_Angeles", False),
    ],
)
def test_a_day_is_over_on_the_customers_clock(now: datetime, zone: str | None, late: bool) -> None:  # noqa: FBT001
    assert ("It was expected by" in told("2026-11-22", now=now, zone=zone)) is late


@pytest.mark.parametrize("expected", [None, "", "soon", "23.11.2026", "2026-13-40"])
def test_what_is_no_day_is_not_said(expected: str | None) -> None:
    assert told(expected) == "Your order LL-20871 is on its way to you."
