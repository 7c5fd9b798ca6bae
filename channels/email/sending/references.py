"""What the head of a mail says of the mails before it: References, and a subject that is an answer."""

import re
import unicodedata
from collections.abc import Sequence

_ID = re.compile(r"[!-;=?-~]{1,250}")
"""Printable ASCII without angle brackets and blanks: what may stand between the angle brackets of a Message-ID."""

_REPLY = re.compile(
    r"(?:(?:re|aw|sv|vs|antw|odp|res|回复|答复|回覆|答覆)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+", re.IGNORECASE
)
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows them, also outside of the text that they came in."""


def references(message_ids: Sequence[str], most_bytes: int) -> tuple[str, ...]:
    """Oldest first, each once; when they are too long together, the first stays and those after it give way.

    So asks RFC 5537, section 3.4.4. What is no Message-ID is left out, whoever sent it.
    """
    kept = [each for each in dict.fromkeys(message_ids) if _ID.fullmatch(each) and "@" in each]
    while len(kept) > 2 and sum(len(each) + 3 for each in kept) > most_bytes:  # noqa: PLR2004 - the first and the last
        del kept[1]
    return tuple(kept)


def answered(subject: str) -> str:
    """The subject of an answer: ``Re:`` once, in whatever language it was there before."""
    line = one_line(subject)
    begun = _REPLY.match(line)
    return f"Re: {line if begun is None else line[begun.end() :]}"


def one_line(text: str) -> str:
    """As a header may hold it: no line breaks, nothing that hides or turns, blanks once.

    ``=?`` is taken apart: the standard library decodes encoded words in what it is given to encode, and one that
    somebody else wrote may hold line breaks.
    """
    shown = (c for c in text.replace("=?", "= ?") if c not in _TURNING)
    return " ".join("".join(" " if unicodedata.category(c) in _UNSEEN else c for c in shown).split())
