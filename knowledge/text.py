"""From what people write to what an index compares: normalising, the language of a question, and tokens."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from knowledge.words import ENGLISH_WORDS, stem

# Scripts written without spaces between words: each character and each pair of neighbours is a token.
_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007"  # repetition mark, closing mark, zero
    "\u3040-\u30ff"  # Japanese kana
    "\u3400-\u4dbf"  # Han, extension A
    "\u4e00-\u9fff"  # Han
    "\uac00-\ud7af"  # Korean syllables
    "\uf900-\ufaff"  # Han, compatibility
    "\U00020000-\U0003ffff"  # Han, further extensions
)
_PIECE = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}_]+(?:'[^\W\d_{_UNSPACED}]+)?")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OTHER_SCRIPT = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_HAN_SHARE = 0.3

_CONTRACTIONS = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not"}


def normalised(text: str) -> str:
    """One form for the same words: compatibility forms (full width) folded, no case, straight apostrophes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded).replace("’", "'").replace("‘", "'").replace("`", "'")


def tokens(text: str) -> list[str]:
    """What is compared, in order: stemmed words, and 1- and 2-grams of scripts without spaces."""
    found: list[str] = []
    for piece in _PIECE.findall(normalised(text)):
        if _IS_UNSPACED.match(piece):
            found.extend(piece)
            found.extend(a + b for a, b in pairwise(piece))
        elif "'" in piece or piece == "cannot":
            found.extend(stem(word) for word in _expanded(piece))
        else:
            found.append(stem(piece))
    return found


def is_unspaced(piece: str) -> bool:
    """Whether it begins with a script without spaces between words."""
    return _IS_UNSPACED.match(piece) is not None


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The normalised pieces of a text and where each begins in it; what would move places is left as it is."""
    plain = normalised(text)
    for found in _PIECE.finditer(plain if len(plain) == len(text) else text):
        yield found.start(), found.group()


def words(text: str) -> list[str]:
    """The pieces as they are written, not stemmed, for completing a word that is only begun."""
    return _PIECE.findall(normalised(text))


def language_of(text: str) -> str | None:
    """``zh`` or ``en`` where the text itself says so; None where it does not (a number, a name, another language)."""
    plain = normalised(text)
    letters = sum(character.isalpha() for character in plain)
    if not letters or _OTHER_SCRIPT.search(plain):
        return None
    words = _LATIN.findall(plain)
    if len(_HAN.findall(plain)) >= _HAN_SHARE * (letters - sum(map(len, words)) + len(words)):
        return "zh" if _HAN.search(plain) else _english(words)
    return _english(words)


def _english(words: list[str]) -> str | None:
    known = sum(word.split("'", maxsplit=1)[0] in ENGLISH_WORDS for word in words)
    return "en" if known and known * 4 >= len(words) else None


def _expanded(word: str) -> list[str]:
    """A word without its contraction; ``n't`` is a word of its own."""
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word].split()
    negated = word.removesuffix("n't")
    return [negated, "not"] if negated not in {"", word} else [word.split("'", maxsplit=1)[0]]
