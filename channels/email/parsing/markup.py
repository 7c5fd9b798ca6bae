"""HTML before it is sanitised: how deeply it is nested, and its words where that is too deep to take it apart.

Every browser-like parser (html5ever below nh3, lexbor) needs time by the square of the nesting: 38 seconds for half a
megabyte of opening tags. So the depth is estimated first, in one pass.
"""

import re
from html import unescape
from typing import Final

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_ANY: Final = re.compile(r"<(?:style|script)\b.*?</(?:style|script)\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_SPACE: Final = re.compile(r"[ \t]+")
_LINES: Final = re.compile(r"\s*\n\s*")
# Often left open without nesting: their ends are implied.
_FLAT: Final = frozenset(
    "p li td th tr dt dd tbody thead tfoot option br img hr wbr col area input meta link base".split()  # noqa: SIM905
)


def too_deep(html: str, most: int) -> bool:
    """An estimate: closed are only tags that were opened, and not within comments."""
    if html.count("<") <= most:
        return False
    opened: dict[str, int] = {}
    depth = 0
    for tag in _TAG.finditer(_COMMENT.sub("", html) if "<!" in html or "<?" in html else html):
        name = tag[2].lower()
        if name in _FLAT:
            continue
        if not tag[1]:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            if depth > most:
                return True
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
    return False


def words_of(html: str) -> str:
    """The text between the tags, without any layout."""
    text = _SPACE.sub(" ", unescape(_ANY.sub(" ", _COMMENT.sub("", html))))
    return _LINES.sub("\n", text).strip()
