"""What is wrong with an import, said of the entry it is in: by the rules that editors' own changes follow.

What depends on what is here already is told when it is stored (``apply``, ``surroundings``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from core.errors import Invalid, Rejected
from knowledge.article import checked, checked_language, checked_note, checked_slug
from knowledge.filing.category import checked_descriptions, checked_names
from knowledge.filing.filed import checked_tags
from knowledge.filing.redirecting import ends_of
from knowledge.helpcenter.brand import checked as checked_brand
from knowledge.rendering.values import Kind
from knowledge.synonyms import checked_words
from knowledge.transfer.bundle import (
    Bundle,
    BundleArticle,
    BundleBrand,
    BundleCategory,
    BundleEdition,
    BundleReusable,
    BundleSynonyms,
    Incoming,
    Parts,
    Version,
    numbers_of,
    source_of,
    whole,
)
from knowledge.transfer.settings import Rules
from knowledge.writing.reusing import check_cycle, checked_name, checked_texts, names_in

P = ParamSpec("P")
T = TypeVar("T")
V = TypeVar("V")


def named(
    where: str, check: Callable[Concatenate[V, P], T], value: V, *args: P.args, **kwargs: P.kwargs
) -> T:
    """What ``check`` makes of the value; what is wrong is said of the entry it is in."""
    try:
        return check(value, *args, **kwargs)
    except Invalid as wrong:
        raise Invalid(f"{where}: {wrong.field}", wrong.expected, code=wrong.code) from None
    except Rejected as wrong:
        raise Invalid(where, f"what is possible here: {wrong}", code=wrong.code) from None


def checked_bundle(bundle: Bundle, rules: Rules) -> Bundle:
    """The whole bundle, its texts as editors' own. Raises Invalid, which names the entry and what is wrong."""

    def parts() -> Parts:
        yield from bundle.articles
        return bundle

    return whole(checked_parts(parts(), rules))


def checked_parts(parts: Parts, rules: Rules) -> Parts:
    """The same, one article after another. Raises Invalid."""
    checking = _Checking(rules)
    incoming = Incoming(parts)
    for article in incoming:
        yield checking.article(article)
    return checking.rest(incoming.rest)


class _Checking:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._slugs: dict[str, str] = {}
        # By category, the first article that is in it.
        self._filed: dict[str, str] = {}

    def article(self, article: BundleArticle) -> BundleArticle:
        where = article.where
        named(where, checked_slug, article.slug)
        if article.slug in self._slugs:
            taken = f"{self._slugs[article.slug]} is {article.slug} already"
            raise Invalid(where, f"a slug of its own; {taken}")
        self._slugs[article.slug] = where
        if len(self._slugs) > self._rules.transfer.articles:
            raise Invalid("articles", f"at most {self._rules.transfer.articles} in one import")
        if article.category is not None:
            self._filed.setdefault(article.category, where)
        return _checked_article(article, self._rules)

    def rest(self, bundle: Bundle) -> Bundle:
        categories = _checked_categories(bundle.categories)
        for slug, where in self._filed.items():
            if slug not in {each.slug for each in categories}:
                raise Invalid(f"{where}: category", f"one of this import's categories, not {slug}")
        self._check_redirects(bundle)
        return replace(
            bundle,
            categories=categories,
            reusables=_checked_reusables(bundle.reusables, self._rules),
            synonyms=[_checked_synonyms(each) for each in bundle.synonyms],
            brands=_checked_brands(bundle.brands),
        )

    def _check_redirects(self, bundle: Bundle) -> None:
        most = self._rules.transfer.redirects
        if len(bundle.redirects) > most:
            raise Invalid("redirects", f"at most {most}, not {len(bundle.redirects)}")
        for slug, target in bundle.redirects.items():
            where = f"redirect {slug}"
            named(where, checked_slug, slug)
            named(f"{where}: target", checked_slug, target)
            if slug in self._slugs:
                raise Invalid(where, f"an address that no article has; {self._slugs[slug]} is {slug}")
        named("redirects", ends_of, bundle.redirects, bundle.redirects)


def _checked_article(article: BundleArticle, rules: Rules) -> BundleArticle:
    where = article.where
    if not article.editions:
        raise Invalid(where, "a text in at least one language")
    count = sum(len(edition.versions) for edition in article.editions.values())
    if count > rules.transfer.revisions:
        raise Invalid(where, f"at most {rules.transfer.revisions} revisions of an article, not {count}")
    source = source_of(article)
    if source not in article.editions:
        languages = ", ".join(sorted(article.editions))
        raise Invalid(f"{where}: source_language", f"one of {languages}, not {source}")
    followed = set(numbers_of(article.editions[source]))
    editions = {}
    for language, edition in article.editions.items():
        named(where, checked_language, language)
        editions[language] = _checked_edition(where, edition, rules)
        for version in edition.versions:
            given = version.source_number
            if given is not None and (language == source or given not in followed):
                expected = "a revision of the language that this one follows"
                raise Invalid(f"{version.where or where}: source_number", f"{expected}, not {given}")
    return replace(
        article,
        editions=editions,
        tags=named(where, checked_tags, article.tags, rules.filing.tags),
        brands=tuple(sorted({*article.brands})),
    )


def _checked_edition(where: str, edition: BundleEdition, rules: Rules) -> BundleEdition:
    if not edition.versions:
        raise Invalid(where, "a text in each language")
    for version in edition.versions:
        for field, number in (("number", version.number), ("source_number", version.source_number)):
            if number is not None and not 0 < number <= rules.transfer.number:
                expected = f"a whole number from 1 to {rules.transfer.number}"
                raise Invalid(f"{version.where or where}: {field}", expected)
    return replace(edition, versions=tuple(_checked_version(where, each) for each in edition.versions))


def _checked_version(where: str, version: Version) -> Version:
    where = version.where or where
    content = named(where, checked, version.content)
    return replace(version, content=content, note=named(where, checked_note, version.note))


def _checked_categories(categories: Iterable[BundleCategory]) -> list[BundleCategory]:
    found: dict[str, BundleCategory] = {}
    for each in categories:
        where = each.where
        named(where, checked_slug, each.slug)
        if each.slug in found:
            raise Invalid(f"{where}: slug", f"a slug of its own; {found[each.slug].where} has it already")
        if each.parent is not None and each.parent not in found:
            raise Invalid(f"{where}: parent", f"a category that comes before it, not {each.parent}")
        names = named(where, checked_names, each.names)
        told = named(where, checked_descriptions, each.descriptions)
        found[each.slug] = replace(each, names=names, descriptions=told)
    return list(found.values())


def _checked_reusables(reusables: Iterable[BundleReusable], rules: Rules) -> list[BundleReusable]:
    """None of which contains itself by way of the others."""
    found: dict[str, BundleReusable] = {}
    inside: dict[str, frozenset[str]] = {}
    room = rules.transfer.reusable_characters
    for each in reusables:
        where = each.where
        named(where, checked_name, each.name)
        if each.name in found:
            raise Invalid(f"{where}: name", f"a name of its own; {found[each.name].where} has it already")
        if each.kind not in set(Kind):
            raise Invalid(f"{where}: kind", f"one of {', '.join(Kind)}, not {each.kind}")
        texts = named(where, _texts_of, Kind(each.kind), each.texts, rules)
        room -= sum(map(len, texts.values()))
        if room < 0:
            most = rules.transfer.reusable_characters
            raise Invalid(f"{where}: texts", f"at most {most} characters in all of them together")
        found[each.name] = replace(each, texts=texts)
        snippet = each.kind == Kind.SNIPPET
        inside[each.name] = names_in(texts) if snippet else frozenset()
    for each in found.values():
        named(each.where, check_cycle, each.name, inside)
    return list(found.values())


def _texts_of(kind: Kind, texts: Mapping[str, str], rules: Rules) -> dict[str, str]:
    return checked_texts(kind, texts, rules.reusables)


def _checked_synonyms(synonyms: BundleSynonyms) -> BundleSynonyms:
    named(synonyms.where, checked_language, synonyms.language)
    return replace(synonyms, words=named(synonyms.where, checked_words, synonyms.words))


def _checked_brands(brands: Iterable[BundleBrand]) -> list[BundleBrand]:
    found: dict[str, BundleBrand] = {}
    for each in brands:
        others = [other.brand for other in found.values()]
        brand = named(each.where, checked_brand, each.brand, others)
        if brand.id in found:
            raise Invalid(f"{each.where}: id", f"an id of its own; {found[brand.id].where} has it already")
        found[brand.id] = replace(each, brand=brand)
    return list(found.values())
