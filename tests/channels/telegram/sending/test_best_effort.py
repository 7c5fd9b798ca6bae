"""Pressed buttons are answered, and who types is shown: quickly, rarely, and without harm when it does not work."""

from dataclasses import replace
from pathlib import Path

import pytest

from channels.telegram.callback import CHOSEN
from channels.telegram.sending.presses import Fate, Press
from channels.telegram.sending.settings import SendSettings
from channels.telegram.settings import TelegramSettings
from core.bus import Transient
from core.events import conversation_topic
from core.ids import ConversationId
from core.message import Buttons, DeliveryState, Option
from tests.channels.telegram.sending.scene import ANN, QUICK, Scene, a_scene
from tests.servers.botapi.faults import How

pytestmark = pytest.mark.server

AT_ONCE = TelegramSettings(calls=QUICK, send=SendSettings(typing_after_s=0.0, typing_s=0.01))


async def a_press(scene: Scene, fate: Fate = Fate.CHOSEN) -> Press:
    """Ann presses the button that she was offered."""
    conversation = await scene.write()
    await scene.reply(conversation, "Which?", Buttons((Option("a", "This", "/a"), Option("b", "That", "/b"))))
    sent = scene.bot.sent[-1]
    query = scene.bot.presses(ANN, sent, "x")["callback_query"]["id"]
    return Press(scene.bot.token, query, fate, ANN.id, sent["message_id"], "This", "en")


def typing(conversation: ConversationId, *, on: bool = True, who: str = "agent") -> Transient:
    return Transient(conversation_topic(conversation), "typing", {"who": who, "on": on})


async def test_a_choice_is_answered_and_stays_to_be_seen_instead_of_the_buttons(scene: Scene) -> None:
    press = await a_press(scene)
    scene.side.presses.answer(press)
    await scene.called("editMessageReplyMarkup")
    assert scene.bot.answered == [{"callback_query_id": press.query}]
    keyboard = scene.bot.sent[-1]["reply_markup"]["inline_keyboard"]
    assert keyboard == [[{"text": "✓ This", "callback_data": CHOSEN}]]


async def test_a_refused_press_is_told_why_and_changes_nothing(scene: Scene) -> None:
    press = await a_press(scene, Fate.REFUSED)
    scene.side.presses.answer(replace(press, language="zh"))
    await scene.called("answerCallbackQuery")
    assert "按钮" in scene.bot.answered[0]["text"]
    assert len(scene.bot.sent[-1]["reply_markup"]["inline_keyboard"][0]) == 2


async def test_a_press_of_what_only_shows_the_choice_is_answered_without_words(scene: Scene) -> None:
    scene.side.presses.answer(await a_press(scene, Fate.NOTHING))
    await scene.called("answerCallbackQuery")
    assert "text" not in scene.bot.answered[0]
    assert "editMessageReplyMarkup" not in scene.methods()


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageReplyMarkup"])
@pytest.mark.parametrize("how", ["error", "hang", "reset", "half", "garbage"])
async def test_a_press_that_cannot_be_answered_harms_nobody(
    scene: Scene, method: str, how: How, caplog: pytest.LogCaptureFixture
) -> None:
    press = await a_press(scene)
    scene.fails(method, how=how)
    scene.side.presses.answer(press)
    await scene.called(method)
    await scene.quiet()
    assert caplog.messages == []


async def test_the_same_press_again_changes_nothing_and_is_no_error(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    press = await a_press(scene)
    for _ in range(2):
        scene.side.presses.answer(press)
        await scene.quiet()
    assert caplog.messages == []


async def test_beyond_so_many_presses_at_once_none_is_answered(tmp_path: Path) -> None:
    async with a_scene(tmp_path, TelegramSettings(calls=QUICK, send=SendSettings(answering=1))) as scene:
        press = await a_press(scene)
        for _ in range(3):
            scene.side.presses.answer(press)
        await scene.quiet()
        assert scene.methods().count("answerCallbackQuery") == 1
        scene.side.presses.answer(press)
        await scene.quiet()
        assert scene.methods().count("answerCallbackQuery") == 2


async def test_who_types_is_shown_until_they_stop(tmp_path: Path) -> None:
    async with a_scene(tmp_path, AT_ONCE) as scene:
        conversation = await scene.write()
        scene.world.bus.publish(typing(conversation))
        scene.world.bus.publish(typing(conversation))
        await scene.called("sendChatAction", times=2)
        scene.world.bus.publish(typing(conversation, on=False))
        await scene.quiet()
        assert set(scene.bot.actions) == {(ANN.id, "typing")}


async def test_a_bot_that_answers_at_once_is_not_shown_as_typing(scene: Scene) -> None:
    conversation = await scene.write()
    scene.world.bus.publish(typing(conversation, who="bot"))
    scene.world.bus.publish(typing(conversation, who="bot", on=False))
    await scene.quiet()
    assert scene.methods() == []


async def test_that_the_customer_types_and_what_goes_on_elsewhere_is_not_shown(tmp_path: Path) -> None:
    async with a_scene(tmp_path, AT_ONCE) as scene:
        conversation = await scene.write()
        scene.world.bus.publish(typing(conversation, who="contact"))
        scene.world.bus.publish(typing(ConversationId("elsewhere")))
        await scene.quiet()
        assert scene.methods() == []


async def test_who_types_at_one_of_several_servers_is_shown_by_that_one_alone(tmp_path: Path) -> None:
    async with a_scene(tmp_path, AT_ONCE) as scene:
        conversation = await scene.write()
        scene.world.bus.hear(typing(conversation))
        assert not scene.world.supervisor._tasks
        assert scene.methods() == []


@pytest.mark.parametrize("how", ["error", "hang", "reset", "half", "garbage"])
async def test_typing_that_cannot_be_shown_harms_nobody(
    tmp_path: Path, how: How, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_scene(tmp_path, AT_ONCE) as scene:
        conversation = await scene.write()
        scene.fails("sendChatAction", how=how)
        scene.world.bus.publish(typing(conversation))
        await scene.called("sendChatAction")
        reply = await scene.reply(conversation, "Hi")
        assert await scene.state(reply.id) is DeliveryState.SENT
        await scene.quiet()
        assert caplog.messages == []
