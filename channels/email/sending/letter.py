"""What a mail says, shown as plain text and as HTML from the same blocks, so that the two never differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from channels.email.sending.links import linked

_BODY = "font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#1f2328"
_CARD = "border:1px solid #d0d7de;border-radius:8px;padding:12px 16px;margin:0 0 16px;max-width:34em"
_QUOTE = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"
_FAINT = "color:#59636e"


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text as it was written: nothing in it is markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A line in the voice of the inbox, such as whose words follow."""

    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """An article, short; ``url`` None while nobody outside can read it."""

    title: str
    excerpt: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that comes with the mail, under ``content_id``."""

    name: str
    content_id: str


Block = Words | Lead | Card | Picture


@dataclass(frozen=True, slots=True)
class Quote:
    """What is answered: who wrote it when, in a line, and the words."""

    attribution: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a person reads; ``signature`` empty for none."""

    language: str
    blocks: Sequence[Block]
    signature: str = ""
    quote: Quote | None = None


def as_text(letter: Letter) -> str:
    """Plain text; the signature below the marker that mail programs know."""
    parts = [_text_of(block) for block in letter.blocks]
    if letter.signature.strip():
        parts.append(f"-- \n{_tidy(letter.signature)}")
    if letter.quote is not None:
        quoted = "\n".join(f"> {line}".rstrip() for line in _tidy(letter.quote.text).split("\n"))
        parts.append(f"{letter.quote.attribution}\n\n{quoted}")
    return "\n\n".join(part for part in parts if part) + "\n"


def as_html(letter: Letter) -> str:
    """One page without scripts, styles or images from elsewhere; every word of it is escaped."""
    parts = [_html_of(block) for block in letter.blocks]
    if letter.signature.strip():
        parts.append(
            f'<div class="signature" style="{_FAINT};margin:0 0 16px">{_lines(letter.signature)}</div>'
        )
    if letter.quote is not None:
        parts.append(_quoted(letter.quote))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.language)}">\n<head>\n<meta charset="utf-8">\n</head>\n'
        f'<body style="{_BODY}">\n<div dir="auto">\n' + "\n".join(parts) + "\n</div>\n</body>\n</html>\n"
    )


def _text_of(block: Block) -> str:
    match block:
        case Words(text) | Lead(text):
            return _tidy(text)
        case Card(title, excerpt, url):
            return "\n".join(line for line in (title, excerpt, url or "") if line)
        case Picture(name):
            return f"[{name}]"


def _html_of(block: Block) -> str:
    match block:
        case Words(text):
            paragraphs = [each for each in _tidy(text).split("\n\n") if each.strip()]
            return "\n".join(f'<p style="margin:0 0 16px">{_lines(each)}</p>' for each in paragraphs)
        case Lead(text):
            return f'<p style="{_FAINT};margin:0 0 8px">{_lines(text)}</p>'
        case Card(title, excerpt, url):
            shown = escape(title) if url is None else f'<a href="{escape(url)}">{escape(title)}</a>'
            below = f"<br>{_lines(excerpt)}" if excerpt else ""
            return f'<div style="{_CARD}"><strong>{shown}</strong>{below}</div>'
        case Picture(name, content_id):
            return (
                f'<p style="margin:0 0 16px"><img src="cid:{escape(content_id)}" alt="{escape(name)}" '
                'style="max-width:100%"></p>'
            )


def _quoted(quote: Quote) -> str:
    # The class names are those that mail programs fold away.
    return (
        f'<div class="gmail_quote">\n<div class="gmail_attr">{escape(quote.attribution)}<br></div>\n'
        f'<blockquote class="gmail_quote" style="{_QUOTE}">{_lines(quote.text)}</blockquote>\n</div>'
    )


def _lines(text: str) -> str:
    """Line breaks and indentation survive; addresses become links."""
    return "<br>\n".join(_spaced(linked(line)) for line in _tidy(text).split("\n"))


def _spaced(line: str) -> str:
    indented = len(line) - len(line.lstrip(" "))
    return "&nbsp;" * indented + line[indented:]


def _tidy(text: str) -> str:
    """Every kind of line end as one, nothing that a reader cannot see, no blank lines around."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if c >= " " or c == "\t").rstrip() for line in lines).strip("\n")
