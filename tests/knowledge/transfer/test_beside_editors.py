"""Editors go on while a large import is stored on PostgreSQL, also with what it brings."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from core.ids import AgentId
from core.store.postgres import PostgresDatabase
from core.store.tx import Tx
from knowledge import library, store, synonyms
from knowledge.article import Article
from knowledge.filing import keeping
from knowledge.filing.keeping import Wanted
from knowledge.helpcenter.brand import Brand
from knowledge.transfer.apply import Given, Report, store_import
from knowledge.transfer.bundle import Bundle, BundleBrand, BundleReusable, BundleSynonyms
from knowledge.transfer.checking import checked_bundle
from knowledge.transfer.markdown_files import read_markdown
from knowledge.transfer.settings import Rules
from tests.builders import World, a_company, a_world

pytestmark = pytest.mark.postgres

ADA = Given(by=AgentId("ada"))
GATE = 8
BEFORE = {f"en/{slug}.md": b"---\ndraft: true\n---\nOld." for slug in ("a", "z")}
LARGE = {f"en/m{number:03}.md": b"Text." for number in range(150)} | {"en/z.md": b"New."}


def bundle(files: dict[str, bytes]) -> Bundle:
    return checked_bundle(read_markdown(files), Rules())


def large() -> Bundle:
    """With something of all that an import tells others of."""
    return replace(
        bundle(LARGE),
        synonyms=[BundleSynonyms("en", ("lamp", "light"))],
        brands=[BundleBrand(Brand("shop", "Shop"))],
        reusables=[BundleReusable("hello", "snippet", {"en": "Hello."})],
    )


async def article(world: World, slug: str) -> Article:
    found = await world.db.read(store.find_by_slug, slug)
    assert found is not None
    return found


async def test_publications_commit_while_an_import_is_half_way(postgres_url: str) -> None:
    async with a_world(postgres_url) as world:
        await world.db.run(a_company)
        await world.db.run(store_import, bundle(BEFORE), ADA)
        await beside_a_large_one(world)


async def beside_a_large_one(world: World) -> None:
    assert isinstance(world.db, PostgresDatabase)
    half_way = asyncio.Event()

    def slow(tx: Tx) -> Report:
        def wait(_stored: int) -> None:
            half_way.set()
            tx.conn.execute(text("SELECT pg_advisory_xact_lock(:gate)"), {"gate": GATE})

        return store_import(tx, large(), replace(ADA, stored=wait))

    async with world.db._engine.connect() as gate:
        await gate.execute(text("SELECT pg_advisory_lock(:gate)"), {"gate": GATE})
        importing = asyncio.create_task(world.db.run(slow))
        await half_way.wait()
        async with asyncio.timeout(60):
            # One that the import does not know, and one that it comes to yet; and what many articles rest on.
            for slug in ("a", "z"):
                await world.db.run(library.publish, (await article(world, slug)).id, "en", 1)
            await world.db.run(synonyms.save, None, "en", ("chair", "seat"))
            await world.db.run(keeping.add, Wanted({"en": "Chairs"}, {}), None, 9)
        assert not importing.done()
        await gate.execute(text("SELECT pg_advisory_unlock(:gate)"), {"gate": GATE})
    report = await importing
    assert (len(report.created), report.drafts_added) == (150, ("z",))
    edition = (await article(world, "z")).editions["en"]
    assert (edition.newest, edition.published and edition.published.number) == (2, 1)
