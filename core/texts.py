"""The one catalogue of texts: Fluent files, a language each, with English behind every gap."""

from collections.abc import Mapping
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

FALLBACK = "en"


class Texts:
    """Says a key in a language; ``folder`` holds ``<tag>.ftl`` files."""

    def __init__(self, folder: Path) -> None:
        self._bundles = {path.stem: _bundle(path) for path in sorted(folder.glob("*.ftl"))}
        if FALLBACK not in self._bundles:
            raise FileNotFoundError(f"{folder} holds no {FALLBACK}.ftl")

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags there are files for."""
        return tuple(self._bundles)

    def say(self, key: str, language: str | None, **values: str | float) -> str:
        """The text; in English where the language has none. Raises KeyError for an unknown key."""
        for tag in _candidates(language):
            bundle = self._bundles.get(tag)
            if bundle is not None and bundle.has_message(key):
                return _format(bundle, key, values)
        raise KeyError(key)


def _candidates(language: str | None) -> tuple[str, ...]:
    """From the exact tag to its language alone to English."""
    if language is None:
        return (FALLBACK,)
    return (language, language.split("-", 1)[0].lower(), FALLBACK)


def _bundle(path: Path) -> FluentBundle:
    bundle = FluentBundle([path.stem], use_isolating=False)
    bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def _format(bundle: FluentBundle, key: str, values: Mapping[str, str | float]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, dict(values))
    if errors:
        raise KeyError(f"{key}: {errors[0]}")
    return str(text)
