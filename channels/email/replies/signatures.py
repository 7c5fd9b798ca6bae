"""Finds signatures: below the dashes, "sent from my …", small print, and, with care, a visiting card.

A visiting card is folded only where it cannot be what the person was asked for: a support team that asks for an address
and a telephone number must see the answer.
"""

import re
from collections.abc import Sequence

from channels.email.replies.lines import Line, squeezed
from channels.email.replies.words import CONTACT_LABELS, NOTICES, SENT_FROM, SENT_FROM_ASIA, THANKS

LONGEST_SIGNATURE = 40
"""Lines below ``-- ``; what is longer is a text with a line of dashes in it."""
LONGEST_LOOSE = 20
"""The same below dashes that are not exactly ``-- ``."""
LONGEST_CARD = 8
LONGEST_PARAGRAPH = 60
MOST_TAILS = 12
"""Lines of devices and paragraphs of small print below one another."""
_DASHED_TWICE = 2
"""A person's signature may stand above that of a mailing list."""
_LONGEST_CARD_LINE = 72
_LONGEST_DEVICE = 60
_LONGEST_DEVICE_ASIA = 30
_MOST_DEVICE_WORDS = 9
_FEWEST_CONTACTS = 2

_DASHES = re.compile(r"(?:--|—|–|- -)$")
_RULE = re.compile(r"[-_=—─*]{3,}$")
_DASHED_NAME = re.compile(r"[-–—~]\s?[A-Z][\w.']{0,20}(?:\s[A-Z][\w.'-]{0,20}){0,3}$")
_LIST_RULE = re.compile(r"_{20,}$")
_LIST_WORDS = ("mailing list", "mailman", "listinfo", "unsubscribe", "@lists.", "groups.")
_PHONE = re.compile(
    r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|(?:\+|\(|0|1[3-9])[\d\s()./-]{7,18}\d$|(?:\+|\(0)[\d\s()./-]{7,18}\d"
)
_MAIL = re.compile(r"^[<(\[]?[^\s<>@]{1,64}@[^\s<>@]{1,120}\.[a-z]{2,}[>)\]]?$", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://|www\.)\S{3,}", re.IGNORECASE)
_ENDS_SENTENCE = (".", "!", "?", "。", "！", "？", "…")
_ASKS = (":", "：")


def signature_start(lines: Sequence[Line], start: int, end: int, *, said: bool, above_quote: bool) -> int:
    """From which line on ``lines[start:end]``, one piece that a person wrote, is signature; ``end`` where none is.

    ``said``: the person said something before this piece; ``above_quote``: a quote follows it.
    """
    found = min(
        _dashes(lines, start, end, said=said), _list_footer(lines, start, end), _framed(lines, start, end)
    )
    for _ in range(MOST_TAILS):
        last = _last_full(lines, start, found)
        if last is None:
            return found
        if _is_device(lines[last].bare) or _is_dashed_name(lines, start, last):
            found = last
            continue
        begin = _paragraph(lines, start, last)
        if begin == start or not lines[begin].bare.lower().startswith(NOTICES):
            break
        found = begin
    found = _card(lines, start, _framed(lines, start, found))
    return _lone_address(lines, start, found) if above_quote else found


def _lone_address(lines: Sequence[Line], start: int, end: int) -> int:
    """Foxmail signs with the bare address, apart from the text and right above the quote."""
    last = _last_full(lines, start, end)
    if last is None or not _MAIL.match(lines[last].bare) or _paragraph(lines, start, last) != last:
        return end
    above = _last_full(lines, start, last)
    return end if above is None or lines[above].bare.endswith(_ASKS) else last


def _dashes(lines: Sequence[Line], start: int, end: int, *, said: bool) -> int:
    last = _last_full(lines, start, end)
    if last is None:
        return end
    for index in range(last, max(start - 1, last - LONGEST_SIGNATURE - 1), -1):
        if lines[index].text in ("-- ", "--\xa0"):
            return index
    for index in range(last, max(start - 1, last - LONGEST_LOOSE - 1), -1):
        bare = lines[index].bare
        below = lines[index + 1 : last + 1]
        if (_DASHES.match(bare) or (_RULE.match(bare) and _is_card(below))) and (
            said or _something_between(lines, start, index)
        ):
            return index
    return end


def _framed(lines: Sequence[Line], start: int, end: int) -> int:
    """NetEase's programs draw the signature as a table: at the end, lines of nothing but its frame around few others."""
    last = _last_full(lines, start, end)
    if last is None or lines[last].bare.strip("| "):
        return end
    begin = last
    for index in range(last, max(start - 1, last - LONGEST_LOOSE), -1):
        if not lines[index].blank and not lines[index].bare.strip("| "):
            begin = index
    return begin if begin < last else end


def _is_dashed_name(lines: Sequence[Line], start: int, index: int) -> bool:
    """``-Jane Doe`` at the end, and no item of a list."""
    if not _DASHED_NAME.match(lines[index].bare):
        return False
    above = _last_full(lines, start, index)
    return above is not None and lines[above].bare[0] not in "-–—*•" and lines[above].bare[-1] not in ":：?？"


def _list_footer(lines: Sequence[Line], start: int, end: int) -> int:
    last = _last_full(lines, start, end)
    if last is None:
        return end
    for index in range(last, max(start - 1, last - 8), -1):
        if _LIST_RULE.match(lines[index].bare):
            below = " ".join(line.bare.lower() for line in lines[index + 1 : last + 1])
            return index if any(word in below for word in _LIST_WORDS) else end
    return end


def _is_device(bare: str) -> bool:
    if len(bare) > _LONGEST_DEVICE * 2:
        return False
    lower = bare.lower().strip("*_>[](){}—–- ")
    without_link = lower.split("<http")[0].split("(http")[0].strip()
    if len(without_link) > _LONGEST_DEVICE:
        return False
    tight = squeezed(without_link)
    if tight.startswith(SENT_FROM_ASIA):
        return len(tight) <= _LONGEST_DEVICE_ASIA and not any(mark in tight for mark in "，。？！；")
    if tight.endswith(("から送信", "에서보냄", "'umdangönderildi")):
        return True
    if without_link.startswith(SENT_FROM):
        return (
            not without_link.endswith((".", "?", ":"))
            and "," not in without_link
            and len(without_link.split()) <= _MOST_DEVICE_WORDS
        )
    return False


def _card(lines: Sequence[Line], start: int, end: int) -> int:
    """A block at the end that says who somebody is, two of its lines at least by telephone, address or site."""
    last = _last_full(lines, start, end)
    if last is None:
        return end
    begin = _paragraph(lines, start, last)
    above = _last_full(lines, start, begin)
    if above is None:
        return _below_closing(lines, begin, last, end)
    if last - begin >= LONGEST_CARD or lines[above].bare.endswith(_ASKS):
        return end
    if _is_closing(lines[begin].bare):
        return _below_closing(lines, begin, last, end)
    return begin if _is_card(lines[begin : last + 1]) else end


def _below_closing(lines: Sequence[Line], begin: int, last: int, end: int) -> int:
    """After "Regards," and a name on the lines below it, the rest may be a card."""
    for index in range(last, begin - 1, -1):
        if _is_closing(lines[index].bare) and last - index - 1 < LONGEST_CARD:
            rest = index + 2
            return rest if rest <= last and _is_card(lines[rest : last + 1]) else end
    return end


def _is_closing(bare: str) -> bool:
    return bare.lower().rstrip(",.!，。！ ") in THANKS


def _is_card(block: Sequence[Line]) -> bool:
    """Two lines of different kinds of contact; and a first line that is a name: data begin with a label."""
    block = [line for line in block if not line.blank]
    kinds = [_contact(line.bare) for line in block]
    if not block or any(
        len(line.bare) > _LONGEST_CARD_LINE or line.bare.endswith(_ENDS_SENTENCE[1:]) for line in block
    ):
        return False
    return len({kind for kind in kinds if kind}) >= _FEWEST_CONTACTS and (
        kinds[0] is None or kinds[0] == "mail"
    )


def _contact(bare: str) -> str | None:
    label, colon, value = bare.replace("：", ":").partition(":")
    if colon and squeezed(label).strip("*.") in CONTACT_LABELS and value.strip():
        return "label " + squeezed(label)
    if _MAIL.match(bare):
        return "mail"
    if _SITE.search(bare):
        return "site"
    return "phone" if _PHONE.search(bare) else None


def _last_full(lines: Sequence[Line], start: int, end: int) -> int | None:
    for index in range(end - 1, start - 1, -1):
        if not lines[index].blank:
            return index
    return None


def _paragraph(lines: Sequence[Line], start: int, last: int) -> int:
    """The first line of the paragraph that ends with ``last``, at most LONGEST_PARAGRAPH above it."""
    index, first = last, max(start, last - LONGEST_PARAGRAPH)
    while index > first and not lines[index - 1].blank:
        index -= 1
    return index


def _something_between(lines: Sequence[Line], start: int, end: int) -> bool:
    return any(not line.blank for line in lines[start:end])
