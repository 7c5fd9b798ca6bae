"""The one catalogue of texts: Fluent files, a language each, with English behind every gap."""

import re
from collections.abc import Mapping
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

FALLBACK = "en"

_ENTRY = re.compile(r"^(?=(-?[A-Za-z][\w-]*) *=)", re.MULTILINE)


_MADE_UP = frozenset({"XA", "XB"})


class Texts:
    """Says a key in a language; ``folder`` holds ``<tag>.ftl`` files.

    A text is parsed when it is first asked for: most are the console's, which parses them itself.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        paths = sorted(folder.glob("*.ftl"))
        self._sources = {path.stem: _entries(path.read_text(encoding="utf-8")) for path in paths}
        self._messages: dict[str, dict[str, ast.Message]] = {tag: {} for tag in self._sources}
        self._bundles = {tag: FluentBundle([tag], use_isolating=False) for tag in self._sources}
        if FALLBACK not in self._bundles:
            raise FileNotFoundError(f"{folder} holds no {FALLBACK}.ftl")

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags there are files for."""
        return tuple(self._bundles)

    @property
    def spoken(self) -> tuple[str, ...]:
        """Those of them that people speak: regions reserved for private use are of made-up languages, for tests of what is shown."""
        return tuple(each for each in self.languages if each.rpartition("-")[2] not in _MADE_UP)

    def say(self, key: str, language: str | None, /, **values: str | float) -> str:
        """The text; in English where the language has none. Raises KeyError for an unknown key."""
        for tag in _candidates(language):
            if key in self._sources.get(tag, ()):
                self._parsed(tag, key)
                return _format(self._bundles[tag], key, values)
        raise KeyError(key)

    def templates(self, group: str, language: str) -> Mapping[str, str]:
        """Every text of ``group-…`` by the rest of its key, with ``{name}`` where a value goes, for programs without Fluent.

        In English where the language has none. Raises ValueError for a text that is more than words and variables.
        """
        found: dict[str, str] = {}
        for tag in reversed(_candidates(language)):
            for key in self._sources.get(tag, ()):
                first, _, rest = key.partition("-")
                if first == group:
                    found[rest] = _template(self._parsed(tag, key))
        return found

    def _parsed(self, tag: str, key: str) -> ast.Message:
        found = self._messages[tag].get(key)
        if found is None:
            resource = FluentResource(self._sources[tag][key])
            (found,) = (entry for entry in resource.body if isinstance(entry, ast.Message))
            self._bundles[tag].add_resource(resource)
            self._messages[tag][key] = found
        return found


def _candidates(language: str | None) -> tuple[str, ...]:
    """From the exact tag to its language alone to English."""
    if language is None:
        return (FALLBACK,)
    return (language, language.split("-", 1)[0].lower(), FALLBACK)


def _entries(content: str) -> Mapping[str, str]:
    """What each key stands for, as it is written."""
    starts = list(_ENTRY.finditer(content))
    ends = [each.start() for each in starts[1:]] + [len(content)]
    return {each[1]: content[each.start() : end] for each, end in zip(starts, ends, strict=True)}


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
