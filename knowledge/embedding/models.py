"""Which model reads which language: loaded when first asked for, once a process; None where there is none."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from threading import Lock

from core.errors import Unavailable
from knowledge.embedding.contract import Embedder, Remote
from knowledge.embedding.settings import E5, FOLDER, MINILM, NO_MODEL, SERVICE, USE, EmbeddingSettings

ENGLISH = "en"

Load = Callable[[], Embedder]

log = logging.getLogger(__name__)


_UNLIKE = (
    "What time does the shop open on Saturday?",
    "My screen stays black after the update.",
    "The soup needs two more carrots.",
    "How do I change the language of the app?",
    "She won the race in the last minute.",
    "Can I pay the rent in two parts?",
    "The train to the coast was late again.",
    "Which vaccine does a puppy need first?",
    "Write a poem about the sea.",
    "Where is my parcel?",
)


def background(model: Embedder) -> float:
    """The model's mean cosine of texts that have nothing in common: some models hold everything to be alike."""
    if model.fingerprint not in _backgrounds:
        _backgrounds[model.fingerprint] = _background(model)
    return _backgrounds[model.fingerprint]


_backgrounds: dict[str, float] = {}


def _background(model: Embedder) -> float:
    rows = model.questions(_UNLIKE)
    count = len(_UNLIKE)
    return float((rows @ rows.T).sum() - (rows * rows).sum()) / (count * (count - 1))


@dataclass(frozen=True, slots=True)
class State:
    """How a model is; not ``ok``: texts in its languages are found by words alone."""

    name: str
    ok: bool
    detail: str


class Models:
    """``of`` loads a model, for seconds: in a worker, never on the event loop. ``loaded`` only looks."""

    def __init__(self, settings: EmbeddingSettings, more: Mapping[str, Load] | None = None) -> None:
        """``more`` are the models that need something given, by name: a folder, a service."""
        self._settings = settings
        self._load: dict[str, Load] = {**_OWN, **(more or {})}
        self._models: dict[str, Embedder | None] = {NO_MODEL: None}
        self._lock = Lock()

    def of(self, language: str) -> Embedder | None:
        """The model for texts of a language."""
        return self._named(self._settings.english if language == ENGLISH else self._settings.other)

    def between(self) -> Embedder | None:
        """The model that compares texts of two languages."""
        other = self._settings.other
        return None if other == MINILM else self._named(other)

    def for_articles(self, language: str) -> tuple[Embedder, ...]:
        """All whose vectors the articles of a language need."""
        both = (self.of(language), self.between())
        return tuple({each.fingerprint: each for each in both if each is not None}.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Those that settings ask for."""
        chosen = (self._settings.english, self._settings.other)
        return tuple(name for name in dict.fromkeys(chosen) if name != NO_MODEL)

    def at_work(self) -> list[str] | None:
        """The fingerprints of all that settings ask for; None while one of them is not at work."""
        models = [self._models.get(name) for name in self.names]
        if any(model is None for model in models) or not all(state.ok for state in self.states()):
            return None
        return [model.fingerprint for model in models if model is not None]

    def states(self) -> list[State]:
        """How the models that settings ask for are; asks none of them."""
        return [self._state(name) for name in self.names]

    def _state(self, name: str) -> State:
        if name not in self._models:
            return State(name, ok=True, detail="not loaded yet")
        model = self._models[name]
        if model is None:
            return State(name, ok=False, detail="cannot be loaded, see the log")
        trouble = model.trouble if isinstance(model, Remote) else None
        if trouble is None:
            return State(name, ok=True, detail="at work")
        return State(
            name, ok=False, detail=f"left alone since {trouble.since:%Y-%m-%d %H:%M} UTC: {trouble.why}"
        )

    def _named(self, name: str) -> Embedder | None:
        with self._lock:
            if name not in self._models:
                self._models[name] = self._loaded(name)
            model = self._models[name]
        if isinstance(model, Remote):
            try:
                model.ready()
            except Unavailable:
                return None
        return model

    def _loaded(self, name: str) -> Embedder | None:
        try:
            model = self._load[name]()
        except Exception:
            # Whatever a package of somebody else's does wrong, search goes on by words alone.
            log.exception(
                "the model %s cannot be loaded; texts in its languages are found by words alone", name
            )
            return None
        log.info("the model %s is loaded", name)
        return model


def _own(module: str, name: str) -> Load:
    def load() -> Embedder:
        arrays = import_module("knowledge.embedding.arrays")
        model: Embedder = getattr(import_module(f"knowledge.embedding.{module}"), name)()
        arrays.one_thread()
        return model

    return load


_OWN: Mapping[str, Load] = {
    MINILM: _own("minilm", "MiniLm"),
    USE: _own("use", "Use"),
    E5: _own("e5", "E5"),
}
OTHERS = (FOLDER, SERVICE)
