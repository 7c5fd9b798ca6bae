"""What each kind of update means to us; the updates have the form that Telegram gives them, the people are made up."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from telegram import Update

from channels.telegram.place import Where
from channels.telegram.receiving.reading import Reading, read
from channels.telegram.receiving.told import LeftOut, Moved, Press, Reach, Said, Told, Wanted
from channels.telegram.receiving.words import Us
from core.message import Location, SharedContact, Text
from tests.channels.shop import TEXTS

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
US = Us(123456789, "parley_bot")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEW = 20_000


def told(update: dict[str, Any], *, groups: bool = True, most_bytes: int = 20_000_000) -> Told:
    def say(key: str, **values: str) -> str:
        return TEXTS.say(key, "en", **values)

    made = Update.de_json(update, None)
    return read(made, Reading(US, groups, most_bytes, say, NOW))


def recorded(name: str) -> dict[str, Any]:
    return msgspec.json.decode((FIXTURES / f"{name}.json").read_bytes(), type=dict[str, Any])


def pieces(name: str, **how: Any) -> tuple[object, ...]:
    found = told(recorded(name), **how)
    assert isinstance(found, Said)
    return found.pieces


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("first", (Text("Where is my parcel?"),)),
        (
            "photo",
            (
                Text("The lamp flickers 💡 see (https://shop.example/lamp) here"),
                Wanted("BQACAgIAAxkBAAI0003", "photo-20260302-090001.jpg", 50929),
            ),
        ),
        ("document", (Wanted("BQACAgIAAxkBAAI0004", "invoice 12.pdf", 80031),)),
        ("voice", (Wanted("BQACAgIAAxkBAAI0005", "voice-20260302-090003.ogg", 13021),)),
        ("audio", (Wanted("BQACAgIAAxkBAAI0006", "Autumn Leaves.mp3", 9095212),)),
        ("video", (Text("It blinks"), Wanted("BQACAgIAAxkBAAI0007", "IMG_1.MP4", 912345))),
        ("video_note", (Wanted("BQACAgIAAxkBAAI0008", "video-20260302-090006.mp4", 81234),)),
        ("animation", (Wanted("BQACAgIAAxkBAAI0009", "cat.mp4", 45678),)),
        ("sticker", (Wanted("BQACAgIAAxkBAAI0010", "sticker.webp", 25734, instead="👍"),)),
        ("sticker_animated", (Text("🎉"),)),
        ("location", (Location(52.52, 13.405),)),
        ("venue", (Location(52.5163, 13.3777, "Brandenburg Gate", "Pariser Platz"),)),
        ("contact", (SharedContact("Carl Gauss", "+4930123456"),)),
        ("poll", (Text("Poll: Which lamp?\n- Red\n- Blue"),)),
        ("dice", (Text("🎲 4"),)),
        ("story", (Text("(Something that cannot be shown here: story)"),)),
        ("newer", (Text("(Something that cannot be shown here: hologram)"),)),
        ("forwarded", (Text("Forwarded from Carl Gauss:"), Text("Your parcel is late"))),
        ("forwarded_hidden", (Text("Forwarded from Lamp news:"), Text("Read this"))),
        ("links", (Text("👨‍👩‍👧 see the shop (https://shop.example/) or https://shop.example now"),)),
        ("start", (Text("/start"),)),
    ],
)
def test_each_kind_of_message_becomes_parts(name: str, parts: tuple[object, ...]) -> None:
    assert tuple(_plain(piece) for piece in pieces(name)) == parts


def _plain(piece: object) -> object:
    return Text(piece.text.replace("\u2068", "").replace("\u2069", "")) if isinstance(piece, Text) else piece


def test_of_a_photo_the_largest_that_fits_is_wanted() -> None:
    wanted = pieces("photo", most_bytes=FEW)[-1]
    assert isinstance(wanted, Wanted)
    assert wanted.size == 14603


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("pinned", "service"),
        ("channel_post", "channel_post"),
        ("other_bot", "bot"),
        ("edited_location", "live_location"),
        ("unasked", "unasked"),
    ],
)
def test_what_is_nobodys_message_is_left_out_with_a_reason(name: str, why: str) -> None:
    assert told(recorded(name)) == LeftOut(why)


def test_a_start_has_its_payload() -> None:
    found = told(recorded("start"))
    assert isinstance(found, Said)
    assert found.start == "order-77"


def test_only_ones_own_card_says_something_of_oneself() -> None:
    own, other = told(recorded("own_card")), told(recorded("contact"))
    assert isinstance(own, Said)
    assert isinstance(other, Said)
    assert (own.card, other.card) == ("491701234567", None)


def test_who_blocks_the_bot_cannot_be_reached() -> None:
    found = told(recorded("blocked"))
    assert isinstance(found, Reach)
    assert (found.person.id, found.reachable) == (7001, False)


def in_group(text: str, entities: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    update = recorded("first")
    update["message"] |= {
        "chat": {"id": -1002, "title": "Shop", "type": "supergroup"},
        "text": text,
        "entities": entities,
        **more,
    }
    return update


def mention(offset: int = 0) -> dict[str, Any]:
    return {"type": "mention", "offset": offset, "length": 11}


TO_US = {"message_id": 9, "date": 1, "chat": {"id": -1002, "type": "supergroup"}, "text": "Hello!"} | {
    "from": {"id": US.id, "is_bot": True, "first_name": "Parley"}
}


@pytest.mark.parametrize(
    ("update", "text"),
    [
        (in_group("@Parley_Bot where is it?", [mention()]), "where is it?"),
        (in_group("where is it, @parley_bot?", [mention(13)]), "where is it, @parley_bot?"),
        (in_group("/help@parley_bot now", [{"type": "bot_command", "offset": 0, "length": 16}]), "/help now"),
        (in_group("and mine?", [], reply_to_message=TO_US), "and mine?"),
        (
            in_group(
                "bot, where?", [{"type": "text_mention", "offset": 0, "length": 3, "user": TO_US["from"]}]
            ),
            ", where?",
        ),
    ],
)
def test_in_a_group_who_speaks_to_the_bot_is_heard(update: dict[str, Any], text: str) -> None:
    found = told(update)
    assert isinstance(found, Said)
    assert found.where == Where(-1002, 7001)
    assert found.pieces == (Text(text),)


@pytest.mark.parametrize(
    "update",
    [
        in_group("where is it?", []),
        in_group("@other_bot where is it?", [{"type": "mention", "offset": 0, "length": 10}]),
        in_group("/help", [{"type": "bot_command", "offset": 0, "length": 5}]),
        in_group("/help@other_bot", [{"type": "bot_command", "offset": 0, "length": 15}]),
        in_group(
            "and mine?", [], reply_to_message=TO_US | {"forum_topic_created": {"name": "x", "icon_color": 1}}
        ),
    ],
)
def test_in_a_group_who_does_not_is_left_out(update: dict[str, Any]) -> None:
    assert told(update) == LeftOut("group")


def test_where_groups_are_not_wanted_nobody_is_heard_there() -> None:
    assert told(in_group("@parley_bot hi", [mention()]), groups=False) == LeftOut("group")


def test_a_group_that_moves_says_where_to() -> None:
    update = recorded("first")
    update["message"] = {key: value for key, value in update["message"].items() if key != "text"} | {
        "chat": {"id": -5, "title": "Shop", "type": "group"},
        "migrate_to_chat_id": -1005,
    }
    assert told(update) == Moved(-5, -1005)


def test_a_press_says_who_where_and_what() -> None:
    update = {
        "update_id": 5,
        "callback_query": {
            "id": "77",
            "from": recorded("first")["message"]["from"],
            "message": TO_US,
            "chat_instance": "1",
            "data": "m:1",
        },
    }
    found = told(update)
    assert isinstance(found, Press)
    assert (found.query, found.where, found.message, found.data) == ("77", Where(-1002, 7001), 9, "m:1")


@pytest.mark.parametrize("offset", [-1, 500, 3])
def test_marks_outside_of_the_text_do_no_harm(offset: int) -> None:
    link = {"type": "text_link", "offset": offset, "length": 400, "url": "https://evil.example"}
    update = recorded("first")
    update["message"]["entities"] = [link]
    found = told(update)
    assert isinstance(found, Said)
    assert found.pieces == (Text("Where is my parcel?"),)
