"""Whoever is connected to another server is there too, and gets no mail about what they have on their screen."""

from dataclasses import replace
from pathlib import Path

import pytest

from channels.assembly import Given
from tests.channels import shop as shops
from tests.channels.continuation.gone import AWAY_S, a_scene
from tests.channels.shop import a_shop


async def test_who_is_connected_to_another_server_gets_no_mail_until_they_have_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: set[str] = set()
    given = shops._given

    async def elsewhere(visitor: str) -> bool:
        return visitor in there

    def with_another(*parts: object) -> Given:
        return replace(given(*parts), elsewhere=elsewhere)  # type: ignore[arg-type]

    monkeypatch.setattr(shops, "_given", with_another)
    async with a_shop(tmp_path) as shop, a_scene(shop) as scene:
        there.add(scene.visitor.welcome["visitor"])
        await scene.leave()
        await scene.answer("Yes.")
        for _ in range(3):
            await scene.later(AWAY_S)
        assert scene.mails() == []
        there.clear()
        await scene.later(1200)
        assert len(scene.mails()) == 1
