"""Articles from Markdown files with front matter: one file an article and language, files of one name together.

---
title: How to return something
category: Returns
questions:
  - How do I send a lamp back?
---
You can return …
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import Invalid
from core.ids import AgentId, ArticleId
from core.store.tx import Tx
from knowledge import library, store
from knowledge.article import Content
from knowledge.library import Edit

_FENCE = "---"
_SINGLE = frozenset({"title", "category"})
_LISTS = frozenset({"questions"})


@dataclass(frozen=True, slots=True)
class Source:
    """What one file says; ``slug`` is its name without ``.md``, ``language`` that of its folder."""

    slug: str
    language: str
    category: str
    content: Content


def read_folder(folder: Path) -> list[Source]:
    """Every ``<language>/<slug>.md`` below ``folder``, in order; raises Invalid, which names the file."""
    return [
        parse(path.read_text(encoding="utf-8"), slug=path.stem, language=path.parent.name)
        for path in sorted(folder.glob("*/*.md"))
    ]


def parse(text: str, *, slug: str, language: str) -> Source:
    """One file's text as a source; raises Invalid with the file and the line."""
    where = f"{language}/{slug}.md"
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        raise Invalid(where, "front matter between two lines of ---")
    end = next(number for number, line in enumerate(lines) if number and line.strip() == _FENCE)
    singles, lists = _front_matter(where, lines[1:end])
    for name in sorted(_SINGLE - singles.keys()):
        raise Invalid(f"{where}: {name}", "one line of text")
    body = "\n".join(lines[end + 1 :]).strip()
    return Source(
        slug, language, singles["category"], Content(singles["title"], body, tuple(lists["questions"]))
    )


def _front_matter(where: str, lines: Iterable[str]) -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    singles: dict[str, str] = {}
    lists: dict[str, list[str]] = defaultdict(list)
    current: str | None = None
    for number, line in enumerate(lines, start=2):
        stripped = line.strip()
        name, colon, value = stripped.partition(":")
        if not stripped:
            continue
        if current is not None and stripped.startswith("- "):
            lists[current].append(_unquoted(stripped[2:]))
        elif colon and name in _SINGLE and value.strip():
            singles[name], current = _unquoted(value), None
        elif colon and name in _LISTS and not value.strip():
            current = name
        else:
            expected = f"one of {', '.join(sorted(_SINGLE | _LISTS))}, or a line of a list (- …)"
            raise Invalid(f"{where}, line {number}", expected)
    return singles, lists


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def import_sources(tx: Tx, sources: Iterable[Source], author: AgentId | None = None) -> list[ArticleId]:
    """Create and publish those that are not there yet; what is there already is left as editors made it.

    Returns the articles that got something new.
    """
    touched: dict[ArticleId, None] = {}
    for source in sources:
        found = store.find_by_slug(tx, source.slug)
        if found is None:
            article = library.create(
                tx,
                source.language,
                source.content,
                category=source.category,
                author=author,
                slug=source.slug,
            )
        elif source.language not in found.editions:
            article = library.edit(tx, found.id, source.language, Edit(source.content, base=0), author)
        else:
            continue
        library.publish(tx, article.id, source.language, 1)
        touched[article.id] = None
    return list(touched)
