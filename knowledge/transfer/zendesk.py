"""A Zendesk Help Center's articles as a bundle: the JSON that its API lists, in one file or several.

Source: the Help Center API's articles, translations, sections, categories and user segments, as its reference describes
them. An article in several locales comes as several entries of one id, or with ``translations``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from core.answer import Audience
from core.errors import Invalid
from knowledge.article import Content
from knowledge.transfer.bundle import Bundle, BundleArticle, BundleCategory, BundleEdition, Version
from knowledge.transfer.files import Files
from knowledge.transfer.html_files import to_markdown
from knowledge.transfer.naming import Slugs, slug_for
from knowledge.transfer.zendesk_addresses import ADDRESS, Addresses

_STAFF = "staff"


class _Entry(msgspec.Struct):
    id: int


class _Article(_Entry):
    title: str
    locale: str
    body: str | None = None
    source_locale: str | None = None
    draft: bool = False
    section_id: int | None = None
    user_segment_id: int | None = None
    user_segment_ids: tuple[int, ...] | None = None
    label_names: tuple[str, ...] | None = None
    html_url: str | None = None


class _Translation(_Entry):
    source_id: int
    source_type: str
    locale: str
    title: str
    body: str | None = None
    draft: bool = False


class _Section(_Entry):
    name: str
    locale: str
    description: str | None = None
    category_id: int | None = None
    position: int = 0


class _Category(_Entry):
    name: str
    locale: str
    description: str | None = None
    position: int = 0


class _Attachment(_Entry):
    file_name: str = ""


class _Segment(_Entry):
    user_type: str


E = TypeVar("E", bound=_Entry)


def read_zendesk(files: Files) -> Bundle:
    """Raises Invalid, which names the entry and what is wrong with it; texts without a word are left out."""
    found = _Found(files)
    written = _texts(found)
    names = {each.id: each.file_name for _, each in found.entries("article_attachments", _Attachment)}
    urls = (entry.html_url for entries in written.values() for _, entry in entries)
    addresses = Addresses(written.keys(), files, names, filter(None, urls))
    texts, left_out = _with_words(written, addresses)
    if not texts:
        raise Invalid("import", "a JSON file with articles in it")
    categories, placed = _categories(found, texts)
    segments = {each.id: each.user_type for _, each in found.entries("user_segments", _Segment)}
    own = Slugs()
    slugs = {key: own.free(slug_for(_source(entries).title)) for key, entries in texts.items()}
    read = _Read(placed, segments, addresses, slugs)
    articles = [read.article(key, entries) for key, entries in texts.items()]
    redirects = {}
    for key, entries in texts.items():
        former = ADDRESS.search(entries[0][1].html_url or "")
        if former and (address := slug_for(former.group(1))) not in own:
            redirects[address] = slugs[key]
    return Bundle(articles, categories, redirects, images=addresses.pictures, left_out=left_out)


class _Found:
    """All entries of all files, by what they are."""

    def __init__(self, files: Files) -> None:
        self._lists: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for name, data in files.items():
            if name.lower().endswith(".json"):
                self._take(name, data)

    def _take(self, name: str, data: bytes) -> None:
        try:
            whole = msgspec.json.decode(data)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise Invalid(name, f"JSON ({error})") from None
        if not isinstance(whole, dict):
            raise Invalid(name, 'an object with "articles" in it')
        for kind, entries in whole.items():
            if isinstance(entries, list):
                self._lists[kind] += [(f"{name}, {kind}[{at}]", each) for at, each in enumerate(entries)]

    def entries(self, kind: str, shape: type[E]) -> Iterator[tuple[str, E]]:
        for where, entry in self._lists[kind]:
            known = entry.get("id") if isinstance(entry, dict) else None
            named = f"{where} (id {known})" if known is not None else where
            try:
                yield named, msgspec.convert(entry, shape)
            except msgspec.ValidationError as error:
                raise Invalid(named, str(error).removeprefix("Expected ")) from None


def _texts(found: _Found) -> Mapping[int, list[tuple[str, _Article]]]:
    """Each article's texts, its own before its translations, one a locale."""
    texts: dict[int, list[tuple[str, _Article]]] = defaultdict(list)
    for where, article in found.entries("articles", _Article):
        texts[article.id].append((where, article))
    for where, other in found.entries("translations", _Translation):
        if other.source_type != "Article":
            continue
        if other.source_id not in texts:
            raise Invalid(
                f"{where}: source_id", f"the id of an article in this export, not {other.source_id}"
            )
        _, own = texts[other.source_id][0]
        if any(each.locale == other.locale for _, each in texts[other.source_id]):
            continue
        told = {"title": other.title, "body": other.body, "locale": other.locale, "draft": other.draft}
        texts[other.source_id].append((where, msgspec.structs.replace(own, **told)))
    return texts


def _with_words(
    texts: Mapping[int, list[tuple[str, _Article]]], addresses: Addresses
) -> tuple[Mapping[int, list[tuple[str, _Article]]], Sequence[str]]:
    """As Markdown, without texts that say nothing, as drafts often do; and which these are."""
    kept: dict[int, list[tuple[str, _Article]]] = {}
    left_out = []
    for key, entries in texts.items():
        for where, article in entries:
            if body := to_markdown(where, article.body or "", addresses.ours):
                said = msgspec.structs.replace(article, body=body)
                kept.setdefault(key, []).append((where, said))
            else:
                left_out.append(f"{where}: {article.title} ({article.locale}) has no text")
    return kept, left_out


@dataclass(frozen=True, slots=True)
class _Read:
    """``placed``: the category's slug by section, ``segments``: who is in each, ``slugs`` by article."""

    placed: Mapping[int, str]
    segments: Mapping[int, str]
    addresses: Addresses
    slugs: Mapping[int, str]

    def article(self, key: int, entries: list[tuple[str, _Article]]) -> BundleArticle:
        editions: dict[str, BundleEdition] = {}
        for where, text in entries:
            language = _language(text.locale)
            if language in editions:
                language = text.locale.replace("_", "-").lower()
            if language in editions:
                raise Invalid(f"{where}: locale", f"one text in {language}")
            body = self.addresses.with_slugs(text.body or "", self.slugs)
            content = Content(" ".join(text.title.split()), body)
            editions[language] = BundleEdition((Version(content, where=where),), None if text.draft else 0)
        source = _source(entries)
        section = source.section_id
        return BundleArticle(
            entries[0][0],
            self.slugs[key],
            editions,
            None if section is None else self.placed.get(section),
            _audience(source, self.segments),
            tags=tuple(dict.fromkeys(source.label_names or ())),
            source_language=_language(source.locale),
        )


def _source(entries: list[tuple[str, _Article]]) -> _Article:
    """The text that the others were translated from."""
    named = entries[0][1].source_locale
    return next((each for _, each in entries if each.locale == named), entries[0][1])


def _audience(article: _Article, segments: Mapping[int, str]) -> Audience:
    """Without a segment everybody reads it; of a segment that the export does not explain, only agents."""
    ids = article.user_segment_ids or ((article.user_segment_id,) if article.user_segment_id else ())
    if not ids:
        return Audience.PUBLIC
    known = {segments.get(each, _STAFF) for each in ids}
    return Audience.AGENTS if _STAFF in known else Audience.SIGNED_IN


def _categories(
    found: _Found, texts: Mapping[int, list[tuple[str, _Article]]]
) -> tuple[tuple[BundleCategory, ...], Mapping[int, str]]:
    """Categories and, below them, sections; and each section's slug."""
    made: list[BundleCategory] = []
    taken = Slugs()
    above = _named(found.entries("categories", _Category), made, taken, {})
    sections = list(found.entries("sections", _Section))
    parents = {each.id: above.get(each.category_id or 0) for _, each in sections}
    placed = dict(_named(iter(sections), made, taken, parents))
    for entries in texts.values():
        for where, article in entries:
            if sections and article.section_id is not None and article.section_id not in placed:
                raise Invalid(f"{where}: section_id", f"a section of this export, not {article.section_id}")
    return tuple(made), placed


def _named(
    entries: Iterator[tuple[str, _Category]] | Iterator[tuple[str, _Section]],
    made: list[BundleCategory],
    taken: Slugs,
    parents: Mapping[int, str | None],
) -> Mapping[int, str]:
    by_id: dict[int, list[_Category | _Section]] = defaultdict(list)
    for _, each in entries:
        by_id[each.id].append(each)
    slugs = {}
    for key, some in sorted(by_id.items(), key=lambda pair: (pair[1][0].position, pair[0])):
        slug = taken.free(slug_for(some[0].name))
        slugs[key] = slug
        names = {_language(each.locale): each.name for each in some}
        told = {_language(each.locale): each.description for each in some if each.description}
        made.append(
            BundleCategory(slug, names, told, parents.get(key), f"category {some[0].name} (id {key})")
        )
    return slugs


def _language(locale: str) -> str:
    """``en-us`` is English here, unless there is a second English text."""
    first = locale.replace("_", "-").lower().split("-")[0]
    return first or locale
