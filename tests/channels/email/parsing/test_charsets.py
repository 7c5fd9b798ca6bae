"""Words arrive as they were written, whatever a mail says about their charset."""

import pytest

from channels.email.parsing.charsets import decode, known
from tests.channels.email.parsing.mails import headed, read

CHINESE = "您好，请问我上周五下的订单什么时候发货？谢谢。"
TRADITIONAL = "您好，請問我上週五下的訂單什麼時候發貨？謝謝。"
JAPANESE = "こんにちは、注文した商品がまだ届きません。"
KOREAN = "안녕하세요, 주문한 상품이 아직 도착하지 않았습니다."
RUSSIAN = "Здравствуйте, мой заказ ещё не пришёл. Спасибо."
FRENCH = "Où est ma commande ? J'ai payé très cher, à bientôt."


@pytest.mark.parametrize(
    ("text", "really", "claimed"),
    [
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE + "镕", "gbk", "GB2312"),
        (CHINESE, "gb18030", None),
        (CHINESE, "gb18030", "utf-8"),
        (CHINESE, "gb18030", "x-unknown"),
        (CHINESE, "utf-8", "gb2312"),
        (CHINESE, "utf-8", "us-ascii"),
        (CHINESE, "utf-8", "iso-8859-1"),
        (CHINESE, "utf-8", None),
        (CHINESE, "utf-8-sig", None),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "hz", "hz-gb-2312"),
        ("你好", "gb18030", None),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "big5", None),
        (TRADITIONAL, "cp950", "utf-8"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (JAPANESE, "iso2022_jp", None),
        (JAPANESE, "iso2022_jp", "us-ascii"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "cp932", None),
        (JAPANESE, "euc_jp", None),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (KOREAN, "euc_kr", None),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "koi8-r", None),
        (RUSSIAN, "cp1251", None),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", None),
        ("“Curly” – quotes…", "cp1252", "iso-8859-1"),
        ("plain", "ascii", "no-such-charset"),
        ("1 + 1", "utf-7", "utf-7"),
    ],
)
def test_text_is_read_as_it_was_written(text: str, really: str, claimed: str | None) -> None:
    assert decode(text.encode(really), claimed)[0] == text


@pytest.mark.parametrize(
    "claimed", ["zip", "rot13", "idna", "unicode_escape", "base64", "undefined", "x" * 5_000, "\0", "ü"]
)
def test_a_codec_that_is_no_charset_is_not_used(claimed: str) -> None:
    assert known(claimed) is None
    assert decode(CHINESE.encode(), claimed)[0] == CHINESE


def test_one_broken_character_does_not_change_the_charset() -> None:
    text, repaired = decode((CHINESE * 3).encode()[:-1], "utf-8")
    assert text == (CHINESE * 3)[:-1] + "\ufffd"
    assert repaired


def test_html_says_its_charset_where_the_mail_does_not() -> None:
    page = f'<html><head><meta charset="big5"></head><body>{TRADITIONAL}</body></html>'
    assert read("Content-Type: text/html", body=page.encode("big5")).text == TRADITIONAL


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        ("=?utf-8?B?5oKo5aW9?=", "您好"),
        ("=?UTF-8?Q?Caf=C3=A9_au_lait?=", "Café au lait"),
        ("=?gb2312?B?xPq6ww==?=", "您好"),
        ("=?gb2312?B?xPq6?= =?gb2312?B?ww==?=", "您好"),
        ("=?utf-8?B?5oKo5aW?=", "您\ufffd"),
        ("=?utf-8?B?5oKo5aW9", "您好"),
        ("=?utf-8?Q?What?_now=3F?=", "What? now?"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b?= c =?utf-8?Q?d?=", "ab c d"),
        ("Re:=?utf-8?B?5oKo5aW9?=!", "Re:您好!"),
        ("=?iso-2022-jp?B?GyRCJDMkcxsoQg==?= =?iso-2022-jp?B?GyRCJEskQRsoQg==?=", "こんにち"),
        ("=?no-such?Q?=E4?=", "ä"),
        ("=?utf-8*en?Q?hello?=", "hello"),
        ("=?utf-8?X?hello?=", "=?utf-8?X?hello?="),
        ("=?utf-8?Q?a=0D=0ABcc:_x@example.com?=", "a Bcc: x@example.com"),
        ("您好", "您好"),
        ("", ""),
    ],
)
def test_subjects_are_read_from_encoded_words(raw: str, subject: str) -> None:
    assert headed("From: a@example.com", f"Subject: {raw}").subject == subject


def test_headers_with_raw_bytes_are_read_line_by_line() -> None:
    raw = b"From: =?x?= <a@example.com>\r\nSubject: " + CHINESE.encode("gb18030") + b"\r\nTo: "
    mail = headed((raw + "张三".encode() + b" <b@example.com>").decode("utf-8", "surrogateescape"))
    assert mail.subject == CHINESE
    assert mail.to[0].name == "张三"
