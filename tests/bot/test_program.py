"""Real child programs: what they tell arrives, and none outlives its end."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.leftover import identity
from bot.program import ChildPrograms, Line
from tests.bot.fake_programs import TestTasks, until

LIMIT_S = 60


@pytest.fixture
async def programs() -> AsyncIterator[ChildPrograms]:
    tasks = TestTasks()
    yield ChildPrograms(tasks)
    await tasks.stop()


async def test_lines_arrive_and_other_talk_is_passed_over(programs: ChildPrograms, tmp_path: Path) -> None:
    code = """print('hello'); print('{"step": "serve", "state": "done", "port": 7, "new": 1}')"""
    program = await programs.start([sys.executable, "-c", code], {}, tmp_path)
    assert [line async for line in program.lines()] == [Line("serve", "done", port=7)]
    assert await program.wait() == 0


async def test_the_last_words_say_why_it_ended(programs: ChildPrograms, tmp_path: Path) -> None:
    code = "import sys; sys.stderr.write('x' * 3_000_000 + '\\n'); raise ValueError('no model')"
    program = await programs.start([sys.executable, "-c", code], {}, tmp_path)
    async with asyncio.timeout(LIMIT_S):
        assert await program.wait() == 1
    assert program.last_words() == "ValueError: no model"


async def test_a_child_that_ignores_the_request_is_killed_with_what_it_started(
    programs: ChildPrograms, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    grandchild = "import time; time.sleep(600)"
    code = (
        "import json, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"child = subprocess.Popen([sys.executable, '-c', {grandchild!r}])\n"
        "print(json.dumps({'step': 'grandchild', 'state': 'start', 'port': child.pid}), flush=True)\n"
        "time.sleep(600)\n"
    )
    program = await programs.start([sys.executable, "-c", code], {}, tmp_path)
    line = await anext(aiter(program.lines()))
    with caplog.at_level(logging.ERROR):
        await program.stop(0.2)
    await until(lambda: identity(line.port) is None)
    assert identity(program.pid) is None
