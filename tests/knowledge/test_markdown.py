"""Plain text and excerpts."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.markdown import excerpt, paragraphs, plain

TAG = re.compile(r"</?(?:b|i|p|div|script|style|img|a|iframe|svg)\b[^>\n]*>", re.IGNORECASE)
HTML = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=y>",
        "<div>\n",
        "</div>\n\n",
        "<!-- x -->",
        "<p",
    ]
)
MARKDOWN = st.lists(
    HTML
    | st.sampled_from(
        ["# ", "- ", "1. ", "> ", "**", "_", "[a](http://x.example)", "|a|b|\n|-|-|\n", "\n", "\n\n"]
    )
    | st.text("abc灯退货.,:", max_size=8),
    max_size=20,
).map("".join)


@given(MARKDOWN)
def test_no_html_of_the_article_is_left(markdown: str) -> None:
    assert not TAG.search(plain(markdown))


def test_scripts_and_styles_vanish_with_what_they_hold() -> None:
    text = plain(
        "Hello <script>alert(1)</script>you <style>b{}</style>there\n\n<script>\nalert(2)\n</script>"
    )
    assert text == "Hello you there"


def test_blocks_become_paragraphs_lists_keep_their_marks() -> None:
    markdown = (
        "# Title\n\nSome *words* and\nmore.\n\n- one\n- **two**\n  1. inner\n\n3. three\n4. four\n\n`code`"
    )
    assert paragraphs(markdown) == [
        "Title",
        "Some words and more.",
        "• one\n• two\n  1. inner",
        "3. three\n4. four",
        "code",
    ]


def test_a_link_shows_where_it_leads_unless_it_says_so_itself() -> None:
    assert plain("[our page](https://x.example/a)") == "our page (https://x.example/a)"
    assert plain("<https://x.example/a>") == "https://x.example/a"
    assert plain("[me@x.example](mailto:me@x.example)") == "me@x.example"
    assert plain("[here](/console) [there](ftp://x.example)") == "here there"


def test_a_table_is_one_line_a_row() -> None:
    assert plain("| a | b |\n|---|---|\n| 1 | 2 |") == "a · b\n1 · 2"


def test_strong_chinese_words_lose_their_asterisks_even_before_a_character() -> None:
    assert plain("**付款方式：**信用卡") == "付款方式：信用卡"
    assert plain("2 ** 3 ** 4") == "2 ** 3 ** 4"


def test_a_line_break_between_chinese_characters_is_nothing() -> None:
    assert plain("第一行\n第二行") == "第一行第二行"
    assert plain("one\ntwo") == "one two"


@given(st.text(max_size=400), st.integers(min_value=10, max_value=120))
def test_an_excerpt_is_never_longer_than_asked(text: str, limit: int) -> None:
    assert len(excerpt(text, limit)) <= limit


@given(st.lists(st.text("abcdefgé", min_size=1, max_size=9), max_size=40), st.integers(10, 80))
def test_an_excerpt_is_never_cut_inside_a_word(words: list[str], limit: int) -> None:
    cut = excerpt(" ".join(words), limit)
    assert cut.removesuffix("…").split() == words[: len(cut.removesuffix("…").split())]


@given(
    st.lists(st.sampled_from(["e\u0301", "👩‍🚀", "👍🏽", "灯", "a ", "。"]), max_size=60), st.integers(10, 40)
)
def test_an_excerpt_is_never_cut_inside_a_character(pieces: list[str], limit: int) -> None:
    text = " ".join("".join(pieces).split())
    cut = excerpt(text, limit)
    if cut != text:
        kept = cut.removesuffix("…")
        rest = text[len(kept) :].lstrip(" ,;:，、；：(（")
        assert not rest or unicodedata.category(rest[0]) not in {"Mn", "Me", "Sk"}
        assert not kept.endswith("\u200d")
        assert not rest.startswith("\u200d")


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("Hello wonderful world of lamps", 18, "Hello wonderful…"),
        ("一二三四五六七八九十", 5, "一二三四…"),
        ("x" * 50, 10, "xxxxxxxxx…"),
        ("short", 10, "short"),
        ("two\n\nlines", 10, "two lines"),
    ],
)
def test_excerpts(text: str, limit: int, cut: str) -> None:
    assert excerpt(text, limit) == cut


def test_strong_text_that_commonmark_leaves_is_looked_for_within_bounds_only() -> None:
    """A text of asterisks alone would take seconds otherwise."""
    assert plain("**重要：**请看") == "重要：请看"
    assert plain(f"**{'重' * 400}：**请看").startswith("**")
    assert plain("**a " * 3) == "**a **a **a"
