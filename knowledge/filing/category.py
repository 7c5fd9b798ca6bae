"""Categories: two levels of shelves with a name in each language, and what makes one fit to be stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Invalid
from core.ids import CategoryId
from knowledge.article import checked_category, checked_language, checked_text

DESCRIPTION_CHARACTERS = 500
CATEGORIES = 500
LAST_RESORT = "en"


@dataclass(frozen=True, slots=True)
class Category:
    """``names`` and ``descriptions`` by language; ``parent`` is None on the upper level, ``position`` counts among siblings."""

    id: CategoryId
    slug: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    parent: CategoryId | None
    position: int
    version: int

    def name_in(self, *languages: str) -> str:
        return name_in(self.names, *languages)


def name_in(names: Mapping[str, str], *languages: str) -> str:
    """The name in the first of these languages that has one, else in English, else in any; empty without names."""
    for language in (*languages, LAST_RESORT):
        if language in names:
            return names[language]
    return names[min(names)] if names else ""


def checked_names(names: Mapping[str, str]) -> dict[str, str]:
    """Without empty ones; raises Invalid, which names the language."""
    given = {tag: checked_category(name, f"names.{tag}") for tag, name in _filled("names", names)}
    if not given:
        raise Invalid("names", "a name in at least one language")
    return given


def checked_descriptions(descriptions: Mapping[str, str]) -> dict[str, str]:
    """Without empty ones; raises Invalid, which names the language."""
    return {
        tag: checked_text(f"descriptions.{tag}", text, DESCRIPTION_CHARACTERS)
        for tag, text in _filled("descriptions", descriptions)
    }


def _filled(field: str, texts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for tag, text in sorted(texts.items()):
        if text.strip():
            yield checked_language(tag, f"{field}.{tag}"), text


def called(categories: Iterable[Category], name: str, language: str | None = None) -> Category | None:
    """The category of this name, capitals and spaces aside: one of this ``language`` before one of any other."""
    alike = [each for each in categories if _plain(name) in map(_plain, each.names.values())]
    exact = (
        each
        for each in alike
        if language is not None and _plain(each.names.get(language, "")) == _plain(name)
    )
    return next(exact, alike[0] if alike else None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def in_order(categories: Iterable[Category]) -> tuple[Category, ...]:
    """The upper level by position, each followed by what is under it."""
    found = sorted(categories, key=lambda each: (each.position, each.id))
    tops = [each for each in found if each.parent is None]
    return tuple(each for top in tops for each in (top, *children(found, top.id)))


def children(categories: Sequence[Category], parent: CategoryId) -> list[Category]:
    return [each for each in categories if each.parent == parent]


def siblings(categories: Iterable[Category], parent: CategoryId | None) -> list[Category]:
    """Those right under ``parent`` (None: the upper level), in their order."""
    return [each for each in in_order(categories) if each.parent == parent]


def checked_parent(categories: Sequence[Category], parent: CategoryId | None, of: CategoryId | None) -> None:
    """Whether ``of`` (None: a new one) may stand under ``parent``; raises Invalid."""
    if parent is None:
        return
    above = next((each for each in categories if each.id == parent), None)
    if above is None:
        raise Invalid("parent", "a category that exists", code="category_gone")
    if above.parent is not None or above.id == of:
        raise Invalid("parent", "a category of the upper level: there are two levels", code="too_deep")
    if of is not None and children(categories, of):
        raise Invalid("parent", "none: it has categories under it, and there are two levels", code="too_deep")


def checked_unlike(categories: Sequence[Category], one: Category) -> None:
    """No two beside each other have one name in one language; raises Invalid, which names the language."""
    for other in siblings(categories, one.parent):
        for tag, name in one.names.items():
            if other.id != one.id and _plain(other.names.get(tag, "")) == _plain(name):
                raise Invalid(
                    f"names.{tag}", f"another name: a category is called {name} already", code="name_taken"
                )


def placed(
    categories: Sequence[Category], moved: CategoryId, parent: CategoryId | None, before: CategoryId | None
) -> list[CategoryId]:
    """All under ``parent`` in their new order, ``moved`` among them before ``before`` (None: last); raises Invalid."""
    checked_parent(categories, parent, moved)
    order = [each.id for each in siblings(categories, parent) if each.id != moved]
    if before is not None and before not in order:
        raise Invalid("before", "a category beside which it is to stand", code="category_gone")
    place = len(order) if before is None else order.index(before)
    return [*order[:place], moved, *order[place:]]
