"""The one catalogue of texts: Fluent files, a language each, with English behind every gap."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

FALLBACK = "en"


class Texts:
    """Says a key in a language; ``folder`` holds ``<tag>.ftl`` files."""

    def __init__(self, folder: Path) -> None:
        resources = {path.stem: _resource(path) for path in sorted(folder.glob("*.ftl"))}
        self._bundles = {tag: _bundle(tag, resource) for tag, resource in resources.items()}
        self._messages = {tag: _messages(resource) for tag, resource in resources.items()}
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

    def templates(self, group: str, language: str) -> Mapping[str, str]:
        """Every text of ``group-…`` by the rest of its key, with ``{name}`` where a value goes, for programs without Fluent.

        In English where the language has none. Raises ValueError for a text that is more than words and variables.
        """
        found: dict[str, str] = {}
        for tag in reversed(_candidates(language)):
            for entry in self._messages.get(tag, ()):
                first, _, rest = entry.id.name.partition("-")
                if first == group:
                    found[rest] = _template(entry)
        return found


def _candidates(language: str | None) -> tuple[str, ...]:
    """From the exact tag to its language alone to English."""
    if language is None:
        return (FALLBACK,)
    return (language, language.split("-", 1)[0].lower(), FALLBACK)


def _resource(path: Path) -> ast.Resource:
    return FluentResource(path.read_text(encoding="utf-8"))


def _bundle(tag: str, resource: ast.Resource) -> FluentBundle:
    bundle = FluentBundle([tag], use_isolating=False)
    bundle.add_resource(resource)
    return bundle


def _messages(resource: ast.Resource) -> Sequence[ast.Message]:
    return [entry for entry in resource.body if isinstance(entry, ast.Message)]


def _template(message: ast.Message) -> str:
    elements = message.value.elements if message.value is not None else ()
    return "".join(_piece(element, message.id.name) for element in elements)


def _piece(element: ast.TextElement | ast.Placeable, key: str) -> str:
    match element:
        case ast.TextElement(value=str(text)):
            return text
        case ast.Placeable(expression=ast.VariableReference(id=ast.Identifier(name=str(name)))):
            return f"{{{name}}}"
        case ast.Placeable(expression=ast.StringLiteral() as literal):
            return str(literal.parse()["value"])
        case _:
            raise ValueError(f"{key} is more than words and variables")


def _format(bundle: FluentBundle, key: str, values: Mapping[str, str | float]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, dict(values))
    if errors:
        raise KeyError(f"{key}: {errors[0]}")
    return str(text)
