"""When two texts are the same to a person who labels them; pure."""

import hashlib
import re

from bot.text import plain

_MARK = re.compile(r"\[[^\w\s]\]")
"""What stands for something that was taken out: with another number it is the same text."""
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = 24


def key_of(text: str) -> str | None:
    """The same for texts that differ in case, width, punctuation and what was taken out; None where no word is left."""
    words = _NOT_WORD.sub(" ", plain(_MARK.sub(" ", text))).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS] if words else None
