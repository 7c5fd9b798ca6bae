"""Stores uploads and gives them to messages: the one implementation of ``channels.contract.Library``."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from channels.contract import Upload
from channels.media.links import Links
from channels.media.settings import MediaSettings
from channels.media.sniff import SAFE_IMAGES, SNIFFED_BYTES, content_type, sniffed
from channels.media.store import MediaStore, read_all
from core.errors import Invalid, NotFound
from core.ids import Ids, MediaId
from core.message import Attachment
from core.store.database import Database
from core.store.tables.conversation import media as table
from core.store.tables.conversation import media_content
from core.store.tx import Tx
from core.tasks import Workers

TAKEN = "message"
"""The owner of what a message has taken."""

CONDEMNED = "condemned"
"""The owner of what the sweep is about to delete."""

_NAME_CHARACTERS = 120
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewFile:
    """What came with a message; ``media_type`` only where it is ours to say, else the content tells."""

    name: str
    content: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that a message may take; ``content`` is None where it is stored already."""

    attachment: Attachment
    digest: str
    content: bytes | None


class MediaLibrary:
    """Bytes in the store, what they are in the table ``media``."""

    def __init__(
        self, db: Database, store: MediaStore, links: Links, workers: Workers, ids: Ids, limits: MediaSettings
    ) -> None:
        self._db = db
        self._store = store
        self.links = links
        self._workers = workers
        self._ids = ids
        self.limits = limits

    def url(self, media: MediaId) -> str:
        return self.links.url(media)

    async def store(self, owner: str, upload: Upload) -> Attachment:
        media = MediaId(self._ids.new())
        draft = await self._store.begin(media)
        try:
            head, size = b"", 0
            digest = hashlib.sha256()
            while piece := await upload.read():
                size += len(piece)
                if size > self.limits.upload_bytes:
                    raise Invalid("file", f"at most {self.limits.upload_bytes} bytes", code="too_large")
                head += piece[: SNIFFED_BYTES - len(head)]
                digest.update(piece)
                await draft.write(piece)
            if size == 0:
                raise Invalid("file", "a file with something in it", code="empty")
            name = clean_name(upload.name)
            media_type = content_type(head, name, upload.claimed)
            attachment = Attachment(media, name, media_type, size, inline=media_type in SAFE_IMAGES)
            # Its row comes first: whatever ends us in between, the sweep knows of it.
            await self._db.run(_insert, attachment, owner, digest.hexdigest())
            await draft.keep()
        finally:
            await draft.drop()
        return attachment

    def claim(self, tx: Tx, owner: str, uploads: Sequence[MediaId]) -> tuple[Attachment, ...]:
        if not uploads:
            return ()
        mine = (table.c.id.in_(uploads), table.c.owner == owner)
        # Reads and takes in one: of two messages that name the same upload one gets it.
        rows = tx.conn.execute(update(table).where(*mine).values(owner=TAKEN).returning(*table.c))
        found = {
            row.id: Attachment(
                MediaId(row.id), row.name, row.media_type, row.size, row.media_type in SAFE_IMAGES
            )
            for row in rows
        }
        if len(found) != len(set(uploads)):
            raise Invalid("uploads", "ids of your own uploads that no message has taken", code="upload")
        return tuple(found[media] for media in dict.fromkeys(uploads))

    async def find(self, media: MediaId) -> tuple[Attachment, bytes | None] | None:
        """What is stored under this id, and its content where the database has it; None when there is no such file."""
        return await self._db.read(find, media)

    async def content(self, media: MediaId) -> bytes:
        found = await self._db.read(find, media)
        if found is None:
            raise NotFound("there is no such file")
        return found[1] if found[1] is not None else await read_all(self._store, media)

    async def prepare(self, owner: str, files: Sequence[NewFile]) -> tuple[Prepared, ...]:
        """For messages that are about to be stored. What is large is in the store when this returns, and swept unless a
        message takes it; raises Unavailable when the store does not take it.
        """
        prepared = await self._workers.run(self._prepared, files)
        large = [(one, file) for one, file in zip(prepared, files, strict=True) if one.content is None]
        if large:
            # Their rows come first: whatever ends us in between, the sweep knows of them.
            await self._db.run(_insert_all, [one for one, _ in large], owner)
            for one, file in large:
                await self._store.put(one.attachment.media, file.content)
        return prepared

    def take(self, tx: Tx, prepared: Sequence[Prepared]) -> None:
        """A message has them from now on."""
        small = [one for one in prepared if one.content is not None]
        if small:
            _insert_all(tx, small, TAKEN)
            rows = [{"media_id": one.attachment.media, "content": one.content} for one in small]
            tx.conn.execute(insert(media_content), rows)
        large = [one.attachment.media for one in prepared if one.content is None]
        if large:
            tx.conn.execute(update(table).where(table.c.id.in_(large)).values(owner=TAKEN))

    def _prepared(self, files: Sequence[NewFile]) -> tuple[Prepared, ...]:
        return tuple(self._one(file) for file in files)

    def _one(self, file: NewFile) -> Prepared:
        media_type = file.media_type or sniffed(file.content[:SNIFFED_BYTES])
        attachment = Attachment(
            MediaId(self._ids.new()),
            clean_name(file.name),
            media_type,
            len(file.content),
            inline=media_type in SAFE_IMAGES,
        )
        kept = file.content if len(file.content) <= self.limits.row_bytes else None
        return Prepared(attachment, hashlib.sha256(file.content).hexdigest(), kept)

    async def sweep(self) -> int:
        """Delete what was uploaded and never sent; how many are gone. What the store did not delete is tried again next time."""
        gone: list[MediaId] = []
        try:
            for media in await self._db.run(_condemn, self.limits.unused):
                await self._store.delete(media)
                gone.append(media)
        finally:
            await self._db.run(_forget, gone)
        return len(gone)


def clean_name(name: str) -> str:
    """The last step of a path, without what could mislead: control characters and direction marks."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in last if c.isprintable()).strip(". ")
    stem, dot, extension = plain.rpartition(".")
    if len(plain) > _NAME_CHARACTERS and dot and len(extension) < 16:  # noqa: PLR2004 - a longer one is no extension
        return f"{stem[: _NAME_CHARACTERS - len(extension) - 1]}.{extension}"
    return plain[:_NAME_CHARACTERS] or "file"


def find(tx: Tx, media: MediaId) -> tuple[Attachment, bytes | None] | None:
    """What is stored under this id, and its content where the database has it."""
    both = select(table, media_content.c.content).outerjoin(media_content).where(table.c.id == media)
    row = tx.conn.execute(both).one_or_none()
    if row is None:
        return None
    known = Attachment(media, row.name, row.media_type, row.size, row.media_type in SAFE_IMAGES)
    return known, row.content


def newest_stored(tx: Tx, count: int) -> list[MediaId]:
    """Of those that messages have, the last ones whose bytes the store should have."""
    elsewhere = select(table.c.id).outerjoin(media_content).where(media_content.c.media_id.is_(None))
    newest = elsewhere.where(table.c.owner == TAKEN).order_by(table.c.id.desc()).limit(count)
    return [MediaId(id) for id in tx.conn.execute(newest).scalars()]


def _insert(tx: Tx, attachment: Attachment, owner: str, digest: str) -> None:
    tx.conn.execute(insert(table), [_row(tx, attachment, owner, digest)])


def _insert_all(tx: Tx, prepared: Sequence[Prepared], owner: str) -> None:
    tx.conn.execute(insert(table), [_row(tx, one.attachment, owner, one.digest) for one in prepared])


def _row(tx: Tx, attachment: Attachment, owner: str, digest: str) -> dict[str, object]:
    return {
        "id": attachment.media,
        "owner": owner,
        "name": attachment.name,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "digest": digest,
        "created_at": tx.now,
    }


def _condemn(tx: Tx, unused: timedelta) -> list[MediaId]:
    """No message can take them from here on; also what an earlier sweep did not get done."""
    old = (table.c.owner != TAKEN, table.c.created_at < tx.now - unused)
    rows = tx.conn.execute(update(table).where(*old).values(owner=CONDEMNED).returning(table.c.id))
    return [MediaId(row.id) for row in rows]


def _forget(tx: Tx, gone: Sequence[MediaId]) -> None:
    for first in range(0, len(gone), _AT_ONCE):
        some = gone[first : first + _AT_ONCE]
        tx.conn.execute(delete(table).where(table.c.id.in_(some), table.c.owner == CONDEMNED))
