"""What editors do with categories; one transaction each, told to all by ``KnowledgeChanged("categories")``."""

from core.events import KNOWLEDGE_TOPIC
from core.ids import CategoryId
from core.knowledge_events import KnowledgeChanged
from core.store.tx import Tx
from knowledge.article import checked_category, slug_of
from knowledge.filing import shelves
from knowledge.filing.category import Category, called, in_order

_SLUG_TRIES = 1000


def list_categories(tx: Tx) -> tuple[Category, ...]:
    """The upper level in its order, each followed by what is under it."""
    return in_order(shelves.load(tx))


def find_or_make(tx: Tx, name: str, language: str) -> CategoryId:
    """The category that has this name in ``language`` or else in any; a new one, last on the upper level, if none has."""
    name = checked_category(name)
    tx.alone(shelves.THE_CATEGORIES)
    known = shelves.load(tx)
    found = called(known, name, language)
    if found is not None:
        return found.id
    made = shelves.put_in(
        tx,
        {
            "slug": free_slug(known, slug_of(name)),
            "names": {language: name},
            "descriptions": {},
            "position": 1 + max((each.position for each in known if each.parent is None), default=-1),
        },
    )
    told(tx)
    return made


def name_also(tx: Tx, category_id: CategoryId, name: str, language: str) -> None:
    """Learn what the category is called in a language it has no name in, unless another one is called so already."""
    name = checked_category(name)
    tx.alone(shelves.THE_CATEGORIES)
    known = shelves.load(tx)
    one = next((each for each in known if each.id == category_id), None)
    if one is None or language in one.names or called(known, name) is not None:
        return
    shelves.write(tx, category_id, {"names": {**one.names, language: name}})
    told(tx)


def told(tx: Tx) -> None:
    tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("categories"))


def free_slug(known: list[Category], wanted: str | None) -> str:
    """``wanted``, or with a number behind it; ``category-1`` and so on where the name gives no word."""
    taken = {each.slug for each in known}
    if wanted is not None and wanted not in taken:
        return wanted
    stem = "category" if wanted is None else wanted[:70].rstrip("-")
    numbers = range(1 if wanted is None else 2, _SLUG_TRIES)
    return next(slug for slug in (f"{stem}-{number}" for number in numbers) if slug not in taken)
