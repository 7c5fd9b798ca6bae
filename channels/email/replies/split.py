"""Takes a mail's text apart into what the person wrote this time and what is folded away; nothing is thrown away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from channels.email.replies.aligning import carry_over
from channels.email.replies.lines import Line, Mark, read
from channels.email.replies.marking import is_forward, mark
from channels.email.replies.markup import read_html
from core.message import Fold, Folded

_FOLDS = {Mark.QUOTE: Fold.QUOTE, Mark.SIGNATURE: Fold.SIGNATURE}

MOST_FOLDED = 40
"""Pieces that are folded one by one; what follows is joined to the last one of its kind."""


@dataclass(frozen=True, slots=True)
class Split:
    """Every line of the text that says anything is in exactly one of the two, in the text's order."""

    written: str
    folded: tuple[Folded, ...]


def split(text: str, html: str | None, *, subject: str = "") -> Split:
    """``html`` is the mail's HTML as received (sanitising takes away the names that mail programs give), or None.

    Where the text is empty the HTML's own lines are split. With the subject a forwarded mail is known by its prefix.
    """
    texts, hints = read_html(html) if html else ([], [])
    if text.strip():
        own = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        hints = carry_over(texts, hints, own) if texts else []
        texts = own
    lines = read(texts, hints or None)
    marked = mark(lines, forwarded=is_forward(subject))
    if hints and not marked.heads and not _says_anything(lines, marked.marks):
        lines = read(texts)
        marked = mark(lines, forwarded=is_forward(subject))
    return _divide(lines, marked.marks)


def _says_anything(lines: Sequence[Line], marks: Sequence[Mark]) -> bool:
    return any(kind is Mark.WRITTEN and not line.blank for line, kind in zip(lines, marks, strict=True))


def _divide(lines: Sequence[Line], marks: Sequence[Mark]) -> Split:
    written: list[str] = []
    folded: list[tuple[Mark, list[str]]] = []
    latest: dict[Mark, list[str]] = {}
    for kind, text in _groups(lines, marks):
        if kind is Mark.WRITTEN:
            written.append(text)
        elif len(folded) < MOST_FOLDED or kind not in latest:
            latest[kind] = [text]
            folded.append((kind, latest[kind]))
        else:
            latest[kind].append(text)
    return Split(
        "\n\n".join(written), tuple(Folded(_FOLDS[kind], "\n\n".join(texts)) for kind, texts in folded)
    )


def _groups(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[tuple[Mark, str]]:
    """Neighbouring lines of one mark as one text, blank lines only within."""
    begun: Mark | None = None
    texts: list[str] = []
    for line, kind in zip(lines, marks, strict=True):
        if not line.text.strip():
            texts.append("")
            continue
        if kind is not begun:
            if begun is not None:
                yield begun, _trimmed(texts)
            begun, texts = kind, []
        texts.append(line.text.rstrip())
    if begun is not None:
        yield begun, _trimmed(texts)


def _trimmed(texts: Sequence[str]) -> str:
    return "\n".join(texts).strip("\n")
