"""What is a yes, a no, an address or a code to a form: by many sentences, and in time that no text can stretch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms import words
from bot.forms.letters import bare
from bot.forms.sparing import spared_numbers
from bot.orders.contract import OrderFormat
from bot.proposals import Wish

YES = [
    *(
        "yes",
        "Yes please!",
        "yep",
        "ok",
        "OK, do it",
        "sure, go ahead",
        "yes, cancel it",
        "please cancel it",
        "confirm",
    ),
    *(
        "yes that's right",
        "y",
        "of course",
        "是",
        "是的",
        "好的，取消吧",
        "对",
        "确认",
        "嗯嗯",
        "可以，请取消",
        "没问题",
        "行吧",
    ),
]
NO_YES = [
    *(
        "no",
        "yes?",
        "not yet",
        "yes but later",
        "don't",
        "cancel",
        "取消",
        "不",
        "不是的",
        "是不是",
        "好吗",
        "可以吗",
        "没有",
    ),
    *(
        "please",
        "谢谢",
        "thanks",
        "then",
        "what",
        "yes if it is free",
        "okay wait",
        "yesterday",
        "是什么",
        "要等多久",
        "",
    ),
]
ADDRESSES = {
    "12 Hill Road, 20871 Springfield": "12 Hill Road, 20871 Springfield",
    "the new address is 12 Hill Road, Springfield": "12 Hill Road, Springfield",
    "sorry, it should be 14 Hill Road": "14 Hill Road",
    "please send it to Ann Li, Lake Street 5, Boston": "Ann Li, Lake Street 5, Boston",
    "Musterstraße 12\n10115 Berlin": "Musterstraße 12\n10115 Berlin",
    "上海市浦东新区世纪大道100号": "上海市浦东新区世纪大道100号",
    "不对，地址是北京市朝阳区建国路8号": "北京市朝阳区建国路8号",
    "I moved to Lake Street 5, Boston": "Lake Street 5, Boston",
    "My new flat is at 12 Hill Road, Springfield": "12 Hill Road, Springfield",
    "5 Times Square, New York": "5 Times Square, New York",
    "我住在上海市浦东新区世纪大道100号": "上海市浦东新区世纪大道100号",
    "Dear shop,\n\nhere is my new address:\n\nAnn Li\n12 Hill Road\n12345 Town\n\nBest regards\nAnn": "Ann Li\n12 Hill Road\n12345 Town",
    "您好，\n\n新地址如下：\n北京市朝阳区建国路8号\n\n谢谢！\n李安": "北京市朝阳区建国路8号",
}
NO_ADDRESSES = [
    "hello",
    "yes",
    "how long does it take?",
    "12",
    "多久能到？",
    "what is 12 Hill Road?",
    "my office",
    "I have 2 questions",
    "my order is 3 days late now",
    "it arrived 2 weeks late",
    "I want 2 more lamps",
    "我有2个问题",
    "我的订单晚了3天",
]


@pytest.mark.parametrize("text", YES)
def test_a_plain_yes_confirms(text: str) -> None:
    assert words.confirms(text, Wish.CANCEL)


@pytest.mark.parametrize("text", NO_YES)
@pytest.mark.parametrize("wish", Wish)
def test_whatever_is_no_plain_yes_confirms_nothing(text: str, wish: Wish) -> None:
    assert not words.confirms(text, wish)


@pytest.mark.parametrize(
    "text", ["no", "never mind", "don't cancel it", "不要取消", "算了", "keep my order", "wait"]
)
def test_a_no_declines(text: str) -> None:
    assert words.declines(text, Wish.CANCEL)
    assert not words.confirms(text, Wish.CANCEL)


def test_to_whether_to_cancel_the_word_cancel_alone_is_neither() -> None:
    assert not words.declines("cancel", Wish.CANCEL)
    assert words.declines("cancel", Wish.RETURN)


@pytest.mark.parametrize(("text", "address"), ADDRESSES.items())
def test_an_address_is_taken_without_the_words_around_it(text: str, address: str) -> None:
    assert words.address_in(text) == address


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_is_not_taken_for_one(text: str) -> None:
    assert words.address_in(text) is None


@pytest.mark.parametrize("text", ["123456", "123 456", "the code is 123-456.", "验证码１２３４５６"])
def test_a_code_is_read_however_it_is_written(text: str) -> None:
    assert words.code_in(text) == "123456"


@pytest.mark.parametrize("text", ["12345", "1234567", "LL-10234", "none"])
def test_what_has_not_six_digits_is_no_code(text: str) -> None:
    assert words.code_in(text) is None


@pytest.mark.parametrize(
    ("text", "mail"),
    [
        ("Ann@Example.org", "Ann@Example.org"),
        ("it's ann@example.org.", "ann@example.org"),
        ("邮箱是ann@example.org，谢谢", "ann@example.org"),
        ("ann at example", None),
    ],
)
def test_a_mail_address_is_found(text: str, mail: str | None) -> None:
    found = words.mail_in(text)
    assert found == mail if mail is None else found is not None and found.endswith(mail)


def test_a_mail_address_is_looked_for_at_the_beginning_of_a_text_only() -> None:
    """Of a text that is nearly all addresses the time to look would grow with the square of its length."""
    assert words.mail_in("well, " * 50 + "ann@example.org") == "ann@example.org"
    assert words.mail_in("well, " * 100 + "ann@example.org") is None


def everything(text: str) -> None:
    for wish in Wish:
        words.confirms(text, wish)
        words.declines(text, wish)
    for look in (
        *(
            words.skips,
            words.goes_back,
            words.means_another,
            words.corrects,
            words.rejects_address,
            words.mail_in,
        ),
        *(
            words.wants_code_again,
            words.asks_something,
            words.code_in,
            words.address_in,
            words.address_beside,
        ),
        *(words.reason_beside, words.waits, words.cancels_it, bare),
    ):
        look(text)


@given(st.text(alphabet="是好的嗯要取消吧请oknoyes ,to1因为,a\n", max_size=400))
@settings(max_examples=40)
def test_no_text_takes_the_patterns_long(text: str) -> None:
    """Patterns that could explode would run into the test's own deadline."""
    everything(text)


@pytest.mark.parametrize(
    "text",
    [
        "好的" * 1000,
        "yes please " * 200,
        "ok " * 66 + "x",
        "to 1 a " * 300,
        "a," * 1000,
        "a" * 2000,
        "1@" * 900,
    ],
)
def test_a_long_text_is_looked_at_in_time(text: str) -> None:
    everything(text)


@pytest.mark.parametrize(
    ("text", "spared"),
    [
        ("all but not 10234, and 10877", {"LL-10234", "LL-10877"}),
        ("keep 10234, cancel 10877", {"LL-10234"}),
        ("I don't want to keep 10234", set()),
        ("I have not received 10234", set()),
        ("I did not like LL-10234, refund it", set()),
        ("我不想要10234了", set()),
        ("取消10234，10877留着", {"LL-10877"}),
        ("除了10234，10877也取消", set()),
    ],
)
def test_an_order_that_is_named_only_to_leave_it_is_told_from_others(text: str, spared: set[str]) -> None:
    assert spared_numbers(text, OrderFormat()) == spared


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12345 Town", "12 Hill Road, 12345 Town"),
        ("12345 town", "12 Hill Road, 12345 town"),
        ("Springfield 12345", "12 Hill Road, Springfield 12345"),
        ("no, 10877", None),
        ("Cancel 10877", None),
        ("10877 please", None),
        ("I meant 10877", None),
        ("yes 10877", None),
    ],
)
def test_a_town_is_told_from_another_order(text: str, address: str | None) -> None:
    assert words.with_town("12 Hill Road", text) == address


@pytest.mark.parametrize(
    "text", ["I want to send back 48213", "I'd like to track LL-10234", "use it to get 10234"]
)
def test_what_shall_be_done_is_no_address(text: str) -> None:
    assert words.address_beside(text) is None
