"""A shop for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.shop import Shop, a_shop


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """The channels on a database of their own, served on loopback."""
    async with a_shop(tmp_path) as made:
        yield made
