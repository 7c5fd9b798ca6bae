"""What the journeys share: connections of their own, and the widget as built on the page of a shop."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser

from tests.channels.shop import Shop, a_shop
from tests.journeys.guest import SCRIPT, Guest, a_guest


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Connections without a limit of their own; nobody's cookies are mixed up."""
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), cookie_jar=jar) as session:
        yield session


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """The channels on a database of their own; /demo shows the widget."""
    async with a_shop(tmp_path, script=SCRIPT) as made:
        await made.configure(greeting={"en": "Hello!", "zh": "您好！"})
        yield made


@pytest.fixture
async def guest(browser: Browser, shop: Shop) -> Guest:
    return await a_guest(browser, shop)
