"""Files in a store that this machine does not reach as a folder are served as carefully as those in one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.media.library import NewFile
from channels.media.settings import MediaSettings, S3Settings
from core.ids import MediaId
from tests.channels.shop import Shop, a_shop
from tests.channels.test_media import PNG, send
from tests.servers.s3 import KEY_ID, S3, SECRET

pytestmark = pytest.mark.server


@pytest.fixture
async def shop(s3: S3, tmp_path: Path) -> AsyncIterator[Shop]:
    settings = S3Settings(s3.address, key_id=KEY_ID, secret=SECRET, retries=0)
    media = MediaSettings(f"s3://{s3.create_bucket()}/files", s3=settings)
    async with a_shop(tmp_path, media=media) as opened:
        yield opened


async def sent(shop: Shop, body: bytes) -> str:
    visitor = await shop.visit()
    _, stored, _ = await send(shop, visitor, body)
    return shop.part.library.url(MediaId(stored["id"]))


async def test_a_file_is_shown_with_the_same_care(shop: Shop) -> None:
    url = await sent(shop, PNG)
    shown = await shop.client.get(url)
    assert await shown.read() == PNG
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Length"] == str(len(PNG))
    again = await shop.client.get(url, headers={"If-None-Match": shown.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "status", "span", "expected"),
    [
        ("bytes=0-3", 206, "bytes 0-3/48", PNG[:4]),
        ("bytes=40-", 206, "bytes 40-47/48", PNG[40:]),
        ("bytes=-8", 206, "bytes 40-47/48", PNG[40:]),
        ("bytes=-500", 206, "bytes 0-47/48", PNG),
        ("bytes=4-500", 206, "bytes 4-47/48", PNG[4:]),
        ("bytes=48-", 416, "bytes */48", b""),
        ("bytes=x", 416, "bytes */48", b""),
    ],
    ids=["first", "from", "last", "more than all", "beyond", "nothing", "nonsense"],
)
async def test_a_player_gets_the_part_it_asks_for(
    shop: Shop, asked: str, status: int, span: str, expected: bytes
) -> None:
    url = await sent(shop, PNG)
    part = await shop.client.get(url, headers={"Range": asked})
    assert (part.status, part.headers["Content-Range"], await part.read()) == (status, span, expected)


async def test_part_of_another_file_than_the_one_begun_is_not_mixed_in(shop: Shop) -> None:
    url = await sent(shop, PNG)
    whole = await shop.client.get(url, headers={"Range": "bytes=4-", "If-Range": '"another"'})
    assert (whole.status, await whole.read()) == (200, PNG)


async def test_a_file_that_the_store_has_lost_is_not_found(shop: Shop) -> None:
    url = await sent(shop, PNG)
    await shop.part.media._store.delete(MediaId(url.split("/")[2].partition("?")[0]))
    gone = await shop.client.get(url)
    assert (gone.status, (await gone.json())["error"]["code"]) == (404, "not_found")


async def test_a_file_that_is_not_the_one_we_stored_is_not_shown(shop: Shop) -> None:
    url = await sent(shop, PNG)
    await shop.part.media._store.put(MediaId(url.split("/")[2].partition("?")[0]), PNG[:20])
    broken = await shop.client.get(url)
    assert broken.status == 503


async def test_a_large_file_of_a_mail_lies_there_too(shop: Shop) -> None:
    library = shop.part.media
    (one,) = await library.prepare("mail", [NewFile("a.bin", b"x" * 100_000)])
    await shop.world.db.run(library.take, [one])
    assert await library.content(one.attachment.media) == b"x" * 100_000
