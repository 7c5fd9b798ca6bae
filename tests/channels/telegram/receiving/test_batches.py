"""What Telegram answered is stored some at a time, and an album in one go."""

from typing import Any

import pytest

from channels.telegram.receiving.batches import batches

LIMIT = 8


def an_update(sign: str) -> dict[str, Any]:
    """A digit is an album, a letter a message of its own."""
    album = {"media_group_id": sign} if sign.isdigit() else {}
    return {"update_id": ord(sign), "message": {"chat": {"id": 1}, **album}}


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        ("", []),
        ("abcd", ["abc", "d"]),
        ("ab111c", ["ab111", "c"]),
        ("ab1c1d1", ["ab1c1d1"]),
        ("abc11122", ["abc", "111"]),
        ("abcdef1g", ["abc", "def", "1g"]),
        ("abc1112", ["abc", "111", "2"]),
        ("abc21211", ["abc"]),
        ("3abc2321", ["3abc232"]),
        ("11111111", ["11111111"]),
    ],
)
def test_no_album_is_cut(said: str, cut: list[str]) -> None:
    news = [an_update(sign) for sign in said]
    found = list(batches(news, 3, LIMIT))
    assert ["".join(chr(each["update_id"]) for each in batch) for batch in found] == cut


def test_the_same_album_number_in_another_chat_is_another_album() -> None:
    here, there = an_update("1"), an_update("1") | {"message": {"chat": {"id": 2}, "media_group_id": "1"}}
    assert list(batches([here, here, here, there], 3, LIMIT)) == [[here, here, here], [there]]


@pytest.mark.parametrize("strange", [None, 7, "message", [], {"message": None}, {"message": {"chat": 5}}])
def test_what_is_no_message_is_passed_on(strange: Any) -> None:
    assert list(batches([strange], 3, 1)) == [[strange]]
