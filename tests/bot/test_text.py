"""What a customer's text is made before anybody reads it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.contract import OrderFormat
from bot.text import language_of, other_tongue, same_question, says_something, tame

UNSEEN = [
    " ",
    "\t",
    "\n",
    "\r\n",
    "\x00",
    "\x0b",
    "\x1c",
    "\x85",
    "\xa0",
    "\xad",
    "\u1680",
    "\u180e",
    "\u2003",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u2028",
    "\u202e",
    "\u205f",
    "\u2060",
    "\u2066",
    "\u3000",
    "\ufeff",
    "\U000e0020",
    "\ud800",
]
COMMANDS = [
    "/restart",
    '/order_status{"order_number": "LL-1"}',
    "/session_start",
    "//back",
    "/",
    "/EXTERNAL: x",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("disguise", [*UNSEEN, "".join(UNSEEN), ""], ids=ascii)
def test_no_disguise_lets_a_command_through(disguise: str, command: str) -> None:
    tamed = tame(disguise + command, 500)
    assert not tamed.startswith("/")
    assert tamed.startswith("\uff0f")
    assert not tamed.strip().lstrip("".join(UNSEEN)).startswith("/")


@given(st.text(max_size=60), st.integers(1, 50))
def test_whatever_comes_does_not_begin_with_a_slash_even_after_stripping(text: str, limit: int) -> None:
    tamed = tame(text, limit)
    assert len(tamed) <= limit
    assert not tamed.startswith("/")
    bare = tamed.lstrip("".join(UNSEEN))
    assert not bare.startswith("/")
    assert not any(unicodedata.category(char) == "Cs" for char in tamed)
    assert tame(tamed, limit) == tamed


def test_slashes_inside_a_text_stay() -> None:
    assert tame("either/or, see http://a.example/b", 500) == "either/or, see http://a.example/b"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I return a lamp?", "en"),
        ("怎么退货？", "zh"),
        ("我要退 LL-10234", "zh"),
        ("我的 iPhone 充电器坏了", "zh"),
        ("LL-10234", None),
        ("10234", None),
        ("https://shop.example/some/page", None),
        ("me@example.org", None),
        ("??!", None),
        ("🙂", None),
        ("ok", None),
        ("ok thanks", None),
        ("refund", None),
        ("cancel order LL-10234", "en"),
        ("我的order什么时候到", "zh"),
        ("想return这个lamp please", "zh"),
        ("ok 谢谢", "zh"),
        ("can i get a 发票 for my order", "en"),
        ("where is my café lamp", "en"),
        ("¿Dónde está mi pedido?", None),
        ("quiero devolver la lampara", None),
        ("Wo ist meine Bestellung?", None),
        ("où est ma commande", None),
        ("أين طلبي؟", None),
        ("내 주문 어디", None),
        ("返品したいです", None),
        ("где мой заказ", None),
        ("Where is my order 订单?", "en"),
        ("", None),
    ],
)
def test_the_language_is_told_only_where_the_words_show_it(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("¿Dónde está mi pedido?", True),
        ("أين طلبي؟", True),
        ("注文はどこですか", True),
        ("где мой заказ", True),
        ("where is my lamp", False),
        ("my lamp goes to München", False),
        ("我的灯呢", False),
        ("ok", False),
        ("LL-10234", False),
    ],
)
def test_other_languages_are_known_as_such(text: str, *, other: bool) -> None:
    assert other_tongue(text) is other


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("How do I return a lamp?", "how do i return a lamp", True),
        ("How do I return a lamp?", "HOW DO I RETURN A LAMP!!!", True),
        ("怎么退货？", "怎么退货", True),
        ("How do I return a lamp?", "How do I pay?", False),
        ("How do I return a lamp?", "Can I return a sofa I bought abroad?", False),
        ("", "", False),
        ("?", "!", False),
    ],
)
def test_the_same_question_is_known_by_its_words(one: str, other: str, *, same: bool) -> None:
    assert same_question(one, other) is same


@pytest.mark.parametrize(
    ("text", "says"), [("?", False), ("🙂🙂", False), ("", False), ("a", True), ("好", True)]
)
def test_punctuation_and_emoji_alone_say_nothing(text: str, *, says: bool) -> None:
    assert says_something(text) is says


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("LL-10234", "LL-10234"),
        ("ll10234", "LL-10234"),
        ("LL 10234", "LL-10234"),
        ("10234", "LL-10234"),
        ("ＬＬ１０２３４", "LL-10234"),
        (" 10234 ", "LL-10234"),
        ("is 10234", "LL-10234"),
        ("1023", None),
        ("102345", None),
        ("AB-10234", None),
        ("١٠٢٣٤", None),
        ("LL-", None),
        ("", None),
    ],
)
def test_an_order_number_has_one_normal_form(written: str, normal: str | None) -> None:
    assert OrderFormat().normal_form(written) == normal


def test_numbers_are_found_where_they_stand() -> None:
    numbers_in = OrderFormat().numbers_in
    assert numbers_in("Order LL 10234, it is not 999999 or AB-123") == ("LL 10234", "999999", "AB-123")
    assert numbers_in("订单号是ＬＬ１０２３４吗") == ("LL10234",)
    assert numbers_in("12 lamps") == ()
