"""A back-up brings everything back, from one kind of database to the other too."""

import json
import tarfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, Table
from sqlalchemy import Text as Text_

from app import backup
from channels.media.folder import FolderStore
from channels.media.store import MediaStore, Opened, read_all
from core.errors import Conflict, Invalid, Unavailable
from core.events import conversation_topic
from core.ids import AgentId, ArticleId, MediaId
from core.message import Text
from core.receive import receive_message
from core.reply import add_note
from core.store.messages import read_events
from core.store.tables import conversation, loop, metadata
from core.store.tx import Tx
from core.store.types import Json, UtcDateTime
from core.tasks import Workers
from tests.builders import World, a_company, a_world, an_inbound, sqlite_url
from tests.knowledge.test_library import an_article

PICTURE = b"\x00picture"


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(1)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path, workers: Workers) -> FolderStore:
    return FolderStore(tmp_path / "media", workers)


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    """Each table's rows, as values."""
    return {
        table.name: [
            tuple(row) for row in tx.conn.execute(table.select().order_by(*table.primary_key.columns))
        ]
        for table in metadata.sorted_tables
    }


async def fill(world: World, store: MediaStore) -> None:
    await world.db.run(a_company)
    received = await world.db.run(receive_message, an_inbound("Grüße 你好"))
    await world.db.run(add_note, received.conversation, AgentId("ada"), (Text("a note"),), "n1")
    await world.db.run(lambda tx: tx.set_timer(conversation_topic(received.conversation), "x", tx.now))
    await world.db.run(a_small_file)
    await world.db.run(lambda tx: a_file(tx, "abc", len(PICTURE)))
    await store.put(MediaId("abc"), PICTURE)
    article = await an_article(world)
    await world.db.run(lambda tx: was_shown(tx, article.id))


def a_file(tx: Tx, id: str, size: int) -> None:
    row = {"owner": "message", "name": "a", "media_type": "text/plain", "size": size, "digest": ""}
    tx.conn.execute(conversation.media.insert().values(id=id, created_at=tx.now, **row))


def a_small_file(tx: Tx) -> None:
    a_file(tx, "m1", 2)
    tx.conn.execute(conversation.media_content.insert().values(media_id="m1", content=b"\x00\xff"))


def was_shown(tx: Tx, article: ArticleId) -> None:
    row = {"article_id": article, "language": "en", "number": 1, "kind": "shown", "count": 1}
    tx.conn.execute(loop.article_use.insert().values(day=tx.now.date(), **row))


@pytest.mark.parametrize("target_kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_what_was_backed_up_comes_back_the_same(
    target_kind: str, tmp_path: Path, workers: Workers, store: FolderStore, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "to").mkdir()
    target = (
        sqlite_url(tmp_path / "to") if target_kind == "sqlite" else request.getfixturevalue("postgres_url")
    )
    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as old, a_world(target) as new:
        await fill(old, store)
        saved = await backup.write(old.db, store, file)
        elsewhere = FolderStore(tmp_path / "to" / "media", workers)
        assert await backup.restore(new.db, elsewhere, file) == saved
        assert await new.db.read(everything) == await old.db.read(everything)
        topic = await new.db.read(lambda tx: tx.conn.execute(conversation.event.select()).first())
        assert topic is not None
        assert len(await new.db.read(read_events, topic.topic, 0, 10)) > 0
    assert await read_all(elsewhere, MediaId("abc")) == PICTURE
    assert (saved.files, saved.missing) == (1, ())
    assert file.stat().st_mode & 0o077 == 0


async def test_a_database_that_holds_something_is_never_overwritten(
    tmp_path: Path, store: FolderStore
) -> None:
    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as world:
        await fill(world, store)
        await backup.write(world.db, store, file)
        with pytest.raises(Conflict):
            await backup.restore(world.db, store, file)


async def test_a_file_that_the_store_has_lost_is_named_and_the_rest_is_backed_up(
    tmp_path: Path, store: FolderStore
) -> None:
    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as world:
        await fill(world, store)
        await world.db.run(lambda tx: a_file(tx, "lost", 3))
        saved = await backup.write(world.db, store, file)
    assert (saved.files, saved.missing) == (1, ("lost",))


async def test_a_back_up_that_breaks_off_leaves_no_file_that_looks_like_one(
    tmp_path: Path, store: FolderStore
) -> None:
    async def away(_media: MediaId) -> Opened:
        raise Unavailable("the store does not answer")

    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as world:
        await fill(world, store)
        store.open = away  # type: ignore[method-assign,assignment]
        with pytest.raises(Unavailable):
            await backup.write(world.db, store, file)
    assert not file.exists()


async def test_another_archive_is_refused_with_what_was_expected(tmp_path: Path, store: FolderStore) -> None:
    file = tmp_path / "other.tar.gz"
    tarfile.open(file, "w:gz").close()
    async with a_world(sqlite_url(tmp_path)) as world:
        with pytest.raises(Invalid) as refused:
            await backup.restore(world.db, store, file)
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    "cut", ["empty", "no archive", "broken off", "a bit of it turned", "without a table"]
)
async def test_what_is_no_whole_archive_is_refused_and_leaves_nothing(
    tmp_path: Path, store: FolderStore, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as world:
        await fill(world, store)
        with monkeypatch.context() as patched:
            if cut == "without a table":
                fewer = [table for table in backup._tables() if table.name != "message"]
                patched.setattr(backup, "_tables", lambda: fewer)
            await backup.write(world.db, store, file)
    whole = file.read_bytes()
    middle = len(whole) // 2
    turned = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    damaged = {
        "empty": b"",
        "no archive": b"hello",
        "broken off": whole[:middle],
        "a bit of it turned": turned,
    }
    file.write_bytes(damaged.get(cut, whole))
    (tmp_path / "other").mkdir()
    async with a_world(sqlite_url(tmp_path / "other")) as world:
        before = await world.db.read(everything)
        with pytest.raises(Invalid, match=r"whole back-up|no message"):
            await backup.restore(world.db, store, file)
        assert await world.db.read(everything) == before


async def test_a_place_where_no_file_can_be_made_is_named(tmp_path: Path, store: FolderStore) -> None:
    async with a_world(sqlite_url(tmp_path)) as world:
        with pytest.raises(Invalid, match="nowhere"):
            await backup.write(world.db, store, tmp_path / "nowhere" / "backup.tar.gz")


_SAMPLES: dict[type, object] = {
    Text_: "Grüße 你好",
    Integer: 7,
    Float: 0.5,
    Boolean: True,
    Date: date(2026, 3, 1),
    UtcDateTime: datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    LargeBinary: b"\x00\xff",
}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda each: each.name)
def test_every_column_of_every_table_comes_back_as_it_was(table: Table) -> None:
    """JSON is read and written as the text that the database holds; every other type has to be known."""
    for column in table.columns:
        if isinstance(column.type, Json):
            continue
        sample = next(value for kind, value in _SAMPLES.items() if isinstance(column.type, kind))
        line = json.dumps({column.name: backup._written(sample)})
        assert backup._row(table, json.loads(line)) == {column.name: sample}


async def test_a_database_of_an_older_schema_is_not_backed_up_by_halves(
    tmp_path: Path, store: FolderStore
) -> None:
    def forget_the_last_migration(tx: Tx) -> None:
        tx.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0001_pre_people'")

    file = tmp_path / "backup.tar.gz"
    async with a_world(sqlite_url(tmp_path)) as world:
        await world.db.run(forget_the_last_migration)
        with pytest.raises(Conflict):
            await backup.write(world.db, store, file)
    assert not file.exists()
