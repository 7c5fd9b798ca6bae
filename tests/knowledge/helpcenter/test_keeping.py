"""What is kept in memory is bounded in number and bytes, and never older than it says."""

import pytest

from knowledge.helpcenter.keeping import Cache, Few, made, takes_gzip


def test_pages_fit_in_the_memory_they_are_given() -> None:
    cache = Cache(20_000, 1_000)
    for number in range(100):
        cache.put(number, 1, made("x" * 1000 + str(number)))
    assert 5 < len(cache) < 20
    assert cache.get(0, 1) is None
    assert cache.get(99, 1) is not None
    cache.put("old", 0, made("made before"))
    assert cache.get("old", 1) is None
    assert cache.get(99, 2) is None


def test_pages_are_not_more_than_they_may_be_however_small() -> None:
    cache = Cache(1_000_000, 3)
    for number in (0, 1, 2):
        cache.put(number, 1, made(str(number)))
    assert cache.get(0, 1) is not None
    cache.put(3, 1, made("3"))
    assert len(cache) == 3
    assert cache.get(1, 1) is None
    assert cache.get(0, 1) is not None


def test_what_was_found_out_is_known_for_one_generation_and_in_a_bounded_number() -> None:
    few = Few[str](2)
    for each in "abc":
        few.put(each, 1, each)
    assert [few.get(each, 1) for each in "abc"] == [None, "b", "c"]
    few.put("late", 0, "of before")
    assert few.get("late", 1) is None
    assert few.get("c", 2) is None


@pytest.mark.parametrize("accepts", ["gzip, br", "br;q=1, gzip;q=0.5"])
def test_a_page_is_packed_for_who_can_unpack_it(accepts: str) -> None:
    assert takes_gzip(accepts)


@pytest.mark.parametrize("accepts", ["gzip;q=0", "gzip; q=0.0, br", ""])
def test_a_page_is_not_packed_for_who_cannot(accepts: str) -> None:
    assert not takes_gzip(accepts)
