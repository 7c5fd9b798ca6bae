"""However much is to be said, Telegram is never given more than it takes, and everybody gets their turn."""

import pytest

from core.message import DeliveryState
from tests.channels.telegram.sending.scene import GROUP, Scene
from tests.servers.telegram import Limits, Person

pytestmark = pytest.mark.server


async def test_a_bot_with_much_to_say_is_never_told_that_it_is_too_much(scene: Scene) -> None:
    scene.bot.limits = Limits(per_second=30, per_group_minute=20)
    replies = []
    for n in range(70):
        conversation = await scene.write(Person(8000 + n, f"P{n}"))
        replies.append(await scene.queue(conversation, f"Hello {n}"))
    for _ in range(40):
        await scene.later(0.1)
    assert [await scene.state(reply.id) for reply in replies] == [DeliveryState.SENT] * 70
    assert scene.methods() == ["sendMessage"] * 70


async def test_a_chat_that_gets_much_does_not_hold_up_another(scene: Scene) -> None:
    flooded = await scene.write()
    for n in range(20):
        await scene.queue(flooded, f"{n}", key=f"r{n}")
    await scene.world.relay.drain()
    assert len(scene.bot.sent) == 5
    other = await scene.queue(await scene.write(Person(9000, "Zoe")), "Hi")
    await scene.later(0.1)
    assert await scene.state(other.id) is DeliveryState.SENT
    for _ in range(20):
        await scene.later(1)
    assert [text for text in scene.bot.texts() if text != "Hi"] == [str(n) for n in range(20)]


async def test_a_group_gets_no_more_than_it_may_whoever_in_it_is_answered(scene: Scene) -> None:
    scene.bot.limits = Limits(per_group_minute=20)
    for n in range(12):
        conversation = await scene.write(Person(8000 + n, f"P{n}"), group=GROUP, text=f"@parley_bot {n}?")
        for each in range(3):
            await scene.queue(conversation, f"{n}.{each}", key=f"r{each}")
    for _ in range(160):
        await scene.later(1)
    assert len(scene.bot.sent) == 36
    assert scene.methods() == ["sendMessage"] * 36
    assert {text.split(".")[0] for text in scene.bot.texts()[:12]} == {str(n) for n in range(12)}
