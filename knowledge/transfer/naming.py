"""Slugs for what comes without one, and categories out of the names that articles give."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.errors import Invalid
from knowledge.article import slug_of
from knowledge.transfer.bundle import BundleCategory

_DIGEST = 10
_NUMBERED = 70
"""Of a slug that is taken, so much is kept before the number."""


def slug_for(name: str) -> str:
    """Of a name in Latin letters its words; of any other a digest, so that the same name gets the same slug."""
    plain = slug_of(name.replace("_", " "))
    return plain or f"article-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:_DIGEST]}"


class Categories:
    """Those that an import brings, and those that articles merely name; one with names in two languages is one."""

    def __init__(self, known: list[BundleCategory]) -> None:
        """Raises Invalid where two have one slug."""
        self._of: dict[str, BundleCategory] = {}
        self._called: dict[tuple[str, str], str] = {}
        self._slugs = Slugs(each.slug for each in known)
        for each in known:
            if each.slug in self._of:
                raise Invalid(
                    f"{each.where}: slug", f"one of its own; {self._of[each.slug].where} has it already"
                )
            self._of[each.slug] = each
            for pair in each.names.items():
                self._called.setdefault(pair, each.slug)

    @property
    def all(self) -> tuple[BundleCategory, ...]:
        return tuple(self._of.values())

    def of(self, names: Mapping[str, str], where: str) -> str | None:
        """The slug of the category that goes by these names, by language; a new one, which ``where`` names, if none does."""
        if not names:
            return None
        for name in names.values():
            if name in self._of:
                return name
        found = next((self._called[pair] for pair in names.items() if pair in self._called), None)
        if found is None:
            found = self._slugs.free(next(filter(None, map(slug_of, names.values())), "category"))
            self._of[found] = BundleCategory(found, {}, where=f"{where}: category")
        known = self._of[found]
        if names.keys() - known.names.keys():
            self._of[found] = replace(known, names={**names, **known.names})
            for pair in self._of[found].names.items():
                self._called.setdefault(pair, found)
        return found


class Slugs:
    """Gives each a slug of its own: the wanted one, or with a number behind it."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._counts: dict[str, int] = {}

    def __contains__(self, slug: str) -> bool:
        return slug in self._taken

    def free(self, wanted: str) -> str:
        slug = wanted
        while slug in self._taken:
            self._counts[wanted] = 1 + self._counts.get(wanted, 1)
            slug = f"{wanted[:_NUMBERED].rstrip('-')}-{self._counts[wanted]}"
        self._taken.add(slug)
        return slug


def categories_of(
    named: Mapping[str, Mapping[str, str]], wheres: Mapping[str, str]
) -> tuple[tuple[BundleCategory, ...], Mapping[str, str]]:
    """The categories that articles name by language, and which article (a slug) is in which."""
    categories = Categories([])
    found = {article: categories.of(names, wheres[article]) for article, names in named.items()}
    return categories.all, {article: slug for article, slug in found.items() if slug is not None}
