"""Finds where a quoted mail begins: "On … somebody wrote:", a block of header fields, or a rule with words in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from channels.email.replies.lines import Line, squeezed
from channels.email.replies.words import FORWARDED, LABELS, LONGEST_LABEL, OPENINGS, REPLIED, WROTE, Role

WRAPPED = 4
"""Over so many lines "On … wrote:" may be broken."""
BLOCK = 16
"""Lines of a block of header fields with what is broken off them."""
LONGEST_ATTRIBUTION = 320
FEWEST_FIELDS = 3
"""Header fields without a rule above that make a mail's header; below a rule two do."""
_LONGEST_RULE_WORDS = 60
_LONGEST_TIME = 12
_SHORTEST_RULE = 3
_DASHES = ("-", "_", "=", "*", "~", "—", "–", "─", "━", "﹣")

_TIME = re.compile(r"\d{1,2}\s?[:.hH点點时時시]\s?\d{2}|\d{1,2}\s?[点點时時시]")
_DAY = re.compile(r"(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}\s?[月월]\s?\d{1,2}")
_ADDRESS = re.compile(r"[^\s<>\[(@]{1,64}@[^\s<>\])@]{1,120}")
_RULE = re.compile(r"[-_=*~—–─━﹣\s]{2,}$")
_AROUND = "-_=*~—–─━﹣>| \t\xa0\u3000:："
_ENDS = (":", "：")
_DATED_NAME = re.compile(r"\d{4}[/.-]\d{1,2}[/.-]\d{1,2}\s[^<>]{0,80}<[^<>@\s]+@[^<>\s]+>$")


class Kind(Enum):
    ATTRIBUTION = "attribution"
    HEADER = "header"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class Head:
    """Lines ``start`` up to ``end`` (excluded) introduce a quoted mail.

    ``certain`` is False for an attribution so plain that only quoted lines below it prove it.
    """

    kind: Kind
    start: int
    end: int
    certain: bool = True


def find_head(lines: Sequence[Line], index: int) -> Head | None:
    """The head that begins at this line, or None."""
    bare = lines[index].bare
    if bare.startswith(_DASHES) and (found := _rule(lines, index)):
        return found
    if squeezed(bare.strip(_AROUND)) in FORWARDED and bare.endswith(_ENDS):
        return Head(Kind.FORWARD, index, _end_of_block(lines, index + 1))
    if squeezed(bare) in REPLIED and (found := _below(lines, index)):
        return found
    if ":" in bare or "：" in bare or "|" in bare:
        found = header_block(lines, index, ruled=False)
        if found:
            return found
    return _attribution(lines, index)


def _rule(lines: Sequence[Line], index: int) -> Head | None:
    """A line of dashes: with words that say what follows, or bare with header fields below it."""
    bare = lines[index].bare
    inside = squeezed(bare.strip(_AROUND))
    if inside:
        if not bare.rstrip(": ：").endswith(_DASHES) or len(inside) > _LONGEST_RULE_WORDS:
            return None
        if inside in FORWARDED or inside.startswith("forwardedby"):
            return Head(Kind.FORWARD, index, _end_of_block(lines, index + 1))
        if inside in REPLIED:
            return Head(Kind.HEADER, index, _end_of_block(lines, index + 1))
    elif not _RULE.match(bare) or len(bare) < _SHORTEST_RULE:
        return None
    return _below(lines, index)


def _below(lines: Sequence[Line], index: int) -> Head | None:
    """The head that begins with this line because header fields stand below it."""
    below = _next_within(lines, index + 1, 2)
    block = header_block(lines, below, ruled=True) if below is not None else None
    return Head(block.kind, index, block.end) if block else None


def _next_within(lines: Sequence[Line], start: int, most: int) -> int | None:
    for index in range(start, min(len(lines), start + most + 1)):
        if not lines[index].blank:
            return index
    return None


def _end_of_block(lines: Sequence[Line], start: int) -> int:
    """Where the header fields end that may stand below a rule."""
    block = _below(lines, start - 1)
    return block.end if block else start


def label_of(bare: str) -> tuple[Role, str] | None:
    """The header field that a line gives, and its value: ``From: x``, ``*From:* x``, ``发件人：x``, ``| 发件人 | x |``."""
    text = bare.lstrip("|*_•· \xa0\u3000")
    cut = min((at for at in (text.find(mark, 0, 40) for mark in ":：|") if at >= 0), default=-1)
    if cut <= 0:
        return None
    label = squeezed(text[:cut].strip("*_ "))
    if not label or len(label) > LONGEST_LABEL:
        return None
    role = LABELS.get(label.strip("*_"))
    return (role, text[cut + 1 :].strip("*_| \xa0\u3000:：")) if role else None


def header_block(lines: Sequence[Line], index: int, *, ruled: bool) -> Head | None:
    """From, Sent, To, Subject (in any order and language) on lines of their own, the first of them at ``index``.

    Without a rule above it takes more: a traveller's "From: Berlin / To: Munich / Date: 3 May" is no mail.
    """
    first = label_of(lines[index].bare)
    if first is None:
        return None
    depth = lines[index].depth
    values: dict[Role, str] = {}
    end, open_lines, last = index, 0, None
    for at in range(index, min(len(lines), index + BLOCK)):
        line = lines[at]
        if line.blank:
            open_lines += 1
            if open_lines > 1:
                break
            continue
        if line.depth != depth:
            break
        field = label_of(line.bare)
        if field is not None:
            role, value = field
            values[role] = values.get(role, "") + value
            last, end, open_lines = role, at + 1, 0
        elif last is not None and open_lines == 0 and _continues(values, last, line.bare):
            values[last] += " " + line.bare
            end = at + 1
        elif not _is_frame(line.bare):
            break
    return Head(Kind.HEADER, index, end) if _is_mail(values, ruled=ruled) else None


def _is_frame(bare: str) -> bool:
    """A row of a drawn table, such as ``| --- | --- |``."""
    return not bare.strip("|-+: ")


def _continues(values: dict[Role, str], last: Role, bare: str) -> bool:
    """Whether a line without a label goes on with the field before: further recipients, a date or a value below it."""
    if not values[last]:
        return True
    if last in (Role.TO, Role.COPY, Role.FROM):
        return (
            "@" in bare
            or values[last].endswith((";", ",", "；", "，"))
            or bare.lower().startswith("on behalf of")
        )
    return (
        last in (Role.SENT, Role.DATE)
        and len(bare) < _LONGEST_TIME
        and bool(_TIME.search(bare) or bare.isupper())
    )


def _is_mail(values: dict[Role, str], *, ruled: bool) -> bool:
    roles = values.keys() - {Role.OTHER}
    if Role.FROM not in roles:
        return ruled and len(roles) >= FEWEST_FIELDS and Role.SUBJECT in roles
    if ruled:
        return len(roles) >= FEWEST_FIELDS - 1
    addressed = "@" in values[Role.FROM]
    named = bool(roles & {Role.SENT, Role.SUBJECT})
    return (addressed and named) or (len(roles) >= FEWEST_FIELDS and (named or addressed))


def _attribution(lines: Sequence[Line], index: int) -> Head | None:
    """Such as "On Monday, Jane <jane@example.com> wrote:", broken over up to WRAPPED lines."""
    depth, text = lines[index].depth, ""
    for at in range(index, min(len(lines), index + WRAPPED)):
        line = lines[at]
        if line.blank or line.depth != depth or len(text) > LONGEST_ATTRIBUTION:
            return None
        text = f"{text} {line.bare}" if text else line.bare
        if line.bare.endswith(_ENDS):
            return _judge(lines, index, at, text)
        if at == index and _DATED_NAME.match(line.bare):
            below = _next_within(lines, at + 1, 2)
            return Head(Kind.ATTRIBUTION, index, at + 1) if below is not None else None
    return None


def _judge(lines: Sequence[Line], index: int, last: int, text: str) -> Head | None:
    if len(text) > LONGEST_ATTRIBUTION:
        return None
    lower = text.lower()
    verb = any(word in lower for word in WROTE)
    day, time = _DAY.search(text) is not None, _TIME.search(text) is not None
    address = _ADDRESS.search(text) is not None
    opens = lower.startswith(OPENINGS) or text[0].isdigit() or text[0] == "*"
    if last > index and (not (opens or address) or _begins_later(lines, index, last)):
        return None
    named = (verb and (address or (day and time))) or (address and day and time)
    if not _is_start(lower, lines, index, last):
        return None
    if named:
        return Head(Kind.ATTRIBUTION, index, last + 1)
    below = _next_within(lines, last + 1, 2)
    quoted = below is not None and lines[below].depth > lines[index].depth
    if quoted and (verb or ((address or opens) and (day or time))):
        return Head(Kind.ATTRIBUTION, index, last + 1, certain=False)
    return None


def _begins_later(lines: Sequence[Line], index: int, last: int) -> bool:
    """Whether a line further down opens it, so that this one is the person's own."""
    return any(
        (line.bare.lower().startswith(OPENINGS) or line.bare[0].isdigit())
        and (_DAY.search(line.bare) or _TIME.search(line.bare))
        for line in lines[index + 1 : last + 1]
    )


def _is_start(lower: str, lines: Sequence[Line], index: int, last: int) -> bool:
    """Whether the words begin where the line begins: a sentence before "On … wrote:" is the person's own."""
    if last == index or lower.startswith(OPENINGS):
        return True
    first = lines[index].bare
    return bool(_DAY.search(first) or _TIME.search(first) or _ADDRESS.search(first))
