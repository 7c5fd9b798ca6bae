"""Mails are parsed in other processes, and one that ends, hangs or fills its process is named while others pass."""

import multiprocessing
import os
import select
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits, PoolLimits
from channels.email.parsing.pool import Parsed, ParsePool
from tests.channels.email.parsing.evil_work import misbehave
from tests.house.tree import ROOT

pytestmark = pytest.mark.server


def a_mail(number: int) -> bytes:
    return f"From: a@example.com\r\nSubject: {number}\r\n\r\nHello\r\n".encode()


def told(answers: list[Parsed]) -> list[str]:
    return [each.subject if isinstance(each, ParsedMail) else each.code for each in answers]


@pytest.fixture
async def pool() -> AsyncIterator[ParsePool]:
    made = ParsePool(ParseLimits(mail_bytes=100_000), PoolLimits(batch_mails=3))
    yield made
    await made.close()


@pytest.fixture
async def misbehaving() -> AsyncIterator[ParsePool]:
    made = ParsePool(ParseLimits(memory_bytes=200_000_000), PoolLimits(batch_seconds=0.5), misbehave)
    yield made
    await made.close()


async def test_each_mail_has_its_answer_in_order(pool: ParsePool) -> None:
    raws = [a_mail(0), b"", a_mail(2), b"x" * 100_001, a_mail(4), a_mail(5), a_mail(6)]
    answers = await pool.parse(raws)
    assert told(answers) == ["0", "empty", "2", "too_large", "4", "5", "6"]
    assert isinstance(answers[3], Unparsable)
    assert str(answers[3]) == "the mail has 100001 bytes, more than 100000"


async def test_no_mail_is_no_work(pool: ParsePool) -> None:
    assert await pool.parse([]) == []


@pytest.mark.parametrize(("evil", "code"), [(b"die", "crashed"), (b"hang", "time")])
async def test_a_mail_that_takes_its_worker_along_is_named_and_the_others_pass(
    misbehaving: ParsePool, evil: bytes, code: str
) -> None:
    assert told(await misbehaving.parse([a_mail(0), evil, a_mail(2)])) == ["0", code, "2"]
    assert told(await misbehaving.parse([a_mail(3)])) == ["3"]


async def test_a_mail_that_takes_long_is_given_up_and_its_worker_goes_on() -> None:
    slow = b"From: a@example.com\r\nContent-Type: text/html\r\n\r\n" + b"<p>x</p>" * 100_000
    pool = ParsePool(ParseLimits(seconds=0.02), PoolLimits())
    try:
        answers = await pool.parse([a_mail(0), slow, a_mail(2)])
    finally:
        await pool.close()
    assert told(answers) == ["0", "time", "2"]
    assert str(answers[1]) == "parsing it took longer than 0.02 seconds"


async def test_a_mail_that_needs_too_much_memory_is_named_and_its_worker_goes_on() -> None:
    large = (
        a_mail(1)
        .replace(b"Hello", b"QUFB" * 8_000_000)
        .replace(b"\r\n\r\n", b"\r\nContent-Type: x/y\r\n\r\n")
    )
    pool = ParsePool(ParseLimits(memory_bytes=20_000_000), PoolLimits(batch_bytes=1_000))
    try:
        assert told(await pool.parse([a_mail(0), large, a_mail(2)])) == ["0", "memory", "2"]
    finally:
        await pool.close()


async def test_a_worker_that_ends_while_it_idles_is_replaced(pool: ParsePool) -> None:
    before = {child.pid for child in multiprocessing.active_children()}
    assert told(await pool.parse([a_mail(0)])) == ["0"]
    for child in multiprocessing.active_children():
        if child.pid not in before:
            child.kill()
            child.join()
    broken = pool._pool
    assert told(await pool.parse([a_mail(1), a_mail(2)])) == ["1", "2"]
    assert pool._pool is not broken


async def test_a_closed_pool_refuses() -> None:
    pool = ParsePool(ParseLimits())
    await pool.close()
    with pytest.raises(RuntimeError):
        await pool.parse([a_mail(0)])


def test_workers_end_with_their_parent_even_when_it_is_killed(tmp_path: Path) -> None:
    busy = tmp_path / "busy"
    os.mkfifo(busy)
    command = [sys.executable, "-m", "tests.channels.email.parsing.parent", str(busy)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        workers = [os.pidfd_open(int(pid)) for pid in parent.stdout.readline().split()]
        assert busy.read_text(encoding="ascii") == "begun"
        parent.kill()
        assert len(workers) == 2
        for worker in workers:
            assert select.select([worker], [], [], 10)[0], "a worker outlived its parent"
            os.close(worker)


def test_a_worker_loads_nothing_of_the_server() -> None:
    code = "import sys, channels.email.parsing.worker; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"aiohttp", "sqlalchemy", "asyncio", "msgspec", "pebble"} & set(loaded) == set()
