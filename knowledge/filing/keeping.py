"""Keeping the categories: added, changed, moved, removed; one transaction each, each change against a version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.errors import Conflict, Invalid, NotFound
from core.ids import CategoryId
from core.store.tx import Tx
from knowledge.article import checked_slug, slug_of
from knowledge.filing import shelves
from knowledge.filing.categories import free_slug, told
from knowledge.filing.category import (
    Category,
    checked_descriptions,
    checked_names,
    checked_parent,
    checked_unlike,
    children,
    name_in,
    placed,
    siblings,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a publisher says of a category; ``slug`` None: made from the name, or left as it is."""

    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    slug: str | None = None


def add(tx: Tx, wanted: Wanted, parent: CategoryId | None, most: int) -> Category:
    """Last under ``parent``; at most ``most`` in all. Raises Invalid."""
    known = _all(tx)
    if len(known) >= most:
        raise Invalid("names", f"no more than {most} categories in all", code="too_many")
    checked_parent(known, parent, None)
    names = checked_names(wanted.names)
    slug = free_slug(known, slug_of(name_in(names))) if wanted.slug is None else wanted.slug
    beside = siblings(known, parent)
    position = 1 + max((each.position for each in beside), default=-1)
    descriptions = checked_descriptions(wanted.descriptions)
    new = Category(CategoryId(""), slug, names, descriptions, parent, position, 1)
    made = shelves.put_in(tx, {**_columns(known, new), "parent_id": parent, "position": position})
    told(tx)
    return replace(new, id=made)


def change(tx: Tx, category_id: CategoryId, version: int, wanted: Wanted) -> Category:
    """Raises NotFound, Invalid, and Conflict ``newer_version`` when it was changed since ``version``."""
    known = _all(tx)
    before = _current(known, category_id, version)
    new = replace(
        before,
        names=checked_names(wanted.names),
        descriptions=checked_descriptions(wanted.descriptions),
        slug=before.slug if wanted.slug is None else wanted.slug,
    )
    if new == before:
        return before
    shelves.write(tx, category_id, _columns(known, new))
    told(tx)
    return replace(new, version=version + 1)


def place(
    tx: Tx, category_id: CategoryId, version: int, parent: CategoryId | None, before: CategoryId | None
) -> Category:
    """Under ``parent`` (None: on the upper level), before ``before`` (None: last).

    Raises NotFound, Invalid, and Conflict ``newer_version`` when it was changed since ``version``.
    """
    known = _all(tx)
    moved = replace(_current(known, category_id, version), parent=parent)
    checked_unlike(known, moved)
    order = placed(known, category_id, parent, before)
    shelves.write(tx, category_id, {"parent_id": parent})
    for position, each in enumerate(order):
        shelves.set_position(tx, each, position)
    told(tx)
    return replace(moved, position=order.index(category_id), version=version + 1)


def remove(tx: Tx, category_id: CategoryId, version: int, to: CategoryId | None, *, alone: bool) -> int:
    """Its articles go to ``to`` (None: to none), how many is the answer; ``alone``: nobody has said where they go.

    Raises NotFound, Invalid, and Conflict ``newer_version``, ``in_use`` (it has articles and nobody has said where they go) or
    ``has_children``.
    """
    known = _all(tx)
    _current(known, category_id, version)
    if children(known, category_id):
        raise Conflict("it has categories under it: move or remove them first", code="has_children")
    articles = shelves.counted(tx, category_id)
    if articles and alone:
        raise Conflict(f"there are articles in it, {articles} in all: say where they go", code="in_use")
    if to == category_id or (to is not None and to not in {each.id for each in known}):
        raise Invalid("to", "another category that exists", code="category_gone")
    shelves.move_articles(tx, category_id, to)
    shelves.take_out(tx, category_id)
    told(tx)
    return articles


def _all(tx: Tx) -> list[Category]:
    tx.alone(shelves.THE_CATEGORIES)
    return shelves.load(tx)


def _current(known: list[Category], category_id: CategoryId, version: int) -> Category:
    found = next((each for each in known if each.id == category_id), None)
    if found is None:
        raise NotFound(f"there is no category {category_id}")
    if found.version != version:
        raise Conflict(f"the category is at version {found.version}, not {version}", code="newer_version")
    return found


def _columns(known: list[Category], one: Category) -> dict[str, object]:
    """What is stored of it, once nothing in it clashes with another."""
    checked_unlike(known, one)
    slug = checked_slug(one.slug)
    if any(each.slug == slug and each.id != one.id for each in known):
        raise Invalid("slug", f"another one: {slug} is the address of another category", code="slug_taken")
    return {"names": one.names, "descriptions": one.descriptions, "slug": slug}
