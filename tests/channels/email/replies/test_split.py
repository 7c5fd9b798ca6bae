"""What a person wrote stands apart from what they quote and sign with, and nothing is ever lost."""

import pytest

from channels.email.replies.split import Split, split
from core.message import Fold


def folds(found: Split) -> list[Fold]:
    return [each.what for each in found.folded]


def test_a_plain_mail_is_all_written() -> None:
    assert split("Hello,\n\nwhere is my parcel?\n", None) == Split("Hello,\n\nwhere is my parcel?", ())


def test_an_answer_stands_apart_from_the_quote_below_it() -> None:
    found = split(
        "Yes please.\n\nOn Mon, 2 Nov 2026 at 10:00, Shop <shop@example.com> wrote:\n\n> A refund?\n", None
    )
    assert found.written == "Yes please."
    assert folds(found) == [Fold.QUOTE]
    assert "A refund?" in found.folded[0].text
    assert "wrote:" in found.folded[0].text


def test_an_answer_below_the_quote_is_kept() -> None:
    found = split(
        "On Mon, 2 Nov 2026 at 10:00, Shop <shop@example.com> wrote:\n> A refund?\n\nYes please.", None
    )
    assert found.written == "Yes please."


def test_answers_between_the_quoted_lines_are_kept_in_order() -> None:
    text = "Jane wrote:\n> Size?\nForty.\n> Colour?\n\nGreen.\n"
    found = split(text, None)
    assert found.written.split() == ["Forty.", "Green."]
    assert [each.text for each in found.folded] == ["Jane wrote:\n> Size?", "> Colour?"]


def test_an_attribution_may_be_broken_over_lines() -> None:
    text = "Thanks.\n\nOn Wed, Dec 16, 2026, at 12:47 PM, Corey Longname\n<reply@shop.example.com>\nwrote:\n\n> It is sent."
    assert split(text, None).written == "Thanks."


def test_outlooks_block_of_header_fields_begins_the_history() -> None:
    text = "Outlook here.\n\nFrom: Shop <shop@example.com>\nSent: Friday, 5 June 2026 10:00\nTo: Jane\nSubject: Order\n\nDear Jane"
    assert split(text, None).written == "Outlook here."


def test_the_signature_is_folded() -> None:
    found = split("Where is it?\n\n-- \nJane Doe\nAccountant", None)
    assert found.written == "Where is it?"
    assert folds(found) == [Fold.SIGNATURE]


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "发自我的iPhone",
        "Get Outlook for iOS<https://aka.ms/x>",
    ],
)
def test_the_line_of_a_phone_is_folded(line: str) -> None:
    found = split(f"Where is it?\n\n{line}", None)
    assert (found.written, folds(found)) == ("Where is it?", [Fold.SIGNATURE])


def test_a_forwarded_mail_stays_to_be_read() -> None:
    text = "FYI\n\n---------- Forwarded message ---------\nFrom: Bank <bank@example.com>\nSubject: Refused\n\nThe payment was refused."
    found = split(text, None)
    assert "The payment was refused." in found.written
    assert not found.folded


def test_a_mail_passed_on_by_outlook_without_a_word_stays_to_be_read() -> None:
    text = "\nFrom: Bank <bank@example.com>\nSent: Friday, 5 June 2026 10:00\nTo: Jane\nSubject: Refused\n\nThe payment was refused."
    assert "The payment was refused." in split(text, None).written


def test_a_travellers_list_is_no_mail_header() -> None:
    text = "Please book:\n\nFrom: Berlin\nTo: Munich\nDate: 3 May\n\nThank you"
    assert split(text, None) == Split(text, ())


def test_the_markup_of_the_mail_program_tells_what_the_text_does_not() -> None:
    text = "Yes.\n\nSomebody said some time ago\n\nA refund?"
    html = '<div>Yes.</div><div class="gmail_quote">Somebody said some time ago<blockquote>A refund?</blockquote></div>'
    found = split(text, html)
    assert found.written == "Yes."
    assert folds(found) == [Fold.QUOTE]


def test_a_mail_of_html_alone_is_split_by_its_own_lines() -> None:
    html = "<p>Hello</p><div class='moz-cite-prefix'>On 26.06.2026 14:41, A wrote:<br></div><blockquote type='cite'>Hi</blockquote>"
    assert split("", html).written == "Hello"


def test_what_was_asked_for_is_not_taken_for_a_signature() -> None:
    text = "My new address is:\n\nJane Doe\n12 High Street\nTel. +44 20 7946 0018\njane@example.com"
    assert split(text, None) == Split(text, ())
