"""What a list of conversations shows of the last message."""

from core.ids import MediaId
from core.message import Attachment, Text, in_brief, plain_text

PICTURE = Attachment(MediaId("m1"), "lamp.png", "image/png", 70)
INVOICE = Attachment(MediaId("m2"), "invoice.pdf", "application/pdf", 900)


def test_files_without_a_word_are_named() -> None:
    assert in_brief((PICTURE, INVOICE)) == "lamp.png, invoice.pdf"


def test_words_go_before_files_and_the_bot_is_told_the_words_only() -> None:
    assert in_brief((Text("It is broken"), PICTURE)) == "It is broken"
    assert plain_text((PICTURE,)) == ""
