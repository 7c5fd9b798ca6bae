"""Images as they are served: read once while they are shown often, and never more of them kept than may be."""

import io

import pytest
from aiohttp.test_utils import make_mocked_request
from aiohttp.web import Response
from PIL import Image

from core.store.tx import Tx
from knowledge.writing.images import ImageRoutes, keep
from knowledge.writing.picture import remade
from knowledge.writing.settings import ImageSettings, WritingSettings
from tests.builders import World

pytestmark = pytest.mark.served


def stored(tx: Tx, shade: int) -> str:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (shade, 0, 0)).save(out, "PNG")
    return keep(tx, remade(out.getvalue(), ImageSettings()), None).id


async def shown(routes: ImageRoutes, id: str, **headers: str) -> Response:
    request = make_mocked_request("GET", f"/help/images/{id}", headers=headers, match_info={"id": id})
    response = await routes.get(request)
    assert isinstance(response, Response)
    return response


async def body(routes: ImageRoutes, id: str) -> bytes:
    found = (await shown(routes, id)).body
    assert isinstance(found, bytes)
    return found


async def test_an_image_is_read_once_and_only_sent_to_who_has_not_got_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = await world.db.run(stored, 1)
    routes = ImageRoutes(world.db, WritingSettings())
    first = await shown(routes, image)
    assert first.status == 200

    async def broken(*_given: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(world.db, "read", broken)
    assert (await shown(routes, image)).body == first.body
    same = await shown(routes, image, **{"If-None-Match": first.headers["ETag"]})
    assert (same.status, same.body) == (304, None)


async def test_no_more_images_are_kept_than_may_be(world: World) -> None:
    images = [await world.db.run(stored, shade) for shade in range(10)]
    sizes = {image: len(await body(ImageRoutes(world.db, WritingSettings()), image)) for image in images}
    most = 3 * max(sizes.values())
    routes = ImageRoutes(world.db, WritingSettings(images_kept_bytes=most))
    for image in images:
        await shown(routes, image)
    assert images[-1] in routes._known
    assert images[0] not in routes._known
    assert sum(sizes[image] for image in routes._known) <= most


async def test_heads_are_asked_for_as_well(world: World) -> None:
    assert [route.method for route in ImageRoutes(world.db, WritingSettings()).routes()] == ["GET", "HEAD"]
