"""A reply reaches Telegram as its user would want to see it, and is known by the name that Telegram gave it."""

import pytest
from sqlalchemy import select

from core.ids import ArticleId, MessageId
from core.message import ArticleCard, Buttons, DeliveryState, Location, Option, SharedContact
from core.store.tables.conversation import message
from core.store.tables.intake import delivered_piece
from core.store.tx import Tx
from tests.channels.telegram.sending.scene import ANN, BEN, GROUP, Scene

pytestmark = pytest.mark.server


def external(tx: Tx, reply: MessageId) -> str | None:
    known = select(message.c.external_id).where(message.c.id == reply)
    found: str | None = tx.conn.execute(known).scalar_one()
    return found


def recorded(tx: Tx, reply: MessageId) -> list[tuple[int, str]]:
    rows = tx.conn.execute(
        select(delivered_piece).where(delivered_piece.c.message_id == reply).order_by(delivered_piece.c.piece)
    )
    return [(row.piece, row.external_id) for row in rows]


async def test_a_text_is_sent_and_known_by_chat_and_number(scene: Scene) -> None:
    conversation = await scene.write()
    reply = await scene.reply(conversation, "On its way. 😀")
    assert await scene.state(reply.id) is DeliveryState.SENT
    (sent,) = scene.bot.sent
    assert (sent["chat"]["id"], sent["text"]) == (ANN.id, "On its way. 😀")
    assert await scene.world.db.read(external, reply.id) == f"{ANN.id}:{sent['message_id']}"
    assert "reply_to_message" not in sent


async def test_a_card_has_its_title_in_bold_also_behind_characters_that_count_twice(scene: Scene) -> None:
    conversation = await scene.write()
    card = ArticleCard(ArticleId("r1"), "en", "Returns 📦 here", "Within 30 days.")
    await scene.reply(conversation, "😀 Is it this?", card)
    (sent,) = scene.bot.sent
    (bold,) = sent["entities"]
    encoded = sent["text"].encode("utf-16-le")
    start, end = 2 * bold["offset"], 2 * (bold["offset"] + bold["length"])
    assert encoded[start:end].decode("utf-16-le") == "Returns 📦 here"
    assert sent["text"].endswith("https://help.example/en/r1")


async def test_a_long_text_is_several_messages_each_of_them_known(scene: Scene) -> None:
    conversation = await scene.write()
    reply = await scene.reply(conversation, "word " * 1800)
    assert await scene.state(reply.id) is DeliveryState.SENT
    numbers = [sent["message_id"] for sent in scene.bot.sent]
    assert len(numbers) == 3
    known = [(at, f"{ANN.id}:{number}") for at, number in enumerate(numbers)]
    assert await scene.world.db.read(recorded, reply.id) == known
    assert await scene.world.db.read(external, reply.id) == known[0][1]


async def test_buttons_carry_what_leads_back_to_their_option(scene: Scene) -> None:
    conversation = await scene.write()
    options = (Option("a", "This", "/a"), Option("b", "That", "/b"))
    reply = await scene.reply(conversation, "Which?", Buttons(options))
    keyboard = scene.bot.sent[0]["reply_markup"]["inline_keyboard"]
    assert keyboard == [
        [
            {"text": "This", "callback_data": f"{reply.id}:0"},
            {"text": "That", "callback_data": f"{reply.id}:1"},
        ]
    ]


async def test_files_are_sent_as_what_they_are_with_the_words_below(scene: Scene) -> None:
    conversation = await scene.write()
    await scene.reply(conversation, "The bill", scene.file("bill.pdf", "application/pdf", b"%PDF-1"))
    (call,) = scene.bot.calls
    assert call.method == "sendDocument"
    assert call.parameters["caption"] == "The bill"
    assert b"%PDF-1" in call.files.values()
    assert scene.bot.sent[0]["document"]["file_name"] == "bill.pdf"


async def test_photos_are_one_album(scene: Scene) -> None:
    conversation = await scene.write()
    reply = await scene.reply(conversation, "Look", scene.photo("a.jpg"), scene.photo("b.jpg"))
    assert scene.methods() == ["sendMediaGroup"]
    assert len({sent["media_group_id"] for sent in scene.bot.sent}) == 1
    assert [sent.get("caption") for sent in scene.bot.sent] == ["Look", None]
    assert len(await scene.world.db.read(recorded, reply.id)) == 2


async def test_places_and_cards_are_shown_as_telegram_shows_them(scene: Scene) -> None:
    conversation = await scene.write()
    parts = (Location(52.5, 13.4), Location(1, 2, "Shop"), SharedContact("Ben", "+49 30 1"))
    await scene.reply(conversation, *parts)
    assert scene.methods() == ["sendLocation", "sendVenue", "sendContact"]


async def test_a_photo_that_telegram_will_not_show_goes_as_a_file(scene: Scene) -> None:
    conversation = await scene.write()
    scene.fails("sendPhoto", code=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    reply = await scene.reply(conversation, scene.photo())
    assert scene.methods() == ["sendPhoto", "sendDocument"]
    assert await scene.state(reply.id) is DeliveryState.SENT


async def test_in_a_group_a_reply_answers_what_its_person_wrote_last(scene: Scene) -> None:
    conversation = await scene.write(group=GROUP, text="@parley_bot where is my parcel?")
    await scene.write(BEN, group=GROUP, text="@parley_bot and mine?")
    await scene.reply(conversation, "On its way.")
    (sent,) = scene.bot.sent
    assert sent["chat"]["id"] == GROUP
    assert sent["reply_to_message"]["from"]["id"] == ANN.id


async def test_what_was_answered_and_is_deleted_since_is_answered_all_the_same(scene: Scene) -> None:
    conversation = await scene.write(group=GROUP, text="@parley_bot where is my parcel?")
    scene.bot.chats[GROUP].messages.clear()
    reply = await scene.reply(conversation, "On its way.")
    assert await scene.state(reply.id) is DeliveryState.SENT


async def test_a_group_that_moved_is_followed_and_so_are_its_conversations(scene: Scene) -> None:
    conversation = await scene.write(group=GROUP, text="@parley_bot hello")
    scene.bot.upgrades(ANN, scene.bot.chats[GROUP], -2002)
    reply = await scene.reply(conversation, "Hello")
    assert await scene.state(reply.id) is DeliveryState.SENT
    assert scene.bot.sent[0]["chat"]["id"] == -2002
    await scene.reply(conversation, "Still here", key="r2")
    assert scene.methods() == ["sendMessage"] * 3


async def test_a_reply_that_is_no_more_than_blanks_fails_and_says_so(scene: Scene) -> None:
    conversation = await scene.write()
    reply = await scene.reply(conversation, " ")
    assert await scene.state(reply.id) is DeliveryState.FAILED
    assert scene.bot.calls == []


async def test_a_file_that_is_gone_fails_and_is_named(scene: Scene) -> None:
    conversation = await scene.write()
    photo = scene.photo("gone.jpg")
    scene.files.clear()
    reply = await scene.reply(conversation, photo)
    assert "gone.jpg" in str((await scene.delivery(reply.id)).reason)


async def test_a_bot_writes_first_to_somebody_it_knows(scene: Scene) -> None:
    point = scene.side.channel.person(str(ANN.id), "Ann")
    assert (point.kind, point.address, point.verified) == ("telegram", "7001", False)
