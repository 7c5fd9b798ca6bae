"""A reply keeps what it says on a channel that cannot show all of it."""

from dataclasses import replace

import pytest

from channels.loopback.adapter import CAPABILITIES as PLAIN
from channels.render import fit
from core.ids import ArticleId, MediaId
from core.message import ArticleCard, Attachment, Buttons, Option, Part, Text

BUTTONS = Buttons((Option("a", "Track a parcel", "/track"), Option("b", "Return it", "/return")))
CARD = ArticleCard(ArticleId("a1"), "en", "Returns", "Within 30 days.")
FILE = Attachment(MediaId("m1"), "bill.pdf", "application/pdf", 100)
RICH = replace(PLAIN, buttons=True, articles=True, attachments=True, attachment_bytes=1000)


def test_buttons_become_numbered_lines_below_the_question() -> None:
    assert fit([Text("What next?"), BUTTONS], PLAIN) == (
        Text("What next?\n\n1. Track a parcel\n2. Return it"),
    )


def test_a_card_becomes_title_excerpt_and_address() -> None:
    shown = fit([CARD], PLAIN, article_url=lambda article, language: f"https://help/{language}/{article}")
    assert shown == (Text("Returns\nWithin 30 days.\nhttps://help/en/a1"),)


def test_a_file_becomes_its_address_where_files_cannot_go() -> None:
    assert fit([FILE], PLAIN, media_url=lambda _file: "https://p/media/m1") == (
        Text("bill.pdf: https://p/media/m1"),
    )


def test_a_file_that_is_too_large_for_the_channel_becomes_its_address() -> None:
    small = replace(RICH, attachment_bytes=99)
    assert fit([FILE], small) == (Text("bill.pdf: bill.pdf"),)


def test_nothing_changes_where_everything_can_be_shown() -> None:
    parts: list[Part] = [Text("Hi"), BUTTONS, CARD, FILE]
    assert fit(parts, RICH) == tuple(parts)


@pytest.mark.parametrize("text", ["word " * 1000, "句子。" * 800, "x" * 5000, "line\n" * 1000])
def test_a_long_text_is_cut_into_pieces_that_lose_no_word(text: str) -> None:
    pieces = [part.text for part in fit([Text(text)], PLAIN) if isinstance(part, Text)]
    assert all(0 < len(piece) <= PLAIN.text_characters for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
