"""Subjects of answers, References that fit, and links in plain text."""

import time

import pytest

from channels.email.sending.links import linked
from channels.email.sending.references import answered, references


@pytest.mark.parametrize(
    "subject",
    [
        "Lamp",
        "Re: Lamp",
        "RE: Re: re: Lamp",
        "AW: Re: Lamp",
        "回复：Lamp",
        "答复: 回复: Lamp",
        "Re[2]: Lamp",
        "Sv: RE(3): Lamp",
        "  Re:Lamp",
        "Re:\r\n Lamp",
    ],
)
def test_an_answers_subject_says_re_once(subject: str) -> None:
    assert answered(subject) == "Re: Lamp"


@pytest.mark.parametrize("subject", ["Fwd: Lamp", "Reading lamp: broken", "Resolution: 4k", "Return"])
def test_what_only_looks_like_an_answer_stays(subject: str) -> None:
    assert answered(subject) == f"Re: {subject}"


def test_references_are_oldest_first_and_lose_their_middle_when_they_are_too_long() -> None:
    ids = [f"{n}@example.org" for n in range(100)]
    assert references(ids[:5], 900) == tuple(ids[:5])
    short = references(ids, 900)
    assert short[0] == ids[0]
    assert short[1:] == tuple(ids[-len(short) + 1 :])
    assert 700 < len(" ".join(f"<{each}>" for each in short)) <= 900


def test_references_hold_message_ids_only_and_each_once() -> None:
    given = ["a@b", "", "no-at-sign", "x y@z", "a@b", "a>\r\nBcc: v@w", "é@b", "c@d", f"{'x' * 300}@y"]
    assert references(given, 900) == ("a@b", "c@d")


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("See https://example.com/a.", "https://example.com/a"),
        ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
        ("请看https://example.com/a，谢谢", "https://example.com/a"),
        ("https://example.com/a?b=1&c=2!", "https://example.com/a?b=1&c=2"),
        ("HTTP://EXAMPLE.COM/A", "HTTP://EXAMPLE.COM/A"),
    ],
)
def test_an_address_is_a_link_without_the_sentence_around_it(line: str, address: str) -> None:
    shown = address.replace("&", "&amp;")
    assert f'<a href="{shown}">{shown}</a>' in linked(line)


@pytest.mark.parametrize(
    "line", ["javascript:alert(1)", "data:text/html,x", "https://", "a@b.c", "ftp://x.y"]
)
def test_nothing_else_is_a_link(line: str) -> None:
    assert "<a " not in linked(line)


@pytest.mark.parametrize("end", [")", "]", ".", ")."])
def test_an_address_made_to_be_slow_is_not(end: str) -> None:
    began = time.process_time()
    assert linked("https://example.com/" + end * 200_000).startswith('<a href="https://example.com/">')
    assert time.process_time() - began < 1
