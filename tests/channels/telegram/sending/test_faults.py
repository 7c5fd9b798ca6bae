"""Whatever goes wrong with a call: the agent sees what happened, nothing is sent twice by itself, and others go on."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from channels.dispatcher import decide
from core.ids import ConversationId
from core.message import Buttons, DeliveryState, Location, Option, Part, SharedContact
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.channels.telegram.sending.scene import ADA, ANN, BEN, GROUP, Scene

pytestmark = pytest.mark.server

Send = Callable[[Scene], list[Part | str]]

CALLS: dict[str, Send] = {
    "sendMessage": lambda _: ["Hi"],
    "sendPhoto": lambda scene: [scene.photo()],
    "sendDocument": lambda scene: [scene.file("a.pdf", "application/pdf")],
    "sendAnimation": lambda scene: [scene.file("a.gif", "image/gif")],
    "sendVideo": lambda scene: [scene.file("a.mp4", "video/mp4")],
    "sendAudio": lambda scene: [scene.file("a.mp3", "audio/mpeg")],
    "sendVoice": lambda scene: [scene.file("a.ogg", "audio/ogg")],
    "sendMediaGroup": lambda scene: [scene.photo("a.jpg"), scene.photo("b.jpg")],
    "sendLocation": lambda _: [Location(1, 2)],
    "sendVenue": lambda _: [Location(1, 2, "Shop")],
    "sendContact": lambda _: [SharedContact("Ben", "1")],
}
NOBODY_KNOWS: dict[str, dict[str, Any]] = {
    "500": {"code": 500},
    "502 page of a proxy": {"how": "page", "code": 502},
    "504": {"how": "page", "code": 504},
    "no answer": {"how": "hang"},
    "half an answer": {"how": "half"},
    "an answer that is no JSON": {"how": "garbage"},
    "reset": {"how": "reset"},
}


@pytest.fixture(params=sorted(CALLS))
def method(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


async def went(scene: Scene, method: str, *, key: str = "r1") -> tuple[ConversationId, DeliveryState, str]:
    conversation = await scene.write()
    reply = await scene.reply(conversation, *CALLS[method](scene), key=key)
    delivery = await scene.delivery(reply.id)
    return conversation, delivery.state, delivery.reason or ""


async def test_when_nobody_knows_whether_it_arrived_a_person_decides(scene: Scene, method: str) -> None:
    for name, fault in NOBODY_KNOWS.items():
        for done in (False, True):
            before = len(scene.bot.sent), len(scene.bot.calls)
            scene.fails(method, done=done, **fault)
            _, state, reason = await went(scene, method, key=f"{name} {done}")
            assert (state, bool(reason)) == (DeliveryState.UNCERTAIN, True), name
            await scene.later(3600)
            arrived = (2 if method == "sendMediaGroup" else 1) if done else 0
            assert (len(scene.bot.sent), len(scene.bot.calls)) == (before[0] + arrived, before[1] + 1), name


async def test_too_many_calls_are_heeded_and_the_reply_leaves_when_it_may(scene: Scene, method: str) -> None:
    scene.fails(method, code=429, description="Too Many Requests", parameters={"retry_after": 7})
    _, state, reason = await went(scene, method)
    assert state is DeliveryState.QUEUED
    assert "too many" in reason
    other = await scene.reply(await scene.write(BEN), "Hi")
    assert await scene.state(other.id) is DeliveryState.SENT
    await scene.later(6)
    assert scene.methods() == [method, "sendMessage"]
    await scene.later(1)
    assert scene.methods() == [method, "sendMessage", method]


async def test_who_blocked_the_bot_gets_nothing_and_is_known_to_be_out_of_reach(
    scene: Scene, method: str
) -> None:
    scene.bot.private(ANN).refuses = "blocked"
    _, state, reason = await went(scene, method)
    assert (state, reason) == (DeliveryState.FAILED, "Forbidden: bot was blocked by the user")
    assert await scene.world.db.read(out_of_reach) == [str(ANN.id)]


async def test_what_telegram_refuses_has_failed_in_its_words(scene: Scene, method: str) -> None:
    scene.fails(method, code=400, description="Bad Request: TOPIC_CLOSED")
    _, state, reason = await went(scene, method)
    assert state is DeliveryState.FAILED
    assert "opic_closed" in reason
    assert scene.methods() == [method]


async def test_a_file_that_is_too_large_for_telegram_has_failed(scene: Scene) -> None:
    scene.fails("sendDocument", how="page", code=413)
    _, state, reason = await went(scene, "sendDocument")
    assert (state, reason) == (DeliveryState.FAILED, "Request Entity Too Large")


async def test_while_telegram_cannot_be_reached_replies_wait_and_leave_in_order(scene: Scene) -> None:
    conversation = await scene.write()
    async with scene.unreachable():
        first = await scene.reply(conversation, "one", key="r1")
        second = await scene.reply(conversation, "two", key="r2")
        delivery = await scene.delivery(first.id)
        assert (delivery.state, delivery.reason) == (DeliveryState.QUEUED, "Telegram cannot be reached")
        await scene.later(20)
    await scene.later(40)
    assert scene.bot.texts() == ["one", "two"]
    assert await scene.state(second.id) is DeliveryState.SENT


async def test_a_token_that_telegram_does_not_know_is_something_to_mend(scene: Scene) -> None:
    conversation = await scene.write()
    bot = scene.server.bots.pop(scene.bot.token)
    reply = await scene.reply(conversation, "Hi")
    delivery = await scene.delivery(reply.id)
    assert delivery.state is DeliveryState.QUEUED
    assert "token" in str(delivery.reason)
    assert bot.token not in str(delivery.reason)
    scene.server.bots[bot.token] = bot
    await scene.later(20)
    assert await scene.state(reply.id) is DeliveryState.SENT


async def test_somebody_elses_server_in_between_gets_no_second_call(scene: Scene) -> None:
    scene.fails("sendMessage", how="page", code=302)
    _, state, _ = await went(scene, "sendMessage")
    assert state is DeliveryState.QUEUED


async def test_being_put_out_of_a_group_says_nothing_of_its_people(scene: Scene) -> None:
    conversation = await scene.write(group=GROUP)
    scene.bot.chats[GROUP].refuses = "kicked"
    reply = await scene.reply(conversation, "Hi")
    assert await scene.state(reply.id) is DeliveryState.FAILED
    assert await scene.world.db.read(out_of_reach) == []


async def test_after_a_break_in_the_middle_only_what_is_missing_is_sent_again(scene: Scene) -> None:
    conversation = await scene.write()
    scene.break_after(1, scene.fails("sendMessage", how="reset"))
    text = "".join(f"{n:05d} " for n in range(2000))
    reply = await scene.reply(conversation, text)
    assert await scene.state(reply.id) is DeliveryState.UNCERTAIN
    assert len(scene.bot.sent) == 1
    await scene.world.db.run(lambda tx: decide(tx, reply.id, by=ADA, again=True))
    await scene.later(20)
    assert await scene.state(reply.id) is DeliveryState.SENT
    assert " ".join(scene.bot.texts()).split() == text.split()


@pytest.mark.parametrize(("taken", "rest"), [(1, "; taken as arrived, nothing after it is sent"), (2, "")])
async def test_a_break_in_the_middle_says_where_and_what_becomes_of_the_rest(
    scene: Scene, taken: int, rest: str
) -> None:
    conversation = await scene.write()
    scene.break_after(taken, scene.fails("sendMessage", how="hang"))
    reply = await scene.reply(conversation, "".join(f"{n:05d} " for n in range(2000)))
    delivery = await scene.delivery(reply.id)
    assert delivery.state is DeliveryState.UNCERTAIN
    says = (
        f"message {taken + 1} of 3: Telegram did not answer in time; sent again, it goes on from there{rest}"
    )
    assert delivery.reason == says


async def test_what_is_refused_in_the_middle_says_how_much_went_before(scene: Scene) -> None:
    conversation = await scene.write()
    scene.break_after(1, scene.fails("sendMessage", code=400, description="Bad Request: CHAT_RESTRICTED"))
    reply = await scene.reply(conversation, "word " * 2000)
    delivery = await scene.delivery(reply.id)
    assert delivery.state is DeliveryState.FAILED
    assert "after 1 " in str(delivery.reason)


async def test_a_choice_stays_with_its_reply_when_it_is_sent_again(scene: Scene) -> None:
    conversation = await scene.write()
    scene.fails("sendMessage", how="hang", done=True)
    reply = await scene.reply(conversation, "Which?", Buttons((Option("a", "This", "/a"),)))
    await scene.world.db.run(lambda tx: decide(tx, reply.id, by=ADA, again=True))
    await scene.world.relay.drain()
    buttons = [sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] for sent in scene.bot.sent]
    assert buttons == [f"{reply.id}:0"] * 2


async def test_no_error_shows_the_token(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    for key, fault in enumerate(sorted(NOBODY_KNOWS)):
        scene.fails("sendMessage", **NOBODY_KNOWS[fault])
        _, _, reason = await went(scene, "sendMessage", key=f"r{key}")
        assert scene.bot.token not in reason
    assert scene.bot.token not in caplog.text


def out_of_reach(tx: Tx) -> list[str]:
    found = select(contact_point.c.address).where(contact_point.c.unreachable_since.is_not(None))
    return list(tx.conn.execute(found).scalars())
