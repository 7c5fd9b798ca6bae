"""What a button carries, and what is made of what comes back."""

import pytest

from channels.telegram.callback import CHOSEN, Pressed, data_of, option_at, pressed
from core.ids import MessageId
from core.message import Buttons, Option, Text

ULID = MessageId("01k0000000000000000000000z")


def test_a_button_comes_back_as_the_message_and_the_number_of_its_option() -> None:
    data = data_of(ULID, 12)
    assert len(data.encode()) <= 64
    assert pressed(data) == Pressed(ULID, 12)


@pytest.mark.parametrize(
    "data", [None, "", "x", ":", ":1", "m:", "m:-1", "m:1.0", "m:１", "m:" + "9" * 60, CHOSEN]
)
def test_what_no_button_of_ours_carries_is_nothing(data: str | None) -> None:
    assert pressed(data) is None


def test_options_are_counted_over_all_buttons_of_a_message() -> None:
    a, b, c = (Option(each, each.upper(), f"/{each}") for each in "abc")
    parts = (Buttons((a,)), Text("or"), Buttons((b, c)))
    assert [option_at(parts, number) for number in (0, 1, 2, 3, -1)] == [a, b, c, None, None]
