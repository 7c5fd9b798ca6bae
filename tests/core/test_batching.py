"""How much the router and the relay do in one transaction."""

from core.batching import Batching


def test_what_takes_long_is_done_in_smaller_parts_and_never_in_none() -> None:
    batching = Batching(256, 0.5)
    sizes = []
    for _ in range(8):
        batching.took(batching.size, 0.6)
        sizes.append(batching.size)
    assert sizes == sorted(sizes, reverse=True)
    assert 0 < batching.size < 8


def test_what_is_quick_grows_to_what_is_allowed_and_no_further() -> None:
    batching = Batching(100, 0.5)
    for _ in range(8):
        batching.took(batching.size, 0.01)
    assert batching.size == 100


def test_a_few_that_took_long_would_take_as_long_in_smaller_parts() -> None:
    batching = Batching(256, 0.5)
    before = batching.size
    for many in (0, 1, 3):
        batching.took(many, 9.0)
    assert batching.size == before


def test_few_events_that_are_quick_say_nothing_of_many() -> None:
    batching = Batching(256, 0.5)
    before = batching.size
    batching.took(before - 1, 0.01)
    batching.took(before, 0.3)
    assert batching.size == before


def test_who_allows_few_gets_no_more() -> None:
    assert Batching(2, 0.5).size == 2
    batching = Batching(2, 0.5)
    batching.took(2, 9.0)
    assert batching.size == 2
