"""A folder of Markdown files as a bundle: ours with everything in it, or anybody's with one file an article.

``<language>/<slug>.md`` is an article in a language; where a language is given, folders are categories instead.
``<slug>.draft.md`` is a draft newer than what is published, ``history/<language>/<slug>/<number>.md`` what was before.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from core.answer import Audience
from core.errors import Invalid
from knowledge.article import Content
from knowledge.transfer import lists
from knowledge.transfer.bundle import (
    Bundle,
    BundleArticle,
    BundleEdition,
    Parts,
    Version,
    whole,
)
from knowledge.transfer.fields import Fields
from knowledge.transfer.files import Files
from knowledge.transfer.front_matter import split
from knowledge.transfer.naming import Categories, slug_for
from knowledge.transfer.pictures import ID, Pictures
from knowledge.transfer.references import Seen, as_ours

HISTORY, IMAGES, DRAFT = "history", "images", ".draft"
_ENDINGS = (".md", ".markdown")
_HEADING = re.compile(r"#[ \t]+(?=[^\s#])")
_KNOWN = (
    "title",
    "category",
    "questions",
    "note",
    "number",
    "source_number",
    "author",
    "at",
    "draft",
    "audience",
    "brands",
    "tags",
    "owner",
    "review_by",
    "source_language",
    "archived",
)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a file's name says of it: whose text it is, and which."""

    where: str
    language: str
    slug: str
    stem: str
    kind: str
    category: str | None


@dataclass(frozen=True, slots=True)
class _File:
    """One Markdown file; ``about``: what its front matter says of the article."""

    place: _Place
    version: Version
    published: bool
    about: Mapping[str, Any]


def read_markdown(files: Files, language: str | None = None) -> Bundle:
    """All of it in memory. Raises Invalid, which names the file and what is wrong with it."""
    return whole(markdown_parts(files, language))


def markdown_parts(files: Files, language: str | None = None) -> Parts:
    """An article at a time: only the names of all files are looked at first. Raises Invalid."""
    exact = lists.is_ours(files)
    if exact and language is not None:
        raise Invalid("language", "none: this export says which language each text is in")
    groups: dict[str, list[_Place]] = defaultdict(list)
    for name in files:
        if PurePosixPath(name).suffix.lower() in _ENDINGS:
            place = _place(name, language)
            groups[place.slug].append(place)
    if not groups:
        raise Invalid("import", "at least one file that ends in .md")
    categories = Categories(list(lists.read_categories(files)))
    seen = None if exact else Seen(files)
    for slug, places in groups.items():
        yield _article(slug, [_file(place, files[place.where], seen) for place in places], categories)
    return Bundle(
        (),
        categories.all,
        lists.read_redirects(files),
        tuple(lists.read_reusables(files)),
        tuple(lists.read_synonyms(files)),
        tuple(lists.read_brands(files)),
        Pictures(files, _own_images(files) if seen is None else seen.images),
    )


def _own_images(files: Files) -> Mapping[str, str]:
    """Those of an export of ours, which articles call by their ids."""
    paths = (PurePosixPath(name) for name in files)
    return {str(path): path.stem for path in paths if path.parts[0] == IMAGES and ID.fullmatch(path.stem)}


def _place(name: str, given: str | None) -> _Place:
    path = PurePosixPath(name)
    parts, kind = list(path.parts[:-1]), "newest"
    stem = path.name.rsplit(".", 1)[0]
    if parts and parts[0] == HISTORY and len(parts) == 3:  # noqa: PLR2004 (history, language, slug)
        parts, stem, kind = [parts[1]], parts[2], "history"
    elif stem.endswith(DRAFT):
        stem, kind = stem.removesuffix(DRAFT), "draft"
    if given is not None:
        return _Place(name, given, slug_for(stem), stem, kind, parts[-1] if parts else None)
    if len(parts) != 1:
        raise Invalid(name, "a folder for its language, as in en/returns.md, or a language for all files")
    return _Place(name, parts[0], slug_for(stem), stem, kind, None)


def _file(place: _Place, data: bytes, seen: Seen | None) -> _File:
    """``seen`` None: the text is ours already, and stays as it is."""
    name = place.where
    values, body = split(name, lists.decoded(name, data), _KNOWN)
    fields = Fields(name, values)
    title, body = _titled(fields.line("title"), body, place.stem)
    content = Content(title, body if seen is None else as_ours(body, name, seen), fields.lines("questions"))
    version = Version(
        content,
        fields.line("note") or "",
        fields.number("number"),
        fields.number("source_number"),
        fields.line("author"),
        fields.instant("at"),
        name,
    )
    about = _about(name, fields, place.category)
    published = place.kind == "newest" and not fields.flag("draft")
    fields.end()
    return _File(place, version, published, about)


def _about(name: str, fields: Fields, category: str | None) -> Mapping[str, Any]:
    """What is said of the article as a whole; each file may say it, none may contradict another."""
    audience = fields.line("audience")
    if audience is not None and audience not in set(Audience):
        raise Invalid(f"{name}: audience", f"one of {', '.join(Audience)}, not {audience}")
    said = {
        "audience": None if audience is None else Audience(audience),
        "brands": fields.lines("brands") or None,
        "tags": fields.lines("tags") or None,
        "owner": fields.line("owner"),
        "review_by": fields.day("review_by"),
        "source_language": fields.line("source_language"),
        "archived": fields.flag("archived") or None,
    }
    return {"category": fields.line("category") or category, **said}


def _article(slug: str, group: Sequence[_File], categories: Categories) -> BundleArticle:
    editions: dict[str, list[_File]] = defaultdict(list)
    said: dict[str, Any] = {}
    for each in group:
        editions[each.place.language].append(each)
        for name, value in each.about.items():
            if name == "category" or value is None:
                continue
            if said.setdefault(name, value) != value:
                raise Invalid(
                    f"{each.place.where}: {name}", f"what the article's other files say ({said[name]})"
                )
    names = {each.place.language: each.about["category"] for each in group if each.about["category"]}
    category = categories.of(names, group[0].place.where)
    read = {language: _edition(some) for language, some in editions.items()}
    return BundleArticle(group[0].place.where, slug, read, category, **said)


def _edition(files: list[_File]) -> BundleEdition:
    """In the order of their numbers, where they have any; what has none is the newest."""
    order = {"history": 0, "newest": 1, "draft": 2}
    files = sorted(files, key=lambda each: (each.version.number or 1_000_000_000, order[each.place.kind]))
    numbers = [each.version.number for each in files if each.version.number is not None]
    where = files[-1].place.where
    if len(set(numbers)) != len(numbers):
        raise Invalid(f"{where}: number", "one that no other revision of it has")
    alike = [each.place for each in files if each.place.kind == "newest"]
    if len(alike) > 1:
        said = f"{alike[0].where} is {alike[0].slug} in {alike[0].language} already"
        raise Invalid(alike[1].where, f"a name of its own; {said}")
    published = [place for place, each in enumerate(files) if each.published]
    return BundleEdition(tuple(each.version for each in files), published[0] if published else None)


def _titled(title: str | None, body: str, stem: str) -> tuple[str, str]:
    """Where nothing says the title, the first heading is it, and does not stand in the text again."""
    if title is not None:
        return title, body
    first, _, rest = body.partition("\n")
    heading = _HEADING.match(first)
    if heading:
        return first[heading.end() :].rstrip(" \t#"), rest.lstrip("\n")
    return stem.replace("-", " ").replace("_", " ").strip().capitalize() or stem, body
