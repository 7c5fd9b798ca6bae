"""Headers say who, when and after what; nothing in them can become another header or another address."""

from datetime import UTC, datetime

import pytest

from channels.email.mail import Address
from channels.email.parsing.addresses import address_of
from channels.email.parsing.ids import date_of, message_ids
from channels.email.parsing.limits import ParseLimits
from tests.channels.email.parsing.mails import headed


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ann@example.com", [("ann@example.com", None)]),
        ("<Ann@EXAMPLE.com>", [("ann@example.com", None)]),
        ("Ann <ann@example.com>", [("ann@example.com", "Ann")]),
        ('"Doe, Ann" <ann@example.com>', [("ann@example.com", "Doe, Ann")]),
        ("Doe, Ann <ann@example.com>", [("ann@example.com", "Doe, Ann")]),
        ("ann@example.com (Ann)", [("ann@example.com", "Ann")]),
        ("=?utf-8?B?5byg5LiJ?= <z@example.com>", [("z@example.com", "张三")]),
        ('"=?utf-8?B?5byg5LiJ?=" <z@example.com>', [("z@example.com", "张三")]),
        ("'ann@example.com' <ann@example.com>", [("ann@example.com", None)]),
        ("a@example.com, b@example.com; c@example.com", [("a@example.com", None), ("b@example.com", None), ("c@example.com", None)]),
        ("friends: a@example.com, B <b@example.com>;", [("a@example.com", None), ("b@example.com", "B")]),
        ("undisclosed-recipients:;", []),
        ("MAILER-DAEMON", []),
        ("<>", []),
        ("a@example.com, A@Example.com", [("a@example.com", None)]),
        ('"ann"@example.com', [("ann@example.com", None)]),
        ("ann@bücher.example", [("ann@xn--bcher-kva.example", None)]),
        ("ann@example.com.", [("ann@example.com", None)]),
        ("Ann <ann@example.com", [("ann@example.com", "Ann")]),
        ("<@relay.example,@x.example:ann@example.com>", [("ann@example.com", None)]),
        # Names that look like addresses stay names.
        ('"boss@bank.example" <thief@example.com>', [("thief@example.com", "boss@bank.example")]),
        ("=?utf-8?q?boss=40bank.example=3E?= <thief@example.com>", [("thief@example.com", "boss@bank.example>")]),
        ("=?utf-8?q?x=3Cboss=40bank.example=3E=2C?= <thief@example.com>", [("thief@example.com", "x<boss@bank.example>")]),
        ("Ann (boss@bank.example) <thief@example.com>", [("thief@example.com", "Ann")]),
    ],
)  # fmt: skip
def test_addresses_are_read_as_people_and_programs_write_them(
    value: str, expected: list[tuple[str, str | None]]
) -> None:
    mail = headed("From: a@example.com", f"To: {value}")
    assert mail.to == tuple(Address(address, name) for address, name in expected)


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "a@", "@b", "a b@example.com", "a@b c.example", "a@b\r\nBcc: x@example.com", "a\0@example.com",
        "a@-b.example", "a@b..example", "a,b@example.com", "a@exa_mple.com\n", f"{'a' * 65}@example.com",
        f"a@{'b.' * 130}example", "a@b@c,d", "<a@b>,<c@d>", "a;b@example.com", 'a"b@example.com',
    ],
)  # fmt: skip
def test_what_cannot_be_written_to_is_no_address(text: str) -> None:
    found = address_of(text)
    assert found is None or found == text.strip().lower()
    assert found is None or not set(found) & set(' \r\n\0,;"<>')


@pytest.mark.parametrize("bad", ["\r", "\n", "\0", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\u202e"])
def test_no_value_carries_what_could_begin_another_header(bad: str) -> None:
    word = "=?utf-8?q?" + "".join(f"={byte:02X}" for byte in f"a{bad}Bcc: b".encode()) + "?="
    # Raw line ends are what parts headers, so those come encoded only.
    within = " " if bad in "\r\n" else bad
    mail = headed(
        f"From: {word} <a@example.com>", f"Subject: {word}", f"To: x{within}y <b@example.com>",
        f"Message-ID: <a{within}b@example.com>", f"Authentication-Results: mx; {word}",
        f'Content-Type: text/x; name="{word}"',
    )  # fmt: skip
    assert mail.sender is not None
    values = [
        mail.subject, mail.sender.name or "", mail.to[0].name or "", mail.message_id or "", *mail.authentication,
        mail.files[0].name,
    ]  # fmt: skip
    assert [value for value in values if bad in value or "\n" in value] == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@example.com>", ("a@example.com",)),
        (
            "<a@example.com> <b@example.com>\r\n\t<c@example.com>",
            ("a@example.com", "b@example.com", "c@example.com"),
        ),
        ("<a@example.com>,<a@example.com>", ("a@example.com",)),
        ("a@example.com b@example.com", ("a@example.com", "b@example.com")),
        ("<a\r\n b@example.com>", ("ab@example.com",)),
        ('Your message of "Mon, 1 Jan" <a@example.com>', ("a@example.com",)),
        ("<>", ()),
        ("", ()),
    ],
)
def test_references_are_read_without_their_brackets(value: str, expected: tuple[str, ...]) -> None:
    mail = headed("From: a@example.com", f"References: {value}", f"In-Reply-To: {value}")
    assert (mail.references, mail.in_reply_to) == (expected, expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<1@example.com>", "1@example.com"),
        ("1@example.com", "1@example.com"),
        ("<no-at-sign>", "no-at-sign"),
        ("no at sign", "noatsign"),
        ("<>", None),
    ],
)
def test_a_message_id_is_taken_as_it_is_without_its_brackets(value: str, expected: str | None) -> None:
    assert headed("From: a@example.com", f"Message-ID: {value}").message_id == expected


@pytest.mark.parametrize(
    "value",
    [
        "Fri, 21 Nov 2025 10:00:00 +0800", "21 Nov 2025 10:00:00 +0800 (CST)", "Fri, 21 Nov 25 10:00:00 +0800",
        "Fri Nov 21 10:00:00 2025 +0800", "Fri, 21 Nov 2025 02:00:00 GMT", "Fri, 21 Nov 2025 02:00:00",
        "2025-11-21 10:00:00+08:00", "2025-11-21T02:00:00Z", "Fri, 21-Nov-2025 02:00:00 +0000",
        "Friday, 21 November 2025 02:00:00 -0000",
    ],
)  # fmt: skip
def test_dates_are_read_as_they_come(value: str) -> None:
    assert date_of(value) == datetime(2025, 11, 21, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "Fri, 99 Nov 2025 10:00:00 +0800",
        "0 0 0 0 0",
        "Fri, 21 Nov 2025 10:00:00 +9999999",
    ],
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert date_of(value) is None


def test_without_a_date_the_receiving_servers_is_taken() -> None:
    mail = headed(
        "Received: from a by b; Fri, 21 Nov 2025 10:00:00 +0800", "From: a@example.com", "Date: nonsense"
    )
    assert mail.sent_at == datetime(2025, 11, 21, 2, 0, tzinfo=UTC)
    assert mail.problems == ("date",)


def test_where_it_was_delivered_to_is_gathered_from_every_servers_header() -> None:
    mail = headed(
        "Delivered-To: support+c-1@shop.example", "X-Original-To: <Support@shop.example>", "Envelope-To: a@shop.example",
        "Delivered-To: support@shop.example", "From: a@example.com",
    )  # fmt: skip
    assert mail.delivered_to == ("support+c-1@shop.example", "support@shop.example", "a@shop.example")


def test_authentication_results_keep_their_order_on_one_line_each() -> None:
    mail = headed(
        "Authentication-Results: mx.shop.example;\r\n\tdkim=pass",
        "From: a@example.com",
        "Authentication-Results: forged; dkim=pass",
    )
    assert mail.authentication == ("mx.shop.example; dkim=pass", "forged; dkim=pass")


def test_the_sender_is_asked_where_nobody_is_from() -> None:
    assert headed("From: nobody", "Sender: s@example.com").sender == Address("s@example.com")
    mail = headed("From: nobody", "Date: Fri, 21 Nov 2025 10:00:00 +0800")
    assert (mail.sender, mail.problems) == (None, ("sender",))


def test_message_ids_that_a_program_encoded_as_words_are_read() -> None:
    encoded = "=?utf-8?q?=3C01kjq38xw0fva1wbzbh50mrd1w=2E01kjq6psg0s7mp2bkpjtkcxk0v=40shop=2Eexample=3E?="
    assert message_ids((encoded, "<a@b>"), ParseLimits()) == (
        "01kjq38xw0fva1wbzbh50mrd1w.01kjq6psg0s7mp2bkpjtkcxk0v@shop.example",
        "a@b",
    )
