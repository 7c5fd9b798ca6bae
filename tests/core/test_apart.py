"""Work in a process of its own: its answer, its error, and its end when it takes too much."""

import os
import time

import pytest

from core.apart import Apart
from core.errors import Invalid, TooMuch

pytestmark = pytest.mark.served

MEMORY = 300_000_000


def refusing(field: str) -> None:
    raise Invalid(field, "something else")


def filling(size: int) -> int:
    return len(bytearray(size))


async def test_what_it_returns_and_what_it_raises_comes_back() -> None:
    apart = Apart(20, MEMORY)
    assert await apart.run(filling, 10) == 10
    assert await apart.run(os.getpid) != os.getpid()
    with pytest.raises(Invalid, match="title: expected something else") as refused:
        await apart.run(refusing, "title")
    assert (refused.value.field, refused.value.expected) == ("title", "something else")


async def test_what_takes_too_long_too_much_or_dies_is_ended_and_the_next_one_works() -> None:
    apart = Apart(0.5, MEMORY)
    with pytest.raises(TooMuch, match=r"longer than 0\.5 seconds"):
        await apart.run(time.sleep, 60)
    with pytest.raises(TooMuch, match="more memory than 300000000 bytes"):
        await apart.run(filling, 2 * MEMORY)
    with pytest.raises(TooMuch, match="ended its process"):
        await apart.run(os._exit, 7)
    assert await apart.run(filling, 10) == 10
