"""Markdown with front matter: YAML between two lines of ---, then the text; read and written."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

from core.errors import Invalid
from knowledge.transfer.plain_yaml import dump, load

_FENCE = "---"
_FRONT_CHARACTERS = 100_000
_NAME = re.compile(r"\s*([\"']?)([\w-]+)\1\s*:(?:\s|$)")


def split(where: str, text: str, known: Collection[str]) -> tuple[Mapping[str, Any], str]:
    """The fields and the text below them; no fields where the first line is a line of a text, or a break in one.

    A second line that names a field begins front matter, even if it has no end where the field is one of ``known``.
    Raises Invalid, which names the file and the line.
    """
    text = text.replace("\r\n", "\n")
    first, _, rest = text.partition("\n")
    if first.rstrip() != _FENCE:
        return {}, text.strip()
    lines = rest.split("\n")
    end = next((number for number, line in enumerate(lines) if line.rstrip() == _FENCE), None)
    name = next((found[2] for found in map(_NAME.match, _told(lines)) if found), None)
    if end is None and name in known:
        raise Invalid(where, "front matter between two lines of ---")
    if end is None or (name is None and any(map(str.strip, lines[:end]))):
        return {}, text.strip()
    front = "\n".join([*lines[:end], ""])
    if len(front) > _FRONT_CHARACTERS:
        raise Invalid(where, f"at most {_FRONT_CHARACTERS} characters of front matter")
    fields = load(where, front, first_line=2)
    if fields is not None and not isinstance(fields, Mapping):
        raise Invalid(where, "front matter with a name and a value on each line")
    return fields or {}, "\n".join(lines[end + 1 :]).strip()


def _told(lines: Iterable[str]) -> Iterator[str]:
    """What follows at once and is no comment."""
    for line in takewhile(str.strip, lines):
        if not line.startswith("#"):
            yield line
            return


def joined(fields: Mapping[str, Any], body: str) -> str:
    """One file's text."""
    return f"{_FENCE}\n{dump(fields)}{_FENCE}\n\n{body}\n"
