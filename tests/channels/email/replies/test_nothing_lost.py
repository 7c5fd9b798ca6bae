"""Every line of a mail is in what was written or in what is folded, and no mail takes long, however it is made."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.email.replies.split import MOST_FOLDED, Split, split
from core.message import Fold

LINES = (
    "",
    "Yes, please.",
    "> Is it?",
    ">> Was it?",
    ">",
    "-- ",
    "--",
    "Jane Doe",
    "Tel. +44 20 7946 0018",
    "jane@example.com",
    "On Mon, 2 Nov 2026 at 10:00, Shop <shop@example.com> wrote:",
    "在 2026年11月2日，10:00，客服 <service@example.com> 写道：",
    "-----Original Message-----",
    "---------- Forwarded message ---------",
    "From: Shop <shop@example.com>",
    "发送时间: 2026年11月2日",
    "Subject: Order",
    "Sent from my iPhone",
    "________________________________",
)
LONG = 60_000
"""Characters; a megabyte takes five times as long, and what is quadratic minutes."""


def _full(text: str) -> list[str]:
    return sorted(line.strip() for line in text.split("\n") if line.strip())


def _all(found: Split) -> str:
    return "\n".join([found.written, *(each.text for each in found.folded)])


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_every_line_is_kept_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert _full(_all(split(text, None))) == _full(text)


@given(st.lists(st.sampled_from(LINES), max_size=12), st.lists(st.sampled_from(LINES), max_size=12))
def test_markup_that_says_something_else_loses_nothing(lines: list[str], quoted: list[str]) -> None:
    text = "\n".join(["Hello", *lines])
    html = f"<div>Hello<br>{'<br>'.join(lines)}</div><blockquote type=cite>{'<br>'.join(quoted)}</blockquote>"
    assert _full(_all(split(text, html))) == _full(text)


def _adversarial() -> Iterator[tuple[str, str]]:
    pieces = {
        "on": "On ", "on_lines": "On \n", "quote_marks": ">", "marked_lines": "> x\n", "alternating": "> x\ny\n",
        "attributions": "On 2020-01-01 10:00 a@b wrote:\n", "broken_attributions": "On 2020-01-01 10:00 a\nb\nc\n",
        "fields": "From: a\n", "spaced_fields": "From: a\n\n", "table": "| From | a\n", "dashes": "-", "rules": "-----\n",
        "loose_dashes": "x\n--\n", "exact_dashes": "x\n-- \n", "colons": ":\n", "addresses": "<a@", "phones": "+1 2 3 4 5 6 ",
        "devices": "Sent from my iPhone\n", "small_print": "x\n\nThis e-mail and any\n\n", "blank": "\n", "space": " ",
        "wide_space": "\u3000", "carriage": "\r", "forwards": "---- Forwarded message ----\nFrom: a@b\nSubject: x\n\n",
    }  # fmt: skip
    for name, piece in pieces.items():
        yield name, piece * (LONG // len(piece))


def _adversarial_markup() -> Iterator[tuple[str, str]]:
    pieces = {
        "open_divs": "<div>", "open_quotes": "<div class=gmail_quote>", "cites": "<blockquote type=cite><p>", "less": "<",
        "flat_quotes": "<div class=gmail_quote>x</div>y<br>", "breaks": "<br>", "comments": "<!--", "empty": "<i></i>",
        "cells": "<table><tr><td>", "entities": "&",
    }  # fmt: skip
    for name, piece in pieces.items():
        yield name, piece * (LONG // len(piece))
    yield "one_quote", "<div class=gmail_quote>" + "<i></i>" * (LONG // 7) + "x</div>"


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in _adversarial()])
def test_a_long_mail_made_to_be_slow_is_not(text: str) -> None:
    began = time.thread_time()
    split(text, None)
    assert time.thread_time() - began < 2


@pytest.mark.parametrize("html", [pytest.param(html, id=name) for name, html in _adversarial_markup()])
def test_long_markup_made_to_be_slow_is_not(html: str) -> None:
    began = time.thread_time()
    split("Hello\n" * 1000, html)
    assert time.thread_time() - began < 2


def test_a_mail_of_very_many_quotes_has_few_folded_parts_and_all_their_lines() -> None:
    text = "> x\ny\n" * 1000
    found = split(text, None)
    assert len(found.folded) == MOST_FOLDED
    assert _full(_all(found)) == _full(text)
    assert {each.what for each in found.folded} == {Fold.QUOTE}
