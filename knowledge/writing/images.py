"""Images of articles in the database: each kept once, whoever uploads it, and served to whoever has its address."""

from collections import OrderedDict
from dataclasses import dataclass, replace

from aiohttp import hdrs, web
from sqlalchemy import select

from core.agent import Permission
from core.errors import NotFound
from core.ids import AgentId
from core.store.database import Database
from core.store.tables.knowledge import article_image
from core.store.tx import Tx
from core.web import Route
from knowledge.writing.picture import Picture
from knowledge.writing.settings import WritingSettings

ADDRESS = "/help/images/"
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Kept:
    """An image as articles name it: ``image:ID``."""

    id: str
    media_type: str
    width: int
    height: int


def keep(tx: Tx, picture: Picture, author: AgentId | None, id: str | None = None) -> Kept:
    """The same image twice is one; ``id``: the one it had elsewhere, which is free here."""
    found = _find(tx, picture.digest)
    if found is not None:
        return found
    values = {
        "id": id or tx.ids.new(),
        "digest": picture.digest,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "data": picture.data,
        "author_id": author,
        "created_at": tx.now,
    }
    tx.conn.execute(
        tx.insert_for(article_image).values(values).on_conflict_do_nothing(index_elements=["digest"])
    )
    kept = _find(tx, picture.digest)
    if kept is None:
        raise NotFound("the image is gone again")
    return kept


def load(tx: Tx, image_id: str) -> tuple[str, bytes]:
    """Its type and bytes. Raises NotFound."""
    wanted = select(article_image.c.media_type, article_image.c.data).where(article_image.c.id == image_id)
    row = tx.conn.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"there is no image {image_id}")
    return row.media_type, row.data


def _find(tx: Tx, digest: str) -> Kept | None:
    columns = (article_image.c.id, article_image.c.media_type, article_image.c.width, article_image.c.height)
    row = tx.conn.execute(select(*columns).where(article_image.c.digest == digest)).one_or_none()
    return None if row is None else Kept(row.id, row.media_type, row.width, row.height)


class ImageRoutes:
    """Serves them; an id has 80 random bits, so that only who was shown an article has its images' addresses."""

    def __init__(self, db: Database, settings: WritingSettings) -> None:
        self._db = db
        self._most = settings.images_kept_bytes
        self._known: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._bytes = 0

    def routes(self) -> list[Route]:
        """HEAD is answered as GET is."""
        get = Route("GET", "/help/images/{id}", self.get, Permission.PUBLIC)
        return [get, replace(get, method="HEAD")]

    async def get(self, request: web.Request) -> web.StreamResponse:
        """What is under an id never changes: whoever has it is told so, and what is shown often is read once."""
        image_id = request.match_info["id"]
        media_type, data = self._known.get(image_id) or self._kept(
            image_id, await self._db.read(load, image_id)
        )
        headers = {
            hdrs.CONTENT_TYPE: media_type,
            hdrs.CACHE_CONTROL: _FOR_EVER,
            hdrs.ETAG: f'"{image_id}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "cross-origin",
            hdrs.CONTENT_DISPOSITION: "inline",
        }
        if f'"{image_id}"' in request.headers.get(hdrs.IF_NONE_MATCH, ""):
            return web.Response(status=304, headers=headers)
        return web.Response(body=data, headers=headers)

    def _kept(self, image_id: str, image: tuple[str, bytes]) -> tuple[str, bytes]:
        """The one that was read first goes first."""
        if image_id not in self._known:
            self._known[image_id] = image
            self._bytes += len(image[1])
        while self._bytes > self._most:
            _, (_, gone) = self._known.popitem(last=False)
            self._bytes -= len(gone)
        return image
