"""What a customer's text is before anybody reads it: harmless, cut, of a language, comparable; pure."""

import re
import unicodedata

FULL_WIDTH_SLASH = "\uff0f"
_LATIN_WORD = re.compile(r"(?<![^\W_])[A-Za-z][A-Za-z'’]+(?![^\W_])")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_NOT_WORD = re.compile(r"[\W_]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_SAME_WORDS = 0.8


def tame(text: str, limit: int) -> str:
    """At most ``limit`` characters that no engine can take for a command.

    Rasa obeys a text that begins with ``/``. Whoever reads later may strip more than we think of, so everything
    that is not seen goes from the beginning, and every slash there becomes U+FF0F, which only looks alike.
    """
    kept = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    start = 0
    while start < len(kept) and (kept[start].isspace() or unicodedata.category(kept[start]) in _UNSEEN):
        start += 1
    kept = kept[start:].rstrip()[:limit].rstrip()
    bare = kept.lstrip("/")
    return FULL_WIDTH_SLASH * (len(kept) - len(bare)) + bare


def language_of(text: str) -> str | None:
    """``zh`` or ``en``, None when the words do not tell (numbers, addresses, other scripts)."""
    plain = _ADDRESS.sub(" ", text)
    if _KANA.search(plain):
        return None
    han = len(_HAN.findall(plain))
    words = [word for word in _LATIN_WORD.findall(plain) if not word.isupper() or len(word) > 3]  # noqa: PLR2004
    if han and han >= len(words):
        return "zh"
    return "en" if words and not _foreign_letters(plain) else None


def _foreign_letters(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    latin = sum(1 for char in letters if char.isascii() or "LATIN" in unicodedata.name(char, ""))
    return latin * 2 < len(letters)


def plain(text: str) -> str:
    """Lower case, one width, no accents of typing: for patterns."""
    flat = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return re.sub(r"\s+", " ", flat).strip()


def tokens(text: str) -> frozenset[str]:
    """Latin words and single Chinese characters, without punctuation."""
    found: set[str] = set()
    for word in _NOT_WORD.sub(" ", plain(text)).split():
        found.update(_HAN.findall(word))
        rest = _HAN.sub(" ", word)
        found.update(rest.split())
    return frozenset(found)


def same_question(one: str, other: str) -> bool:
    """Whether two texts ask the same in nearly the same words."""
    left, right = tokens(one), tokens(other)
    if not left or not right:
        return False
    return len(left & right) / len(left | right) >= _SAME_WORDS


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it at all; an emoji alone says nothing to us."""
    return any(char.isalnum() for char in text)
