"""Whole articles go from readers at once, come back as drafts, and are deleted only if nobody ever saw them."""

import pytest
from sqlalchemy import select

from core.errors import Conflict
from core.store.tables import metadata
from core.store.tables.knowledge import article, published, redirect
from core.store.tx import Tx
from knowledge import library
from knowledge.editorial.archiving import Archive
from knowledge.editorial.commenting import Comments, Remark
from knowledge.editorial.desk import Desk
from knowledge.library import Edit
from tests.knowledge.editorial.conftest import AMY, EASY, LATER, PAM, RAY, STRICT, Office

pytestmark = pytest.mark.served

ARCHIVE = Archive(STRICT)


async def version(office: Office) -> int:
    return (await office.world.db.read(library.get, office.article)).version


async def test_an_archived_article_is_gone_for_readers_and_brought_back_it_waits_to_be_published(
    office: Office,
) -> None:
    db = office.world.db
    await db.run(Desk(EASY).publish, await office.at(), PAM, 1)
    gone = await db.run(ARCHIVE.archive, office.article, await version(office), PAM, "Out of date")
    assert gone.archived_at is not None
    assert await db.read(lambda tx: tx.conn.execute(select(published)).all()) == []
    for refused in (
        db.run(library.edit, office.article, "en", Edit(LATER, 1)),
        db.run(library.publish, office.article, "en", 1),
        db.run(Desk(EASY).publish, await office.at(), PAM, 1),
        db.run(Desk(EASY).ask, await office.at(), AMY),
    ):
        with pytest.raises(Conflict) as error:
            await refused
        assert error.value.code == "archived"
    back = await db.run(ARCHIVE.bring_back, office.article, gone.version, PAM)
    assert (back.archived_at, back.editions["en"].published) == (None, None)
    await db.run(office.desk.publish, await office.at(), PAM, 1)
    assert await office.published() == 1


async def test_what_was_ever_published_is_never_deleted(office: Office) -> None:
    db = office.world.db
    await db.run(Desk(EASY).publish, await office.at(), PAM, 1)
    await db.run(office.desk.unpublish, await office.at(), PAM)
    with pytest.raises(Conflict) as refused:
        await db.run(ARCHIVE.delete, office.article, await version(office), PAM)
    assert refused.value.code == "was_published"


async def test_a_draft_is_deleted_with_everything_about_it(office: Office) -> None:
    db = office.world.db
    await db.run(Comments(STRICT).add, office.article, "en", RAY, Remark(1, "Why?", line=1))
    await db.run(office.desk.ask, await office.at(), AMY)
    await db.run(_redirect, (await db.read(library.get, office.article)).slug)
    await db.run(ARCHIVE.delete, office.article, await version(office), AMY)
    assert await db.read(_rows_about) == {}


async def test_who_saw_an_older_state_of_the_article_is_told_so(office: Office) -> None:
    with pytest.raises(Conflict) as refused:
        await office.world.db.run(ARCHIVE.archive, office.article, 7, PAM)
    assert refused.value.code == "newer_version"


def _redirect(tx: Tx, slug: str) -> None:
    tx.conn.execute(redirect.insert().values(slug="former", target=slug, created_at=tx.now))


def _rows_about(tx: Tx) -> dict[str, int]:
    """By table, how many rows name any article."""
    counts = {}
    for table in metadata.sorted_tables:
        if any(
            key.column is article.c.id for each in table.columns for key in each.foreign_keys
        ) or table in {
            article,
            redirect,
        }:
            counts[table.name] = len(tx.conn.execute(select(table)).all())
    return {name: count for name, count in counts.items() if count}
