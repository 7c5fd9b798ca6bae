"""Two things in one message are told apart, and one thing is not taken for two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parts import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("How do I return a lamp? And what does shipping cost?", 2),
        ("Where is my order LL-10234? Also, can I pay by invoice?", 2),
        ("how do i return a lamp and also how long does delivery take", 2),
        ("Do you ship to Norway, and how much is it to Sweden?", 2),
        ("I want to cancel my order and I'd like an invoice for the other one", 2),
        ("怎么退货？运费多少钱？", 2),
        ("怎么退货，另外运费是多少", 2),
        ("发票在哪里下载？还有，能用支付宝吗？", 2),
        ("How do I pay? How do I return a lamp? When are you open?", 3),
        ("配送要多久，运费多少钱？", 2),
        ("几点开门，店在哪里", 2),
    ],
)
def test_two_questions_are_told_apart(text: str, parts: int) -> None:
    assert len(parts_of(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "How do I return a lamp?",
        "yes please but wait, how long does a refund take?",
        "Hello! I bought a lamp last week. How do I return it?",
        "My lamp is broken. What can I do?",
        "I'd like to return a lamp. How does that work?",
        "I want to send back the lamp and get my money",
        "Can I pay by card and invoice?",
        "What is the size and weight of the lamp?",
        "上周买的台灯想退掉，要怎么操作？",
        "灯坏了。怎么办？",
        "你好，请问运费多少？",
        "还有货吗",
        "还没发货，可以取消吗",
        "我想问一下，退货要几天",
        "请问，运费是多少钱",
        "怎么回事，灯不亮了怎么办",
        "",
        "🙂",
        "a? b? c? d? e?",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert parts_of(text) == (text.strip(),)


def test_what_asks_nothing_goes_with_what_follows() -> None:
    first, second = parts_of("My lamp came broken. Can I swap it? I moved. How do I change my address?")
    assert first == "My lamp came broken. Can I swap it?"
    assert second == "I moved. How do I change my address?"


@given(st.text(st.sampled_from("how do you pay? 吗 怎么退货。and also,\n"), max_size=200))
def test_no_word_of_a_question_is_lost(text: str) -> None:
    parts = parts_of(text)
    assert 1 <= len(parts) <= 3
    assert sum(map(len, parts)) <= len(text) + len(parts)
