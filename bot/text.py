"""What a customer's text is before anybody reads it: harmless, cut, of a language, comparable; pure."""

import re
import unicodedata
from difflib import SequenceMatcher

from bot.tongues import ENGLISH, EVERYBODYS, OTHERS

_COMMANDS = frozenset({"start", "help"})
FULL_WIDTH_SLASH = "\uff0f"
_LATIN_WORD = re.compile(r"(?<![^\W_])[A-Za-z][A-Za-z'’]+(?![^\W_])")
_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_NOT_WORD = re.compile(r"[\W_]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_SAME_WORDS = 0.8
_ALIKE_WORDS = 0.53
_SAME_LETTERS = 0.75


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
    """``zh`` or ``en``; None when words do not tell (numbers, "ok", addresses) or tell of another language.

    Then what was said before decides, else what the contact's side said of itself: ``bot.policy.deciding``.
    """
    shown = _ADDRESS.sub(" ", text)
    if _KANA.search(shown):
        return None
    han = len(_HAN.findall(shown))
    words = _words(shown)
    if han and han >= len(words):
        return "zh"
    # One word is said in any language: "refund", "lamp", "ok".
    if len(words) < 2 or EVERYBODYS.issuperset(words) or _foreign_letters(shown):  # noqa: PLR2004
        return None
    return None if _tells_another(shown) else "en"


def other_tongue(text: str) -> bool:
    """Whether somebody clearly writes in a language that is neither English nor Chinese."""
    shown = _ADDRESS.sub(" ", text)
    return bool(_KANA.search(shown)) or _foreign_letters(_HAN.sub("", shown)) or _tells_another(shown)


def _words(text: str) -> list[str]:
    """Latin words in lower case; what is short and all capitals is a number's beginning or a brand."""
    found = _LATIN_WORD.findall(text)
    return [word.casefold().replace("’", "'") for word in found if not word.isupper() or len(word) > 3]  # noqa: PLR2004


def _tells_another(text: str) -> bool:
    words = [word.casefold().replace("’", "'") for word in _ANY_WORD.findall(text)]
    others = sum(1 for word in words if word in OTHERS or (not word.isascii() and not _HAN.search(word)))
    return others > sum(1 for word in words if word in ENGLISH)


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
    """Whether two texts ask the same in nearly the same words: about Norway is not about Sweden."""
    left, right = tokens(one), tokens(other)
    if not left or not right or len(left & right) / len(left | right) < _SAME_WORDS:
        return False
    return not (_details(left - right, right) and _details(right - left, left))


def other_detail(one: str, other: str) -> bool:
    """Whether they are put alike and ask about something else: on Sunday, to Sweden, for dogs."""
    left, right = tokens(one), tokens(other)
    alike = len(left & right) / (len(left | right) or 1)
    return alike >= _ALIKE_WORDS and bool(_details(left ^ right, left & right))


def _details(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """The words that mean something, without those that only seem to be typed otherwise."""
    return frozenset(
        word
        for word in words - _LITTLE
        if not any(SequenceMatcher(None, word, each).ratio() >= _SAME_LETTERS for each in others)
    )


def is_command(text: str) -> bool:
    """What programs for messages send when somebody opens a chat: /start, /help; after ``tame``."""
    return plain(text).lstrip("/") in _COMMANDS and text.startswith((FULL_WIDTH_SLASH, "/"))


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it at all; an emoji alone says nothing to us."""
    return any(char.isalnum() for char in text)


_LITTLE = tokens(
    "the a an to of for in on at is are do does did can could will would may i you we it my your please so then again just"
    " still now ok well hi hello hey really and but or that this me there any some 的了吗呢吧啊呀么请再还那就我你您"
)
"""Words that make no other question of one."""
