"""What articles rest on, as an import brings it: categories, brands, snippets, synonyms, redirects.

What is here stays as it is. What is new is made by what editors use, so that it is as they could have made it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.ids import AgentId, CategoryId
from core.store.tx import Tx
from knowledge import synonyms
from knowledge.filing import keeping, shelves, slugs
from knowledge.filing.categories import name_also
from knowledge.filing.category import Category, called
from knowledge.filing.keeping import Wanted
from knowledge.helpcenter import brands
from knowledge.helpcenter.brands import Placed
from knowledge.rendering.values import Kind
from knowledge.transfer.bundle import (
    Bundle,
    BundleBrand,
    BundleCategory,
    BundleReusable,
    BundleSynonyms,
)
from knowledge.transfer.checking import named
from knowledge.transfer.references import text_with_images
from knowledge.transfer.settings import Rules
from knowledge.writing import reusables
from knowledge.writing.reusing import New


@dataclass(slots=True)
class Surroundings:
    """``added`` and ``kept`` (here already, and left as it is) in words."""

    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def note(self, what: str, *, new: bool) -> None:
        (self.added if new else self.kept).append(what)


class Storing:
    """One import's; raises Invalid, which names the entry."""

    def __init__(self, tx: Tx, rules: Rules, by: AgentId | None, images: Mapping[str, str]) -> None:
        """``images``: the ids under which its pictures are kept, by what it calls them."""
        self._tx = tx
        self._rules = rules
        self._by = by
        self._images = images
        self.done = Surroundings()

    def before_articles(self, bundle: Bundle) -> Mapping[str, CategoryId]:
        """All but the redirects; the category for each slug of the import."""
        self._brands(bundle.brands)
        self._reusables(bundle.reusables)
        self._synonyms(bundle.synonyms)
        return self._categories(bundle.categories)

    def redirects(self, brought: Mapping[str, str]) -> None:
        """Once all articles are there."""
        if brought:
            kept = set(named("redirect", slugs.add_redirects, self._tx, brought))
            for slug in brought:
                self.done.note(f"redirect {slug}", new=slug not in kept)

    def _categories(self, brought: Sequence[BundleCategory]) -> Mapping[str, CategoryId]:
        """One with that slug, one of that name, or a new one; names in further languages are learned."""
        found: dict[str, CategoryId] = {}
        known = shelves.load(self._tx) if brought else []
        for each in brought:
            parent = None if each.parent is None else found[each.parent]
            if parent is not None:
                # There are two levels here; what is deeper goes beside its parent.
                above = next(other for other in known if other.id == parent)
                parent = above.parent or parent
            one = _same(known, each, parent, set(found.values()))
            self.done.note(f"category {each.slug}", new=one is None)
            if one is None:
                wanted = Wanted(each.names, each.descriptions, each.slug)
                most = self._rules.filing.categories
                one = named(each.where, keeping.add, self._tx, wanted, parent, most)
                known.append(one)
            found[each.slug] = one.id
            for language in each.names.keys() - one.names.keys():
                name_also(self._tx, one.id, each.names[language], language)
        return found

    def _brands(self, brought: Iterable[BundleBrand]) -> None:
        here = {each.id for each in brands.list_brands(self._tx)}
        for each in brought:
            new = each.brand.id not in here
            self.done.note(f"brand {each.brand.id}", new=new)
            if new:
                logo = each.brand.logo
                brand = replace(each.brand, logo=None if logo is None else self._images.get(logo, logo))
                named(each.where, brands.add, self._tx, Placed(brand), self._rules.brands)

    def _reusables(self, brought: Sequence[BundleReusable]) -> None:
        if not brought:
            return
        here = {each.name for each in reusables.list_all(self._tx)}
        new = []
        for each in brought:
            self.done.note(f"{each.kind} {each.name}", new=each.name not in here)
            if each.name not in here:
                texts = {tag: text_with_images(text, self._images) for tag, text in each.texts.items()}
                new.append(New(each.name, Kind(each.kind), texts))
        if new:
            named("reusables", reusables.add_all, self._tx, new, self._rules.reusables, self._by)

    def _synonyms(self, brought: Sequence[BundleSynonyms]) -> None:
        """As many groups of the same words as there are in the import."""
        groups = synonyms.list_groups(self._tx) if brought else ()
        here = Counter((each.language, frozenset(each.words)) for each in groups)
        for each in brought:
            key = (each.language, frozenset(each.words))
            new = not here[key]
            here[key] -= 0 if new else 1
            self.done.note(f"synonyms {', '.join(each.words)}", new=new)
            if new:
                named(each.where, synonyms.save, self._tx, None, each.language, each.words)


def _same(
    known: Iterable[Category],
    wanted: BundleCategory,
    parent: CategoryId | None,
    taken: Collection[CategoryId],
) -> Category | None:
    """The one of this slug; else of one of its names, beside it or, on the upper level, anywhere; each is found once."""
    free = [each for each in known if each.id not in taken]
    for each in free:
        if each.slug == wanted.slug:
            return each
    beside = [each for each in free if each.parent == parent]
    for some in (beside, free if parent is None else ()):
        for language, name in wanted.names.items():
            if (found := called(some, name, language)) is not None:
                return found
    return None
