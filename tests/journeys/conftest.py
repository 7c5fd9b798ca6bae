"""The widget as built, on the pages of a shop."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.shop import Shop, a_shop

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "web" / "dist" / "widget" / "widget.js"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """The channels on a database of their own; /demo shows the widget."""
    async with a_shop(tmp_path, script=SCRIPT) as made:
        await made.configure(greeting={"en": "Hello!", "zh": "您好！"})
        yield made
