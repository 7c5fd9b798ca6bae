"""Which parts of a mail are its text, which its HTML and which files, as RFC 8621 (section 4.1.4) tells them apart."""

from dataclasses import dataclass, field
from typing import Final

from channels.email.parsing.parts import MimePart

_OTHER_WORDS: Final = frozenset({"text/x-amp-html", "text/watch-html", "text/enriched"})
"""Alternatives that say nothing that the text and the HTML beside them do not say."""
_SHOWN: Final = frozenset({"text/plain", "text/html"})


@dataclass(slots=True)
class Sorted:
    """Parts in the order of the mail; one that is text and HTML at once is in both."""

    text: list[MimePart] = field(default_factory=list)
    html: list[MimePart] = field(default_factory=list)
    files: list[MimePart] = field(default_factory=list)


def sort_parts(root: MimePart) -> Sorted:
    """``root`` alone is a tree of one."""
    found = Sorted()
    _sort((root,), "mixed", found, text=True, html=True)
    return found


def _sort(parts: tuple[MimePart, ...], around: str, found: Sorted, *, text: bool, html: bool) -> None:
    """``text`` and ``html``: whether what is met here belongs to that side; an alternative takes one each."""
    alternative = around == "alternative"
    texts, htmls = len(found.text), len(found.html)
    for place, part in enumerate(parts):
        if part.is_multipart:
            inner = part.media_type.partition("/")[2]
            if alternative:
                _sort_choice(part, inner, found)
            else:
                _sort(part.children, inner, found, text=text, html=html)
        elif alternative and part.media_type in _OTHER_WORDS:
            continue
        elif not _is_body(part, place, around):
            found.files.append(part)
        elif alternative:
            (found.html if part.media_type == "text/html" else found.text).append(part)
        else:
            if text:
                found.text.append(part)
            if html:
                found.html.append(part)
    if alternative and len(found.text) == texts:
        found.text += found.html[htmls:]
    elif alternative and len(found.html) == htmls:
        found.html += found.text[texts:]


def _sort_choice(part: MimePart, inner: str, found: Sorted) -> None:
    """A multipart among alternatives stands for the side that its first text is of."""
    if inner == "alternative":
        _sort(part.children, inner, found, text=True, html=True)
        return
    first = _first_text(part)
    _sort(part.children, inner, found, text=first == "text/plain", html=first == "text/html")


def _first_text(part: MimePart) -> str:
    for child in part.children:
        kind = _first_text(child) if child.is_multipart else child.media_type
        if kind in _SHOWN:
            return kind
    return ""


def _is_body(part: MimePart, place: int, around: str) -> bool:
    """Of related parts only the first one, and elsewhere no text that has a name."""
    if part.media_type not in _SHOWN:
        return False
    disposition, parameters = part.disposition
    if disposition == "attachment":
        return False
    named = "filename" in parameters or "name" in part.parameters
    return place == 0 or (around != "related" and not named)
