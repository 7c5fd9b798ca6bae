"""What makes a snippet or a variable fit to be stored: its name, its texts, and that none contains itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Invalid
from knowledge.article import checked_language, without_controls
from knowledge.rendering.parsing import used_names
from knowledge.rendering.values import NAME, Kind
from knowledge.writing.settings import ReusableSettings

_NAME = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class New:
    """One that is to be added; ``texts`` by language."""

    name: str
    kind: Kind
    texts: Mapping[str, str]


def checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Invalid("name", "a lower-case letter, and then at most 63 lower-case letters, digits, - and _")
    return name


def checked_texts(kind: Kind, texts: Mapping[str, str], settings: ReusableSettings) -> dict[str, str]:
    """Without empty ones and stray space. Raises Invalid, which names the language."""
    kept = {}
    for language, text in texts.items():
        field = f"texts.{checked_language(language)}"
        words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        most = settings.snippet_characters if kind is Kind.SNIPPET else settings.variable_characters
        if len(words) > most:
            raise Invalid(field, f"at most {most} characters, not {len(words)}")
        if kind is Kind.VARIABLE and "\n" in words:
            raise Invalid(field, "one line; a snippet may have more")
        without_controls(field, words)
        if words:
            kept[language] = words
    if not kept:
        raise Invalid("texts", "a text in one language at least")
    return kept


def names_in(texts: Mapping[str, str]) -> frozenset[str]:
    """The reusables that it names in any language."""
    return frozenset(name for text in texts.values() for name in used_names(text))


def check_cycle(name: str, inside: Mapping[str, frozenset[str]]) -> None:
    """``inside``: what each of them names. Raises Invalid ``cycle`` with the way that leads back to ``name``."""
    way = _way_back(name, inside)
    if way is not None:
        raise Invalid("texts", f"a snippet that does not contain itself ({' → '.join(way)})", code="cycle")


def _way_back(name: str, inside: Mapping[str, frozenset[str]]) -> list[str] | None:
    ways = [[name]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for each in sorted(inside.get(way[-1], ())):
            if each == name:
                return [*way, name]
            if each not in seen:
                seen.add(each)
                ways.append([*way, each])
    return None
