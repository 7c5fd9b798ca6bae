"""A back-up brings everything back, from one kind of database to the other too."""

import tarfile
from pathlib import Path

import pytest

from app import backup
from core.errors import Conflict, Invalid
from core.events import conversation_topic
from core.ids import AgentId
from core.message import Text
from core.receive import receive_message
from core.reply import add_note
from core.store.messages import read_events
from core.store.tables import conversation, metadata
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound, sqlite_url


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    """Each table's rows, as values."""
    return {
        table.name: [
            tuple(row) for row in tx.conn.execute(table.select().order_by(*table.primary_key.columns))
        ]
        for table in metadata.sorted_tables
    }


async def fill(world: World, media: Path) -> None:
    await world.db.run(a_company)
    received = await world.db.run(receive_message, an_inbound("Grüße 你好"))
    await world.db.run(add_note, received.conversation, AgentId("ada"), (Text("a note"),), "n1")
    await world.db.run(lambda tx: tx.set_timer(conversation_topic(received.conversation), "x", tx.now))
    await world.db.run(a_small_file)
    media.mkdir()
    (media / "abc").write_bytes(b"\x00picture")


def a_small_file(tx: Tx) -> None:
    row = {"owner": "message", "name": "a", "media_type": "text/plain", "size": 2, "digest": ""}
    tx.conn.execute(conversation.media.insert().values(id="m1", created_at=tx.now, **row))
    tx.conn.execute(conversation.media_content.insert().values(media_id="m1", content=b"\x00\xff"))


@pytest.mark.parametrize("target_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_what_was_backed_up_comes_back_the_same(
    target_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "to").mkdir()
    target = (
        sqlite_url(tmp_path / "to") if target_kind == "sqlite" else request.getfixturevalue("postgres_url")
    )
    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as old, a_world(target) as new:
        await fill(old, tmp_path / "media")
        await old.db.read(backup.write, tmp_path / "media", file)
        await new.db.run(backup.restore, tmp_path / "to" / "media", file)
        assert await new.db.read(everything) == await old.db.read(everything)
        topic = await new.db.read(lambda tx: tx.conn.execute(conversation.event.select()).first())
        assert topic is not None
        assert len(await new.db.read(read_events, topic.topic, 0, 10)) > 0
    assert (tmp_path / "to" / "media" / "abc").read_bytes() == b"\x00picture"
    assert file.stat().st_mode & 0o077 == 0


async def test_a_database_that_holds_something_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as world:
        await fill(world, tmp_path / "media")
        await world.db.read(backup.write, tmp_path / "media", file)
        with pytest.raises(Conflict):
            await world.db.run(backup.restore, tmp_path / "media", file)


async def test_another_archive_is_refused_with_what_was_expected(tmp_path: Path) -> None:
    file = tmp_path / "other.tar.gz"
    tarfile.open(file, "w:gz").close()
    async with a_world(sqlite_url(tmp_path)) as world:
        with pytest.raises(Invalid) as refused:
            await world.db.run(backup.restore, tmp_path / "media", file)
    assert refused.value.field == "file"


async def test_a_database_of_an_older_schema_is_not_backed_up_by_halves(tmp_path: Path) -> None:
    def forget_the_last_migration(tx: Tx) -> None:
        tx.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0001_pre_people'")

    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as world:
        await world.db.run(forget_the_last_migration)
        with pytest.raises(Conflict):
            await world.db.read(backup.write, tmp_path / "media", file)
    assert not file.exists()
