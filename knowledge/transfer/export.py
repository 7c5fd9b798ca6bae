"""Everything that the knowledge base holds as files: Markdown with front matter, which an import makes the same again."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import IO, Any

from core.answer import Audience
from core.errors import Invalid
from knowledge.transfer.bundle import Bundle, BundleArticle, BundleEdition, Version
from knowledge.transfer.front_matter import joined
from knowledge.transfer.lists import lists_of, without_nothing
from knowledge.transfer.markdown_files import DRAFT, HISTORY, IMAGES
from knowledge.transfer.plain_yaml import dump
from knowledge.transfer.spool import kept_bundle

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first that an archive can hold: the same articles make the same archive."""


def files_of(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """Names and contents, in the same order each time: as that of the bundle's articles and pictures."""
    for name, entries in lists_of(bundle):
        if entries:
            yield name, dump(entries).encode()
    for image in bundle.images:
        yield f"{IMAGES}/{image.name}", image.data
    for article in bundle.articles:
        yield from _article(article)


def write(folder: Path, path: Path) -> int:
    """What ``collecting.collect_into`` left in ``folder``: files below ``path``, an archive where it ends in ``.zip``.

    How many files were written. Raises Invalid where that is not possible.
    """
    files = files_of(kept_bundle(folder))
    try:
        if path.suffix != ".zip":
            return write_folder(path, files)
        with path.open("xb") as into:
            return write_zip(into, files)
    except (OSError, zipfile.LargeZipFile) as error:
        raise Invalid("path", f"a place that can be written ({error})") from None


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """How many files were written. Raises OSError."""
    count = 0
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        count += 1
    return count


def write_zip(into: IO[bytes], files: Iterable[tuple[str, bytes]]) -> int:
    """How many files are in the archive."""
    count = 0
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), data, zipfile.ZIP_DEFLATED)
            count += 1
    return count


def _article(article: BundleArticle) -> Iterator[tuple[str, bytes]]:
    """What is said of the article as a whole stands in the file of its source language, or in the first."""
    first = article.source_language or min(article.editions)
    for language, edition in sorted(article.editions.items()):
        about = _about(article) if language == first else {}
        for name, version in _places(article.slug, language, edition):
            draft = {"draft": True} if name.startswith(language) and edition.published is None else {}
            whole = about if name.startswith(f"{language}/") and not name.endswith(f"{DRAFT}.md") else {}
            fields = {"title": version.content.title, "category": article.category, **whole, **draft}
            yield (
                name,
                joined(without_nothing({**fields, **_of_version(version)}), version.content.body).encode(),
            )


def _places(slug: str, language: str, edition: BundleEdition) -> Iterator[tuple[str, Version]]:
    """What is published, a newer draft of it, and what was before, each under its name."""
    newest = len(edition.versions) - 1
    shown = newest if edition.published is None else edition.published
    for place, version in enumerate(edition.versions):
        if place == shown:
            yield f"{language}/{slug}.md", version
        elif place == newest:
            yield f"{language}/{slug}{DRAFT}.md", version
        else:
            yield f"{HISTORY}/{language}/{slug}/{version.number or place + 1:04}.md", version


def _about(article: BundleArticle) -> Mapping[str, Any]:
    return {
        "audience": None if article.audience is Audience.PUBLIC else article.audience.value,
        "brands": list(article.brands),
        "tags": list(article.tags),
        "owner": article.owner,
        "review_by": article.review_by,
        "source_language": article.source_language,
        "archived": article.archived,
    }


def _of_version(version: Version) -> Mapping[str, Any]:
    return {
        "questions": list(version.content.questions),
        "note": version.note,
        "number": version.number,
        "source_number": version.source_number,
        "author": version.author,
        "at": None if version.at is None else version.at.astimezone(UTC).isoformat(),
    }
