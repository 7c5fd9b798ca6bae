"""Markdown taken apart, with its reusables put in: what rendering, the index and the bot all start from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from core.errors import Invalid
from knowledge.rendering.values import NO_REUSABLES, USE, Kind, Limits, Piece, Reusables

MISSING: Final = "missing"
"""The type of a token that stands for a reusable which does not exist; its content is the name."""

_ENTIRE: Final = re.compile(r"\s*" + USE.pattern + r"\s*")
_IN_ADDRESS: Final = re.compile(
    USE.pattern.replace(r"\{\{", "(?:%7B%7B|{{)").replace(r"\}\}", "(?:%7D%7D|}})"), re.IGNORECASE
)
_BRACKETS: Final = 400
"""In one paragraph: beyond that they are looked at one by one for as long as their number squared."""
_PLAIN_IN_ADDRESS: Final = "/:@?&=#+,;%-._~"

_CODE: Final = ("`", "~~~", "    ", "\t")

_OWN_ID: Final = re.compile(r"\s*\{#([a-z0-9][a-z0-9-]{0,60})\}\s*$")
OWN_ID: Final = "own_id"
"""Of a heading's token: the address that the author chose."""

ARTICLE: Final = "article:"
"""How a link to an article begins; its slug follows."""


def _bounded(state: StateCore) -> None:
    """Paragraphs full of opening brackets keep them as they are; looking for links takes too long there."""
    for token in state.tokens:
        if token.type == "inline" and token.content.count("[") > _BRACKETS:
            token.content = token.content.replace("[", "\\[")


def _parser() -> MarkdownIt:
    made = MarkdownIt("gfm-like2", {"linkify": False, "strikethrough_single_tilde": False}).disable("linkify")
    made.core.ruler.before("inline", "bounded", _bounded)
    return made


PARSER: Final = _parser()


@dataclass(slots=True)
class _Room:
    """What reusables may still add, in characters."""

    left: int


@dataclass(frozen=True, slots=True)
class _Filling:
    """Puts reusables in; ``within`` are the snippets around, so that none contains itself."""

    reusables: Reusables
    room: _Room
    depth: int
    within: tuple[str, ...] = ()

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Token]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "paragraph_open" and (found := _ENTIRE.fullmatch(tokens[at + 1].content)):
                piece = self._take(found[1])
                if piece is not None and piece.kind is Kind.SNIPPET:
                    yield from self._spliced(found[1], piece, tokens[at + 1])
                    at += 3
                    continue
            if token.children:
                token.children = list(self.inline(token.children))
            yield token
            at += 1

    def _spliced(self, name: str, piece: Piece, at: Token) -> Iterator[Token]:
        """The snippet's blocks, which count as standing where it is named."""
        for token in self._in(name).blocks(PARSER.parse(piece.text)):
            token.map = at.map
            yield token

    def _in(self, name: str) -> "_Filling":
        return replace(self, depth=self.depth - 1, within=(*self.within, name))

    def _take(self, name: str) -> Piece | None:
        """None for one that is not known, contains itself, or would make the text too long."""
        piece = self.reusables.get(name)
        if piece is None or name in self.within or self.depth == 0 or len(piece.text) > self.room.left:
            return None
        self.room.left -= len(piece.text)
        return piece

    def inline(self, children: Sequence[Token]) -> Iterator[Token]:
        for child in children:
            if child.type == "text":
                yield from self._text(child)
                continue
            for name in ("href", "src"):
                if isinstance(address := child.attrs.get(name), str) and "%7b%7b" in address.lower():
                    child.attrs[name] = _IN_ADDRESS.sub(self._address, address)
            if child.children:
                child.children = list(self.inline(child.children))
            yield child

    def _text(self, token: Token) -> Iterator[Token]:
        start = 0
        for found in USE.finditer(token.content):
            yield _said(token.content[start : found.start()])
            yield from self._named(found[1])
            start = found.end()
        yield _said(token.content[start:])

    def _named(self, name: str) -> Iterator[Token]:
        piece = self._take(name)
        if piece is None:
            yield Token(MISSING, "", 0, content=name)
        elif piece.kind is Kind.VARIABLE:
            yield _said(piece.text)
        else:
            yield from self._words_of(name, piece)

    def _words_of(self, name: str, piece: Piece) -> Iterator[Token]:
        """A snippet in the middle of a line: its paragraphs one after the other."""
        inside = self._in(name)
        for count, block in enumerate(each for each in PARSER.parse(piece.text) if each.type == "inline"):
            if count:
                yield Token("softbreak", "br", 0)
            yield from inside.inline(block.children or [])

    def _address(self, found: re.Match[str]) -> str:
        piece = self._take(found[1].lower())
        return (
            quote(piece.text, safe=_PLAIN_IN_ADDRESS)
            if piece is not None and piece.kind is Kind.VARIABLE
            else ""
        )


def parse(markdown: str, reusables: Reusables = NO_REUSABLES, limits: Limits = Limits()) -> list[Token]:  # noqa: B008
    """The tokens of its blocks; raises Invalid for a text that is too long, before it is looked at."""
    if len(markdown) > limits.characters:
        raise Invalid(
            "body", f"at most {limits.characters} characters, not {len(markdown)}", code="too_large"
        )
    return filled(markdown, reusables, limits)


def filled(markdown: str, reusables: Reusables = NO_REUSABLES, limits: Limits = Limits()) -> list[Token]:  # noqa: B008
    """The same for a text that was stored, whose length was looked at then."""
    tokens = PARSER.parse(markdown.encode("utf-8", "replace").decode())
    filling = _Filling(reusables, _Room(limits.expanded_characters), limits.snippet_depth)
    return _named(list(filling.blocks(tokens)))


def _named(tokens: list[Token]) -> list[Token]:
    """``{#name}`` at the end of a heading is its address and none of its words."""
    for heading, words in pairwise(tokens):
        last = words.children[-1] if heading.type == "heading_open" and words.children else None
        if last is not None and last.type == "text" and (found := _OWN_ID.search(last.content)):
            last.content = last.content[: found.start()]
            heading.meta = {**heading.meta, OWN_ID: found[1]}
    return tokens


def linked_slugs(tokens: Sequence[Token]) -> frozenset[str]:
    """The articles that a text's links name, by ``article:slug``."""
    hrefs = (str(each.attrs.get("href", "")) for token in tokens for each in _all(token))
    return frozenset(
        href.removeprefix(ARTICLE).partition("#")[0] for href in hrefs if href.startswith(ARTICLE)
    )


def used_names(markdown: str) -> frozenset[str]:
    """The reusables that a text names, outside of code; texts without code need not be taken apart."""
    named = frozenset(found[1] for found in USE.finditer(markdown))
    if not named or not any(code in markdown for code in _CODE):
        return named
    names: set[str] = set()
    for token in _Filling({}, _Room(0), 0).blocks(PARSER.parse(markdown)):
        for each in _all(token):
            if each.type == MISSING:
                names.add(each.content)
    return frozenset(names | _in_addresses(markdown))


def _in_addresses(markdown: str) -> set[str]:
    """Of ``](mailto:{{name}})``, which taking apart has put its own signs around."""
    found: set[str] = set()
    for token in PARSER.parse(markdown):
        for each in _all(token):
            for name in ("href", "src"):
                found |= {match[1].lower() for match in _IN_ADDRESS.finditer(str(each.attrs.get(name, "")))}
    return found


def _all(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children or ():
        yield from _all(child)


def _said(words: str) -> Token:
    return Token("text", "", 0, content=words)
