"""Mails made to explode are read as far as their limits go, or refused with a reason, and quickly."""

import base64
import io
import resource
import zipfile
from collections.abc import Callable

import pytest

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse
from channels.email.parsing.transfer import from_base64
from tests.channels.email.parsing.mails import LIMITS

pytestmark = pytest.mark.served

HEAD = b"From: a@example.com\nDate: Fri, 21 Nov 2025 10:00:00 +0800\nSubject: x\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
SECONDS = 4.0
"""Of CPU, on a slow and busy machine; each of these needs less than a second on a usual one."""


def nested(depth: int) -> bytes:
    levels = (
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (each, each) for each in range(depth)
    )
    return HEAD + b"".join(levels) + b"Content-Type: text/plain\n\nhello\n"


def headed(name: bytes, value: bytes) -> bytes:
    return b"From: a@example.com\n" + name + b": " + value + b"\n\nHello\n"


def zip_bomb() -> bytes:
    """300 MB of nothing, in some hundred kilobytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("nothing", "w") as nothing:
        for _ in range(300):
            nothing.write(bytes(1_000_000))
    return packed.getvalue()


EVIL: dict[str, Callable[[], bytes]] = {
    "10,000 nested parts": lambda: nested(10_000),
    "one boundary nested in itself": lambda: MIXED + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 50_000,
    "100,000 parts": lambda: MIXED + b"--b\nContent-Type: text/plain\n\nhi\n" * 100_000 + b"--b--\n",
    "10,000 mails in mails": lambda: HEAD + b"Content-Type: message/rfc822\n\n" * 10_000,
    "10,000 attachments": lambda: MIXED + b"--b\nContent-Type: x/y\n\n1\n" * 10_000 + b"--b--\n",
    "a header of 35 MB": lambda: headed(b"X", b"a" * 35_000_000),
    "a million headers": lambda: b"From: a@example.com\n" + b"X: a\n" * 1_000_000 + b"\nHello",
    "a header of a million lines": lambda: headed(b"X", b"a" + b"\n a" * 1_000_000),
    "nothing but empty lines": lambda: b"\n" * 10_000_000 + b"From: a@example.com\n\nHello",
    "a text of 30 MB": lambda: HEAD + b"\n" + b"word " * 6_000_000,
    "a text of spaces": lambda: HEAD + b"\n" + b" " * 10_000_000,
    "a text of line ends": lambda: HEAD + b"\n" + b"\n" * 10_000_000,
    "flowed quotes": lambda: HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b">" * 1_000_000,
    "flowed lines": lambda: HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"> a \n" * 1_000_000,
    "base64 in pieces": lambda: HEAD + b"Content-Type: x/y\nContent-Transfer-Encoding: base64\n\n" + b"QQ==" * 1_000_000,
    "a file of 28 MB": lambda: HEAD + b"Content-Type: x/y\nContent-Transfer-Encoding: base64\n\n" + (b"QUFB" * 19 + b"\n") * 490_000,
    "quotes in addresses": lambda: headed(b"To", b'"a' * 30_000),
    "brackets in addresses": lambda: headed(b"To", b"(" * 60_000),
    "angles in addresses": lambda: headed(b"To", b"<" * 60_000),
    "commas in addresses": lambda: headed(b"To", b"a," * 30_000),
    "20,000 addresses": lambda: headed(b"To", b",".join(b"a%d@b.c" % each for each in range(20_000))),
    "unended encoded words": lambda: headed(b"Subject", b"=?a?q?" * 10_000),
    "encoded words": lambda: headed(b"Subject", b"=?utf-8?q?a?= " * 4_500),
    "many parameters": lambda: headed(b"Content-Type", b"text/plain" + b';a*0*=""' * 8_000),
    "unended parameters": lambda: headed(b"Content-Type", b"text/plain" + b';a="' * 8_000),
    "brackets in references": lambda: headed(b"References", b"<" * 60_000),
    "a date of brackets": lambda: headed(b"Date", b"(" * 60_000),
    "elements in elements": lambda: HTML + b"<div>" * 150_000,
    "lists in lists": lambda: HTML + b"<ul><li>" * 100_000,
    "quotes in quotes": lambda: HTML + b"<blockquote>x" * 70_000,
    "formats that never end": lambda: HTML + b"".join(b"<font size=%d>" % each for each in range(190)) + b"<p>x" * 20_000,
    "a table of formats": lambda: HTML + b"<table>" + b"<b>x" * 50_000,
    "ampersands": lambda: HTML + b"&a " * 250_000,
    "less-than signs": lambda: HTML + b"<" * 300_000,
    "comments": lambda: HTML + b"<!--" * 200_000,
    "attributes": lambda: HTML + b"<a " + b"a=b " * 200_000 + b">",
    "styles": lambda: HTML + b'<p style="' + b"color:red;" * 80_000 + b'">x',
    "a zip bomb": lambda: HEAD + b'Content-Type: application/zip; name="b.zip"\nContent-Transfer-Encoding: base64\n\n' + base64.encodebytes(zip_bomb()),
    "a charset nobody told": lambda: HEAD + b"\n" + bytes(range(128, 256)) * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("make", EVIL.values(), ids=EVIL)
def test_a_mail_made_to_explode_is_read_within_its_limits(make: Callable[[], bytes]) -> None:
    raw = make()
    before = _seconds()
    mail = parse(raw, LIMITS)
    assert _seconds() - before < SECONDS
    assert len(mail.text) <= LIMITS.text_characters
    assert len(mail.files) <= LIMITS.files
    assert isinstance(mail, ParsedMail)


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    "make",
    [
        lambda: headed(b"X", b"a" * 50_000_000),
        lambda: MIXED + b"--b\nContent-Type: x/y\n\n" + b"a" * 100_000_000,
    ],
    ids=["a header of 50 MB", "an attachment of 100 MB"],
)
def test_what_is_larger_than_a_mail_may_be_is_refused_with_a_reason(make: Callable[[], bytes]) -> None:
    with pytest.raises(Unparsable) as refused:
        parse(make(), LIMITS)
    assert refused.value.code == "too_large"
    assert "more than 40000000" in str(refused.value)


def test_what_is_packed_stays_packed() -> None:
    mail = parse(EVIL["a zip bomb"](), LIMITS)
    assert [file.content for file in mail.files] == [zip_bomb()]


def test_what_goes_past_a_limit_says_so() -> None:
    small = ParseLimits(
        header_bytes=2_000, headers=10, header_characters=500, parts=5, nesting=3, files=2, file_bytes=1_000,
        text_characters=100, html_characters=1_000, html_nesting=20,
    )  # fmt: skip
    found = {
        "headers_cut": parse(headed(b"X", b"a" * 600), small),
        "parts": parse(MIXED + b"--b\n\nhi\n" * 10, small),
        "nesting": parse(nested(10), small),
        "files": parse(MIXED + b"--b\nContent-Type: x/y\n\n1\n" * 4, small),
        "text_cut": parse(HEAD + b"\n" + b"a" * 101, small),
        "html_cut": parse(HTML + b"a" * 1_001, small),
        "html_nesting": parse(HTML + b"<div>" * 21 + b"deep", small),
    }
    assert {problem: problem in mail.problems for problem, mail in found.items()} == dict.fromkeys(
        found, True
    )
    assert (found["text_cut"].text, found["html_nesting"].text) == ("a" * 100, "deep")
    assert [len(found[each].files) for each in ("files", "nesting")] == [2, 1]
    assert found["html_nesting"].html is None


def test_ordinary_deep_mails_keep_their_look() -> None:
    tables = b"<table><tr><td><div><span>" * 15 + b"deep" + b"</span></div></td></tr></table>" * 15
    rows = b"<p>text<br><li>item<table><tr><td>cell<td>cell<tr><td>x</table>" * 300
    for markup in (tables, rows):
        mail = parse(HTML + markup, LIMITS)
        assert mail.html is not None
        assert "html_nesting" not in mail.problems


def test_base64_in_pieces_is_put_together_up_to_a_limit() -> None:
    assert from_base64(b"QUI=QUI=\r\nQUJD") == (b"ABABABC", True)
    assert len(from_base64(b"QQ==" * 5_000)[0]) == 1_000
