"""Takes out of a text what could name or reach a person, and leaves the question; pure."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from knowledge.loop.patterns import (
    CARD,
    LINK,
    MAIL,
    MARKS,
    NAME,
    NUMBER,
    REACHED,
    SAYS_WHO,
    SIGNED,
    SIGNING,
    STEPS,
    WHOLE_MAIL,
)

__all__ = [
    "LINK",
    "LONGEST",
    "MAIL",
    "MARKS",
    "NAME",
    "NUMBER",
    "READ",
    "announced",
    "cut",
    "redact",
    "redact_lines",
    "says_something",
]

LONGEST = 500
"""Characters of a redacted question."""

_TIMES = 4
"""So many times the longest is looked at: what follows was cut off anyway."""
READ = LONGEST * _TIMES
"""Characters of a message in which names are looked for."""
_SHORTEST_NAME = 2
_FOLDED = "@./-+"
"""Signs, too, that stand in addresses and numbers; Chinese punctuation stays as it was written."""
_CARD_DIGITS = range(13, 20)
_SURE_DIGITS = 64
"""In a run of more digits some would pass for a card's: it is not looked at further."""
_KEPT = 8
"""Names of so many conversations are remembered as patterns: the lines of a text ask for the same."""
_CONTROLS = dict.fromkeys((*range(32), 127), " ")
_CHARACTERS = 8192
"""Different characters of which it is remembered how they are shown."""
_HAN_GIVEN = 3
_FIRST, _LAST = 0xE000, 0xF8FF
_STAND_INS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
"""Characters of private use, which mean nothing by themselves."""


def redact(text: str, names: Sequence[str] = (), most: int = LONGEST, *, mail_addresses: bool = True) -> str:
    """One line of at most ``most`` characters; ``names`` are those of people who are known, each goes too.

    Without ``mail_addresses`` these alone stay as they were written.

    It takes out too much rather than too little: a model's number of five digits goes with the telephone numbers. Names
    that nothing announces and that are not among ``names`` stay, and so do numbers in words.
    """
    kept: list[str] = []
    text = text[: most * _TIMES] if mail_addresses else _STAND_INS.sub("", text[: most * _TIMES])
    line = _plain(_unsigned(_without_cards(text)))
    if not mail_addresses:
        line = WHOLE_MAIL.sub(lambda found: _stand_in(kept, found[0]), line)
    for pattern, mark in REACHED:
        line = pattern.sub(mark, line)
    heard = _heard(line)
    called = tuple(name for name, said in _worth(tuple(names)) if said in heard)
    if called:
        line = _called(called).sub(NAME, line)
    for pattern, mark in STEPS:
        line = pattern.sub(mark, line)
    line = _STAND_INS.sub(lambda found: kept[ord(found[0]) - _FIRST], line) if kept else line
    return cut(line, most)


def _stand_in(kept: list[str], address: str) -> str:
    """One character that no pattern takes for anything, and that no text of a customer's has here."""
    if len(kept) > _LAST - _FIRST:
        return MAIL
    kept.append(address)
    return chr(_FIRST + len(kept) - 1)


def redact_lines(text: str, names: Sequence[str] = (), most: int = 4000) -> str:
    """The same of a text of several lines, which stay."""
    whole = _unsigned(_without_cards(text[:most]))
    kept = [redact(line, names, most) if line.strip() else "" for line in whole.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()[:most]


def announced(text: str) -> list[str]:
    """What people say in it that they are called."""
    line = _plain(text[:READ])
    return [found["who"].rstrip(".") for pattern in SAYS_WHO for found in pattern.finditer(line)]


def _without_cards(text: str) -> str:
    """A run of digits in which the number of a card is, by its check digit, however it is written."""
    return CARD.sub(lambda run: NUMBER if _has_card(run.group()) else run.group(), text)


def _has_card(run: str) -> bool:
    """Whether some of its digits have Luhn's sum: of every second digit from the right the double; zeros alone have not."""
    digits = [int(each) for each in run if each.isdecimal()]
    if len(digits) > _SURE_DIGITS:
        return True
    doubled = [sum(divmod(2 * each, 10)) for each in digits]
    even = _sums(digits, doubled)
    odd = _sums(doubled, digits)
    for end in range(_CARD_DIGITS.start, len(digits) + 1):
        upto = even if end % 2 == 0 else odd
        for length in range(_CARD_DIGITS.start, min(_CARD_DIGITS.stop, end + 1)):
            total = upto[end] - upto[end - length]
            if total and total % 10 == 0:
                return True
    return False


def _sums(at_odd: Sequence[int], at_even: Sequence[int]) -> list[int]:
    """Up to each place: of ``at_even`` what stands at the even ones, counted from 0, and of ``at_odd`` the rest."""
    both = zip(at_odd, at_even, strict=True)
    return list(accumulate((pair[at % 2 == 0] for at, pair in enumerate(both)), initial=0))


def _unsigned(text: str) -> str:
    """A name on the line below a closing goes."""
    lines = text.splitlines()
    signing = False
    for at, line in enumerate(lines):
        if signing and SIGNED.fullmatch(line):
            lines[at] = NAME
        signing = SIGNING.fullmatch(line.strip()) is not None or (signing and not line.strip())
    return "\n".join(lines)


def cut(line: str, most: int) -> str:
    """At most ``most`` characters, without half a mark at the end."""
    if len(line) <= most:
        return line
    short = line[: most - 1]
    opened = short.rfind("[")
    if opened > short.rfind("]"):
        short = short[:opened]
    return short.rstrip() + "…"


def says_something(text: str) -> bool:
    """Whether letters are left beside the marks, more than one."""
    for mark in MARKS:
        text = text.replace(mark, " ")
    return sum(character.isalpha() for character in text) > 1


def _plain(text: str) -> str:
    """Letters and digits of other widths folded, no control characters, lone surrogates nor what is no character, one space for any."""
    shown = text.translate(_CONTROLS) if text.isascii() else "".join(map(_shown, text))
    return " ".join(shown.split())


@lru_cache(_CHARACTERS)
def _shown(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    folded = plain if plain.isalnum() or plain in _FOLDED else character
    spaced = (" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in folded)
    return "".join(each for each in spaced if unicodedata.category(each) not in {"Cs", "Cf", "Cn"})


def _heard(text: str) -> str:
    """As a pattern that looks at no case takes it, dots of i included."""
    return text.casefold().replace("\u0307", "").replace("ı", "i")


@lru_cache(_KEPT)
def _called(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these, the first before the others."""
    each = (rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name) for name in names)
    return re.compile("|".join(each), re.IGNORECASE)


@lru_cache(_KEPT)
def _worth(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Whole names and their parts, the longest first, each with what it is ``_heard`` as."""
    found: set[str] = set()
    for name in names:
        whole = _plain(name)
        found.update(
            each
            for each in (whole, *whole.split(), *_given_names(whole))
            if len(each) >= _SHORTEST_NAME and any(c.isalpha() for c in each)
        )
    return [(each, _heard(each)) for each in sorted(found, key=lambda each: (-len(each), each))]


def _given_names(name: str) -> list[str]:
    """Of a Chinese name of three characters or more: what stands after the surname."""
    return [
        each[1:] for each in name.split() if len(each) >= _HAN_GIVEN and not each.isascii() and each.isalpha()
    ]
