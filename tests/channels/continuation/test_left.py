"""Which messages leave an address for us, and which only mention one."""

import time

import pytest

from channels.continuation.left import left_address


@pytest.mark.parametrize(
    "text",
    [
        *("a@b.com", "  A@B.com\n", "<a@b.com>", "mailto:a@b.com", "a@b.com!", "Sure, a@b.com"),
        *("my e-mail is a@b.com", "My email: a@b.com.", "email a@b.com", "it's a@b.com thanks"),
        *("You can reach me at a@b.com", "please write to me at a@b.com", "reply to a@b.com please"),
        *(
            "我的邮箱是 a@b.com",
            "我的邮箱是a@b.com。",
            "邮箱：a@b.com",
            "请发到a@b.com",
            "发邮件给我：a@b.com",
        ),
        *("请回复到 a@b.com 谢谢", "好的，我的电子邮箱地址是a@b.com"),
    ],
)
def test_an_address_and_nothing_else_is_left_for_us(text: str) -> None:
    assert left_address(text) == "a@b.com"


@pytest.mark.parametrize(
    "text",
    [
        *("I wrote to a@b.com yesterday", "Is a@b.com your address?", "a@b.com and c@d.com", "a@b.com?"),
        *("why did a@b.com get my parcel?", "a@b", "my order a@b.com is late", "not a@b.com", "@a", ""),
        *("don't write to a@b.com", "is my e-mail a@b.com?", "the address a@b.com is wrong"),
        *("不要发到a@b.com", "我给a@b.com写过信", "我的邮箱不是a@b.com", "a@b.com 没有回复", "a@@b.com"),
        *("My password is a@b.com", "please delete a@b.com", f"my email is {'a' * 300}@b.com"),
    ],
)
def test_an_address_that_is_only_mentioned_is_not(text: str) -> None:
    assert left_address(text) is None


@pytest.mark.parametrize(
    "piece", ["发", "请回复", "hi ", "please ", "email ", "回复我", "a", "a.", "邮件", "to "]
)
def test_no_message_takes_long_to_tell(piece: str) -> None:
    began = time.perf_counter()
    left_address((piece * 300)[:300] + "x@y.zz ?")
    assert time.perf_counter() - began < 0.5
