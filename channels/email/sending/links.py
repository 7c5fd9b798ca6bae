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
    while url:
        last = url[-1]
        unopened = last in _PAIRS and url.count(last) > url.count(_PAIRS[last])
        if last not in _TRAILING and not unopened:
            break
        url = url[:-1]
    return url
