"""What `parley doctor` says of the place of attachments: whether it works, and whether it is the others' place too."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import insert

from app.health import Look
from app.media import media_look
from channels.media.folder import FolderStore
from channels.media.library import TAKEN
from core.ids import MediaId
from core.store.tables.conversation import media
from core.store.tx import Tx
from core.tasks import Workers
from tests.builders import World, a_world, sqlite_url


@dataclass(frozen=True, slots=True)
class Place:
    """``folder`` is where this machine keeps attachments."""

    world: World
    folder: Path
    store: FolderStore
    look: Look


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    workers, folder = Workers(1), tmp_path / "media"
    async with a_world(sqlite_url(tmp_path)) as world:
        store = FolderStore(folder, workers)
        yield Place(world, folder, store, media_look(world.db, store, world.ids))
    workers.close()


def an_attachment(tx: Tx, id: str, owner: str = TAKEN) -> None:
    row = {"name": "a", "media_type": "text/plain", "size": 1, "digest": "", "created_at": tx.now}
    tx.conn.execute(insert(media).values(id=id, owner=owner, **row))


async def test_a_place_that_works_is_named(place: Place) -> None:
    await place.world.db.run(an_attachment, "stored")
    await place.store.put(MediaId("stored"), b"x")
    check = await place.look()
    assert check.ok
    assert str(place.folder) in check.detail
    assert [path.name for path in place.folder.rglob("*") if path.is_file()] == ["stored"]


async def test_what_another_server_stored_elsewhere_is_missed_here(place: Place) -> None:
    await place.world.db.run(an_attachment, "elsewhere")
    check = await place.look()
    assert not check.ok
    assert "PARLEY_MEDIA_URL" in check.detail


async def test_an_upload_on_its_way_is_not_missed(place: Place) -> None:
    await place.world.db.run(an_attachment, "begun", "visitor:v")
    assert (await place.look()).ok


async def test_a_place_where_nothing_can_be_written_is_named(place: Place) -> None:
    place.folder.write_text("a file where the folder should be")
    check = await place.look()
    assert not check.ok
    assert "cannot be stored" in check.detail
