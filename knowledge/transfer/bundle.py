"""What an import brings and an export takes: values, whatever form they come in.

An import may have more articles than should be in memory at once: whoever reads one gives them one after another, and
what is known only after the last of them in the end.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.answer import Audience
from knowledge.article import Content
from knowledge.helpcenter.brand import Brand


@dataclass(frozen=True, slots=True)
class Version:
    """One revision; ``number``, ``author`` (an e-mail address) and ``at`` only from an export of ours.

    ``where``: the file or the entry it comes from, for whoever has to mend it.
    """

    content: Content
    note: str = ""
    number: int | None = None
    source_number: int | None = None
    author: str | None = None
    at: datetime | None = None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class BundleEdition:
    """An article in one language: its revisions, oldest first, and the place of the published one among them."""

    versions: tuple[Version, ...]
    published: int | None


@dataclass(frozen=True, slots=True)
class BundleArticle:
    """``where``: the file or the entry it comes from, for whoever has to mend it; ``category`` is a category's slug."""

    where: str
    slug: str
    editions: Mapping[str, BundleEdition]
    category: str | None = None
    audience: Audience = Audience.PUBLIC
    brands: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner: str | None = None
    review_by: date | None = None
    source_language: str | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class BundleCategory:
    """``names`` and ``descriptions`` by language; ``parent`` is a slug."""

    slug: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    where: str = field(default="categories", compare=False)


@dataclass(frozen=True, slots=True)
class BundleReusable:
    """A snippet or a variable, its texts by language."""

    name: str
    kind: str
    texts: Mapping[str, str]
    where: str = field(default="reusables", compare=False)


@dataclass(frozen=True, slots=True)
class BundleSynonyms:
    """Words that mean the same."""

    language: str
    words: tuple[str, ...]
    where: str = field(default="synonyms", compare=False)


@dataclass(frozen=True, slots=True)
class BundleBrand:
    """The logo is what the import calls the picture."""

    brand: Brand
    where: str = field(default="brands", compare=False)


@dataclass(frozen=True, slots=True)
class BundleImage:
    """``name``: what the articles call it, an id of ours or a path in the folder; the rest is known once it is read.

    ``width`` and ``height`` in pixels; ``digest``: SHA-256 of ``data``, in hex.
    """

    name: str
    data: bytes
    media_type: str = ""
    width: int = 0
    height: int = 0
    digest: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything of one import or export; parents stand before their children among the categories.

    ``articles`` and ``images`` can be gone through more than once. ``left_out``: what was not read, and why, in words.
    """

    articles: Iterable[BundleArticle]
    categories: Sequence[BundleCategory] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    reusables: Sequence[BundleReusable] = ()
    synonyms: Sequence[BundleSynonyms] = ()
    brands: Sequence[BundleBrand] = ()
    images: Iterable[BundleImage] = ()
    left_out: Sequence[str] = ()


Parts = Generator[BundleArticle, None, Bundle]
"""The articles, and then a bundle of everything else."""


class Incoming:
    """The articles of parts; ``rest`` is there after the last."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.rest = Bundle(())

    def __iter__(self) -> Iterator[BundleArticle]:
        self.rest = yield from self._parts


def whole(parts: Parts) -> Bundle:
    """All of it in memory."""
    incoming = Incoming(parts)
    articles = list(incoming)
    return replace(incoming.rest, articles=articles)


def numbers_of(edition: BundleEdition) -> list[int]:
    """Those of the import where it has them, else counted from 1."""
    given = [version.number for version in edition.versions if version.number is not None]
    if len(given) == len(edition.versions) and given == sorted(set(given)):
        return given
    return list(range(1, len(edition.versions) + 1))


def source_of(article: BundleArticle) -> str:
    """The language that the others follow: the one that is said, else English, else the first."""
    if article.source_language is not None:
        return article.source_language
    return "en" if "en" in article.editions else min(article.editions)
