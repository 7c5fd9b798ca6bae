"""What a mail says, however its parts were put together."""

import base64
import struct
from datetime import UTC, datetime

import pytest

from channels.email.mail import Address, MailFile, Nature, Unparsable
from channels.email.parsing.parse import parse
from tests.channels.email.parsing.mails import LIMITS, headed, html, read

MIXED = 'Content-Type: multipart/mixed; boundary="b"'
ALTERNATIVE = 'Content-Type: multipart/alternative; boundary="a"'


def test_a_plain_mail_is_its_headers_and_its_text() -> None:
    mail = read("To: help@shop.example", "Message-ID: <1@example.com>", "", "Where is it?")
    assert mail.sender == Address("ann@example.com", "Ann")
    assert mail.to == (Address("help@shop.example"),)
    assert (mail.message_id, mail.subject, mail.text) == ("1@example.com", "My order", "Where is it?")
    assert mail.sent_at == datetime(2025, 11, 21, 2, 0, tzinfo=UTC)
    assert (mail.html, mail.files, mail.nature, mail.problems) == (None, (), Nature.PERSON, ())


def test_of_alternatives_the_text_and_the_html_are_one_message() -> None:
    mail = read(
        ALTERNATIVE, "", "--a", "Content-Type: text/plain", "", "Hello", "--a", "Content-Type: text/html", "",
        "<p>Hello <b>you</b></p>", "--a--", "an epilogue that nobody reads",
    )  # fmt: skip
    assert (mail.text, mail.html, mail.files) == ("Hello", "<p>Hello <b>you</b></p>", ())


def test_html_alone_is_read_as_text_too() -> None:
    mail = html("<html><body><p>Hello</p><p><a href='https://shop.example/1'>my order</a></p></body></html>")
    assert mail.text == "Hello\n\nmy order <https://shop.example/1>"


def test_an_alternative_whose_text_is_empty_is_read_from_its_html() -> None:
    mail = read(
        ALTERNATIVE, "", "--a", "Content-Type: text/plain", "", "", "--a", "Content-Type: text/html", "",
        "<p>Hello</p>", "--a--",
    )  # fmt: skip
    assert mail.text == "Hello"


def test_a_mail_without_any_text_is_still_a_mail() -> None:
    mail = headed("From: ann@example.com")
    assert (mail.subject, mail.text) == ("", "Hello")
    empty = read("Content-Type: text/html", "", "")
    assert (empty.text, empty.html, empty.files) == ("", None, ())


def test_texts_around_a_picture_are_one_text_and_the_picture_is_a_file() -> None:
    mail = read(
        MIXED, "", "--b", "", "before", "--b", 'Content-Type: image/png; name="a.png"',
        "Content-Transfer-Encoding: base64", "Content-Disposition: inline", "", "AAAA", "--b", "", "after", "--b--",
    )  # fmt: skip
    assert mail.text == "before\n\nafter"
    assert mail.files == (MailFile("a.png", "image/png", b"\0\0\0", None, inline=True),)


def test_pictures_that_the_html_names_belong_into_it() -> None:
    mail = read(
        'Content-Type: multipart/related; boundary="r"', "", "--r", "Content-Type: text/html", "",
        '<img src="CID:logo%40x">', "--r", "Content-Type: image/png", "Content-ID: <logo@x>", "", "1", "--r",
        "Content-Type: image/png", "Content-ID: <other@x>", "", "2", "--r--",
    )  # fmt: skip
    assert mail.html == '<img src="cid:logo@x">'
    assert [(each.content_id, each.inline) for each in mail.files] == [("logo@x", True), ("other@x", False)]


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (["Content-Type: text/calendar; method=REQUEST"], "file-1.ics"),
        (["Content-Type: application/pgp-signature"], "file-1.asc"),
        (["Content-Type: application/pkcs7-mime"], "file-1.p7m"),
        (["Content-Type: message/delivery-status"], "file-1.txt"),
        (["Content-Type: application/pdf", 'Content-Disposition: attachment; filename="../../etc/x.pdf"'], "etc x.pdf"),
        (["Content-Type: application/pdf; name==?utf-8?b?5Y+R56WoLnBkZg==?="], "发票.pdf"),
        (["Content-Type: x/y", "Content-Disposition: attachment; filename*=gbk''%B7%A2%C6%B1.pdf"], "发票.pdf"),
        (["Content-Type: x/y", "Content-Disposition: attachment; filename*0*=utf-8''%E5%8F; filename*1*=%91.pdf"], "发.pdf"),
        (["Content-Type: x/y", "Content-Disposition: attachment; filename=two words.pdf"], "two words.pdf"),
        (["Content-Type: x/y", 'Content-Disposition: attachment; filename="a\u202efdp.exe"'], "a fdp.exe"),
        (["Content-Type: text/plain; name=notes.txt"], "notes.txt"),
    ],
)  # fmt: skip
def test_what_is_no_text_of_the_message_is_a_file_with_a_safe_name(headers: list[str], name: str) -> None:
    mail = read(MIXED, "", "--b", "", "Hello", "--b", *headers, "", "content", "--b--")
    assert mail.text == "Hello"
    assert [each.name for each in mail.files] == [name]


def test_a_forwarded_mail_stays_a_file_as_it_came() -> None:
    inner = "From: boss@example.org\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\r\nTop secret"
    mail = read(MIXED, "", "--b", "", "See below", "--b", "Content-Type: message/rfc822", "", inner, "--b--")
    assert mail.text == "See below"
    assert mail.files == (MailFile("Café.eml", "message/rfc822", inner.encode(), None, inline=False),)


def test_an_alternative_in_another_format_is_no_file() -> None:
    mail = read(
        ALTERNATIVE, "", "--a", "", "Hello", "--a", "Content-Type: text/x-amp-html", "", "<html amp4email>", "--a",
        "Content-Type: text/calendar", "", "BEGIN:VCALENDAR", "--a--",
    )  # fmt: skip
    assert (mail.text, [each.media_type for each in mail.files]) == ("Hello", ["text/calendar"])


def tnef(*objects: tuple[int, int, int, bytes]) -> bytes:
    """What Outlook writes: a signature, a key, and objects of level, name and type."""
    written = b"\x78\x9f\x3e\x22\x01\x00"
    for level, name, kind, data in objects:
        written += (
            struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) % 65536)
        )
    return written


def test_files_in_winmail_dat_are_taken_out_of_it() -> None:
    packed = tnef(
        (1, 0x9006, 8, b"\0\0\1\0"), (1, 0x9007, 6, b"\xe4\4\0\0\0\0\0\0"), (2, 0x9002, 6, bytes(14)),
        (2, 0x8010, 1, b"../price list.pdf\0"), (2, 0x800F, 6, b"%PDF-"),
    )  # fmt: skip
    mail = read("Content-Type: application/ms-tnef; name=winmail.dat", body=packed)
    assert [(each.name, each.content) for each in mail.files] == [("price list.pdf", b"%PDF-")]


@pytest.mark.parametrize(
    ("packed", "problems"),
    [(tnef((1, 0x9006, 8, b"\0\0\1\0")), ()), (b"\x78\x9f\x3e\x22\1", ("tnef",)), (b"no tnef", ("tnef",))],
    ids=["nothing in it", "cut", "something else"],
)
def test_winmail_dat_without_files_stays_a_file(packed: bytes, problems: tuple[str, ...]) -> None:
    mail = read("Content-Type: application/ms-tnef; name=winmail.dat", body=packed)
    assert [(each.name, each.content) for each in mail.files] == [("winmail.dat", packed)]
    assert mail.problems == problems


def test_flowed_lines_are_put_together_and_quotes_stay_apart() -> None:
    mail = read(
        "Content-Type: text/plain; format=flowed", "", "One long ", "paragraph.", "> quoted ", "> too", " indented",
        "-- ", "Ann",
    )  # fmt: skip
    assert mail.text == "One long paragraph.\n> quoted too\nindented\n--\nAnn"


def test_a_boundary_that_is_not_declared_is_found() -> None:
    for declared in ("Content-Type: multipart/mixed", 'Content-Type: multipart/mixed; boundary="wrong"'):
        mail = read(
            declared, "", "--b", "Content-Type: text/plain", "", "Hello", "--b", "Content-Type: x/y", "", "1"
        )
        assert (mail.text, len(mail.files), mail.problems) == ("Hello", 1, ("boundary",))


def test_a_multipart_mail_without_parts_is_text() -> None:
    mail = read(MIXED, "", "Hello")
    assert (mail.text, mail.problems) == ("Hello", ("boundary",))


def test_an_outer_boundary_ends_inner_parts() -> None:
    mail = read(
        MIXED, "", "--b", ALTERNATIVE, "", "--a", "", "inner", "--b", "Content-Type: x/y", "", "1", "--b--"
    )
    assert (mail.text, len(mail.files)) == ("inner", 1)


def test_broken_base64_gives_what_can_be_read() -> None:
    encoded = base64.b64encode(b"Hello, this is a text").decode()
    for broken in (encoded.rstrip("="), f"{encoded[:6]}\r\n !{encoded[6:]}", f"{encoded}\r\n\r\n"):
        mail = read("Content-Transfer-Encoding: base64", "", broken)
        assert mail.text == "Hello, this is a text"


def test_broken_quoted_printable_gives_what_can_be_read() -> None:
    mail = read(
        "Content-Transfer-Encoding: Quoted-Printable",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "a=E4=BD=A0=ZZ 100=",
    )
    assert mail.text == "a你=ZZ 100"


def test_headers_end_where_a_line_is_none_and_stray_lines_are_passed_over() -> None:
    mail = parse(
        b"From ann Fri Nov 21\r\nFrom: ann@example.com\r\nnot a header\r\nSubject: x\r\nHello there\r\n",
        LIMITS,
    )
    assert (mail.subject, mail.text) == ("x", "Hello there")
    assert "headers_unended" in mail.problems


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_any_line_end_will_do(end: str) -> None:
    mail = parse(end.join(["From: ann@example.com", "Subject: a", " b", "", "Hello", "you"]).encode(), LIMITS)
    assert (mail.subject, mail.text.split()) == ("a b", ["Hello", "you"])


@pytest.mark.parametrize(
    ("raw", "code"), [(b"", "empty"), (b"\r\n \n", "empty"), (b"<html>\n\nhello", "no_headers")]
)
def test_what_is_no_mail_is_refused_with_a_reason(raw: bytes, code: str) -> None:
    with pytest.raises(Unparsable) as refused:
        parse(raw, LIMITS)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        (["Content-Language: de-DE, en"], "de-DE"),
        (["Content-Language: ???"], None),
        ([], None),
    ],
)
def test_the_declared_language_is_taken(headers: list[str], language: str | None) -> None:
    assert headed("From: a@example.com", *headers).language == language


def test_chinese_is_known_by_its_script_and_japanese_is_not_taken_for_it() -> None:
    assert read("", "您好，我的 iPhone 15 Pro 还没有收到").language == "zh"
    assert read("", "注文の商品がまだ届いていません").language is None
    assert read("", "What does 你好 mean in this text of mine?").language is None
