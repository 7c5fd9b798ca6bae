"""What an imported text points at: pictures of the import, and its other articles."""

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import replace
from unicodedata import normalize
from urllib.parse import unquote

from knowledge.article import Content
from knowledge.transfer.naming import slug_for

# The address of a link or an image, beside its words or on a line of its own below the text; code may look like one,
# and is then left wrong rather than guessed at.
_ADDRESS = re.compile(r"(?:(?<=\]\()|(?<=\]: ))(?:<([^<>\n]+)>|((?:[^()\s<>]|\([^()\s<>]*\))+))(?=[\s)]|\Z)")
_OURS = re.compile(r"(?:image|article|https?|mailto|tel|ftp):|//|#", re.IGNORECASE)
_IMAGE = re.compile(r"(?:(?<=\]\()|(?<=\]: ))image:([0-9A-Za-z-]+)(?=[\s)]|\Z)")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_TEXTS = (".md", ".markdown", ".html", ".htm")


class Seen:
    """Collects the pictures that texts point at; ``files`` is what there is.

    ``images``: by their path, what texts call them from then on: ids of ours have no hyphen.
    """

    def __init__(self, files: Container[str]) -> None:
        self.files = files
        self.images: dict[str, str] = {}


def as_ours(body: str, where: str, seen: Seen) -> str:
    """The text with ``image:`` and ``article:`` for what stands in the import beside the file ``where``."""

    def named(found: re.Match[str]) -> str:
        address = found.group(1) or found.group(2)
        return found.group(0) if _OURS.match(address) else _named(address, where, seen) or found.group(0)

    return _ADDRESS.sub(named, body)


def _named(address: str, where: str, seen: Seen) -> str | None:
    plain, _, part = normalize("NFC", unquote(address)).partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(where), plain))
    if path.lower().endswith(PICTURES) and path in seen.files:
        return f"image:{seen.images.setdefault(path, f'picture-{len(seen.images) + 1}')}"
    if path.lower().endswith(_TEXTS) and path in seen.files:
        slug = slug_for(posixpath.basename(path).rsplit(".", 1)[0])
        return f"article:{slug}#{part}" if part else f"article:{slug}"
    return None


def with_images(content: Content, ids: Mapping[str, str]) -> Content:
    """The same with the ids of stored pictures for the names that the import called them."""
    return replace(content, body=text_with_images(content.body, ids))


def text_with_images(text: str, ids: Mapping[str, str]) -> str:
    def stored(found: re.Match[str]) -> str:
        return f"image:{ids.get(found.group(1), found.group(1))}"

    return _IMAGE.sub(stored, text) if ids else text
