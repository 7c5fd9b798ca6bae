"""From an article's Markdown to plain text: what the index reads, what the bot says, and short excerpts of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from knowledge.rendering.parsing import filled
from knowledge.rendering.values import NO_REUSABLES, Reusables

EXCERPT_CHARACTERS = 240
_ELLIPSIS = "…"
_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc", "Sk"})
_SHOWN_SCHEMES = ("http://", "https://", "mailto:", "tel:")

# CommonMark leaves **strong：** as it is where a Chinese character follows at once; editors mean it all the same.
_LEFT_STRONG = re.compile(r"\*\*(?=\S)([^*]{1,300}?)(?<=\S)\*\*")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CODE_LESS = "\ue000"  # stands for < in code while tags are taken out; a character of no script


def plain(markdown: str, reusables: Reusables = NO_REUSABLES) -> str:
    """The words alone, paragraphs apart by an empty line; HTML is left out, never shown.

    Bullets stay as ``•``, numbers as ``1.``, a link as its text and, in brackets, its address. ``{{name}}`` is what
    ``reusables`` say, and nothing where they do not.
    """
    return "\n\n".join(paragraphs(markdown, reusables))


def paragraphs(markdown: str, reusables: Reusables = NO_REUSABLES) -> list[str]:
    """The blocks of plain text in order: a paragraph, a heading, a whole list, a whole table."""
    writer = _Writer()
    for token in filled(markdown, reusables):
        writer.take(token)
    return writer.ended()


class _Writer:
    """Collects the text of block tokens; a list or a table becomes one block of several lines."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._lines: list[str] = []
        self._counts: list[int | None] = []
        self._marker = ""
        self._cells: list[str] | None = None
        self._names_callout = False

    def take(self, token: Token) -> None:
        match token.type:
            case "alert_title_open":
                self._names_callout = True
            case "inline":
                # The name of a kind of callout ("Note") is no word of the article's.
                if not self._names_callout:
                    self._text(_inline(token.children or []))
                self._names_callout = False
            case "code_block" | "fence":
                self._text(token.content.rstrip())
            case "bullet_list_open":
                self._counts.append(None)
            case "ordered_list_open":
                self._counts.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._counts.pop()
            case "list_item_open":
                self._marker = self._next_marker(token)
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._lines.append(" · ".join(cell for cell in self._cells or [] if cell))
                self._cells = None
            case _:
                pass
        if token.nesting <= 0 and not self._counts and token.type in _ENDS:
            self._end()

    def ended(self) -> list[str]:
        self._end()
        return self._blocks

    def _next_marker(self, item: Token) -> str:
        if "checked" in item.meta:
            return "☑ " if item.meta["checked"] else "☐ "
        count = self._counts[-1]
        if count is None:
            return "• "
        self._counts[-1] = count + 1
        return f"{count}. "

    def _text(self, text: str) -> None:
        if self._cells is not None:
            self._cells.append(text)
        elif text:
            indent = "  " * max(len(self._counts) - 1, 0)
            self._lines.append(f"{indent}{self._marker}{text}")
            self._marker = ""

    def _end(self) -> None:
        if self._lines:
            self._blocks.append("\n".join(self._lines))
        self._lines = []


_ENDS = frozenset(
    {
        "paragraph_close",
        "heading_close",
        "bullet_list_close",
        "ordered_list_close",
        "table_close",
        "code_block",
    }
    | {"fence"}
)


def _inline(children: Sequence[Token]) -> str:
    """The text of a paragraph; the address of a link follows its text unless it says the same."""
    out: list[str] = []
    begun: list[tuple[int, str]] = []
    for child in _without_scripts(children):
        match child.type:
            case "text":
                out.append(_LEFT_STRONG.sub(r"\1", child.content))
            case "code_inline":
                out.append(child.content.replace("<", _CODE_LESS))
            case "softbreak":
                out.append(_soft_break(out))
            case "hardbreak":
                out.append("\n")
            case "image":
                out.append(_inline(child.children or []))
            case "link_open":
                begun.append((len(out), str(child.attrs.get("href", ""))))
            case "link_close":
                start, href = begun.pop()
                out.append(_address("".join(out[start:]), href))
            case _:
                pass
    return _without_tags("".join(out)).strip().replace(_CODE_LESS, "<")


def _without_tags(text: str) -> str:
    """What is left may fit together to a tag again, as in ``<p<b>>``; inside code it is meant to be read."""
    while (less := _TAG.sub("", text)) != text:
        text = less
    return text


def _without_scripts(children: Iterable[Token]) -> Iterator[Token]:
    """All but what stands between ``<script>`` or ``<style>`` and its end."""
    hidden = False
    for child in children:
        tag = child.content.lower() if child.type == "html_inline" else ""
        if tag.startswith(("<script", "<style")):
            hidden = True
        elif tag.startswith(("</script", "</style")):
            hidden = False
        elif not hidden:
            yield child


def _soft_break(out: Iterable[str]) -> str:
    """A line break inside a paragraph is a space, but nothing between two Chinese characters."""
    before = "".join(out)[-1:]
    return "" if before and unicodedata.east_asian_width(before) in {"W", "F"} else " "


def _address(text: str, href: str) -> str:
    if not href.startswith(_SHOWN_SCHEMES):
        return ""
    bare = href.removeprefix("mailto:").removeprefix("tel:")
    return "" if bare.rstrip("/") == text.rstrip("/") or bare in text else f" ({bare})"


def excerpt(text: str, limit: int = EXCERPT_CHARACTERS) -> str:
    """The beginning of plain text on one line, at most ``limit`` characters, cut between words and never inside one.

    A first word that is longer than all the room is cut between whole characters.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = limit - len(_ELLIPSIS)
    while cut > 0 and not _may_cut(line, cut):
        cut -= 1
    if cut == 0:
        cut = limit - len(_ELLIPSIS)
        while cut > 1 and _belongs_to_previous(line, cut):
            cut -= 1
    return line[:cut].rstrip(" ,;:，、；：(（") + _ELLIPSIS


def _may_cut(line: str, at: int) -> bool:
    """Whether a word ends before ``at``; between two wide (Chinese) characters it always does."""
    if _belongs_to_previous(line, at):
        return False
    before, after = line[at - 1], line[at]
    if before == " " or after == " ":
        return True
    return _is_wide(before) and _is_wide(after) and after.isalnum()


def _belongs_to_previous(line: str, at: int) -> bool:
    after = line[at]
    return after == _JOINER or line[at - 1] == _JOINER or unicodedata.category(after) in _MARKS


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
