"""Back-up and restore: every table as JSON lines and every attachment, in one archive that either database can read."""

import base64
import gzip
import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

import msgspec
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Date, LargeBinary, Table, Text, insert, select, type_coerce

from channels.media.store import MediaStore, step_to
from core.errors import Conflict, Invalid, NotFound
from core.ids import MediaId
from core.store.database import Database
from core.store.schema import newer, pending
from core.store.tables import metadata
from core.store.tables.conversation import media, media_content
from core.store.tx import Tx
from core.store.types import Json, UtcDateTime

FORMAT = 1
_MANIFEST = "manifest.json"
_FILES = "media"
_PIECE_BYTES = 256 * 1024
_ROWS_AT_ONCE = 500
_SKIPPED = frozenset({"agent_session", "lease", "process"})
"""These end with the server that gave them. Visitors' sessions stay: nobody else can give them their conversation."""


@dataclass(frozen=True, slots=True)
class Saved:
    """``rows`` by table, how many ``files``, and which of them the store should have and has not."""

    rows: dict[str, int]
    files: int
    missing: tuple[MediaId, ...] = ()


async def write(db: Database, store: MediaStore, target: Path) -> Saved:
    """Put one consistent snapshot into ``target`` (a .tar.gz, readable by its owner only), then the files it speaks of.

    Raises Conflict when migrations are waiting, Unavailable when the store does not answer.
    """
    await db.read(_check_current)
    with _private(target) as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
        rows, wanted = await db.large.read(_write_rows, archive)
        missing = [media for media in wanted if not await _add_file(archive, store, media)]
    return Saved(rows, len(wanted) - len(missing), tuple(missing))


async def restore(db: Database, store: MediaStore, source: Path) -> Saved:
    """Fill an empty database of the same schema, and the store, from a back-up.

    Raises Conflict when the database is not empty or of another schema, Invalid when the archive is no back-up.
    """
    with _whole(source) as archive:
        await db.read(_check_fits, archive)
        # Files come first: what no row speaks of does no harm.
        files = await _restore_files(archive, store)
        rows = await db.large.run(_fill_all, archive)
    return Saved(rows, files)


@contextmanager
def _whole(source: Path) -> Iterator[tarfile.TarFile]:
    """Raises Invalid for what is no such archive, and for one that is damaged or breaks off in the middle."""
    try:
        # To its end, where its checksum is: who reads the archive alone stops before that.
        with gzip.open(source) as packed:
            while packed.read(_PIECE_BYTES):
                pass
        with tarfile.open(source, mode="r:gz") as archive:
            yield archive
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Invalid("file", f"a whole back-up that `parley backup` wrote; {source}: {error}") from error


@contextmanager
def _private(target: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner reads, gone again where it does not come to its end. Raises Invalid where none can be made."""
    try:
        made = target.open("xb")
    except OSError as error:
        raise Invalid("file", f"a place where a file can be made; {target}: {error.strerror}") from error
    with made as raw:
        try:
            target.chmod(0o600)
            yield raw
        except BaseException:
            target.unlink()
            raise


def _check_current(tx: Tx) -> None:
    if pending(tx.conn):
        raise Conflict("the schema is not this version's: run `parley migrate` first")
    if newer(tx.conn) is not None:
        raise Conflict("the schema is a newer version's: that one knows all that is in it")


def _write_rows(tx: Tx, archive: tarfile.TarFile) -> tuple[dict[str, int], list[MediaId]]:
    _check_current(tx)
    manifest = {"format": FORMAT, "schema": _revision(tx.conn), "at": tx.now.isoformat()}
    _add(archive, _MANIFEST, json.dumps(manifest).encode())
    rows = {table.name: _add_table(archive, tx, table) for table in _tables()}
    outside = select(media.c.id).outerjoin(media_content).where(media_content.c.media_id.is_(None))
    return rows, [MediaId(id) for id in tx.conn.execute(outside.order_by(media.c.id)).scalars()]


def _check_fits(tx: Tx, archive: tarfile.TarFile) -> None:
    if pending(tx.conn) or any(_count(tx, table) for table in _tables() if table.name != "secret"):
        raise Conflict("a back-up is restored into an empty, migrated database only")
    manifest = _manifest(archive)
    if manifest.get("schema") != _revision(tx.conn):
        raise Conflict(
            f"the back-up has the schema {manifest.get('schema')}, this version {_revision(tx.conn)}: "
            "restore it with the version that wrote it, then upgrade"
        )


def _fill_all(tx: Tx, archive: tarfile.TarFile) -> dict[str, int]:
    _check_fits(tx, archive)
    tx.conn.execute(metadata.tables["secret"].delete())
    return {table.name: _fill(tx, table, archive) for table in _tables()}


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in _SKIPPED]


def _revision(conn: Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


def _count(tx: Tx, table: Table) -> bool:
    return tx.conn.execute(select(table).limit(1)).first() is not None


def _lines(tx: Tx, table: Table) -> Iterator[bytes]:
    raw = select(*[_stored(column) for column in table.columns]).order_by(*table.primary_key.columns)
    for row in tx.conn.execute(raw).mappings():
        values = {name: _written(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _written(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case _:
            return value


def _stored(column: Any) -> Any:
    """The column as the database holds it, except that instants come aware."""
    return type_coerce(column, Text).label(column.name) if isinstance(column.type, Json) else column


def _fill(tx: Tx, table: Table, archive: tarfile.TarFile) -> int:
    try:
        member = archive.extractfile(f"tables/{table.name}.jsonl")
    except KeyError:
        member = None
    if member is None:
        raise Invalid("file", f"a back-up with all tables; this one has no {table.name}")
    rows: list[dict[str, Any]] = []
    count = 0
    for line in member:
        rows.append(_row(table, json.loads(line)))
        if len(rows) == _ROWS_AT_ONCE:
            tx.conn.execute(insert(table), rows)
            count, rows = count + len(rows), []
    if rows:
        tx.conn.execute(insert(table), rows)
    return count + len(rows)


def _row(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in values.items():
        if name not in table.columns:
            continue
        kind = table.columns[name].type
        if value is not None and isinstance(kind, Json):
            row[name] = msgspec.json.decode(value, type=kind.shape)
        elif value is not None and isinstance(kind, UtcDateTime):
            row[name] = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, Date):
            row[name] = date.fromisoformat(value)
        elif value is not None and isinstance(kind, LargeBinary):
            row[name] = base64.b64decode(value)
        else:
            row[name] = value
    return row


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    try:
        member = archive.extractfile(_MANIFEST)
        manifest = json.load(member) if member else {}
    except (KeyError, ValueError) as error:
        raise Invalid("file", "a back-up that `parley backup` wrote") from error
    if manifest.get("format") != FORMAT:
        raise Invalid("file", f"a back-up of format {FORMAT}")
    return cast("dict[str, Any]", manifest)


async def _add_file(archive: tarfile.TarFile, store: MediaStore, wanted: MediaId) -> bool:
    """False where the store has none. By way of a temporary file: only its end tells that it came whole."""
    try:
        opened = await store.open(wanted)
    except NotFound:
        return False
    with tempfile.TemporaryFile() as spool:
        async for piece in opened.pieces:
            spool.write(piece)
        _add_spooled(archive, f"{_FILES}/{step_to(wanted)}", spool)
    return True


async def _restore_files(archive: tarfile.TarFile, store: MediaStore) -> int:
    count = 0
    for member in archive.getmembers():
        name = PurePosixPath(member.name)
        # A file that was not complete has an end to its name.
        if name.parts[0] != _FILES or not member.isfile() or name.suffix:
            continue
        content = archive.extractfile(member)
        assert content is not None  # noqa: S101 - it is a file
        draft = await store.begin(MediaId(name.name))
        try:
            while piece := content.read(_PIECE_BYTES):
                await draft.write(piece)
            await draft.keep()
        finally:
            await draft.drop()
        count += 1
    return count


def _add_table(archive: tarfile.TarFile, tx: Tx, table: Table) -> int:
    """By way of a temporary file: a table may be larger than the memory."""
    count = 0
    with tempfile.TemporaryFile() as spool:
        for line in _lines(tx, table):
            spool.write(line)
            count += 1
        _add_spooled(archive, f"tables/{table.name}.jsonl", spool)
    return count


def _add_spooled(archive: tarfile.TarFile, name: str, spool: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = spool.tell(), 0o600
    spool.seek(0)
    archive.addfile(info, spool)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mode = 0o600
    archive.addfile(info, io.BytesIO(content))
