"""The words within a paragraph: their plain text, and what people mean that CommonMark leaves as it is."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

# **strong：** stays as it is where a Chinese character follows at once; authors mean it all the same.
_PIECE: Final = re.compile(
    r"\*\*(?=\S)(?P<strong>.{1,300}?)(?<=\S)\*\*"
    # An address on its own, until a space, a bracket or a character that no address has unescaped.
    r"|(?<![\w@/])(?P<address>https?://[A-Za-z0-9](?:[A-Za-z0-9._~:/?#@!$&'*+,;=%-]|\([A-Za-z0-9._~-]*\))*)"
)
_AFTER: Final = ".,;:!?'*"


def plain_text(children: Sequence[Token]) -> str:
    """The words alone, as for a table of contents or an image's description."""
    out = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            out.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            out.append(" ")
        elif child.children:
            out.append(plain_text(child.children))
    return "".join(out).strip()


def told(children: Sequence[Token]) -> Iterator[Token]:
    """The same with left-over strong words and bare addresses as what they are meant to be."""
    in_link = 0
    for child in children:
        if child.type in {"link_open", "link_close"}:
            in_link += child.nesting
        if child.type == "text":
            yield from _pieces(child.content, linking=not in_link)
        else:
            yield child


def _pieces(text: str, *, linking: bool) -> Iterator[Token]:
    start = 0
    for found in _PIECE.finditer(text):
        if (words := found["strong"]) is not None:
            yield _text(text[start : found.start()])
            yield Token("strong_open", "strong", 1)
            yield _text(words)
            yield Token("strong_close", "strong", -1)
            start = found.end()
        elif linking:
            address = found["address"].rstrip(_AFTER)
            yield _text(text[start : found.start()])
            yield Token("link_open", "a", 1, attrs={"href": address})
            yield _text(address)
            yield Token("link_close", "a", -1)
            start = found.start() + len(address)
    yield _text(text[start:])


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)
