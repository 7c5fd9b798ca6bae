"""Finds the addresses of pages in plain text and makes links of them, with everything else escaped."""

import re
from html import escape

_URL = re.compile(
    r"(?<![A-Za-z0-9])https?://[^\s<>\"'“”‘’「」『』《》【】（）。，、；：！？…]+", re.IGNORECASE
)
_TRAILING = ".,;:!?*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def linked(line: str) -> str:
    """HTML of one line of text."""
    parts: list[str] = []
    done = 0
    for found in _URL.finditer(line):
        url = _without_the_sentence(found.group())
        parts += [escape(line[done : found.start()]), f'<a href="{escape(url)}">{escape(url)}</a>']
        done = found.start() + len(url)
    return "".join([*parts, escape(line[done:])])


def _without_the_sentence(url: str) -> str:
    """What ends the sentence, or closes a bracket that the address did not open, is no part of it."""
    unopened = {close: url.count(close) - url.count(opening) for close, opening in _PAIRS.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        if last not in _TRAILING and unopened.get(last, 0) <= 0:
            break
        if last in unopened:
            unopened[last] -= 1
        end -= 1
    return url[:end]
