"""A bot's configuration is tried step by step, and the step that fails is named."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import Invalid
from tests.channels.telegram.sending.scene import Scene, a_scene
from tests.servers.botapi.faults import How
from tests.servers.telegram import TOKEN

pytestmark = pytest.mark.server


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with a_scene(tmp_path) as made:
        yield made


async def tried(scene: Scene, **config: object) -> list[tuple[str, str, str]]:
    steps = await scene.side.channel.probe({"token": TOKEN} | config)
    assert all(TOKEN not in step.detail for step in steps)
    return [(step.name.removeprefix("telegram."), step.state, step.code) for step in steps]


async def test_a_bot_that_telegram_knows_is_named(scene: Scene) -> None:
    steps = await scene.side.channel.probe({"token": TOKEN})
    assert [(step.name, step.state, step.detail) for step in steps] == [
        ("telegram.reach", "ok", ""),
        ("telegram.token", "ok", "@parley_bot"),
    ]
    assert scene.methods() == ["getMe"]


async def test_a_token_that_telegram_does_not_know_is_the_step_that_fails(scene: Scene) -> None:
    steps = await tried(scene, token="111:AAAAAAAAAAAAAAAA", groups=True)
    assert steps == [
        ("reach", "ok", ""),
        ("token", "failed", "bot_unknown"),
        ("groups", "not_tried", ""),
    ]


async def test_when_telegram_cannot_be_reached_the_token_is_not_tried(scene: Scene) -> None:
    async with scene.unreachable():
        assert await tried(scene) == [("reach", "failed", "unreachable"), ("token", "not_tried", "")]


@pytest.mark.parametrize("how", ["error", "page", "hang", "reset", "half", "garbage"])
async def test_whatever_else_telegram_does_is_a_step_that_failed(scene: Scene, how: How) -> None:
    scene.fails("getMe", how=how)
    assert (await tried(scene))[0] == ("reach", "failed", "try_later")


async def test_groups_need_a_bot_that_may_join_them(scene: Scene) -> None:
    assert await tried(scene, groups=True) == [("reach", "ok", ""), ("token", "ok", ""), ("groups", "ok", "")]


async def test_webhooks_need_our_public_address(scene: Scene) -> None:
    assert (await tried(scene, mode="webhook"))[-1] == ("webhook", "ok", "")


async def test_what_is_no_token_is_refused_before_anything_is_asked(scene: Scene) -> None:
    with pytest.raises(Invalid) as refused:
        await tried(scene, token="hello")
    assert refused.value.field == "token"
    assert scene.methods() == []
