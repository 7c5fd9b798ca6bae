"""What could name or reach a person is taken out of a question before it is kept."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.loop.patterns import REACHED, SAYS_WHO, STEPS
from knowledge.loop.redacting import (
    LINK,
    LONGEST,
    MAIL,
    MARKS,
    NAME,
    NUMBER,
    redact,
    redact_lines,
    says_something,
)

AROUND = st.sampled_from(
    [
        "",
        "How do I change it?",
        "我想改一下",
        "（谢谢）",
        "please:",
        "a",
        "Is it 30 days?",
        "，",
        "\n",
        "【急】",
        "\u200b",
        "ＡＢＣ",
    ]
)
MAILS = st.builds(
    "{}@{}.{}".format,
    st.text("abcxyz019._+-", min_size=1, max_size=15),
    st.text("abc019-", min_size=1, max_size=10),
    st.sampled_from(["com", "org", "co.uk", "cn"]),
)
DIGITS = st.lists(st.sampled_from("0123456789"), min_size=7, max_size=19).map("".join)
SEPARATORS = st.sampled_from(["", " ", "-", ".", " - "])


def _grouped(digits: str, separator: str, size: int) -> str:
    return separator.join(digits[at : at + size] for at in range(0, len(digits), size))


@given(AROUND, MAILS, AROUND)
def test_no_address_of_mail_is_left(before: str, mail: str, after: str) -> None:
    for gap in ("", " "):
        left = redact(f"{before}{gap}{mail}{gap}{after}")
        assert mail not in left
        assert "@" not in left.replace(MAIL, "")


@given(AROUND, DIGITS, SEPARATORS, st.integers(2, 5), AROUND)
@example("", "4111111111111111", " ", 4, "")
@example("我的电话", "13812345678", "-", 4, "打不通")
def test_no_telephone_card_or_account_number_is_left(
    before: str, digits: str, separator: str, size: int, after: str
) -> None:
    left = redact(f"{before} {_grouped(digits, separator, size)} {after}")
    assert NUMBER in left
    assert sum(each.isdigit() for each in left.replace("30 days", "")) == 0


@given(st.text(max_size=3000))
@example("a" * 3000)
@example("[@" * 800)
@example("1 " * 1500)
@example("www." * 700)
@example("\ud800 my name is \x00")
def test_it_is_one_bounded_line_and_the_same_when_done_again(text: str) -> None:
    once = redact(text)
    assert len(once) <= LONGEST
    assert "\n" not in once
    once.encode()
    assert redact(once) == once


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My name is Ann Smith and I want a refund", f"{NAME} and I want a refund"),
        ("my name's bob, where is my lamp?", f"{NAME}, where is my lamp?"),
        ("Hello, this is John Doe. How do I pay?", f"Hello, {NAME}. How do I pay?"),
        ("Hi, I'm Maria, can I return a plant?", f"Hi, {NAME}, can I return a plant?"),
        ("I am Not sure how it works", "I am Not sure how it works"),
        ("Can Mrs. Jones collect it for me?", f"Can {NAME} collect it for me?"),
        ("Can you call me back?", "Can you call me back?"),
        ("我叫张三，想退货", f"{NAME}，想退货"),
        ("我叫李小龙想退货", f"{NAME}想退货"),
        ("你好，我是王芳，怎么付款", f"你好，{NAME}，怎么付款"),
        ("我是新用户，怎么付款", "我是新用户，怎么付款"),
        ("请让陈先生给我回电", f"请让{NAME}先生给我回电"),
        ("联系人：欧阳娜娜 地址在哪改", f"{NAME} 地址在哪改"),
        ("Where is order #A-1234?", f"Where is order {NUMBER}?"),
        ("Where is PL-2024-00817?", f"Where is {NUMBER}?"),
        ("订单号：88231 什么时候发货", f"订单号：{NUMBER} 什么时候发货"),
        ("See https://shop.example/reset?token=abc please", f"See {LINK} please"),
        ("打开www.shop.cn/o/77不行，怎么办", f"打开{LINK}，怎么办"),
        ("Can I order 2 lamps within 30 days for 20%?", "Can I order 2 lamps within 30 days for 20%?"),
        ("It costs £14.99, is that right?", "It costs £14.99, is that right?"),
        ("Can it go to 12 Baker Street instead?", f"Can it go to {NAME} instead?"),
        ("送到中山路88号可以吗", f"{NAME}可以吗"),
        ("my key is sk_live_abcdefGHIJKLmnop1234", f"my key is {NUMBER}"),
        ("電話 一三八零零零零一二三四", f"電話 {NUMBER}"),
    ],
)
def test_what_names_somebody_goes_and_the_question_stays(text: str, left: str) -> None:
    assert redact(text) == left


def test_the_names_of_those_who_are_known_go_wherever_they_stand() -> None:
    assert redact("Smith here, send it to ann SMITH", ("Ann Smith",)) == f"{NAME} here, send it to {NAME}"
    assert redact("the smithy is open", ("Ann Smith",)) == "the smithy is open"
    assert redact("给张伟丽换一个", ("张伟丽",)) == f"给{NAME}换一个"


def test_lines_of_a_longer_text_stay() -> None:
    assert redact_lines("Dear Mr Jones,\n\nopen it.\nBest regards, Ada Lovelace", ()) == (
        f"Dear {NAME},\n\nopen it.\n{NAME}"
    )


@pytest.mark.parametrize("none", ["\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\ud800"])
def test_what_is_no_character_goes(none: str) -> None:
    assert redact(f"where is{none} my lamp") == "where is my lamp"


def test_marks_alone_say_nothing() -> None:
    assert not says_something(" ".join(MARKS))
    assert not says_something("? 7")
    assert says_something(f"refund {NUMBER}")


def test_addresses_that_hang_together_go_whole_however_long() -> None:
    assert redact("to ann@shop.com/bob@shop.com now") == f"to {MAIL} now"
    assert redact(f"to {'a' * 90}@shop.com now") == f"to {MAIL} now"


def test_a_card_is_found_within_more_digits_and_a_list_of_amounts_is_none() -> None:
    assert redact("it is 7 | 4111 | 1111 | 1111 | 1111 | 3") == f"it is {NUMBER}"
    amounts = "10, 20, 30, 40, 50, 60, 70"
    assert redact(amounts) == amounts
    assert redact(", ".join("0" for _ in range(20))) == ", ".join("0" for _ in range(20))


ONES = 16
"""A run of so many characters may begin anywhere: it costs no more than that for each."""


@pytest.mark.parametrize("pattern", [each for each, *_ in (*REACHED, *STEPS)] + list(SAYS_WHO))
def test_no_pattern_begins_anywhere_with_an_open_run(pattern: re.Pattern[str]) -> None:
    """Then each character would be the beginning of one, and a long word would cost the square of its length."""
    parser: Any = __import__("re._parser", fromlist=["parse"])
    assert _is_bounded(list(parser.parse(pattern.pattern, pattern.flags)))


def _is_bounded(items: list[Any]) -> bool:
    for at, (op, value) in enumerate(items):
        match str(op):
            case "AT":
                return True
            case "ASSERT" | "ASSERT_NOT" if value[0] < 0:
                return True
            case "ASSERT" | "ASSERT_NOT":
                continue
            case "BRANCH":
                return all(_is_bounded([*each, *items[at + 1 :]]) for each in value[1])
            case "SUBPATTERN":
                return _is_bounded([*value[-1], *items[at + 1 :]])
            case "MAX_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, inner = value
                if int(most) > ONES and at + 1 < len(items):
                    return False
                if not _is_bounded(list(inner)):
                    return False
                if least:
                    return True
            case _:
                return True
    return True


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("where is the parcel LL-10234", "where is the parcel [#]"),
        ("parcel 12345678 has not arrived", "parcel [#] has not arrived"),
        ("my order number is # LL-1", "my order number is [#]"),
        ("my password is hunter2", "my password is [#]"),
        ("password hunter2", "password [#]"),
        ("my password hunter2 is refused", "my password [#] is refused"),
        ("my new password is: hunter2", "my new password is: [#]"),
        ("I changed my password to hunter2 and it fails", "I changed my password to [#] and it fails"),
        ("login: ann pw: hunter2", "login: ann pw: [#]"),
        ("my pass word is hunter2", "my pass word is [#]"),
        ("passwort geheim1", "passwort [#]"),
        ("密码改成hunter2", "密码改成[#]"),
        ("pin 1234", "pin [#]"),
        ("密码是abc123", "密码是[#]"),
    ],
)
def test_the_word_that_announces_a_number_stays(text: str, left: str) -> None:
    assert redact(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "my password is wrong",
        "I forgot my password 3 times",
        "I need a new password to log in",
        "the password reset link does not work",
        "promo code SAVE20 fails",
        "我的密码不对",
    ],
)
def test_a_question_about_a_password_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "text", ["Hauptstraße 5, Berlin", "Hauptstr. 5a 10115 Berlin", "5 oak lane", "12 old hill road"]
)
def test_an_address_goes_however_it_is_written(text: str) -> None:
    assert redact(f"I live at {text}") == "I live at […]"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to ann.li@example.org, Ann", "write to ann.li@example.org, […]"),
        ("我的邮箱是ann123456@example.com，电话13800138000", "我的邮箱是ann123456@example.com，电话[#]"),
        ("https://x.example/?m=a@b.com and c@d.co.uk", "[↗] and c@d.co.uk"),
        ("@ann_li on telegram is ann_li_99", "[✉] on [✉]"),
        ("ann (at) example (dot) com", "[✉]"),
        ("\ue000\ue001 a@b.com", "a@b.com"),
        ("4111 1111 1111 1111 a@b.com", "[#] a@b.com"),
    ],
)
def test_mail_addresses_alone_stay_where_that_is_wanted(text: str, left: str) -> None:
    assert redact(text, ("Ann",), mail_addresses=False) == left


def test_more_addresses_than_can_be_told_apart_are_redacted() -> None:
    text = " ".join(["a@b.co"] * 7000)
    said = redact(text, (), len(text), mail_addresses=False)
    assert said.count("a@b.co") == 0xF8FF - 0xE000 + 1
    assert said.count(MAIL) == 7000 - said.count("a@b.co")
