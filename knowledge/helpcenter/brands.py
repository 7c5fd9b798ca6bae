"""Keeping brands: one transaction each, told to all by ``KnowledgeChanged("brands")``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, Text, delete, func, insert, select, type_coerce, update

from core.errors import Conflict, Invalid, NotFound
from core.events import KNOWLEDGE_TOPIC
from core.ids import InboxId
from core.knowledge_events import KnowledgeChanged
from core.store.forms import StoredLook
from core.store.tables.knowledge import article, article_image
from core.store.tables.knowledge import brand as brand_table
from core.store.tables.people import inbox
from core.store.tx import Tx
from knowledge.helpcenter.brand import Brand, checked

_THE_BRANDS = "brands"


@dataclass(frozen=True, slots=True)
class Placed:
    """A brand, and the inboxes that show it."""

    brand: Brand
    inboxes: tuple[InboxId, ...] = ()


def list_brands(tx: Tx) -> Sequence[Brand]:
    """By name."""
    rows = tx.conn.execute(select(brand_table).order_by(brand_table.c.name, brand_table.c.id))
    return [_brand(row) for row in rows]


def list_placed(tx: Tx) -> Sequence[Placed]:
    """The same with their inboxes."""
    found: dict[str, list[InboxId]] = {}
    rows = tx.conn.execute(select(inbox.c.id, inbox.c.brand_id).where(inbox.c.brand_id.is_not(None)))
    for row in rows:
        found.setdefault(row.brand_id, []).append(InboxId(row.id))
    return [Placed(each, tuple(sorted(found.get(each.id, ())))) for each in list_brands(tx)]


def add(tx: Tx, wanted: Placed, most: int) -> Placed:
    """Raises Invalid with the field, Conflict ``id_taken``."""
    tx.alone(_THE_BRANDS)
    known = list_brands(tx)
    new = _fit(tx, wanted.brand, known)
    if any(each.id == new.id for each in known):
        raise Conflict(f"there is a brand {new.id}", code="id_taken")
    if len(known) >= most:
        raise Invalid("id", f"at most {most} brands", code="too_many")
    tx.conn.execute(insert(brand_table).values(id=new.id, **_columns(new)))
    return _told(tx, replace(wanted, brand=replace(new, version=1)))


def change(tx: Tx, wanted: Placed) -> Placed:
    """All of it. Raises Invalid, NotFound, and Conflict ``newer_version`` when it was changed since its ``version``."""
    tx.alone(_THE_BRANDS)
    known = list_brands(tx)
    before = next((each for each in known if each.id == wanted.brand.id), None)
    if before is None:
        raise NotFound(f"there is no brand {wanted.brand.id}")
    if before.version != wanted.brand.version:
        raise Conflict(f"the brand is at version {before.version}", code="newer_version")
    new = replace(_fit(tx, wanted.brand, known), version=before.version + 1)
    changed = update(brand_table).where(brand_table.c.id == new.id)
    tx.conn.execute(changed.values(**_columns(new), version=new.version))
    return _told(tx, replace(wanted, brand=new))


def remove(tx: Tx, brand_id: str) -> None:
    """Raises NotFound, and Conflict ``in_use`` while articles are for it alone or with others."""
    tx.alone(_THE_BRANDS)
    if brand_id not in {each.id for each in list_brands(tx)}:
        raise NotFound(f"there is no brand {brand_id}")
    brands = type_coerce(article.c.brands, Text)
    named = select(func.count()).select_from(article).where(brands.contains(f'"{brand_id}"', autoescape=True))
    if articles := tx.conn.execute(named).scalar_one():
        raise Conflict(f"there are {articles} articles for it: file them elsewhere", code="in_use")
    tx.conn.execute(update(inbox).where(inbox.c.brand_id == brand_id).values(brand_id=None))
    tx.conn.execute(delete(brand_table).where(brand_table.c.id == brand_id))
    tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("brands"))


def _fit(tx: Tx, wanted: Brand, known: Sequence[Brand]) -> Brand:
    new = checked(wanted, known)
    if new.logo is not None:
        found = tx.conn.execute(select(article_image.c.id).where(article_image.c.id == new.logo))
        if found.one_or_none() is None:
            raise Invalid("logo", "an image that is there", code="image_gone")
    return new


def _told(tx: Tx, placed: Placed) -> Placed:
    """With the inboxes that are there, which may have been another brand's."""
    here = inbox.c.brand_id == placed.brand.id
    tx.conn.execute(update(inbox).where(here).values(brand_id=None))
    wanted = inbox.c.id.in_(placed.inboxes)
    tx.conn.execute(update(inbox).where(wanted).values(brand_id=placed.brand.id))
    found = tx.conn.execute(select(inbox.c.id).where(here)).scalars()
    tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("brands"))
    return replace(placed, inboxes=tuple(sorted(InboxId(each) for each in found)))


def _columns(brand: Brand) -> Mapping[str, Any]:
    look = StoredLook(
        color=brand.colour,
        logo=brand.logo,
        home=brand.home,
        languages=brand.languages,
        texts={language: dict(words) for language, words in brand.words.items()},
    )
    return {"name": brand.name, "look": look, "hosts": brand.hosts}


def _brand(row: Row[Any]) -> Brand:
    look: StoredLook = row.look
    return Brand(
        id=row.id,
        name=row.name,
        colour=look.color,
        logo=look.logo,
        home=look.home,
        hosts=row.hosts,
        languages=look.languages,
        words=look.texts,
        version=row.version,
    )
