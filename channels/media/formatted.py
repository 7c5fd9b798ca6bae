"""Sanitised HTML of messages: its inline images are named by their stored ids, and get addresses when it is shown."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import unquote

from core.ids import MediaId

FORMATTED = "text/html"
"""The type of what was sanitised and stored by us; no file from outside ever has it."""

_CID = re.compile(r"""(?P<quote>["'])\s*cid:(?P<id>[^"']*)(?P=quote)""", re.IGNORECASE)
_STORED = re.compile(r'"cid:([0-9a-z]{8,26})"')


def with_stored_images(html: str, images: Mapping[str, MediaId]) -> tuple[str, frozenset[str]]:
    """``cid:`` and a Content-ID become ``cid:`` and the id of the stored image; also which Content-IDs were named.

    What names no image of this message names none at all afterwards, so that nobody's mail shows another one's.
    """
    named: set[str] = set()

    def stored(found: re.Match[str]) -> str:
        wanted = unquote(unescape(found["id"])).strip()
        if wanted not in images:
            return '""'
        named.add(wanted)
        return f'"cid:{images[wanted]}"'

    return _CID.sub(stored, html), frozenset(named)


def with_images(html: str, address: Callable[[MediaId], str]) -> str:
    """With the addresses under which the stored images are shown for a while."""
    return _STORED.sub(lambda found: f'"{address(MediaId(found[1]))}"', html)
