"""What every store of attachments promises: all of a file or none of it, by its id alone, and plain errors."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random

import pytest

from app import backup
from channels.media.opening import media_store
from channels.media.settings import MediaSettings, S3Settings
from channels.media.store import MediaStore, is_there, read_all, try_out
from core.errors import NotFound, Unavailable
from core.ids import MediaId
from core.store.tables import conversation
from core.store.tx import Tx
from core.tasks import Workers
from tests.builders import a_world, sqlite_url
from tests.servers.cutting import Network, cutting_network
from tests.servers.s3 import KEY_ID, S3, SECRET

ONE = MediaId("01hqone")
PART = 5 * 1024 * 1024
KINDS = ["folder", pytest.param("s3", marks=pytest.mark.server)]
OUTSIDE = ["", ".", "..", "../one", "a/b", "/etc/passwd", "a\\b", "a%2fb", "é", "x" * 1000]


def at(address: str, *, read_s: float = 30.0, retries: int = 0) -> S3Settings:
    return S3Settings(
        address, key_id=KEY_ID, secret=SECRET, read_s=read_s, whole_s=60, retries=retries, part_bytes=PART
    )


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(2)
    yield made
    made.close()


@pytest.fixture(params=KINDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> MediaSettings:
    if request.param == "folder":
        return MediaSettings(f"file://{tmp_path / 'shared'}")
    server: S3 = request.getfixturevalue("s3")
    return MediaSettings(f"s3://{server.create_bucket()}/some/where", s3=at(server.address))


@pytest.fixture
def store(settings: MediaSettings, tmp_path: Path, workers: Workers) -> MediaStore:
    return media_store(settings, tmp_path / "own", workers)


async def test_what_was_put_is_read_and_put_again_it_is_the_same(store: MediaStore) -> None:
    await store.put(ONE, b"hello")
    await store.put(ONE, b"hello")
    opened = await store.open(ONE)
    assert opened.size == 5
    assert b"".join([piece async for piece in opened.pieces]) == b"hello"


async def test_a_large_file_arrives_whole_however_it_is_sent(store: MediaStore) -> None:
    pieces = [bytes([n]) * 1_000_003 for n in range(12)]
    draft = await store.begin(ONE)
    for piece in pieces:
        await draft.write(piece)
    await draft.keep()
    await draft.drop()
    assert await read_all(store, ONE) == b"".join(pieces)


@pytest.mark.parametrize(("part", "expected"), [((0, 2), b"he"), ((1, 3), b"el"), ((3, 99), b"lo")])
async def test_a_part_is_read_and_the_size_of_all_is_told(
    store: MediaStore, part: tuple[int, int], expected: bytes
) -> None:
    await store.put(ONE, b"hello")
    opened = await store.open(ONE, part)
    assert opened.size == 5
    assert b"".join([piece async for piece in opened.pieces]) == expected


async def test_a_draft_counts_only_when_it_is_kept(store: MediaStore) -> None:
    draft = await store.begin(ONE)
    await draft.write(b"half")
    with pytest.raises(NotFound):
        await store.open(ONE)
    await draft.drop()
    with pytest.raises(NotFound):
        await store.open(ONE)


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: MediaStore) -> None:
    await store.put(ONE, b"hello")
    await store.delete(ONE)
    await store.delete(ONE)
    with pytest.raises(NotFound):
        await store.open(ONE)


@pytest.mark.parametrize("id", OUTSIDE)
async def test_no_id_leads_out_of_the_store(store: MediaStore, id: str) -> None:
    media = MediaId(id)
    for refused in (
        store.begin(media),
        store.put(media, b""),
        store.open(media),
        store.path(media),
        store.delete(media),
    ):
        with pytest.raises(NotFound):
            await refused


async def test_a_store_is_tried_out_without_leaving_a_trace(store: MediaStore) -> None:
    await try_out(store, ONE)
    assert not await is_there(store, ONE)


@pytest.mark.served
async def test_what_one_kind_of_store_holds_comes_into_another_by_way_of_a_back_up(
    store: MediaStore, tmp_path: Path, workers: Workers
) -> None:
    def a_row(tx: Tx) -> None:
        row = {"owner": "message", "name": "a", "media_type": "text/plain", "size": 5, "digest": ""}
        tx.conn.execute(conversation.media.insert().values(id=ONE, created_at=tx.now, **row))

    elsewhere = media_store(MediaSettings(), tmp_path / "elsewhere", workers)
    file, back = tmp_path / "backup.tar.gz", tmp_path / "back.tar.gz"
    (tmp_path / "to").mkdir()
    (tmp_path / "again").mkdir()
    async with a_world(sqlite_url(tmp_path)) as old, a_world(sqlite_url(tmp_path / "to")) as new:
        await old.db.run(a_row)
        await store.put(ONE, b"hello")
        await backup.write(old.db, store, file)
        await backup.restore(new.db, elsewhere, file)
        assert await read_all(elsewhere, ONE) == b"hello"
        await backup.write(new.db, elsewhere, back)
    await store.delete(ONE)
    async with a_world(sqlite_url(tmp_path / "again")) as again:
        await backup.restore(again.db, store, back)
    assert await read_all(store, ONE) == b"hello"


@pytest.mark.server
class TestFarAway:
    """What only a store over a network does wrong."""

    @pytest.fixture
    async def network(self, s3: S3) -> AsyncIterator[Network]:
        async with cutting_network(Random(1)) as made:
            made.lead_to(s3.address)
            yield made

    def store(self, s3: S3, settings: S3Settings, workers: Workers, bucket: str = "") -> MediaStore:
        name = bucket or s3.create_bucket()
        return media_store(MediaSettings(f"s3://{name}", s3=settings), Path("none"), workers)

    async def test_nobody_there_is_said_and_no_secret_with_it(
        self, s3: S3, network: Network, workers: Workers, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        store = self.store(s3, at(network.address), workers)
        network.target = None
        for asked in (store.put(ONE, b"hello"), store.open(ONE), store.delete(ONE)):
            with pytest.raises(Unavailable, match="does not answer") as refused:
                await asked
            assert SECRET not in str(refused.value) + repr(refused.value.__cause__)
        assert "the attachment store fails" in caplog.text
        assert SECRET not in caplog.text + str(store) + repr(at(network.address))

    async def test_a_lost_connection_is_tried_again(self, s3: S3, network: Network, workers: Workers) -> None:
        store = self.store(s3, at(network.address, retries=5), workers)
        await store.put(ONE, b"hello")
        network.target, before = None, network.opened
        reading = asyncio.create_task(read_all(store, ONE))
        while network.opened == before:  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0)
        network.lead_to(s3.address)
        assert await reading == b"hello"

    async def test_a_store_that_says_nothing_is_given_up(self, s3: S3, workers: Workers) -> None:
        def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.append(writer)

        heard: list[asyncio.StreamWriter] = []
        async with await asyncio.start_server(accept, "127.0.0.1", 0) as silent:
            port = silent.sockets[0].getsockname()[1]
            store = self.store(s3, at(f"http://127.0.0.1:{port}", read_s=0.2), workers)
            for asked in (read_all(store, ONE), store.put(ONE, b"hello")):
                with pytest.raises(Unavailable):
                    await asked
            for writer in heard:
                writer.transport.abort()
        assert len(heard) == 2

    async def test_without_its_bucket_nothing_is_lost_but_away(self, s3: S3, workers: Workers) -> None:
        store = self.store(s3, at(s3.address), workers, "no-such-bucket")
        for asked in (store.put(ONE, b"hello"), store.open(ONE), store.delete(ONE)):
            with pytest.raises(Unavailable, match="the bucket is not there"):
                await asked
