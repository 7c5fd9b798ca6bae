"""Reads a mail's HTML as lines, each with what the markup of its mail program says about it."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from channels.email.replies.lines import LOOKED_AT, Hint, squeezed
from channels.email.replies.words import FORWARDED, each

LONGEST = 2_000_000
"""Characters of HTML that are read; what lies beyond is left to the text."""

_QUOTES = re.compile(
    r"(?:gmail_quote|gmail_attr|yahoo_quoted|yqt\d|moz-cite-prefix|protonmail_quote|tutanota_quote|zmail_extra|isreplycontent"
    r"|ntes-mailmaster-quote|ntes-[a-z-]*quote|reply-intro|mac_outlook_attribution_blockquote|olk_src_body_section"
    r"|mail-editor-reference-message|qmquote|xm_mail_oringinal|aliyun-quote|lark-mail-quote|history-quote|freemail-quote"
    r"|mail-quote|quoted-mail|oriquote|replymsg)"
)
_QUOTES_TO_THE_END = re.compile(r"(?:divrplyfwdmsg|appendonsend|zwchr|stopspelling)")
_SIGNATURES = re.compile(
    r"(?:gmail_signature|moz-signature|ms-outlook-mobile-signature|protonmail_signature|applemailsignature"
    r"|ymail_android_signature|yahoo_signature|spneditorsign|foxmailsign|foxsignature|mailmaster-sign|qqmail_signature"
    r"|xm_signature|lark-mail-signature|^signature$)"
)
_FORWARDS = re.compile(r"(?:moz-forward-container|moz-email-headers-table|ntes-[a-z-]*forward)")
_BORDER = re.compile(r"border-left(?:-width)?\s*:")
_BLOCKS = each(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "html includetail li main nav ol p pre section table tbody tfoot thead tr ul"
)
_SKIPPED = each("head script style title meta link template noscript")
_BEGINNING = 80
_BEGINNING_STEPS = 40
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def read_html(markup: str) -> tuple[list[str], list[Hint]]:
    """The lines that a reader sees, and the hint of each. Empty where there is no markup that can be read."""
    markup = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", markup[:LONGEST])
    try:
        tree = html.document_fromstring(
            markup.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.LxmlError, ValueError):
        return [], []
    reader = _Reader()
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment")):
        reader.take(event, element)
    reader.end_line()
    return reader.texts, reader.hints


class _Reader:
    """Turns the walk through a tree into lines; ``_open`` are the elements around with what they say."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.hints: list[Hint] = []
        self._words: list[str] = []
        self._open: list[Hint | None] = []
        self._hint = [Hint.NONE]
        self._line_hint: Hint | None = None
        self._skipping = 0
        self._pre = 0
        self._to_the_end = False
        self._last = ""

    def take(self, event: str, element: etree._Element) -> None:
        if event == "comment" or not isinstance(element.tag, str):
            self._say(element.tail)
        elif event == "start":
            self._start(element, element.tag.lower())
        else:
            self._end(element, element.tag.lower())

    def _start(self, element: etree._Element, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if tag in _BLOCKS or tag == "br":
            self.end_line(always=tag == "br")
        hint = self._says(element, tag)
        self._open.append(hint)
        if hint is not None:
            self._hint.append(hint)
        self._pre += tag == "pre"
        if tag in ("td", "th") and self._words:
            self._words.append(" ")
        self._say(element.text)

    def _end(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line(paragraph=tag == "p")
        if tag in _SKIPPED:
            self._skipping -= 1
        if self._open.pop() is not None:
            self._hint.pop()
        self._pre -= tag == "pre"
        self._say(element.tail)

    def _says(self, element: etree._Element, tag: str) -> Hint | None:
        """What an element says of all that is in it; None: nothing of its own."""
        name = f"{element.get('id') or ''} {element.get('class') or ''}".strip().lower()[:200]
        if name and _QUOTES_TO_THE_END.search(name):
            self._to_the_end = True
        if name and _FORWARDS.search(name):
            return Hint.FORWARD
        quotes = (
            (name and _QUOTES.search(name))
            or tag == "includetail"
            or (tag == "blockquote" and self._cites(element))
        )
        if quotes:
            return Hint.NONE if self._passes_on(element) else Hint.QUOTE
        signs = name and _SIGNATURES.search(name)
        signs = (
            signs
            or element.get("data-smartmail") == "gmail_signature"
            or element.get("data-signatureblock") == "true"
        )
        return Hint.SIGNATURE if signs and self._hint[-1] is Hint.NONE else None

    def _cites(self, element: etree._Element) -> bool:
        """A blockquote that a mail program made; one without a sign of it may be the person's own indenting."""
        if element.get("type") == "cite" or element.get("cite"):
            return True
        return bool(_BORDER.search(element.get("style") or "")) or self._last.endswith((":", "："))

    def _passes_on(self, element: etree._Element) -> bool:
        """Whether a forwarded mail is in it: the words that say so stand first in it or right above."""
        return _says_forward(self._last) or _says_forward(_beginning(element))

    def _say(self, text: str | None) -> None:
        if not text or self._skipping:
            return
        if self._pre:
            first, *more = text.split("\n")
            self._add(first)
            for line in more:
                self.end_line(always=True)
                self._add(line)
        else:
            self._add(_SPACE.sub(" ", text))

    def _add(self, text: str) -> None:
        if self._line_hint is None and text.strip():
            self._line_hint = Hint.QUOTE if self._to_the_end else self._hint[-1]
        self._words.append(text)

    def end_line(self, *, always: bool = False, paragraph: bool = False) -> None:
        text = "".join(self._words).strip(" \xa0\u200b\ufeff")
        if text or always:
            self.texts.append(text)
            self.hints.append(self._line_hint or Hint.NONE)
            self._last = text[:LOOKED_AT] or self._last
        if paragraph and text:
            self.texts.append("")
            self.hints.append(Hint.NONE)
        self._words, self._line_hint = [], None


def _beginning(element: etree._Element) -> str:
    """The first words in an element, up to its first colon or 80 characters."""
    found = ""
    for text in _texts(element):
        found += text
        if len(found) > _BEGINNING:
            break
    return found.strip()[:_BEGINNING]


def _texts(element: etree._Element) -> Iterator[str]:
    """The texts in it in their order, as far as a few elements go."""
    for event, inner in islice(etree.iterwalk(element, events=("start", "end")), _BEGINNING_STEPS):
        text = inner.text if event == "start" else None if inner is element else inner.tail
        if text:
            yield text.strip()


def _says_forward(text: str) -> bool:
    tight = squeezed(text).strip("-_=*>:： \xa0")
    if tight in FORWARDED:
        return True
    head = squeezed(text)
    return head.startswith("-") and head.lstrip("-").startswith(tuple(FORWARDED))
