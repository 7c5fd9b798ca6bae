"""Addresses out of a header: only what can be written to, names decoded after the addresses were taken apart."""

import re
from collections.abc import Iterator
from typing import Final

from channels.email.mail import Address
from channels.email.parsing.headers import Headers
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.words import decoded

_TOKEN: Final = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.){0,1000})"|\((?P<comment>(?:[^()\\]|\\.){0,1000})\)|<(?P<angle>[^<>]{0,1000})>'
    r"|(?P<mark>[,;:])|(?P<text>[^\"(<,;:\s]+|[\"(<])|(?P<gap>\s+)",
    re.DOTALL,
)
_LOCAL: Final = re.compile(r"[^\s@()<>,;:\\\"\[\]\x00-\x20\x7f]{1,64}")
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f.:]{{2,60}}\]|\[ipv6:[0-9a-f.:]{{2,60}}\]")
_LONGEST = 254
_NAME = 200
_WORDS = 40
"""Words and gaps of a name with unquoted commas in it."""


def address_of(text: str) -> str | None:
    """``local@domain`` in lower case, the domain as DNS writes it; None for what is no address."""
    local, at, domain = text.strip().strip("<>").strip().rpartition("@")
    if local.startswith('"') and local.endswith('"'):
        local = local[1:-1]
    if not at or _LOCAL.fullmatch(local) is None:
        return None
    domain = domain.rstrip(".").lower()
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if _DOMAIN.fullmatch(domain) is None or len(local) + len(domain) >= _LONGEST:
        return None
    return f"{local.lower()}@{domain}"


def addresses(headers: Headers, name: str, limits: ParseLimits) -> tuple[Address, ...]:
    """All of this name's headers, each address once, in order."""
    found: dict[str, Address] = {}
    for value in headers.all(name):
        for address in _read(value):
            found.setdefault(address.address, address)
            if len(found) >= limits.addresses:
                return tuple(found.values())
    return tuple(found.values())


def _read(value: str) -> Iterator[Address]:
    if "=?" in value and "@" not in value:
        value = decoded(value)
    words: list[str] = []
    comments: list[str] = []
    angle: str | None = None
    for token in _TOKEN.finditer(value):
        kind = token.lastgroup
        if kind == "mark":
            if token["mark"] == ":" and angle is None and not any("@" in word for word in words):
                words, comments = [], []
                continue
            address = _address(words, comments, angle)
            if address is not None:
                yield address
            # "Doe, John <j@example.com>" without its quotes: the first half still belongs to the name.
            keep = address is None and angle is None and token["mark"] == ","
            words = [*words, ","] if keep and 0 < len(words) < _WORDS else []
            comments, angle = [], None
        elif kind == "angle":
            if angle is None or address_of(angle) is None:
                angle = token["angle"]
        elif kind == "comment":
            comments.append(token["comment"])
        elif kind == "quoted":
            words.append(re.sub(r"\\(.)", r"\1", token["quoted"]) if not _local(value, token) else token[0])
        else:
            words.append(" " if kind == "gap" else token[0])
    address = _address(words, comments, angle)
    if address is not None:
        yield address


def _local(value: str, token: re.Match[str]) -> bool:
    """A quoted word right before an @ is half an address and no name."""
    return value.startswith("@", token.end())


def _address(words: list[str], comments: list[str], angle: str | None) -> Address | None:
    phrase = "".join(words).strip()
    if angle is not None:
        # A route (<@a,@b:user@c>) is obsolete and counts for nothing.
        found = address_of(angle.rpartition(":")[2] if angle.startswith("@") else angle)
        name = phrase or " ".join(comments)
    else:
        bare = "".join(words[_last_comma(words) :]).split()
        candidates = [word for word in bare if "@" in word]
        found = address_of(candidates[-1]) if candidates else None
        name = " ".join(comments) or " ".join(word for word in bare if "@" not in word)
    if found is None:
        return None
    shown = decoded(name).strip(" ,'\"")[:_NAME]
    return Address(found, shown if shown and shown.lower() != found else None)


def _last_comma(words: list[str]) -> int:
    return len(words) - 1 - words[::-1].index(",") + 1 if "," in words else 0
