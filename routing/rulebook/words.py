"""Whole words and phrases in what somebody wrote, in any script: compared word by word, without any pattern language."""

import re
import unicodedata

_ALONE = (
    "\u0e00-\u0edf\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005\u3006\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that write no spaces, or glue endings to words: each character counts as a word."""
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0966-\u0dff"
"""Belong to the word that they stand in."""
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|[{_MARKS}])+")
_BEGINS = "*"


def spaced(text: str) -> str:
    """Its words in lower case with a space around each, so that a phrase is found by a plain search."""
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return f" {' '.join(_WORD.findall(normal))} "


def sought(phrase: str) -> str:
    """What to look for in a ``spaced`` text; a ``*`` at the end stands for any end of the word. Empty: it has no word."""
    found = spaced(phrase)
    if not found.strip():
        return ""
    return found.rstrip(" ") if phrase.rstrip().endswith(_BEGINS) else found
