"""Mails are parsed in other processes, and one that ends its process is named while the others pass."""

from collections.abc import AsyncIterator

import pytest

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits, PoolLimits
from channels.email.parsing.pool import ParsePool


def a_mail(number: int) -> bytes:
    return f"From: a@example.com\r\nSubject: {number}\r\n\r\nHello\r\n".encode()


@pytest.fixture
async def pool() -> AsyncIterator[ParsePool]:
    made = ParsePool(ParseLimits(mail_bytes=100_000), PoolLimits(batch_mails=3))
    yield made
    await made.close()


async def test_each_mail_has_its_answer_in_order(pool: ParsePool) -> None:
    raws = [a_mail(0), b"", a_mail(2), b"x" * 100_001, a_mail(4), a_mail(5), a_mail(6)]
    answers = await pool.parse(raws)
    told = [each.subject if isinstance(each, ParsedMail) else each.code for each in answers]
    assert told == ["0", "empty", "2", "too_large", "4", "5", "6"]
    assert isinstance(answers[3], Unparsable)
    assert str(answers[3]) == "the mail has 100001 bytes, more than 100000"
