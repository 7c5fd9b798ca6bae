"""What a composed mail says when another program reads it: the standard parser stands for all of them."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.email.sending.compose import Enclosure, Head, beyond_ascii, compose
from channels.email.sending.letter import Block, Card, Letter, Picture, Quote, Words
from channels.email.sending.references import one_line
from core.errors import Undeliverable
from core.message import Party

SUPPORT, ANN = Party("support@example.com", "Acme"), Party("ann@example.org", "Ann")
LONG_ID = f"{'0' * 26}.{'1' * 26}.{'a' * 20}@mail.support.example.com"
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def a_head(**changed: object) -> Head:
    given: dict[str, object] = {
        "sender": SUPPORT,
        "to": (ANN,),
        "copies": (),
        "subject": "Re: Broken lamp",
        "message_id": LONG_ID,
        "date": MORNING,
        "language": "en",
    }
    return Head(**(given | changed))  # type: ignore[arg-type]


def a_letter(*blocks: Block, language: str = "en", signature: str = "", quote: Quote | None = None) -> Letter:
    return Letter(language, blocks or (Words("Hello"),), signature, quote)


def read(raw: bytes) -> EmailMessage:
    """As the receiver's program does."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def test_a_mail_says_who_writes_to_whom_about_what() -> None:
    mail = read(compose(a_head(copies=(Party("bea@example.org", "Bea"),)), a_letter(), ()))
    assert [mail["From"], mail["To"], mail["Cc"], mail["Subject"]] == [
        "Acme <support@example.com>",
        "Ann <ann@example.org>",
        "Bea <bea@example.org>",
        "Re: Broken lamp",
    ]
    assert mail["Date"].datetime == MORNING
    assert mail["Content-Language"] == "en"
    assert mail["MIME-Version"] == "1.0"
    assert mail["Auto-Submitted"] is None
    assert mail["Reply-To"] is None


def test_what_no_person_wrote_says_so_to_programs_that_answer_by_themselves() -> None:
    mail = read(compose(a_head(automatic=True), a_letter(), ()))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert "AutoReply" in mail["X-Auto-Response-Suppress"]


def test_message_ids_longer_than_a_line_stay_whole() -> None:
    before = [LONG_ID.replace("a", each) for each in "bcd"]
    raw = compose(a_head(in_reply_to=before[-1], references=before), a_letter(), ())
    mail = read(raw)
    assert mail["Message-ID"] == f"<{LONG_ID}>"
    assert mail["In-Reply-To"] == f"<{before[-1]}>"
    assert mail["References"].split() == [f"<{each}>" for each in before]
    head = raw.partition(b"\r\n\r\n")[0]
    assert b"=?" not in head
    assert max(len(line) for line in head.split(b"\r\n")) < 998


def test_text_and_html_say_the_same_in_chinese_with_signature_and_quote() -> None:
    letter = a_letter(
        Words("您好，\n请看 https://example.com/查询?a=1&b=2。\n\n谢谢"),
        Card("退货", "三十天内。", "https://example.com/a/1"),
        language="zh",
        signature="客服中心\n某公司",
        quote=Quote("Ann 于 2026年3月2日 写道：", "灯坏了\n\n> 更早的话"),
    )
    mail = read(compose(a_head(language="zh", subject="Re: 灯"), letter, ()))
    assert mail["Subject"] == "Re: 灯"
    assert body(mail, "plain") == (
        "您好，\n请看 https://example.com/查询?a=1&b=2。\n\n谢谢\n\n退货\n三十天内。\nhttps://example.com/a/1\n\n"
        "-- \n客服中心\n某公司\n\nAnn 于 2026年3月2日 写道：\n\n> 灯坏了\n>\n> > 更早的话\n"
    )
    html = body(mail, "html")
    assert '<html lang="zh">' in html
    assert '<a href="https://example.com/查询?a=1&amp;b=2">' in html
    assert '<a href="https://example.com/a/1">退货</a>' in html
    assert "客服中心<br>\n某公司" in html
    assert "灯坏了<br>\n<br>\n&gt; 更早的话</blockquote>" in html


def test_numbered_choices_and_indentation_keep_their_lines() -> None:
    mail = read(compose(a_head(), a_letter(Words("Which?\n\n1. This\n2. That\n   or both")), ()))
    assert body(mail, "plain") == "Which?\n\n1. This\n2. That\n   or both\n"
    assert "1. This<br>\n2. That<br>\n&nbsp;&nbsp;&nbsp;or both</p>" in body(mail, "html")


def test_nothing_that_anybody_wrote_is_markup() -> None:
    evil = '<script>alert(1)</script> **bold** [x](javascript:alert(1)) "><img src=x onerror=1>'
    letter = a_letter(
        Words(evil),
        Card(evil, evil, 'https://example.com/"><script>'),
        Picture(evil, 'x"><script>'),
        signature=evil,
        quote=Quote(evil, evil),
    )
    html = body(read(compose(a_head(), letter, ())), "html")
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "onerror=1>" not in html.replace("onerror=1&gt;", "")
    assert "**bold** [x](javascript:alert(1))" in html
    assert 'href="javascript' not in html


def test_files_keep_their_names_and_pictures_stand_where_they_were_put() -> None:
    files = (
        Enclosure("照片.png", "image/png", b"\x89PNG", content_id="p1@example.com"),
        Enclosure("2026年第一季度发票与明细（最终版）" * 4 + ".pdf", "application/pdf", b"%PDF"),
        Enclosure('a "quoted"; name=b.txt', "text/plain", "später".encode("latin-1")),
        Enclosure("inner.eml", "message/rfc822", b"Subject: x\r\n\r\nFrom here"),
    )
    mail = read(compose(a_head(), a_letter(Words("Look"), Picture("照片.png", "p1@example.com")), files))
    assert mail.get_content_type() == "multipart/mixed"
    attached = list(mail.iter_attachments())
    assert [part.get_filename() for part in attached] == [each.name for each in files[1:]]
    assert [part.get_payload(decode=True) for part in attached] == [each.content for each in files[1:]]
    assert attached[2].get_content_type() == "application/octet-stream"
    picture = next(part for part in mail.walk() if part.get_content_maintype() == "image")
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<p1@example.com>", "inline")
    assert picture.get_filename() == "照片.png"
    assert 'src="cid:p1@example.com"' in body(mail, "html")
    assert "[照片.png]" in body(mail, "plain")


@settings(max_examples=60, deadline=None)
@given(name=WRITTEN, subject=WRITTEN, words=WRITTEN, file_name=WRITTEN)
def test_whatever_names_subjects_and_words_hold_they_are_read_back_as_they_are(
    name: str, subject: str, words: str, file_name: str
) -> None:
    head = a_head(subject=subject, to=(Party("ann@example.org", name),), references=("a@b",))
    raw = compose(head, a_letter(Words(words)), (Enclosure(file_name, "text/plain", b"x"),))
    mail = read(raw)
    assert mail["Subject"] == one_line(subject)
    # Not with the newer parser: it leaves a blank where an encoded name was broken (RFC 2047, section 6.2, has none).
    [(encoded, address)] = getaddresses([str(message_from_bytes(raw)["To"])])
    assert (str(make_header(decode_header(encoded))), address) == (one_line(name), "ann@example.org")
    assert set(mail.keys()) <= {
        *("From", "To", "Subject", "Date", "Message-ID", "References"),
        *("MIME-Version", "Content-Type", "Content-Language"),
    }
    assert [part.get_filename() or "" for part in mail.iter_attachments()] == [one_line(file_name)]
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "evil",
    [
        "Hi\r\nBcc: victim@example.org",
        "Hi\nBcc: victim@example.org",
        "Hi\rBcc: victim@example.org",
        "=?utf-8?q?Hi=0D=0ABcc:_victim@example.org?=",
        "=?utf-8?b?SGkNCkJjYzogdmljdGltQGV4YW1wbGUub3Jn?=",
        "Hi\u2028Bcc: victim@example.org",
        "Hi\x85Bcc: victim@example.org",
        '"\r\nBcc: victim@example.org',
    ],
)
def test_nobody_writes_headers_of_ours(evil: str) -> None:
    head = a_head(
        subject=evil,
        sender=Party("support@example.com", evil),
        to=(Party("ann@example.org", evil),),
        references=("a@b",),
    )
    mail = read(compose(head, a_letter(), (Enclosure(evil, "application/pdf", b"x"),)))
    assert all(part["Bcc"] is None for part in mail.walk())
    assert [each.addr_spec for each in mail["To"].addresses] == ["ann@example.org"]


def test_a_domain_in_chinese_is_written_as_servers_know_it_and_a_name_before_the_at_sign_needs_smtputf8() -> (
    None
):
    head = a_head(to=(Party("ann@例子.公司", "Ann"),))
    assert not beyond_ascii(head)
    assert "xn--fsqu00a.xn--55qx5d" in str(read(compose(head, a_letter(), ()))["To"])
    head = a_head(to=(Party("用户@例子.公司", "Ann"),))
    assert beyond_ascii(head)
    assert "用户@xn--fsqu00a.xn--55qx5d" in str(read(compose(head, a_letter(), ()))["To"])
    with pytest.raises(Undeliverable):
        compose(a_head(to=(Party(f"ann@{'a' * 70}.example", "Ann"),)), a_letter(), ())
