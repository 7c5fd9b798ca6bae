"""A line for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.telegram.receiving.line import Line, a_line


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Telegram calls us; groups are listened to."""
    async with a_line(tmp_path, mode="webhook", groups=True) as made:
        yield made


@pytest.fixture
async def asking(tmp_path: Path) -> AsyncIterator[Line]:
    """We ask Telegram, as soon as the test says so."""
    async with a_line(tmp_path) as made:
        yield made
