"""What the program gives to every transaction."""

from pathlib import Path

import pytest

from app.runtime import opened
from app.settings import Settings
from core.errors import Invalid
from core.redis import RedisSettings
from routing.handle_times import expected_of
from routing.handling import HandlingSettings
from routing.settings import RoutingSettings


async def test_transactions_go_by_the_handle_times_that_are_set(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, routing=RoutingSettings(handling=HandlingSettings(usual_s=77)))
    async with opened(settings) as runtime:
        assert await runtime.db.read(expected_of, "anything") == 77


async def test_nothing_waits_for_a_redis_that_is_away(tmp_path: Path) -> None:
    nobody = RedisSettings(url="unix:///nowhere/at/all")
    async with opened(Settings(folder=tmp_path, redis=nobody)) as runtime:
        assert runtime.redis is not None
        await runtime.redis.look()
        assert runtime.redis.away
        assert await runtime.db.read(expected_of, "anything")


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match="PARLEY_FOLDER"):
        async with opened(Settings(folder=tmp_path / "file" / "folder")):
            pass
