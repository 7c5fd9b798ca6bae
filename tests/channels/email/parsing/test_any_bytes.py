"""Whatever bytes arrive: a mail or a refusal with a reason, nothing else, and nothing in it that acts."""

from hypothesis import given, strategies

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse

SMALL = ParseLimits(
    mail_bytes=20_000, header_bytes=2_000, headers=30, header_characters=500, addresses=5, references=5, parts=10,
    nesting=4, files=3, file_bytes=2_000, text_characters=500, html_characters=500, html_nesting=10,
)  # fmt: skip
PIECES = [
    b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Message-ID: ", b"References: ", b"Return-Path: <>", b"Content-Type: ",
    b"text/plain", b"text/html", b"multipart/mixed", b"multipart/alternative", b"multipart/report", b"message/rfc822",
    b"message/delivery-status", b"application/ms-tnef", b"; boundary=b", b'; boundary="b', b"; charset=gb2312",
    b"; charset=utf-7", b"; name*0*=utf-8''%E4; name*1*=%BD", b"; format=flowed", b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: x-uuencode", b"begin 644 x",
    b"Content-Disposition: attachment; filename=x", b"Content-ID: <c>", b"--b", b"--b--", b"a@example.com", b"<", b">", b'"',
    b"(", b",", b";", b":", b"=?utf-8?B?5oKo?=", b"=?gbk?q?=C4=E3", b"=E4", b"QUFB", b"==", b"<p>", b"<img src=cid:c>",
    b"<script>", b"</div>", b"> ", b"-- ", b"\x78\x9f\x3e\x22", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b$B", b"\xc4\xe3", b"\x00",
    b"\xe2\x80\xae", b"\n", b"\n", b"\r\n", b"\r\n\r\n", b"\n\n", b" ", b"\t", b"a", b"Action: failed", b"X-Failed-Recipients: ",
]  # fmt: skip


def _parsed(raw: bytes) -> ParsedMail | Unparsable:
    try:
        return parse(raw, SMALL)
    except Unparsable as refused:
        return refused


def _reads(raw: bytes) -> None:
    mail = _parsed(raw)
    if isinstance(mail, Unparsable):
        assert mail.code in {"empty", "no_headers", "too_large"}
        return
    names = [address.name or "" for address in (*mail.to, *mail.cc, *mail.reply_to)]
    names += [address.address for address in (*mail.to, *mail.cc, *mail.reply_to)]
    files = [each for file in mail.files for each in (file.name, file.media_type, file.content_id or "")]
    for value in (
        mail.subject,
        mail.message_id or "",
        *mail.references,
        *mail.authentication,
        *names,
        *files,
    ):
        assert value.isprintable() or not any(each < " " or "\x7f" <= each < "\xa0" for each in value)
    # What is stored must be text that a database takes.
    (mail.text + mail.written + (mail.html or "")).encode("utf-8")
    assert "\x00" not in mail.text + (mail.html or "")
    assert len(mail.text) <= SMALL.text_characters
    assert "<script" not in (mail.html or "")


@given(strategies.binary(max_size=400))
def test_any_bytes_are_a_mail_or_a_refusal(raw: bytes) -> None:
    _reads(raw)
    _reads(b"From: a@example.com\nContent-Type: text/html\n\n" + raw)
    _reads(b"From: a@example.com\nContent-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22" + raw)


@given(strategies.lists(strategies.sampled_from(PIECES) | strategies.binary(max_size=5), max_size=60))
def test_any_pieces_of_mails_are_a_mail_or_a_refusal(pieces: list[bytes]) -> None:
    _reads(b"".join(pieces))
    _reads(b"From: a@example.com\n" + b"".join(pieces))
