"""A header block taken apart: names, values on one line each, and the parameters of those that have some."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from channels.email.parsing.charsets import decode
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.words import clean, decoded

_END: Final = re.compile(rb"\n\r*\n|\A\r*\n")
_BLANK: Final = re.compile(rb"[\r\n]*")
_FIELD: Final = re.compile(r"([!-9;-~]{1,100})[ \t]*:")
_PARAMETER: Final = re.compile(r""";\s*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))""", re.DOTALL)
_PARAMETERS = 8_000
"""Characters of a structured header that are looked at."""


@dataclass(frozen=True, slots=True)
class Headers:
    """``fields``: by name in lower case, the values in order, still encoded; ``cut`` where a limit ended it."""

    fields: Mapping[str, tuple[str, ...]]
    cut: bool = False
    guessed: bool = False

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def get(self, name: str) -> str:
        """The first value, raw and unfolded; empty where there is none."""
        values = self.fields.get(name)
        return values[0] if values else ""

    def all(self, name: str) -> tuple[str, ...]:
        return self.fields.get(name, ())

    def words(self, name: str) -> str:
        """The first value as a person reads it: decoded, on one line."""
        return decoded(self.get(name))


def blank_lines(raw: bytes) -> int:
    """How many bytes of line ends it begins with."""
    found = _BLANK.match(raw)
    return found.end() if found else 0


def split_head(raw: bytes) -> tuple[bytes, int]:
    """The header block, and where the body begins; a block without an end is all there is."""
    start = blank_lines(raw)
    found = _END.search(raw, start)
    if found is None:
        return raw[start:], len(raw)
    return raw[start : found.start()], found.end()


def read_headers(head: bytes, limits: ParseLimits) -> tuple[Headers, int | None]:
    """The headers, and where in ``head`` a body begins that no empty line announced, if one does."""
    cut = len(head) > limits.header_bytes
    text, guessed = _text(head[: limits.header_bytes])
    fields: dict[str, list[str]] = {}
    body: int | None = None
    for count, (name, value, line) in enumerate(_fields(text)):
        if name is None:
            body = sum(len(each) + 1 for each in head.split(b"\n", line)[:line])
            break
        if count >= limits.headers:
            cut = True
            break
        cut = cut or len(value) > limits.header_characters
        fields.setdefault(name, []).append(value[: limits.header_characters])
    return Headers({name: tuple(values) for name, values in fields.items()}, cut, guessed), body


def _text(head: bytes) -> tuple[str, bool]:
    """Raw 8-bit headers are UTF-8, or each line is in whatever its bytes look like."""
    try:
        return head.decode("utf-8"), False
    except UnicodeDecodeError:
        return "\n".join(decode(line, None)[0] for line in head.split(b"\n")), True


def _fields(text: str) -> Iterator[tuple[str | None, str, int]]:
    """Each header's name, value and last line; a name of None is the line where something that is no header begins."""
    lines = text.split("\n")
    name, value = "", list[str]()
    for number, line in enumerate(lines):
        if line[:1] in {" ", "\t"}:
            value.append(line.rstrip("\r"))
        elif (field := _FIELD.match(line)) is not None:
            if name:
                yield name, clean("".join(value)), number
            name, value = field[1].lower(), [line[field.end() :].rstrip("\r")]
        elif not _stray(lines, number):
            if name:
                yield name, clean("".join(value)), number
            yield None, "", number
            return
    if name:
        yield name, clean("".join(value)), len(lines)


def _stray(lines: list[str], number: int) -> bool:
    """A line that is no header among headers is passed over; before anything else it is where the body begins."""
    if not lines[number].strip() or (number == 0 and lines[0].startswith(("From ", ">From "))):
        return True
    after = lines[number + 1] if number + 1 < len(lines) else ""
    return bool(after) and _FIELD.match(after) is not None


def value_and_parameters(value: str) -> tuple[str, dict[str, str]]:
    """`text/plain; charset=x` as `text/plain` and its parameters, those of RFC 2231 put together and decoded."""
    value = value[:_PARAMETERS]
    main, _, rest = value.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for found in _PARAMETER.finditer(";" + rest):
        name = found[1].lower()
        text = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3].strip().strip('"')
        base, star, number = name.partition("*")
        if not star:
            plain.setdefault(name, text)
            continue
        digits = number.rstrip("*")
        index = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0  # noqa: PLR2004
        pieces.setdefault(base, {})[index] = (name.endswith("*"), text)
    for base, numbered in pieces.items():
        plain[base] = _joined(numbered)
    return main.strip().lower(), plain


def _joined(numbered: Mapping[int, tuple[bool, str]]) -> str:
    charset, raw = None, b""
    for place, index in enumerate(sorted(numbered)):
        escaped, text = numbered[index]
        if place == 0 and escaped and text.count("'") >= 2:  # noqa: PLR2004
            charset, _, text = text.split("'", 2)
        raw += unquote_to_bytes(text) if escaped else text.encode("utf-8", "replace")
    return clean(decode(raw, charset or "utf-8")[0])
