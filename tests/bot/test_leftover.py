"""Children left behind by a killed server are ended, strangers with the same number never."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from bot.leftover import Leftovers, Record, identity

ENDLESS = "import time\nwhile True: time.sleep(60)"
DEAF = f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf', flush=True)\n{ENDLESS}"
LIMIT_S = 30


@pytest.fixture
async def stranger() -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", ENDLESS)
    yield process
    if process.returncode is None:
        process.kill()
    await process.wait()


async def test_a_child_of_an_earlier_server_is_ended(
    tmp_path: Path, stranger: asyncio.subprocess.Process
) -> None:
    Leftovers(tmp_path).remember("serve", stranger.pid)
    assert await Leftovers(tmp_path).end_all(LIMIT_S) == [stranger.pid]
    async with asyncio.timeout(LIMIT_S):
        assert await stranger.wait() != 0
    assert await Leftovers(tmp_path).end_all(LIMIT_S) == []


async def test_a_child_that_does_not_listen_is_made_to_end(tmp_path: Path) -> None:
    deaf = await asyncio.create_subprocess_exec(sys.executable, "-c", DEAF, stdout=asyncio.subprocess.PIPE)
    assert deaf.stdout is not None
    await deaf.stdout.readline()
    Leftovers(tmp_path).remember("serve", deaf.pid)
    assert await Leftovers(tmp_path).end_all(0.2) == [deaf.pid]
    async with asyncio.timeout(LIMIT_S):
        assert await deaf.wait() == -9


async def test_another_process_with_the_same_number_is_left_alone(
    tmp_path: Path, stranger: asyncio.subprocess.Process
) -> None:
    record = Record(stranger.pid, "another start time and command line")
    (tmp_path / "serve.process").write_bytes(msgspec.json.encode(record))
    assert await Leftovers(tmp_path).end_all(LIMIT_S) == []
    assert stranger.returncode is None


async def test_a_child_that_was_ended_in_order_is_forgotten(
    tmp_path: Path, stranger: asyncio.subprocess.Process
) -> None:
    left = Leftovers(tmp_path)
    left.remember("serve", stranger.pid)
    left.forget("serve")
    assert await left.end_all(LIMIT_S) == []
    assert stranger.returncode is None


async def test_a_damaged_record_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "serve.process").write_text("{")
    assert await Leftovers(tmp_path).end_all(LIMIT_S) == []


def test_a_process_keeps_its_identity_and_one_that_is_gone_has_none() -> None:
    assert identity(os.getpid()) == identity(os.getpid()) is not None
    assert identity(4_000_000) is None
