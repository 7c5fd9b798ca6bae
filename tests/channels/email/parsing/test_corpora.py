"""Real mails that break parsers: each is read or refused with a reason, and as other parsers' authors expect it."""

import json
import re
import resource
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.parse import parse
from channels.email.parsing.parts import MimePart, Reader
from channels.email.parsing.pool import ParsePool
from tests.channels.email.parsing.corpora import expected_parses, raw_mails
from tests.channels.email.parsing.mails import LIMITS

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SECONDS = 1.0
REFUSED = ["no_headers: erroneous.raw"]
"""A line that says of itself that it is no mail."""


@pytest.mark.filterwarnings("default:NOT CHECKED")
def test_real_mails_are_read_or_refused_with_a_reason_quickly() -> None:
    slowest = 0.0
    refused = list[str]()
    for path in raw_mails(one_of=8):
        raw = path.read_bytes()
        before = _seconds()
        try:
            mail = parse(raw, LIMITS)
        except Unparsable as error:
            refused.append(f"{error.code}: {path.name}")
            continue
        slowest = max(slowest, _seconds() - before)
        assert [value for value in _values(mail) if CONTROL.search(value)] == [], path.name
        assert "\x00" not in mail.text + (mail.html or ""), path.name
    assert slowest < SECONDS
    assert refused in ([], REFUSED)


@pytest.mark.server
@pytest.mark.filterwarnings("default:NOT CHECKED")
async def test_every_real_mail_passes_through_the_workers() -> None:
    paths = raw_mails()
    pool = ParsePool(replace(LIMITS, seconds=SECONDS))
    try:
        answers = await pool.parse([path.read_bytes() for path in paths])
    finally:
        await pool.close()
    refused = [
        f"{answer.code}: {path.name}"
        for path, answer in zip(paths, answers, strict=True)
        if isinstance(answer, Unparsable)
    ]
    assert refused in ([], REFUSED)


def _values(mail: ParsedMail) -> Iterator[str]:
    yield from (mail.subject, mail.message_id or "", mail.nature_reason, *mail.in_reply_to, *mail.references)
    people = [mail.sender] if mail.sender else []
    for address in (*people, *mail.reply_to, *mail.to, *mail.cc):
        yield from (address.address, address.name or "")
    yield from (*mail.delivered_to, *mail.authentication)
    for file in mail.files:
        yield from (file.name, file.media_type, file.content_id or "")


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


FLOORS = {
    "subject": 30 / 31,
    "from": 29 / 30,
    "to": 27 / 28,
    "message_id": 1.0,
    "date": 1.0,
    "text": 31 / 35,
    "html": 43 / 44,
    "files": 39 / 44,
}
"""What differs is where one may: which part of a broken multipart is a file, and a charset that says it is another."""


@pytest.mark.filterwarnings("default:NOT CHECKED")
def test_mails_read_as_stalwart_expects_them() -> None:
    agreed, asked = Counter[str](), Counter[str]()
    for _, raw, path in expected_parses(".json"):
        mail = parse(raw, LIMITS)
        for what, expected, found in _compared(json.loads(path.read_text(encoding="utf-8")), mail):
            asked[what] += 1
            agreed[what] += expected == found
    print("agreement with stalwart:", {what: f"{agreed[what]}/{asked[what]}" for what in asked})
    assert {
        what: agreed[what] / asked[what] for what in asked if agreed[what] / asked[what] < FLOORS[what]
    } == {}


def _compared(expected: dict[str, Any], mail: ParsedMail) -> Iterator[tuple[str, object, object]]:
    """What, as expected, as found; only what the expectation speaks of."""
    headers: dict[str, Any] = {}
    for header in expected["parts"][0]["headers"]:
        if isinstance(header["name"], str):
            headers.setdefault(header["name"], header["value"])
    if isinstance(headers.get("subject"), dict):
        yield "subject", _words(headers["subject"].get("Text")), _words(mail.subject)
    if "from" in headers:
        people = [(mail.sender.name, mail.sender.address)] if mail.sender else []
        yield "from", _people(headers["from"])[:1], people
    if "to" in headers:
        yield "to", [address for _, address in _people(headers["to"])], [each.address for each in mail.to]
    if isinstance(headers.get("message_id"), dict):
        yield "message_id", headers["message_id"].get("Text"), mail.message_id
    if isinstance(headers.get("date"), dict) and (date := _date(headers["date"]["DateTime"])) is not None:
        yield "date", date, mail.sent_at
    texts = [expected["parts"][each]["body"] for each in expected["text_body"]]
    if texts and all("Text" in body for body in texts):
        yield "text", _words(" ".join(body["Text"] for body in texts)), _words(mail.text)
    yield (
        "html",
        any("Html" in expected["parts"][each]["body"] for each in expected["html_body"]),
        mail.html is not None,
    )
    yield "files", len(expected["attachments"]), len(mail.files)


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _people(value: Any) -> list[tuple[str | None, str]]:
    found = value.get("Address") or {} if isinstance(value, dict) else {}
    listed = found.get("List") or [each for group in found.get("Group", []) for each in group["addresses"]]
    return [(each.get("name") or None, (each.get("address") or "").lower()) for each in listed]


def _date(fields: dict[str, Any]) -> datetime | None:
    offset = timedelta(hours=fields["tz_hour"], minutes=fields["tz_minute"]) * (
        -1 if fields["tz_before_gmt"] else 1
    )
    try:
        day = datetime(fields["year"], fields["month"], fields["day"], tzinfo=timezone(offset))
        return (
            day + timedelta(hours=fields["hour"], minutes=fields["minute"], seconds=fields["second"])
        ).astimezone(UTC)
    except ValueError:
        return None


@pytest.mark.filterwarnings("default:NOT CHECKED")
def test_parts_are_found_where_mime4j_expects_them() -> None:
    agreed, different = 0, list[str]()
    for name, raw, path in expected_parses(".xml"):
        if list(_leaves(Reader(LIMITS).read(raw))) == _expected_leaves(path):
            agreed += 1
        else:
            different.append(name)
    print(
        f"agreement with mime4j on parts and their bytes: {agreed}/{agreed + len(different)}; not:",
        *different,
    )
    assert agreed >= FLOOR_OF_PARTS or not agreed + len(different)


FLOOR_OF_PARTS = 29


def _leaves(part: MimePart) -> Iterator[str]:
    if part.is_multipart:
        for child in part.children:
            yield from _leaves(child)
    elif part.media_type == "message/rfc822":
        yield "a mail"
    else:
        yield _words(part.body.decode("latin-1"))


def _expected_leaves(path: Path) -> list[str]:
    """Bodies in their order; a mail in the mail is one."""
    root = etree.parse(path, etree.XMLParser(recover=True, huge_tree=True)).getroot()
    found = []
    for element in root.iter("body", "message"):
        inside = [each for each in element.iterancestors("message") if each is not root]
        if element is root or inside:
            continue
        found.append("a mail" if element.tag == "message" else _words(element.text))
    return found
