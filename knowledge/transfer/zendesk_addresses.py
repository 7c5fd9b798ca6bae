"""Addresses in a Zendesk Help Center's texts: of its own articles, and of pictures that lie in the export."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from knowledge.transfer.files import Files
from knowledge.transfer.pictures import Pictures
from knowledge.transfer.references import PICTURES

ADDRESS = re.compile(r"/articles/([^/?#]+)")
_ARTICLE = re.compile(r"/hc/(?:[^/]+/)?articles/(\d{1,18})(?![0-9])")
_ATTACHMENT = re.compile(r"/article_attachments/(\d{1,18})(?![0-9])")
_ITS_ID = re.compile(r"(\d{1,18})(?:$|[-_.])")
_HOSTED = ".zendesk.com"
_EDGE = "\ue001"
"""Around the number of a link in a text whose articles have no slugs yet; a character that no text has."""
_LINKED = re.compile(f"article:{_EDGE}([0-9]{{1,9}}){_EDGE}")


class Addresses:
    """``articles`` by id, ``names`` of attachments by id, ``urls``: of articles, which tell what its own hosts are."""

    def __init__(
        self, articles: Collection[int], files: Files, names: Mapping[int, str], urls: Iterable[str]
    ) -> None:
        self._articles = articles
        self._links: list[tuple[int, str]] = []
        self._hosts = {host for host in map(_host, urls) if host}
        self._files = files
        self._found = dict(_by_id(files))
        alone = Counter(PurePosixPath(name).name for name in files)
        paths = {PurePosixPath(name).name: name for name in files if alone[PurePosixPath(name).name] == 1}
        for key, name in names.items():
            if name in paths and name.lower().endswith(PICTURES):
                self._found.setdefault(key, paths[name])
        self._used: dict[str, str] = {}

    @property
    def pictures(self) -> Pictures:
        """Those that texts showed, each as ``ours`` called it."""
        return Pictures(self._files, self._used)

    def ours(self, tag: str, address: str) -> str | None:
        """What the address of a link (``a``) or a picture (``img``) is here; None for whatever lies elsewhere.

        A link to an article is finished by ``with_slugs``.
        """
        host = _host(address)
        if host and host not in self._hosts and not host.endswith(_HOSTED):
            return None
        found = (_ARTICLE if tag == "a" else _ATTACHMENT).search(address)
        key = 0 if found is None else int(found[1])
        if tag == "a":
            return self._link(key, address) if key in self._articles else None
        if key not in self._found:
            return None
        name = self._used.setdefault(self._found[key], f"attachment-{key}")
        return f"image:{name}"

    def _link(self, key: int, address: str) -> str:
        self._links.append((key, address))
        return f"article:{_EDGE}{len(self._links) - 1}{_EDGE}"

    def with_slugs(self, text: str, slugs: Mapping[int, str]) -> str:
        """With links to these articles, by id; one to any other is as it stood."""

        def finished(found: re.Match[str]) -> str:
            at = int(found[1])
            if at >= len(self._links):
                return found[0]
            key, address = self._links[at]
            return f"article:{slugs[key]}" if key in slugs else address

        return _LINKED.sub(finished, text)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _by_id(files: Files) -> Iterable[tuple[int, str]]:
    """Pictures in folders that are called by an id, or with an id before their name."""
    for name in files:
        if name.lower().endswith(PICTURES):
            for part in PurePosixPath(name).parts:
                if its := _ITS_ID.match(part):
                    yield int(its[1]), name
