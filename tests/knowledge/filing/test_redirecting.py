"""Where many redirects lead, and what goes round in a circle."""

import pytest

from core.errors import Invalid
from knowledge.filing.redirecting import ends_of


def test_each_leads_to_its_end() -> None:
    known = {"a": "b", "b": "c", "x": "c"}
    assert ends_of(known, known) == {"a": "c", "b": "c", "x": "c"}
    assert ends_of(known, ["x"]) == {"x": "c"}


def test_a_way_round_is_named() -> None:
    with pytest.raises(Invalid, match="b → c → b goes round"):
        ends_of({"a": "b", "b": "c", "c": "b"}, ["a"])


def test_a_chain_of_twenty_thousand_is_followed_once() -> None:
    known = {f"s{count}": f"s{count + 1}" for count in range(20_000)}
    assert set(ends_of(known, known).values()) == {"s20000"}
    with pytest.raises(Invalid, match="… → s0 goes round"):
        ends_of({**known, "s20000": "s0"}, known)
