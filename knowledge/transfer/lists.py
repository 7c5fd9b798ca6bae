"""What an export of ours holds beside articles: YAML files of categories, redirects, snippets, synonyms and brands."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.errors import Invalid
from knowledge.helpcenter.brand import DEFAULT_COLOUR, Brand
from knowledge.transfer.bundle import Bundle, BundleBrand, BundleCategory, BundleReusable, BundleSynonyms
from knowledge.transfer.fields import Fields
from knowledge.transfer.files import Files
from knowledge.transfer.plain_yaml import load

ABOUT, CATEGORIES, REDIRECTS, REUSABLES, SYNONYMS, BRANDS = (
    "parley.yaml",
    "categories.yaml",
    "redirects.yaml",
    "reusables.yaml",
    "synonyms.yaml",
    "brands.yaml",
)
FORMAT = "1"
"""Of what an export of ours looks like; ``ABOUT`` says which it is."""


def is_ours(files: Files) -> bool:
    """Whether it is an export of ours, whose texts are as they are. Raises Invalid for one of a later format."""
    if ABOUT not in files:
        return False
    said = load(ABOUT, decoded(ABOUT, files[ABOUT]))
    fields = Fields(ABOUT, said if isinstance(said, dict) else {})
    if fields.needed("format") != FORMAT:
        raise Invalid(f"{ABOUT}: format", f"{FORMAT}, which is what this version reads")
    return True


def read_categories(files: Files) -> Iterator[BundleCategory]:
    for where, fields in _entries(files, CATEGORIES):
        parts = fields.texts("names"), fields.texts("descriptions"), fields.line("parent")
        yield BundleCategory(fields.needed("slug"), *parts, where)
        fields.end()


def read_reusables(files: Files) -> Iterator[BundleReusable]:
    for where, fields in _entries(files, REUSABLES):
        yield BundleReusable(fields.needed("name"), fields.needed("kind"), fields.texts("texts"), where)
        fields.end()


def read_synonyms(files: Files) -> Iterator[BundleSynonyms]:
    for where, fields in _entries(files, SYNONYMS):
        yield BundleSynonyms(fields.needed("language"), fields.lines("words"), where)
        fields.end()


def read_brands(files: Files) -> Iterator[BundleBrand]:
    for where, fields in _entries(files, BRANDS):
        brand = Brand(
            id=fields.needed("id"),
            name=fields.needed("name"),
            colour=fields.line("color") or DEFAULT_COLOUR,
            logo=fields.line("logo"),
            home=fields.line("home"),
            hosts=fields.lines("hosts"),
            languages=fields.lines("languages"),
            words=fields.words("words"),
        )
        fields.end()
        yield BundleBrand(brand, where)


def read_redirects(files: Files) -> Mapping[str, str]:
    if REDIRECTS not in files:
        return {}
    found = load(REDIRECTS, decoded(REDIRECTS, files[REDIRECTS])) or {}
    if not isinstance(found, dict) or not all(isinstance(target, str) for target in found.values()):
        raise Invalid(REDIRECTS, "lines of two slugs (from: to)")
    return found


def _entries(files: Files, name: str) -> Iterator[tuple[str, Fields]]:
    if name not in files:
        return
    entries = load(name, decoded(name, files[name])) or []
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise Invalid(name, "a list of entries (- …)")
    for count, entry in enumerate(entries, 1):
        where = f"{name}, entry {count}"
        yield where, Fields(where, entry)


def decoded(name: str, data: bytes) -> str:
    """Raises Invalid for what is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(name, f"UTF-8 text, not the byte 0x{data[error.start]:02x} at {error.start}") from None


def lists_of(bundle: Bundle) -> Iterator[tuple[str, Any]]:
    """The files' names and what stands in each, in the same order each time."""
    yield ABOUT, {"format": FORMAT}
    yield BRANDS, [_of_brand(each.brand) for each in sorted(bundle.brands, key=lambda each: each.brand.id)]
    yield CATEGORIES, [_of_category(each) for each in bundle.categories]
    yield REDIRECTS, dict(sorted(bundle.redirects.items()))
    reusables = sorted(bundle.reusables, key=lambda each: each.name)
    yield (
        REUSABLES,
        [{"name": each.name, "kind": each.kind, "texts": _sorted(each.texts)} for each in reusables],
    )
    synonyms = sorted((each.language, each.words) for each in bundle.synonyms)
    yield SYNONYMS, [{"language": language, "words": list(words)} for language, words in synonyms]


def _of_category(category: BundleCategory) -> Mapping[str, Any]:
    names, told = _sorted(category.names), _sorted(category.descriptions)
    return without_nothing(
        {"slug": category.slug, "parent": category.parent, "names": names, "descriptions": told}
    )


def _of_brand(brand: Brand) -> Mapping[str, Any]:
    return without_nothing(
        {
            "id": brand.id,
            "name": brand.name,
            "color": brand.colour,
            "logo": brand.logo,
            "home": brand.home,
            "hosts": list(brand.hosts),
            "languages": list(brand.languages),
            "words": {language: _sorted(words) for language, words in sorted(brand.words.items())},
        }
    )


def _sorted(texts: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(texts.items()))


def without_nothing(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, False)}
