"""Who may read what: the database's condition agrees with the rule in every case, on both databases."""

from itertools import product

from sqlalchemy import insert, select

from core.answer import Audience, Reader
from core.store.tables.knowledge import article
from core.store.tx import Tx
from knowledge.filing.audience import readable
from tests.builders import World

BRANDS = ((), ("acme",), ("acme", "bolt"), ("Acme",), ("acme-two",))
READERS = [
    Reader(audience, brand)
    for audience, brand in product(
        Audience, (None, "acme", "bolt", "Acme", "acme-two", "cme", "%", ",", '","', "[]", "")
    )
]
SHELF = {
    f"{audience.value} {'+'.join(brands)}": (audience, brands)
    for audience, brands in product(Audience, BRANDS)
}


def fill(tx: Tx) -> None:
    for name, (audience, brands) in SHELF.items():
        for archived in (False, True):
            key = f"{name}{' (archived)' if archived else ''}"
            values = {"id": key, "slug": key, "audience": audience.value, "brands": brands}
            dates = {"created_at": tx.now, "updated_at": tx.now, "archived_at": tx.now if archived else None}
            tx.conn.execute(insert(article).values(**values, **dates))


def seen(tx: Tx, reader: Reader) -> set[str]:
    return set(tx.conn.execute(select(article.c.id).where(readable(reader))).scalars())


async def test_every_reader_sees_what_the_rule_allows_and_nothing_archived(world: World) -> None:
    await world.db.run(fill)
    for reader in READERS:
        allowed = {name for name, filed in SHELF.items() if reader.may_read(*filed)}
        assert await world.db.read(seen, reader) == allowed, reader


async def test_a_stranger_sees_what_is_public_and_for_every_brand(world: World) -> None:
    await world.db.run(fill)
    assert await world.db.read(seen, Reader()) == {"public "}
    assert await world.db.read(seen, Reader(brand="bolt")) == {"public ", "public acme+bolt"}
