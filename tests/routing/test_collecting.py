"""The collector waits while everything is read in, and is as it was afterwards, whatever happens."""

import gc
from collections.abc import Iterator

import pytest

from routing.collecting import collecting_later


@pytest.fixture(autouse=True)
def enabled() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.enable()
    yield
    if not was_enabled:
        gc.disable()


def test_nothing_is_collected_within_and_everything_after() -> None:
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_leaves_the_collector_as_it_was() -> None:
    with pytest.raises(ValueError, match="within"), collecting_later():
        raise ValueError("within")
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    with collecting_later():
        pass
    assert not gc.isenabled()
