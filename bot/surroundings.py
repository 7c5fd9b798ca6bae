"""What is known around a message: what was chosen before the chat, and the page it was written on; pure.

All of it is the visitor's word: it helps to find and to speak, and proves nothing.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from bot.text import tokens

PAGE = "page"
_LONGEST = 80
_LANGUAGE = re.compile(r"(en|zh)(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_ASKED_FOR = re.compile(r"(?:^|&)(?:lang|language|locale|hl)=(en|zh)\b", re.IGNORECASE)
_OWN_PAGES = "/help/"
_NOT_WORD = re.compile(r"[\W_\d]+")
_EMPTY = tokens(
    "index html htm php aspx www home en zh cn us shop store products product items item p pages page contact chat support"
)


def chosen_before(questions: object, context: Mapping[str, str]) -> tuple[str, ...]:
    """Of the inbox's questions those that let one choose tell what it is about; names and addresses do not.

    ``questions`` as an inbox's configuration has them.
    """
    asked: Iterable[object] = questions if isinstance(questions, list | tuple) else ()
    keys = [each.get("key") for each in asked if isinstance(each, Mapping) and each.get("kind") == "choice"]
    said = [context[key] for key in keys if isinstance(key, str) and key in context]
    return tuple(" ".join(text.split())[:_LONGEST] for text in said if text.strip())


def page_language(address: str | None) -> str | None:
    """The language that the page's address names: /zh/, /en-GB/, ?lang=zh; None where it names none."""
    parts = None if address is None else _split(address)
    if parts is None:
        return None
    path, query = parts
    named = next((found[1] for each in path.split("/") if (found := _LANGUAGE.fullmatch(each))), None)
    asked = _ASKED_FOR.search(query)
    language = named or (asked[1] if asked else None)
    return None if language is None else language.lower()


def page_words(address: str | None) -> str:
    """What the page is about, by its address: "floor lamp oslo" of /products/floor-lamp-oslo; of our own help, nothing.

    Whoever read an article and asks wants something else.
    """
    parts = None if address is None else _split(address)
    if parts is None or _OWN_PAGES in f"{parts[0]}/":
        return ""
    last = next((each for each in reversed(parts[0].split("/")) if each), "")
    words = [word for word in _NOT_WORD.sub(" ", last).split() if word.casefold() not in _EMPTY]
    return " ".join(words)[:_LONGEST]


def _split(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return unquote(parts.path), parts.query
