"""What readers get while there is no place for their work."""

from dataclasses import replace

import pytest

from knowledge.helpcenter.room import RoomSettings
from knowledge.helpcenter.settings import HelpSettings
from tests.knowledge.helpcenter.conftest import LIMITS, Site

pytestmark = pytest.mark.served

FULL = RoomSettings(places=0, wait_s=0.0, retry_s=7.0)


@pytest.fixture
def limits() -> HelpSettings:
    return replace(LIMITS, making=FULL, searching=FULL)


@pytest.mark.parametrize("path", ["/help/en", "/help/en/search?q=return", "/help/en/suggest?q=ret"])
async def test_who_finds_no_place_is_told_when_to_come_again(site: Site, path: str) -> None:
    refused = await site.response(path)
    assert (refused.status, refused.headers["Retry-After"]) == (503, "7")
    assert "Please wait a moment" in await refused.text()
    assert refused.headers["Cache-Control"] == "no-store"
