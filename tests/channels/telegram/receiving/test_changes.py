"""Edits, answers, presses, blocks and moves: what people do with messages that are there."""

from typing import Any

import pytest
from sqlalchemy import select

from core.claims import claims_of
from core.ids import ConversationId
from core.message import Attachment, Buttons, Choice, Option, Quoted, Text
from core.store.codec import load_parts
from core.store.conversations import find_point, peek_conversation
from core.store.tables.conversation import event, message_edit
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.channels.telegram.receiving.line import ANN, BEN, Line, document, photo

pytestmark = pytest.mark.server
GROUP = -1002
NAME = [{"type": "mention", "offset": 0, "length": 11}]
CHOICES = Buttons((Option("red", "Red", "/red"), Option("blue", "Blue", "/blue")))


async def test_an_edit_takes_the_place_of_the_words_and_the_old_ones_are_kept(line: Line) -> None:
    said = line.bot.says(ANN, "Wher is it?")
    await line.post(said, line.bot.edits(said, text="Where is it?"))
    assert await line.texts() == ["Where is it?"]
    assert await line.shop.world.db.read(_versions) == [(Text("Wher is it?"),)]


async def test_the_same_edit_twice_is_one_version(line: Line) -> None:
    said = line.bot.says(ANN, "one")
    edited = line.bot.edits(said, text="two")
    again = line.bot.edits(said, text="two")
    await line.post(said, edited, edited, again)
    assert await line.shop.world.db.read(_versions) == [(Text("one"),)]


async def test_an_edit_of_what_we_never_had_is_nothing(line: Line) -> None:
    said = line.bot.says(ANN, "before the bot was ours")
    assert await line.post(line.bot.edits(said, text="changed")) == [200]
    assert await line.heard() == []


async def test_an_edited_caption_fetches_no_file_again(line: Line) -> None:
    said = line.bot.writes(ANN, caption="Lok", **photo(line.bot))
    await line.post(said)
    [before] = await line.heard()
    line.bot.calls.clear()
    await line.post(line.bot.edits(said, caption="Look"))
    [after] = await line.heard()
    assert after.parts == (Text("Look"), before.parts[1])
    assert line.bot.calls == []


async def test_an_edited_file_is_fetched(line: Line) -> None:
    said = line.bot.writes(ANN, **document(line.bot))
    await line.post(said, line.bot.edits(said, **document(line.bot, b"another one", "new.txt")))
    assert await line.texts() == ["new.txt"]
    assert len(await line.shop.world.db.read(_versions)) == 1


async def test_an_edit_behind_a_file_that_waits_comes_behind_it(line: Line) -> None:
    fault = line.fails("getFile", times=-1)
    said = line.bot.writes(ANN, caption="one", **document(line.bot))
    await line.post(said, line.bot.edits(said, caption="two"))
    fault.times = 0
    await line.work(20)
    assert await line.texts() == ["two | invoice.txt"]


async def test_an_albums_caption_can_be_edited(line: Line) -> None:
    first, second = line.bot.album(
        ANN, [document(line.bot, b"one", "1.txt") | {"caption": "Bth"}, document(line.bot, b"two!", "2.txt")]
    )
    await line.post(first, second)
    await line.work(1.5)
    await line.post(line.bot.edits(first, caption="Both"))
    assert await line.texts() == ["Both | 1.txt | 2.txt"]


def _versions(tx: Tx) -> list[Any]:
    rows = tx.conn.execute(select(message_edit).order_by(message_edit.c.message_id, message_edit.c.version))
    return [load_parts(row.parts) for row in rows]


async def test_an_answer_names_the_message_that_it_answers(line: Line) -> None:
    said = line.bot.says(ANN, "Where is my lamp?")
    await line.post(said)
    [heard] = await line.heard()
    await line.post(line.bot.says(ANN, "the red one", reply_to=said["message"]["message_id"]))
    answer = (await line.heard())[1]
    assert answer.parts == (Quoted("Where is my lamp?", heard.message.id), Text("the red one"))


async def test_an_answer_to_ours_names_ours(line: Line) -> None:
    await line.post(line.bot.says(ANN, "Where is my lamp?"))
    ours = await line.say(await line.conversation(), "Which one?")
    [sent] = line.bot.sent
    await line.post(line.bot.says(ANN, "the red one", reply_to=sent["message_id"]))
    assert (await line.heard())[1].parts == (Quoted("Which one?", ours), Text("the red one"))


async def test_an_answer_to_an_album_names_it(line: Line) -> None:
    album = line.bot.album(ANN, [document(line.bot, b"1", "1.txt"), document(line.bot, b"22", "2.txt")])
    await line.post(*album)
    await line.work(1.5)
    await line.post(line.bot.says(ANN, "this one", reply_to=album[1]["message"]["message_id"]))
    first, answer = await line.heard()
    assert answer.parts == (Quoted("1.txt, 2.txt", first.message.id), Text("this one"))


async def offered(line: Line) -> dict[str, Any]:
    """Our message with two buttons, as Ann sees it."""
    await line.post(line.bot.says(ANN, "A lamp, please"))
    await line.say(await line.conversation(), "Which?", CHOICES)
    return line.bot.sent[-1]


def data_of(message: dict[str, Any], at: int = 0) -> str:
    buttons = [button for row in message["reply_markup"]["inline_keyboard"] for button in row]
    return str(buttons[at]["callback_data"])


async def test_a_press_is_a_choice_and_is_answered(line: Line) -> None:
    message = await offered(line)
    await line.post(line.bot.presses(ANN, message, data_of(message, 1)))
    [choice] = (await line.heard())[1].parts
    assert isinstance(choice, Choice)
    assert (choice.option, choice.label) == ("blue", "Blue")
    await line.shop.until(lambda: len(line.bot.answered) == 1)


async def test_the_same_press_twice_is_one_choice_and_both_are_answered(line: Line) -> None:
    message = await offered(line)
    data = data_of(message)
    await line.post(line.bot.presses(ANN, message, data), line.bot.presses(ANN, message, data))
    assert len(await line.heard()) == 2
    await line.shop.until(lambda: len(line.bot.answered) == 2)


@pytest.mark.parametrize("data", ["", "x", "01hidden:0", ":", "0:99999999999", None])
async def test_what_nobody_offered_is_refused_and_answered(line: Line, data: str | None) -> None:
    message = await offered(line)
    press = line.bot.presses(ANN, message, data or "")
    if data is None:
        del press["callback_query"]["data"]
    assert await line.post(press) == [200]
    assert len(await line.heard()) == 1
    await line.shop.until(lambda: len(line.bot.answered) == 1)
    assert line.bot.answered[0].get("text")


async def test_nobody_chooses_for_somebody_else(line: Line) -> None:
    message = await offered(line)
    await line.post(line.bot.says(BEN, "Hello"))
    line.bot.private(BEN)
    stolen = {**message, "chat": line.bot.private(BEN).shown()}
    await line.post(line.bot.presses(BEN, stolen, data_of(message)))
    assert len(await line.heard()) == 2


async def test_in_a_group_each_person_has_a_conversation_of_their_own(line: Line) -> None:
    group = line.bot.group(GROUP)
    await line.post(
        line.bot.writes(ANN, group, text="@parley_bot where is mine?", entities=NAME),
        line.bot.writes(BEN, group, text="@parley_bot and mine?", entities=NAME),
        line.bot.writes(BEN, group, text="nobody asked"),
    )
    heard = await line.heard()
    assert [(each.thread, each.public, each.texts) for each in heard] == [
        (f"{GROUP}:7001", True, ["where is mine?"]),
        (f"{GROUP}:7002", True, ["and mine?"]),
    ]


async def test_in_a_group_nobody_presses_anothers_button(line: Line) -> None:
    group = line.bot.group(GROUP)
    await line.post(line.bot.writes(ANN, group, text="@parley_bot a lamp", entities=NAME))
    await line.say(await line.conversation(), "Which?", CHOICES)
    message = line.bot.sent[-1]
    await line.post(line.bot.presses(BEN, message, data_of(message)))
    assert len(await line.heard()) == 1
    await line.post(line.bot.presses(ANN, message, data_of(message)))
    assert len(await line.heard()) == 2


async def test_a_group_that_moves_takes_its_conversations_along(line: Line) -> None:
    group = line.bot.group(-5, supergroup=False)
    await line.post(line.bot.writes(ANN, group, text="@parley_bot one", entities=NAME))
    await line.post(*line.bot.upgrades(ANN, group, -1005))
    await line.post(line.bot.writes(ANN, line.bot.group(-1005), text="@parley_bot two", entities=NAME))
    heard = await line.heard()
    assert [each.thread for each in heard] == ["-1005:7001", "-1005:7001"]
    assert heard[0].message.conversation == heard[1].message.conversation


async def test_who_blocks_us_is_known_and_who_comes_back_too(line: Line) -> None:
    await line.post(line.bot.says(ANN, "Hello"))
    await line.post(line.bot.blocks(ANN))
    assert await line.shop.world.db.read(_unreachable)
    await line.post(line.bot.blocks(ANN, unblocks=True))
    assert not await line.shop.world.db.read(_unreachable)
    told = await line.shop.world.db.read(_reach_events, await line.conversation())
    assert told == ["ReachChanged", "ReachChanged"]


async def test_who_starts_the_bot_can_be_reached(line: Line) -> None:
    await line.post(line.bot.says(ANN, "Hello"), line.bot.blocks(ANN), line.bot.says(ANN, "/start"))
    assert not await line.shop.world.db.read(_unreachable)


async def test_a_strangers_block_is_nobodys(line: Line) -> None:
    assert await line.post(line.bot.blocks(BEN)) == [200]
    assert await line.heard() == []


def _unreachable(tx: Tx) -> bool:
    found = select(contact_point.c.unreachable_since).where(contact_point.c.address == str(ANN.id))
    return tx.conn.execute(found).scalar_one() is not None


def _reach_events(tx: Tx, conversation: ConversationId) -> list[str]:
    found = select(event.c.type).where(
        event.c.topic == f"conversation:{conversation}", event.c.type == "ReachChanged"
    )
    return list(tx.conn.execute(found).scalars())


async def test_a_start_with_a_payload_is_noted_with_the_conversation(line: Line) -> None:
    await line.post(line.bot.says(ANN, "/start order-77"))
    [heard] = await line.heard()
    assert (heard.texts, dict(heard.context)) == (["/start"], {"start": "order-77"})


async def test_ones_own_card_is_a_claim_and_proves_nothing(line: Line) -> None:
    card = {"phone_number": "491701234567", "first_name": "Ann", "user_id": ANN.id}
    await line.post(line.bot.writes(ANN, contact=card))
    claims = await line.shop.world.db.read(_claims, await line.conversation())
    assert [(each.kind, each.value) for each in claims] == [("phone", "+491701234567")]
    assert await line.shop.world.db.read(find_point, "phone", "+491701234567") is None


def _claims(tx: Tx, conversation: ConversationId) -> list[Any]:
    return list(claims_of(tx, [peek_conversation(tx, conversation).contact]))


async def test_a_link_that_proves_an_account_is_answered_with_a_code_and_no_message(line: Line) -> None:
    await line.post(line.bot.says(ANN, "/start v_unknown"))
    assert await line.heard() == []
    [said] = line.bot.texts()
    assert "of no use" in said


async def test_a_code_that_could_not_be_told_is_told_later(line: Line) -> None:
    line.fails("sendMessage")
    await line.post(line.bot.says(ANN, "/start v_unknown"))
    assert line.bot.texts() == []
    await line.work(20)
    assert len(line.bot.texts()) == 1
    assert await line.waiting() == []


async def test_a_picture_among_words_is_a_part_of_its_message(line: Line) -> None:
    await line.post(line.bot.writes(ANN, caption="see", **photo(line.bot)))
    assert isinstance((await line.heard())[0].parts[1], Attachment)
