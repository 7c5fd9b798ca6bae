"""The pictures of an import: read like any upload, but for those of an export of ours, which stay as they are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select

from core.errors import Invalid
from core.ids import AgentId
from core.store.tables.knowledge import article_image
from core.store.tx import Tx
from knowledge.transfer.bundle import Bundle, BundleImage
from knowledge.transfer.files import Files
from knowledge.writing import images
from knowledge.writing.bare import as_it_is
from knowledge.writing.picture import Picture, remade
from knowledge.writing.settings import ImageSettings

ID = re.compile(r"[0-9A-Za-z]{1,40}")
"""An id of ours; what other folders call a picture has an ending, or a hyphen."""


class Pictures(Iterable[BundleImage]):
    """Those of an import, read when they are gone through; ``names``: what articles call the file of each name."""

    def __init__(self, files: Files, names: Mapping[str, str]) -> None:
        self._files = files
        self._names = names

    def __iter__(self) -> Iterator[BundleImage]:
        for name in sorted(self._names):
            yield BundleImage(self._names[name], self._files[name], where=name)


class _Read(Iterable[BundleImage]):
    """Each picture as it will be kept, read when it is gone through."""

    def __init__(self, images: Iterable[BundleImage], settings: ImageSettings) -> None:
        self._images = images
        self._settings = settings

    def __iter__(self) -> Iterator[BundleImage]:
        for image in self._images:
            yield _read(image, self._settings)


def with_pictures(bundle: Bundle, settings: ImageSettings) -> Bundle:
    """Each picture read, once it is gone through. That raises Invalid, which names the file."""
    return replace(bundle, images=_Read(bundle.images, settings))


def _read(image: BundleImage, settings: ImageSettings) -> BundleImage:
    try:
        shown = as_it_is(image.data, settings) or remade(image.data, settings)
    except Invalid as wrong:
        raise Invalid(f"picture {image.where or image.name}", wrong.expected, code=wrong.code) from None
    return BundleImage(image.name, shown.data, shown.media_type, shown.width, shown.height, shown.digest)


def store_images(tx: Tx, brought: Iterable[BundleImage], by: AgentId | None) -> Mapping[str, str]:
    """The id under which each is kept, by the name that articles call it."""
    ids: dict[str, str] = {}
    for image in brought:
        picture = Picture(image.media_type, image.width, image.height, image.data, image.digest)
        if _is_free(tx, image.name):
            ids[image.name] = images.keep(tx, picture, by, image.name).id
        else:
            ids[image.name] = images.keep(tx, picture, by).id
    return ids


def _is_free(tx: Tx, name: str) -> bool:
    """One of an export of ours keeps its id, so that the articles stay the same, letter for letter."""
    if not ID.fullmatch(name):
        return False
    taken = select(article_image.c.id).where(article_image.c.id == name)
    return tx.conn.execute(taken).first() is None
