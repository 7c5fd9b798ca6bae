"""Sanitised HTML as plain text: paragraphs, lists, quotes, cells, and links that can be read.

Our own, because what goes in was just written by the sanitiser: every tag is closed, every attribute in double quotes.
One pass over its tokens does it, in linear time and without depth; libraries that lay out columns (inscriptis) or write
Markdown (html2text) parse the page a second time, ten times slower, and mean something else.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

_TOKEN: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [^\s="<>/]+="[^"]*")*)\s*/?>|([^<]+|<)')
_ATTRIBUTE: Final = re.compile(r' ([^\s="]+)="([^"]*)"')
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_NUMBER: Final = re.compile("[0-9]{1,5}")
_SPACES: Final = re.compile(" {2,}")
_HIDDEN: Final = re.compile(
    r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all|font-size:\s*0(?:px|pt|em|%)?\s*(?:;|$)",
    re.IGNORECASE,
)
_UNSEEN: Final = re.compile("[\u200b\u00ad\ufeff\u2060]+")
_MANY_LINES: Final = re.compile(r"\n{3,}")
_QUOTES = 20
"""Quotes in quotes that are still told apart."""


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_PARAGRAPHS: Final = _names("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure")
_BLOCKS: Final = _PARAGRAPHS | _names(
    "div li dt dd tr center address article aside section header footer main nav details summary figcaption caption hr"
    " tbody thead tfoot"
)
_VOID: Final = frozenset({"br", "img", "hr", "wbr", "col", "area"})


@dataclass(slots=True)
class _Text:
    """What was written so far: whole lines, the line at hand, and what surrounds it."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quotes: int = 0
    blank: bool = False

    def words(self, text: str) -> None:
        if self.line or text.strip(" "):
            self.line.append(text if self.line else text.lstrip(" "))

    def end_line(self, *, as_it_is: bool = False) -> None:
        line = "".join(self.line)
        line = line.rstrip() if as_it_is else _SPACES.sub(" ", line).strip(" ")
        self.line.clear()
        if not line:
            return
        if self.blank and self.lines:
            self.lines.append(self._quoted(""))
        self.blank = False
        self.lines.append(self._quoted(line))

    def break_line(self, *, as_it_is: bool = False) -> None:
        """A line end that was written as one, so that an empty line stays empty."""
        if any(self.line):
            self.end_line(as_it_is=as_it_is)
        else:
            self.blank = True

    def _quoted(self, line: str) -> str:
        return f"{'>' * min(self.quotes, _QUOTES)} {line}".rstrip() if self.quotes else line


def plain_text(clean: str) -> str:
    """Of what ``sanitize`` made."""
    return _Converter().convert(clean)


class _Converter:
    """One pass over the tokens; ``hidden`` and ``pre`` count how deep we are in such elements."""

    def __init__(self) -> None:
        self.out = _Text()
        self.hidden: list[str] = []
        self.pre = 0
        self.links: list[tuple[str, int, int]] = []
        self.lists: list[int | None] = []

    def convert(self, clean: str) -> str:
        for token in _TOKEN.finditer(clean):
            text = token[4]
            if text is not None:
                if not self.hidden:
                    self._words(_UNSEEN.sub("", unescape(text)))
            elif token[1]:
                self._close(token[2])
            else:
                self._open(token[2], token[3])
        self.out.end_line()
        return _MANY_LINES.sub("\n\n", "\n".join(self.out.lines)).strip("\n")

    def _words(self, text: str) -> None:
        if not self.pre:
            self.out.words(_SPACE.sub(" ", text).replace("\xa0", " "))
            return
        first, *rest = text.replace("\r", "").split("\n")
        self.out.line.append(first)
        for line in rest:
            self.out.break_line(as_it_is=True)
            self.out.line.append(line)

    def _open(self, tag: str, raw: str) -> None:
        if self.hidden:
            if tag not in _VOID:
                self.hidden.append(tag)
            return
        attributes = dict(_ATTRIBUTE.findall(raw)) if raw else {}
        if tag not in _VOID and "style" in attributes and _HIDDEN.search(attributes["style"]):
            self.hidden.append(tag)
            return
        self._block(tag)
        self._begin(tag, attributes)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"ul", "ol", "li"}:
            self._list(tag, attributes.get("start", ""))
            return
        match tag:
            case "br":
                self.out.break_line()
            case "img":
                self.out.words(_SPACE.sub(" ", unescape(attributes.get("alt", ""))))
            case "hr":
                self.out.line.append("---")
                self.out.end_line()
            case "a":
                self.links.append(
                    (unescape(attributes.get("href", "")), len(self.out.lines), len(self.out.line))
                )
            case "td" | "th":
                if self.out.line:
                    self.out.line.append(" ")
            case "pre":
                self.pre += 1
            case "blockquote":
                self.out.quotes += 1
            case _:
                pass

    def _list(self, tag: str, start: str) -> None:
        if tag == "ul":
            self.lists.append(None)
        elif tag == "ol":
            self.lists.append(int(start) - 1 if _NUMBER.fullmatch(start) else 0)
        elif not self.lists or (number := self.lists[-1]) is None:
            self.out.line.append("- ")
        else:
            self.lists[-1] = number + 1
            self.out.line.append(f"{number + 1}. ")

    def _close(self, tag: str) -> None:
        if self.hidden:
            self.hidden.pop()
            return
        if tag == "a" and self.links:
            self._link(*self.links.pop())
        self._block(tag)
        if tag == "pre":
            self.pre = max(0, self.pre - 1)
        elif tag == "blockquote":
            self.out.quotes = max(0, self.out.quotes - 1)
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()

    def _block(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.out.end_line()
            if tag in _PARAGRAPHS:
                self.out.blank = True

    def _link(self, href: str, lines: int, begin: int) -> None:
        """The address follows its words, unless they are the address already."""
        inside = self.out.line if len(self.out.lines) > lines else self.out.line[begin:]
        shown = "".join(inside).strip()
        bare = href.removeprefix("mailto:").removeprefix("tel:")
        if not href or bare.rstrip("/") in {shown.rstrip("/"), f"http://{shown}", f"https://{shown}"}:
            return
        if shown or len(self.out.lines) > lines:
            self.out.line.append(f" <{bare}>" if shown else f"<{bare}>")
