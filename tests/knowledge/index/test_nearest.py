"""The nearest articles by their vectors: exact or by faiss, with changes on top, the same after a start."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.index import nearest
from knowledge.index.nearest import Nearest, load, no_rows, rows_of, save

pytestmark = pytest.mark.served

SIZE = 16


def vectors(count: int, seed: int = 1) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).standard_normal((count, SIZE)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def some(count: int = 300, each: int = 3) -> Nearest:
    """Articles 1 to ``count`` with three vectors each."""
    places = np.repeat(np.arange(1, count + 1, dtype=np.uint64), each)
    return Nearest(rows_of(places, vectors(count * each)))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> Nearest:
    """So many that faiss finds them."""
    monkeypatch.setattr(nearest, "EXACT_ROWS", 500)
    made = some()
    assert made.rows.coarse is not None
    return made


def test_an_articles_own_vector_is_nearest_to_it() -> None:
    found = some()
    assert list(found.best(vectors(900)[10], 1)) == [4]


def test_how_near_an_article_is_counts_its_closest_vector_and_the_middle_of_all() -> None:
    found = some()
    own = vectors(900)[9:12]
    middle = own.sum(axis=0) / np.linalg.norm(own.sum(axis=0))
    assert found.cosine(own[1], 4) == pytest.approx((1.0 + float(own[1] @ middle)) / 2)
    assert found.cosine(middle, 4) == pytest.approx((float((own @ middle).max()) + 1.0) / 2)
    assert found.cosine(own[1], 1000) is None
    assert found.with_changes({4: np.zeros((2, SIZE), np.float32)}, ()).cosine(own[1], 4) == 0.0


def test_faiss_finds_what_comparing_with_all_finds(many: Nearest) -> None:
    exact = some()
    for asked in vectors(50, seed=2):
        assert next(iter(many.best(asked, 3))) == next(iter(exact.best(asked, 3)))
        assert many.cosine(asked, 7) == pytest.approx(exact.cosine(asked, 7), abs=0.01)


@pytest.mark.parametrize("exact", [True, False])
def test_changes_take_the_place_of_what_was_there(exact: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.setattr(nearest, "EXACT_ROWS", 10_000 if exact else 500)
    before = some()
    old, new = vectors(900)[10], vectors(1, seed=9)
    after = before.with_changes({4: new, 1000: vectors(2, seed=8)}, [5])
    assert list(after.best(new[0], 1)) == [4]
    assert 4 not in after.best(old, 10)
    assert 5 not in after.best(vectors(900)[13], 10)
    assert after.cosine(vectors(900)[13], 5) is None
    assert list(after.best(vectors(2, seed=8)[1], 1)) == [1000]
    assert after.places == ({*range(1, 301), 1000} - {5})
    back = after.with_changes({5: vectors(900)[12:15]}, [4])
    assert list(back.best(vectors(900)[13], 1)) == [5]
    assert back.cosine(new[0], 4) is None
    assert list(before.best(old, 1)) == [4]


def test_changes_are_put_together_and_nothing_is_lost() -> None:
    grown = Nearest(no_rows())
    rows = vectors(2_000)
    for start in range(0, 2_000, 100):
        grown = grown.with_changes(
            {place: rows[place : place + 1] for place in range(start, start + 100)}, []
        )
    assert len(grown.rows.places) > 0
    assert grown.places == set(range(2_000))
    assert all(list(grown.best(rows[place], 1)) == [place] for place in range(0, 2_000, 97))


def test_what_was_saved_is_found_again(many: Nearest, tmp_path: Path) -> None:
    changed = many.with_changes({4: vectors(2, seed=9)}, [5])
    save(changed, tmp_path / "kept")
    again = load(tmp_path / "kept")
    assert again.places == changed.places
    for asked in vectors(20, seed=3):
        assert again.best(asked, 5) == changed.best(asked, 5)


def test_places_of_all_64_bits_are_told_apart() -> None:
    high, low = 2**64 - 3, 7
    found = Nearest(rows_of(np.array([high, low], np.uint64), vectors(2)))
    assert list(found.best(vectors(2)[0], 1)) == [high]
    assert found.cosine(vectors(2)[0], high) == pytest.approx(1.0)
